//! The JSON of a case.

use crate::instant;
use crate::refused::Refused;
use knock_model::Millis;
use knock_status::{Fact, Source};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Case {
    pub(super) machine: Machine,
    #[serde(default)]
    config: Config,
    events: Vec<CaseEvent>,
    #[serde(deserialize_with = "instant::read")]
    pub(super) evaluate_at: Millis,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Machine {
    Chat,
    Meeting,
}

/// The data of an event that carries none.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Nothing {}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Config {
    #[serde(default)]
    booking_dropoff: Option<i64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseEvent {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    #[serde(deserialize_with = "instant::read")]
    at: Millis,
    #[serde(default, deserialize_with = "instant::read_maybe")]
    recv: Option<Millis>,
    src: Src,
    #[serde(default)]
    #[expect(dead_code, reason = "informative")]
    actor: Option<String>,
    #[serde(default)]
    data: Option<Map<String, Value>>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Src {
    Client,
    Server,
}

/// The data of an event that a machine reads.
pub(super) struct Data {
    place: usize,
    values: Map<String, Value>,
}

impl Data {
    /// The data as a type of the machine.
    pub(super) fn read<T: DeserializeOwned>(self) -> Result<T, Refused> {
        serde_path_to_error::deserialize(Value::Object(self.values)).map_err(|error| Refused {
            field: format!("events[{}].data.{}", self.place, error.path()),
            reason: error.inner().to_string(),
        })
    }

    /// The name of one of its fields in an error.
    pub(super) fn at(&self, name: &str) -> String {
        format!("events[{}].data.{name}", self.place)
    }

    /// Refuses an event type that the machine does not know.
    pub(super) fn unknown(&self, kind: &str) -> Refused {
        Refused {
            field: format!("events[{}].type", self.place),
            reason: format!("`{kind}` is not an event of this machine"),
        }
    }
}

/// The silence after which a qualified lead has gone away, when nothing else is set (R14).
const DROPOFF: Millis = Millis(30 * Millis::MINUTE.0);

impl Case {
    /// The workspace's setting.
    pub(super) fn dropoff(&self) -> Result<Millis, Refused> {
        let dropoff = self.config.booking_dropoff.map_or(DROPOFF, Millis);
        if dropoff < Millis(0) {
            return Err(Refused { field: "config.booking_dropoff".into(), reason: "expected 0 or more".into() });
        }
        Ok(dropoff)
    }

    /// The facts, each read by the machine.
    pub(super) fn facts<Event>(
        &self,
        read: impl Fn(&str, Data) -> Result<Event, Refused>,
    ) -> Result<Vec<Fact<String, Event>>, Refused> {
        let events = self.events.iter().enumerate();
        events
            .map(|(place, event)| {
                let values = event.data.clone().unwrap_or_default();
                Ok(Fact {
                    id: event.id.clone(),
                    at: event.at,
                    received_at: event.recv.unwrap_or(event.at),
                    source: match event.src {
                        Src::Client => Source::Client,
                        Src::Server => Source::Server,
                    },
                    what: read(&event.kind, Data { place, values })?,
                })
            })
            .collect()
    }
}
