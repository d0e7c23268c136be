//! Requests of Slack, as types: events, pressed buttons and submitted forms, commands.
//!
//! Requests of kinds that are not listed here are [`Event::Ignored`] and the like. A request of a listed kind with
//! another shape is an error, so that it is noticed.

mod command;
mod event;
mod file;
mod forwarded;
mod interaction;
mod message;
mod rich_text;

pub use command::{Command, CommandPost};
pub use event::{Callback, Envelope, Event};
pub use file::File;
pub use interaction::{Action, BlockActions, Interaction, Person, View, ViewSubmission};
pub use message::{Message, Written};

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// The reason for which a request of Slack cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unreadable(String);

impl Unreadable {
    fn new(why: impl Into<String>) -> Unreadable {
        Unreadable(why.into())
    }

    /// Says what was read, without what stands in it.
    fn of(what: &str, error: &serde_json::Error) -> Unreadable {
        Unreadable(format!("{what}: {} at line {} column {}", kind(error), error.line(), error.column()))
    }
}

/// The messages of serde may quote values, which are people's.
fn kind(error: &serde_json::Error) -> &'static str {
    match error.classify() {
        serde_json::error::Category::Data => "a field is missing or of another type",
        serde_json::error::Category::Io | serde_json::error::Category::Syntax | serde_json::error::Category::Eof => {
            "not JSON"
        }
    }
}

/// Reads an event, or a part of one, of this type.
fn shape<T: DeserializeOwned>(json: &Value, r#type: &str) -> Result<T, Unreadable> {
    T::deserialize(json).map_err(|error| Unreadable::new(format!("the event {type}: {}", kind(&error))))
}

/// A field that may be null or of another type, where the rest is worth more than it.
fn or_default<'de, D: serde::Deserializer<'de>, T: DeserializeOwned + Default>(from: D) -> Result<T, D::Error> {
    Ok(T::deserialize(Value::deserialize(from)?).unwrap_or_default())
}

/// The fields of a form.
fn fields(body: &[u8]) -> std::collections::BTreeMap<String, String> {
    url::form_urlencoded::parse(body).into_owned().collect()
}
