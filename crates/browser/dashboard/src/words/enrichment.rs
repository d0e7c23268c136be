//! Enrichment data in words.

use knock_model::EnrichedField;
use knock_wire::{EnrichmentTested, Word};
use serde_json::Value;

use super::field::field_label;
use super::network::plain_part;
use super::number::count;

/// The label of an enrichment field.
pub(crate) fn enriched_label(field: &Word<EnrichedField>) -> String {
    field_label(&field.spelling()).to_owned()
}

pub(crate) fn enriched_words(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.as_i64().map_or_else(|| number.to_string(), count),
        Value::Array(elements) => elements.iter().map(enriched_words).collect::<Vec<_>>().join(", "),
        Value::Null | Value::Bool(_) | Value::Object(_) => String::new(),
    }
}

/// The result of a test in a sentence.
pub(crate) fn tested_words(tested: &EnrichmentTested) -> String {
    let code = tested.code.map_or_else(String::new, |code| format!(" (status code {code})"));
    let problem = plain_part(&tested.problem);
    match tested.fields.iter().filter(|field| field.problem.is_empty()).count() {
        _ if !problem.is_empty() => format!("The answer cannot be used: {problem}{code}."),
        _ if tested.fields.is_empty() => format!("The provider knows nothing of this address{code}."),
        filled => format!("The provider answered{code}: {filled} of {} fields have a value.", tested.fields.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_wire::EnrichmentTestedField;
    use serde_json::json;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn values_and_outcomes_are_read() {
        for (value, words) in [
            (json!("Acme"), "Acme"),
            (json!(12_500), "12,500"),
            (json!(1.5), "1.5"),
            (json!(["Rust", "Go"]), "Rust, Go"),
            (json!(null), ""),
        ] {
            assert_eq!(enriched_words(&value), words);
        }
        let field = |problem: &str| EnrichmentTestedField {
            field: EnrichedField::CompanyName.into(),
            value: Value::Null,
            problem: problem.to_owned(),
        };
        let tested = |problem: &str, fields| EnrichmentTested { code: Some(200), problem: problem.to_owned(), fields };
        assert_eq!(
            tested_words(&tested("", vec![field(""), field("is not in the answer")])),
            "The provider answered (status code 200): 1 of 2 fields have a value."
        );
        assert!(tested_words(&tested("", Vec::new())).starts_with("The provider knows nothing"));
        assert!(tested_words(&tested("it is down", Vec::new())).contains("cannot be used: it is down (status"));
    }
}
