//! An event of a case: its envelope, and what its type carries.

use crate::instant;
use crate::refused::Refused;
use knock_model::{Category, Millis, SignalType};
use knock_routing::{Field, Value as FieldValue};
use knock_workflow::{Author, Consent, Event, EventKind, Origin};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// The keys that every event has.
const ENVELOPE: [&str; 4] = ["id", "type", "at", "recv"];

/// An event as it is written. The keys of its type are read once that is known.
#[derive(Deserialize)]
#[serde(transparent)]
pub(super) struct CaseEvent(Map<String, Value>);

#[derive(Deserialize)]
struct Envelope {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    #[serde(deserialize_with = "instant::read")]
    at: Millis,
    #[serde(default, deserialize_with = "instant::read_maybe")]
    recv: Option<Millis>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SignalData {
    signal: SignalType,
    category: Category,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FieldData {
    field: Field,
    value: FieldValue,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MessageData {
    by: Author,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FormData {
    #[serde(default)]
    form: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LinkData {
    #[serde(default)]
    link: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ConsentData {
    value: Consent,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}

impl CaseEvent {
    pub(super) fn read(&self, place: usize) -> Result<Event, Refused> {
        let (envelope, data): (Map<_, _>, Map<_, _>) =
            self.0.clone().into_iter().partition(|(key, _)| ENVELOPE.contains(&key.as_str()));
        let Envelope { id, kind, at, recv } = read(place, envelope)?;
        Ok(Event {
            id,
            number: 0,
            at,
            received_at: recv.unwrap_or(at),
            origin: Origin::Outside,
            kind: kind_of(place, &kind, data)?,
        })
    }
}

fn kind_of(place: usize, kind: &str, data: Map<String, Value>) -> Result<EventKind, Refused> {
    match kind {
        "signal" => read(place, data).map(|SignalData { signal, category }| EventKind::Signal { signal, category }),
        "field" => read(place, data).map(|FieldData { field, value }| EventKind::Field { field, value: Some(value) }),
        "message" => read(place, data).map(|MessageData { by }| EventKind::Message { by }),
        "form" => read(place, data).map(|FormData { form }| EventKind::Form { form }),
        "link" => read(place, data).map(|LinkData { link }| EventKind::Link { link }),
        "consent" => read(place, data).map(|ConsentData { value }| EventKind::Consent(value)),
        "sent" => read(place, data).map(|Nothing {}| EventKind::Sent),
        _ => Err(Refused {
            field: format!("events[{place}].type"),
            reason: format!("`{kind}` is not one of signal, field, message, form, link, consent, sent"),
        }),
    }
}

/// Reads a part of an event; an error names the key within it.
fn read<T: DeserializeOwned>(place: usize, part: Map<String, Value>) -> Result<T, Refused> {
    serde_path_to_error::deserialize(Value::Object(part)).map_err(|error| {
        let key = error.path().to_string();
        let field = if key == "." { format!("events[{place}]") } else { format!("events[{place}].{key}") };
        Refused { field, reason: error.inner().to_string() }
    })
}
