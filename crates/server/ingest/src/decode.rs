//! Step one: bytes to an envelope.

use crate::pointer::{is_list, located};
use crate::refusal::{Refusal, at};
use knock_model::{SessionId, VisitorId};
use knock_wire::BatchEnvelope;

/// The maximum size of a body, in bytes.
pub const MAX_BODY: usize = 256 * 1024;
/// The maximum of signals in a batch.
pub const MAX_SIGNALS: usize = 500;

/// An envelope with valid fields of its own.
pub(crate) struct Decoded<'b> {
    pub(crate) visitor: VisitorId,
    pub(crate) session: SessionId,
    pub(crate) envelope: BatchEnvelope<'b>,
    /// Number of unknown fields; they have no effect.
    pub(crate) unknown_fields: u64,
}

pub(crate) fn decode(body: &[u8]) -> Result<Decoded<'_>, Refusal> {
    if is_list(body) {
        return Err(Refusal::Malformed(at("", "is a list, expected an object")));
    }
    // Checks the whole body: unknown fields are skipped without a check.
    let text = std::str::from_utf8(body).map_err(|_| Refusal::Malformed(at("", "is not UTF-8")))?;
    let mut unknown_fields = 0;
    let mut reader = serde_json::Deserializer::from_str(text);
    let envelope: BatchEnvelope<'_> = serde_ignored::deserialize(&mut reader, |_| unknown_fields += 1)
        .and_then(|envelope| reader.end().map(|()| envelope))
        // A second, slower parse to name the field.
        .map_err(|error| match located::<BatchEnvelope<'_>>(body) {
            Err(field) => Refusal::Malformed(field),
            Ok(_) => Refusal::Malformed(at("", error.to_string())),
        })?;
    if envelope.v != 1 {
        return Err(Refusal::Malformed(at("/v", "this server knows version 1")));
    }
    if envelope.signals.len() > MAX_SIGNALS {
        return Err(Refusal::TooMany(at("/signals", format!("holds more than {MAX_SIGNALS} signals"))));
    }
    let visitor = VisitorId::parse(&envelope.visitor);
    let session = SessionId::parse(&envelope.session);
    Ok(Decoded {
        visitor: visitor.map_err(|error| Refusal::Malformed(at("/visitor", error.to_string())))?,
        session: session.map_err(|error| Refusal::Malformed(at("/session", error.to_string())))?,
        envelope,
        unknown_fields,
    })
}
