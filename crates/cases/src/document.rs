//! Reading and answering a whole document; an error names the case and the field.

use crate::refused::Refused;
use crate::{Subject, intent, routing, slots, status, workflow};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

/// Keys of a vector file that say nothing to the function asked.
const INFORMATIVE: [&str; 12] = [
    "id",
    "version",
    "schema",
    "thresholds_ms",
    "owners",
    "event_types",
    "tolerance",
    "title",
    "refs",
    "timeline",
    "final",
    "expect",
];

/// A document that cannot be answered. Nothing of it was.
#[derive(Debug, thiserror::Error)]
#[error("{case}: {field}: {reason}")]
pub struct CaseError {
    /// The case: its `id`, or its position.
    pub case: String,
    /// The field at fault, empty when it is the whole case.
    pub field: String,
    /// The error, and the expected value.
    pub reason: String,
}

/// Answers one case, or all of `{"cases": [...]}` in their order.
///
/// # Errors
/// When any part of the document is not as it should be.
pub fn explain(subject: Subject, document: &str) -> Result<Value, CaseError> {
    let document: Value = serde_json::from_str(document).map_err(|error| CaseError {
        case: "document".into(),
        field: "JSON".into(),
        reason: error.to_string(),
    })?;
    match document {
        Value::Object(mut whole) if whole.contains_key("cases") => {
            let cases = whole.remove("cases").unwrap_or_default();
            let shared = take_shared(subject, &mut whole);
            refuse_unknown("document", &whole)?;
            let Value::Array(cases) = cases else {
                return Err(wrong("document", "cases", "expected a list of cases"));
            };
            let answers: Result<Vec<Value>, CaseError> = cases
                .into_iter()
                .enumerate()
                .map(|(place, case)| answer(subject, with(case, &shared), place))
                .collect();
            Ok(json!({ "cases": answers? }))
        }
        case => answer(subject, case, 0),
    }
}

/// The fixtures that all cases of a document share.
fn take_shared(subject: Subject, whole: &mut Map<String, Value>) -> Map<String, Value> {
    if subject != Subject::Routing {
        return Map::new();
    }
    routing::FIXTURES.iter().filter_map(|name| whole.remove_entry(*name)).collect()
}

/// A case with the shared fixtures, where it has none of its own.
fn with(mut case: Value, shared: &Map<String, Value>) -> Value {
    if let Some(case) = case.as_object_mut() {
        for (name, fixture) in shared {
            case.entry(name.as_str()).or_insert_with(|| fixture.clone());
        }
    }
    case
}

fn answer(subject: Subject, case: Value, place: usize) -> Result<Value, CaseError> {
    let place = format!("case {}", place + 1);
    let Value::Object(mut case) = case else { return Err(wrong(&place, "case", "expected an object")) };
    let id = case.get("id").cloned();
    let name = id.as_ref().and_then(Value::as_str).map_or(place, |id| format!("case {id}"));
    case.retain(|key, _| !INFORMATIVE.contains(&key.as_str()));
    let mut answer = match subject {
        Subject::Intent => to_json(intent::answer(&read::<intent::Case>(&name, case)?)),
        Subject::Routing => to_json(named(name.clone(), routing::answer(&read::<routing::Case>(&name, case)?))?),
        Subject::Status => to_json(named(name.clone(), status::answer(&read::<status::Case>(&name, case)?))?),
        Subject::Slots => to_json(named(name.clone(), slots::answer(&read::<slots::Case>(&name, case)?))?),
        Subject::Workflow => {
            let case = read::<workflow::Case>(&name, workflow::read_long_views(case))?;
            to_json(named(name.clone(), workflow::answer(&case))?)
        }
    };
    if let (Some(id), Some(answer)) = (id, answer.as_object_mut()) {
        answer.insert("id".into(), id);
    }
    Ok(answer)
}

fn read<T: DeserializeOwned>(name: &str, case: Map<String, Value>) -> Result<T, CaseError> {
    serde_path_to_error::deserialize(Value::Object(case)).map_err(|error| CaseError {
        case: name.to_owned(),
        field: error.path().to_string(),
        reason: error.inner().to_string(),
    })
}

fn named<T>(case: String, answer: Result<T, Refused>) -> Result<T, CaseError> {
    answer.map_err(|Refused { field, reason }| CaseError { case, field, reason })
}

fn to_json(answer: impl Serialize) -> Value {
    serde_json::to_value(answer).unwrap_or_default()
}

fn refuse_unknown(name: &str, whole: &Map<String, Value>) -> Result<(), CaseError> {
    match whole.keys().find(|key| !INFORMATIVE.contains(&key.as_str())) {
        Some(key) => Err(wrong(name, key, "unknown field beside `cases`")),
        None => Ok(()),
    }
}

fn wrong(case: &str, field: &str, reason: &str) -> CaseError {
    CaseError { case: case.to_owned(), field: field.to_owned(), reason: reason.to_owned() }
}
