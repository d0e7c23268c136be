//! Instants in cases: texts like `2026-06-01T12:00:00.000Z`.

use jiff::Timestamp;
use knock_model::Millis;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serializer};
use std::borrow::Cow;

/// Reads an instant, to the millisecond.
pub(crate) fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Millis, D::Error> {
    parsed(&Cow::<'de, str>::deserialize(from)?)
}

/// Reads an instant, or null.
pub(crate) fn read_maybe<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Millis>, D::Error> {
    Option::<Cow<'de, str>>::deserialize(from)?.map(|text| parsed(&text)).transpose()
}

fn parsed<E: Error>(text: &str) -> Result<Millis, E> {
    let instant: Result<Timestamp, _> = text.parse();
    instant
        .map(|instant| Millis(instant.as_millisecond()))
        .map_err(|_| E::custom(format!("`{text}` is not an instant such as `2026-06-01T12:00:00Z`")))
}

pub(crate) fn write<S: Serializer>(at: &Millis, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&text(*at))
}

/// An instant as it is written: always to the millisecond.
pub(crate) fn text(at: Millis) -> String {
    // Beyond the calendar there is no text; nothing read from one comes to lie there.
    Timestamp::from_millisecond(at.0)
        .map_or_else(|_| String::new(), |at| at.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string())
}

/// Writes an instant, or null.
#[expect(clippy::ref_option, reason = "the shape serde wants")]
pub(crate) fn write_maybe<S: Serializer>(at: &Option<Millis>, to: S) -> Result<S::Ok, S::Error> {
    match at {
        Some(at) => write(at, to),
        None => to.serialize_none(),
    }
}
