//! Requests and responses of a booking.

use knock_wire::{MeetingSlot, Problem, RawSecret};

use super::requests::Request;
use super::responses::free_slots;
use super::tools::Tools;
use crate::browser::encoded;

/// The reason for which a request failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// The server is unreachable or unavailable: a retry may work.
    Away,
    /// The slot is no longer free; the free ones instead.
    Taken(Vec<MeetingSlot>),
    /// No longer possible.
    Gone,
    /// Not found.
    Missing,
    /// Refused, with the error.
    Refused(Problem),
}

/// A request.
#[derive(Default)]
pub(crate) struct Call {
    /// The path below the server's address, with its query.
    path: String,
    /// The idempotency key.
    key: String,
    /// The JSON body; empty for a GET.
    body: String,
}

impl Call {
    /// A GET request.
    pub(crate) fn get(path: String) -> Call {
        Call { path, ..Call::default() }
    }

    /// A POST request.
    pub(crate) fn post(path: &str, body: &Request) -> Call {
        Call { path: path.to_owned(), body: body.body(), key: String::new() }
    }

    /// Adds the idempotency key.
    pub(crate) fn with_key(self, key: String) -> Call {
        Call { key, ..self }
    }
}

/// The address of a meeting below `/v1`.
pub(crate) fn path_of(token: &RawSecret, rest: &str) -> String {
    "/v1/bookings/".to_owned() + &encoded(token.reveal()) + rest
}

/// Sends a request; `token` authenticates the visitor, empty for none.
pub(crate) async fn ask(tools: Tools, host: &str, token: &str, call: Call) -> Result<String, Failure> {
    let answer = tools.ask(&(host.to_owned() + &call.path), token, &call.key, &call.body).await;
    let answer = answer.ok().and_then(|answer| answer.as_string()).unwrap_or_default();
    let (code, text) = answer.split_once(' ').unwrap_or_default();
    match code.parse().unwrap_or_default() {
        200..300 => Ok(text.to_owned()),
        code => Err(failure(code, text)),
    }
}

fn failure(code: u16, text: &str) -> Failure {
    let problem = || knock_json::parse(text).unwrap_or_default();
    match code {
        0 | 408 | 425 | 429 | 500.. => Failure::Away,
        404 => Failure::Missing,
        409 => free_slots(text).map_or_else(|| Failure::Refused(problem()), Failure::Taken),
        410 => Failure::Gone,
        _ => Failure::Refused(problem()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn status_codes_become_failures() {
        let problem = r#"{"type":"x","title":"T","status":422,"errors":[{"pointer":"/email","reason":"r"}]}"#;
        for code in [0, 429, 500, 503] {
            assert_eq!(failure(code, "<html>"), Failure::Away, "{code}");
        }
        assert_eq!(failure(404, problem), Failure::Missing);
        assert_eq!(failure(410, problem), Failure::Gone);
        assert!(matches!(failure(422, problem), Failure::Refused(problem) if problem.errors[0].pointer == "/email"));
        assert!(matches!(failure(403, "<html>"), Failure::Refused(_)));
    }

    #[wasm_bindgen_test]
    fn a_taken_slot_comes_with_free_ones() {
        let text = r#"{"type":"x","title":"Taken","status":409,"detail":"d","slots":[
            {"start":"2026-11-24T17:00:00Z","end":"2026-11-24T17:30:00Z","local":"2026-11-24T09:00:00-08:00"}]}"#;
        assert!(matches!(failure(409, text), Failure::Taken(slots) if slots.len() == 1));
        assert!(matches!(failure(409, r#"{"type":"x","title":"Key","status":409}"#), Failure::Refused(_)));
    }
}
