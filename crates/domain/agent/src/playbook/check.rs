//! Validation of playbooks.

use super::{Playbook, Step, shipped};
use crate::language::Language;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use knock_routing::AgentKind;

/// Characters of a text, at most.
pub const LONGEST_TEXT: usize = 500;
/// Texts of a step, at most.
pub const MOST_TEXTS: usize = 10;

/// The error in a text of a playbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidText {
    pub step: String,
    /// The number of the text, from 0; none for the step itself.
    pub text: Option<usize>,
    /// The reason, in words that follow the name of the field.
    pub reason: String,
}

impl Playbook {
    /// A playbook of texts as they were typed: spaces around them are dropped, and so are empty texts and steps without
    /// a text.
    ///
    /// # Errors
    /// Every text and step that cannot be used, with the reason.
    pub fn checked(
        kind: AgentKind,
        language: Language,
        steps: impl IntoIterator<Item = (String, Vec<String>)>,
    ) -> Result<Playbook, Vec<InvalidText>> {
        let mut invalid = Vec::new();
        let mut known: BTreeMap<Step, Vec<String>> = BTreeMap::new();
        for (name, texts) in steps {
            let Some(step) = Step::parse(&name).filter(|step| !known.contains_key(step)) else {
                let reason = "is no step of a playbook, or stands there twice".to_string();
                invalid.push(InvalidText { step: name, text: None, reason });
                continue;
            };
            let texts: Vec<String> = texts.iter().map(|text| text.trim().to_string()).collect();
            invalid.extend(faults(step, &texts));
            let texts: Vec<String> = texts.into_iter().filter(|text| !text.is_empty()).collect();
            known.insert(step, texts);
        }
        known.retain(|_, texts| !texts.is_empty());
        let missing = shipped::texts(kind, language).map(|(step, _)| step).filter(|step| !known.contains_key(step));
        for step in missing {
            let reason = "has no text".to_string();
            if !invalid.iter().any(|known| known.step == step.as_str()) {
                invalid.push(InvalidText { step: step.as_str().to_string(), text: None, reason });
            }
        }
        if invalid.is_empty() { Ok(Playbook { kind, language, steps: known }) } else { Err(invalid) }
    }
}

fn faults(step: Step, texts: &[String]) -> Vec<InvalidText> {
    let name = step.as_str().to_string();
    if texts.len() > MOST_TEXTS {
        return Vec::from([InvalidText {
            step: name,
            text: None,
            reason: format!("has more than {MOST_TEXTS} texts"),
        }]);
    }
    let reasons = texts.iter().enumerate().filter_map(|(at, text)| Some((at, fault(step, text)?)));
    reasons.map(|(at, reason)| InvalidText { step: name.clone(), text: Some(at), reason }).collect()
}

fn fault(step: Step, text: &str) -> Option<String> {
    if text.is_empty() {
        return None;
    }
    if text.chars().count() > LONGEST_TEXT {
        return Some(format!("has more than {LONGEST_TEXT} characters"));
    }
    if text.chars().any(char::is_control) {
        return Some("has a control character".to_string());
    }
    let places = places(text);
    if let Some(place) = places.iter().find(|place| !step.places().contains(place)) {
        return Some(format!("has {{{place}}}, which is not known here"));
    }
    step.required_place().filter(|place| !places.contains(place)).map(|place| format!("lacks {{{place}}}"))
}

/// The names between braces.
pub(super) fn places(text: &str) -> Vec<&str> {
    text.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|part| part.0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(step: &str, texts: &[&str]) -> Vec<String> {
        let mut steps: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (step, text) in shipped::texts(AgentKind::Hiring, Language::En) {
            steps.entry(step.as_str().into()).or_default().push(text.into());
        }
        steps.insert(step.into(), texts.iter().map(|text| (*text).into()).collect());
        let checked = Playbook::checked(AgentKind::Hiring, Language::En, steps);
        let invalid = checked.err().unwrap_or_default();
        invalid.iter().map(|fault| format!("{} {:?} {}", fault.step, fault.text, fault.reason)).collect()
    }

    #[test]
    fn a_text_is_refused_by_its_step_and_number() {
        assert!(check("apply", &["See {page}", "  ", "{rep} says: {page} "]).is_empty());
        assert_eq!(check("apply", &["Write to us"]), ["apply Some(0) lacks {page}"]);
        assert_eq!(check("close", &["Bye", "Bye {name}"]), ["close Some(1) has {name}, which is not known here"]);
        assert_eq!(check("close", &["a\u{7}"]), ["close Some(0) has a control character"]);
        assert_eq!(check("close", &[&"x".repeat(501)]), ["close Some(0) has more than 500 characters"]);
        assert_eq!(check("close", &["x"; 11]), ["close None has more than 10 texts"]);
        assert_eq!(check("handover", &[" "]), ["handover None has no text"]);
        assert_eq!(check("sing", &["x"]), ["sing None is no step of a playbook, or stands there twice"]);
    }
}
