//! The editor of a trigger: an event, or a number of signals, that a workflow reacts to.

use knock_model::{Category, Millis, SignalType};
use knock_routing::{Field, Kind, Value};
use knock_workflow::{Author, Trigger};

use super::span::{SpanDraft, draft_words};
use crate::kit::letters;
use crate::words::rule::rule_field_label;
use crate::words::rules::comparison::value_text;
use crate::words::rules::next_id;
use crate::words::signal::type_label;

/// The kinds of triggers: spelling and label.
pub(crate) const KINDS: [(&str, &str); 5] = [
    (SIGNAL, "A signal on the site"),
    (FIELD, "Something about the lead changes"),
    (MESSAGE, "A message in the chat"),
    (FORM, "A form is submitted"),
    (LINK, "A Knock Link is opened"),
];
pub(crate) const SIGNAL: &str = "signal";
pub(crate) const FIELD: &str = "field";
pub(crate) const MESSAGE: &str = "message";
pub(crate) const FORM: &str = "form";
pub(crate) const LINK: &str = "link";
/// The authors of messages: spelling and label.
pub(crate) const AUTHORS: [(&str, &str); 4] =
    [("", "anyone"), ("lead", "the lead"), ("rep", "a member of the team"), ("agent", "the AI agent")];

/// A trigger in the form; values of other kinds are kept while one is tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TriggerDraft {
    /// The key of its controls.
    pub(crate) key: usize,
    pub(crate) on: String,
    /// The type of signals; empty for each.
    pub(crate) signal: String,
    /// The category of signals; empty for each.
    pub(crate) category: String,
    /// The number of signals; empty for each signal.
    pub(crate) count: String,
    pub(crate) within: SpanDraft,
    pub(crate) field: String,
    pub(crate) to: Vec<String>,
    pub(crate) by: String,
    pub(crate) form: String,
    pub(crate) link: String,
}

impl TriggerDraft {
    /// A page view of any category.
    pub(crate) fn new() -> TriggerDraft {
        TriggerDraft {
            key: next_id(),
            on: SIGNAL.to_owned(),
            signal: SignalType::PageView.as_str().to_owned(),
            category: String::new(),
            count: String::new(),
            within: SpanDraft { number: "1".to_owned(), unit: 86_400_000 },
            field: "chat.status".to_owned(),
            to: Vec::new(),
            by: "lead".to_owned(),
            form: String::new(),
            link: String::new(),
        }
    }

    /// A message of the lead, which stops most workflows.
    pub(crate) fn of_message() -> TriggerDraft {
        TriggerDraft { on: MESSAGE.to_owned(), ..TriggerDraft::new() }
    }

    pub(crate) fn read(trigger: &Trigger) -> TriggerDraft {
        let new = TriggerDraft::new();
        let word = |on: &str| on.to_owned();
        match trigger {
            Trigger::Signal { signal, category, count, within } => TriggerDraft {
                signal: signal.map_or("", SignalType::as_str).to_owned(),
                category: category.map_or("", Category::as_str).to_owned(),
                count: count.map(|count| count.to_string()).unwrap_or_default(),
                within: within.map_or(new.within, SpanDraft::read),
                ..TriggerDraft::new()
            },
            Trigger::Field { field, to } => TriggerDraft {
                on: word(FIELD),
                field: field.name().to_owned(),
                to: to.iter().map(value_text).collect(),
                ..new
            },
            Trigger::Message { by } => {
                TriggerDraft { on: word(MESSAGE), by: by.map_or("", Author::as_str).to_owned(), ..new }
            }
            Trigger::Form { form } => TriggerDraft { on: word(FORM), form: form.clone().unwrap_or_default(), ..new },
            Trigger::Link { link } => TriggerDraft { on: word(LINK), link: link.clone().unwrap_or_default(), ..new },
        }
    }

    /// The trigger; the error says what is missing.
    pub(crate) fn written(&self) -> Result<Trigger, String> {
        let named = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        Ok(match self.on.as_str() {
            FIELD => Trigger::Field { field: self.field()?, to: self.values()? },
            MESSAGE => Trigger::Message { by: Author::parse(&self.by) },
            FORM => Trigger::Form { form: named(&self.form) },
            LINK => Trigger::Link { link: named(&self.link) },
            _ => {
                let (count, within) = self.counted()?;
                Trigger::Signal {
                    signal: SignalType::parse(&self.signal),
                    category: Category::parse(&self.category),
                    count,
                    within,
                }
            }
        })
    }

    fn counted(&self) -> Result<(Option<u32>, Option<Millis>), String> {
        let count = self.count.trim();
        if count.is_empty() {
            return Ok((None, None));
        }
        let number = count.parse::<u32>().ok().filter(|number| *number > 0);
        let number = number.ok_or_else(|| "Fill in how many signals, or nothing for each signal.".to_owned())?;
        Ok((Some(number), Some(self.within.written()?)))
    }

    fn field(&self) -> Result<Field, String> {
        Field::parse(&self.field).map_err(|unknown| unknown.to_string())
    }

    fn values(&self) -> Result<Vec<Value>, String> {
        let kind = self.field()?.kind();
        let texts = self.to.iter().map(|text| text.trim()).filter(|text| !text.is_empty());
        let values: Vec<Value> = texts.map(|text| typed(text, kind)).collect::<Result<_, _>>()?;
        if values.is_empty() { Err("Add at least one value.".to_owned()) } else { Ok(values) }
    }
}

fn typed(text: &str, kind: Kind) -> Result<Value, String> {
    match kind {
        Kind::Number => letters::number(text).map(Value::Number).ok_or_else(|| "Fill in numbers.".to_owned()),
        Kind::Bool => text.parse().map(Value::Bool).map_err(|_| "Fill in true or false.".to_owned()),
        Kind::Text | Kind::List | Kind::Any => Ok(Value::text(text)),
    }
}

/// A trigger in words: `Page view of Pricing, 2 times within 1 day`.
pub(crate) fn trigger_words(trigger: &TriggerDraft) -> String {
    match trigger.on.as_str() {
        FIELD => {
            let to = if trigger.to.is_empty() { "\u{2026}".to_owned() } else { trigger.to.join(" or ") };
            format!("{} becomes {to}", rule_field_label(&trigger.field))
        }
        MESSAGE => {
            let by = AUTHORS.iter().find(|(word, _)| *word == trigger.by).map_or("anyone", |(_, label)| label);
            format!("Message by {by}")
        }
        FORM if trigger.form.trim().is_empty() => "Any form is submitted".to_owned(),
        FORM => format!("Form {} is submitted", trigger.form.trim()),
        LINK if trigger.link.trim().is_empty() => "Any Knock Link is opened".to_owned(),
        LINK => format!("Knock Link {} is opened", trigger.link.trim()),
        _ => signal_words(trigger),
    }
}

fn signal_words(trigger: &TriggerDraft) -> String {
    let signal = SignalType::parse(&trigger.signal).map_or("Any signal", type_label);
    let of = if trigger.category.is_empty() { String::new() } else { format!(" of {}", trigger.category) };
    let times = match trigger.count.trim() {
        "" => String::new(),
        count => format!(", {count} times within {}", draft_words(&trigger.within)),
    };
    format!("{signal}{of}{times}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_json::parse_with_fractions;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn a_trigger_is_read_and_written_again() {
        for (text, words) in [
            (r#"{"on":"signal","signal":"page_view","category":"Pricing"}"#, "Page view of Pricing"),
            (
                r#"{"on":"signal","category":"Pricing","count":2,"within_ms":86400000}"#,
                "Any signal of Pricing, 2 times within 1 day",
            ),
            (
                r#"{"on":"field","field":"chat.status","to":["Rejected","Closed"]}"#,
                "Chat Status becomes Rejected or Closed",
            ),
            (r#"{"on":"field","field":"session.page_count","to":[3]}"#, "Pages in the session becomes 3"),
            (r#"{"on":"message","by":"lead"}"#, "Message by the lead"),
            (r#"{"on":"message"}"#, "Message by anyone"),
            (r#"{"on":"form"}"#, "Any form is submitted"),
            (r#"{"on":"link","link":"spring"}"#, "Knock Link spring is opened"),
        ] {
            let trigger: Trigger = parse_with_fractions(text).expect("a trigger");
            let draft = TriggerDraft::read(&trigger);
            assert_eq!((draft.written(), trigger_words(&draft)), (Ok(trigger), words.to_owned()), "{text}");
        }
    }

    #[wasm_bindgen_test]
    fn what_is_missing_is_said() {
        let field = TriggerDraft { on: FIELD.to_owned(), ..TriggerDraft::new() };
        assert_eq!(field.written(), Err("Add at least one value.".to_owned()));
        let counted = TriggerDraft { count: "some".to_owned(), ..TriggerDraft::new() };
        assert!(counted.written().is_err_and(|reason| reason.starts_with("Fill in how many")));
    }
}
