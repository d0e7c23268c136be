//! Texts of actions: their lengths, their languages and their placeholders.

use knock_agent::Language;
use knock_wire::Texts;
use knock_workflow::{check_nudge_placeholders, check_placeholders};

/// A text, or texts by language, as an action has them.
#[derive(Clone, Copy)]
pub(super) struct Rule<'r> {
    /// The longest text, in characters.
    pub(super) longest: usize,
    /// Whether a text has to be on one line.
    pub(super) is_line: bool,
    pub(super) fields: Fields<'r>,
}

/// The fields of the lead that a text may name.
#[derive(Clone, Copy)]
pub(super) enum Fields<'r> {
    /// Those that a nudge may.
    OfNudge,
    /// All, with the custom fields of these names.
    All(&'r [String]),
}

impl Rule<'_> {
    /// What is wrong with texts by language, with the language at fault.
    pub(super) fn wrong_texts(&self, texts: &Texts) -> Option<(Option<String>, String)> {
        if texts.is_empty() {
            return Some((None, "is empty: expected a text in at least one language".to_owned()));
        }
        texts.iter().find_map(|(language, text)| {
            if Language::parse(language).is_none() {
                let known: Vec<&str> = Language::ALL.iter().map(|language| language.as_str()).collect();
                return Some((Some(language.clone()), format!("is no language of Knock: {}", known.join(", "))));
            }
            self.wrong_text(text).map(|reason| (Some(language.clone()), reason))
        })
    }

    /// What is wrong with a text.
    pub(super) fn wrong_text(&self, text: &str) -> Option<String> {
        let Rule { longest, is_line, fields } = *self;
        let length = text.trim().chars().count();
        if length == 0 || length > longest {
            return Some(format!("must have 1 to {longest} characters"));
        }
        let is_foreign = |c: char| c.is_control() && (is_line || !matches!(c, '\n' | '\t' | '\r'));
        if text.chars().any(is_foreign) {
            return Some(if is_line { "must be on one line" } else { "has control characters" }.to_owned());
        }
        let checked = match fields {
            Fields::OfNudge => check_nudge_placeholders(text),
            Fields::All(custom) => check_placeholders(text, |key| custom.iter().any(|name| name == key)),
        };
        checked.err().map(|wrong| wrong.to_string())
    }
}
