//! The sync with a CRM in words.

use knock_crm::CreateContact;
use knock_model::CrmSystem;
use knock_wire::{CrmFailure, CrmSystemWord, PropertyTypeWord, Word};
use serde_json::Value;

use super::number::counted;
use crate::kit::letters;

/// The name of a CRM; the word itself of one that only a newer server knows.
pub(crate) fn crm_name(system: &CrmSystemWord) -> &str {
    match system {
        Word::Known(system) => CrmSystem::label(*system),
        Word::Unknown(word) => word,
    }
}

/// The event that creates a missing contact.
pub(crate) const fn create_contact_words(when: CreateContact) -> &'static str {
    match when {
        CreateContact::Form => "From the first form, message or booking",
        CreateContact::FirstMessage => "From the first message of the lead",
        CreateContact::NotBooked => "Once the lead is qualified, before a meeting is booked",
    }
}

/// The requirements on the property of a field.
pub(crate) fn property_words(kind: &PropertyTypeWord, options: &[String]) -> String {
    let kind = kind.spelling();
    if options.is_empty() {
        return format!("Its values: {kind}.");
    }
    format!("Its values: {kind}, of {}.", options.join(", "))
}

/// Which companies are written.
pub(crate) fn companies_words(crm: &str) -> String {
    format!(
        "The company that {crm} has for the contact of a lead; none is created. While no field is mapped here, nothing is written to companies."
    )
}

/// About a property that takes no value of the field that is mapped to it.
pub(crate) fn trap_words(crm: &str) -> String {
    format!("{crm} does not take this field there, so that it is not written: choose another property.")
}

/// About a contact that was deleted; the instant follows.
pub(crate) fn deleted_words(crm: &str) -> String {
    format!("Deleted in {crm}. Nothing is written there.")
}

/// The number of companies that would be written.
pub(crate) fn companies_counted(companies: usize) -> String {
    if companies == 1 {
        "1 company would be written.".to_owned()
    } else {
        format!("{companies} companies would be written.")
    }
}

/// A value that would be written; null clears a property.
pub(crate) fn written_words(value: &Value) -> String {
    match value {
        Value::Null => "cleared".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The change of a lead that caused a write.
pub(crate) fn crm_cause_words(cause: &str) -> String {
    letters::capitalized(&cause.replace('_', " "))
}

/// The state of a failed write; its instant follows.
pub(crate) fn crm_failure_words(failure: &CrmFailure) -> String {
    let tried = counted(failure.attempts.into(), "attempt");
    if failure.is_parked { format!("Given up after {tried},") } else { format!("{tried}, tried again") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_model::Millis;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn a_crm_has_its_name() {
        assert_eq!(crm_name(&Word::parse("salesforce")), "Salesforce");
        assert_eq!(crm_name(&Word::parse("another")), "another");
    }

    #[wasm_bindgen_test]
    fn values_and_failures_are_sentences() {
        assert_eq!(
            [0, 1, 2].map(companies_counted),
            ["0 companies", "1 company", "2 companies"].map(|n| n.to_owned() + " would be written.")
        );
        let kind: PropertyTypeWord = Word::parse("choice");
        assert_eq!(property_words(&kind, &["Low".to_owned(), "High".to_owned()]), "Its values: choice, of Low, High.");
        assert_eq!(property_words(&Word::parse("text"), &[]), "Its values: text.");
        assert_eq!((written_words(&Value::Null), written_words(&Value::from(3))), ("cleared".into(), "3".into()));
        assert_eq!((crm_cause_words("chat_status"), crm_cause_words("")), ("Chat status".into(), String::new()));
        let failure = |is_parked| CrmFailure {
            number: 1,
            lead: None,
            is_of_company: false,
            is_parked,
            words: String::new(),
            attempts: 2,
            at: Millis(0),
        };
        assert_eq!(crm_failure_words(&failure(true)), "Given up after 2 attempts,");
        assert_eq!(crm_failure_words(&failure(false)), "2 attempts, tried again");
    }
}
