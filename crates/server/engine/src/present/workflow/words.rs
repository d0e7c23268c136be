//! Triggers and ends of runs in words, as the team reads them.

use knock_model::{Millis, SignalType};
use knock_routing::{Field, Value};
use knock_workflow::{Author, StoppedBy, Trigger, Workflow};

/// What a trigger reacts to, such as `page view of Pricing`.
pub(super) fn phrase(trigger: &Trigger) -> String {
    match trigger {
        Trigger::Signal { signal, category, count, within } => {
            let what = signal.map_or("signal", signal_word);
            let of = category.map(|category| format!(" of {}", category.as_str())).unwrap_or_default();
            format!("{what}{of}{}", counted(*count, *within))
        }
        Trigger::Field { field, to } => {
            let values: Vec<String> = to.iter().map(value_word).collect();
            format!("{} became {}", field_word(field), values.join(" or "))
        }
        Trigger::Message { by } => match by {
            None => "message".to_owned(),
            Some(Author::Lead) => "message of the lead".to_owned(),
            Some(Author::Rep) => "message of a member".to_owned(),
            Some(Author::Agent) => "message of the AI agent".to_owned(),
        },
        Trigger::Form { form } => named("form sent", form.as_deref()),
        Trigger::Link { link } => named("Knock Link opened", link.as_deref()),
    }
}

/// Why a run was stopped.
pub(super) fn stopped(by: &StoppedBy, workflow: Option<&Workflow>, member: impl FnOnce(&str) -> String) -> String {
    match by {
        StoppedBy::Event(id) => event(id, workflow),
        StoppedBy::Step(step) => format!("step {step}"),
        StoppedBy::Spam => "marked as spam".to_owned(),
        StoppedBy::Merged => "merged with another contact".to_owned(),
        StoppedBy::Member(id) => member(id),
    }
}

/// An event by its id: the words of the stop that it can have fired, else its kind.
fn event(id: &str, workflow: Option<&Workflow>) -> String {
    let (kind, rest) = id.split_once(':').unwrap_or((id, ""));
    let fires = |trigger: &&Trigger| match trigger {
        Trigger::Signal { .. } => kind == "signal",
        Trigger::Message { .. } => kind == "message",
        Trigger::Form { .. } => kind == "form",
        Trigger::Link { .. } => kind == "link",
        Trigger::Field { field, .. } if field.name() == "consent" => kind == "consent" || rest.starts_with("consent:"),
        Trigger::Field { field, .. } => {
            kind == "field"
                && rest.strip_prefix(field.name()).is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
        }
    };
    let mut possible = workflow.into_iter().flat_map(|workflow| &workflow.stop_when).filter(fires);
    match (possible.next(), possible.next()) {
        (Some(one), None) => phrase(one),
        _ => match kind {
            "field" => "change of a field".to_owned(),
            "form" => "form sent".to_owned(),
            "link" => "Knock Link opened".to_owned(),
            "consent" => "consent".to_owned(),
            "message" => "message".to_owned(),
            _ => "signal".to_owned(),
        },
    }
}

fn counted(count: Option<u32>, within: Option<Millis>) -> String {
    match (count, within) {
        (Some(count), Some(within)) if count > 1 => format!(", {count} times within {}", span(within)),
        _ => String::new(),
    }
}

/// A span in the largest unit that divides it.
fn span(span: Millis) -> String {
    let units =
        [(Millis::DAY.0, "day"), (60 * Millis::MINUTE.0, "hour"), (Millis::MINUTE.0, "minute"), (1_000, "second")];
    let (unit, word) = units.into_iter().find(|(unit, _)| span.0 % unit == 0).unwrap_or((1, "millisecond"));
    let number = span.0 / unit;
    if number == 1 { format!("1 {word}") } else { format!("{number} {word}s") }
}

fn named(what: &str, name: Option<&str>) -> String {
    name.map_or_else(|| what.to_owned(), |name| format!("{what}: {name}"))
}

fn field_word(field: &Field) -> &str {
    match field.name() {
        "chat.status" => "Chat Status",
        "meeting.status" => "Meeting Status",
        "intent.type" => "intent type",
        "intent.score" => "score",
        name => name,
    }
}

fn value_word(value: &Value) -> String {
    match value {
        Value::Text(_) => value.as_text().unwrap_or_default().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Bool(yes) => (if *yes { "yes" } else { "no" }).to_owned(),
        Value::List(_) | Value::Other => "another value".to_owned(),
    }
}

const fn signal_word(signal: SignalType) -> &'static str {
    match signal {
        SignalType::PageView => "page view",
        SignalType::Click => "click",
        SignalType::Cta => "click on a call to action",
        SignalType::FormStart => "form begun",
        SignalType::FormSubmit => "form sent",
        SignalType::LinkOpen => "opened file or mail",
        SignalType::Track => "event of the site",
        SignalType::Identify => "address given by the site",
        SignalType::Engagement => "time on a page",
        SignalType::LinkClick => "click on a Knock Link",
        SignalType::ChatMessage => "chat message",
        SignalType::MeetingBooked => "booked meeting",
        SignalType::FormAbandon => "abandoned form",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(trigger: serde_json::Value) -> Trigger {
        serde_json::from_value(trigger).expect("a trigger")
    }

    #[test]
    fn a_trigger_in_words() {
        let week = 7 * Millis::DAY.0;
        for (trigger, words) in [
            (
                json!({"on": "signal", "signal": "page_view", "category": "Pricing", "count": 2, "within_ms": week}),
                "page view of Pricing, 2 times within 7 days",
            ),
            (json!({"on": "signal", "category": "Find a Job"}), "signal of Find a Job"),
            (json!({"on": "field", "field": "chat.status", "to": ["Closed"]}), "Chat Status became Closed"),
            (json!({"on": "field", "field": "intent.score", "to": ["High", "Medium"]}), "score became High or Medium"),
            (json!({"on": "message", "by": "lead"}), "message of the lead"),
            (json!({"on": "form", "form": "Demo"}), "form sent: Demo"),
            (json!({"on": "link"}), "Knock Link opened"),
        ] {
            assert_eq!(phrase(&read(trigger)), words);
        }
    }

    #[test]
    fn a_stop_is_named_by_the_trigger_that_its_event_can_have_fired() {
        let workflow: Workflow = serde_json::from_value(json!({
            "trigger": {"on": "link"},
            "stop_when": [{"on": "message", "by": "lead"}, {"on": "field", "field": "chat.status", "to": ["Closed"]},
                {"on": "signal", "signal": "cta"}, {"on": "signal", "signal": "click"}],
            "steps": [{"id": "s1", "wait": {"for_ms": 1}}],
        }))
        .expect("a workflow");
        for (id, words) in [
            ("message:7", "message of the lead"),
            ("field:chat.status:12", "Chat Status became Closed"),
            ("field:intent.type:12", "change of a field"),
            ("signal:7", "signal"),
        ] {
            assert_eq!(event(id, Some(&workflow)), words);
        }
    }
}
