//! The table of Microsoft's errors, and what they mean for a calendar.

use knock_model::Millis;
use knock_oauth::RenewalFailure;
use knock_outbound::{Failure, Reply};
use knock_ports::CalendarFailure;
use serde_json::Value as Json;

/// The most characters of Microsoft's words that are kept.
const LONGEST: usize = 300;

/// The error number of a client secret that has ended. Numbers may change, so that it decides about words alone.
const SECRET_ENDED: i64 = 7_000_222;

const ENDED: &str = "Microsoft 365 does not accept the access any more: connect the account again";
const SECRET_WORDS: &str = "the client secret of the app at Microsoft has ended: an admin enters a new one";
const APP_WORDS: &str = "Microsoft does not accept the app: an admin checks its client ID, client secret and tenant";
const NO_MAILBOX: &str =
    "the account has no mailbox at Exchange Online, so that Microsoft 365 shows no calendars of it";

/// The meaning of an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Temporary; with the delay, if given.
    Later(Option<Millis>),
    /// The access token is not accepted.
    Expired,
    /// The refresh token or the code is not accepted: the consent is over.
    Ended,
    /// The app is not accepted.
    App,
    /// The access does not reach so far.
    Denied,
    /// What is asked for is not there.
    Missing,
    /// The transaction id has made another event before.
    Duplicate,
    /// Any other refusal.
    Wrong,
}

/// The reason for which a request failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) kind: Kind,
    /// A part of a sentence, for the member.
    pub(crate) words: String,
}

impl Fault {
    pub(crate) fn new(kind: Kind, words: impl Into<String>) -> Fault {
        Fault { kind, words: words.into() }
    }
}

impl RenewalFailure for Fault {
    fn is_denied(&self) -> bool {
        self.kind == Kind::Ended
    }
}

impl From<Fault> for CalendarFailure {
    fn from(Fault { kind, words }: Fault) -> CalendarFailure {
        match kind {
            Kind::Later(after) => CalendarFailure::Later { words, after },
            Kind::Expired | Kind::Ended | Kind::App | Kind::Denied => CalendarFailure::Unauthorized(words),
            Kind::Missing => CalendarFailure::Gone(words),
            Kind::Duplicate | Kind::Wrong => CalendarFailure::Refused(words),
        }
    }
}

/// The meaning of a status code of Graph with the code of its body; the first row that fits decides.
fn graph_kind(status: u16, code: &str, after: Option<Millis>) -> Kind {
    match (status, code) {
        (_, "ErrorDuplicateTransactionId") => Kind::Duplicate,
        (401, _) => Kind::Expired,
        (403, _) => Kind::Denied,
        (_, "MailboxNotEnabledForRESTAPI" | "MailboxNotSupportedForRESTAPI") => Kind::Wrong,
        (404 | 410, _) | (400, "ErrorInvalidIdMalformed") => Kind::Missing,
        // 409 and 412: changed by another program meanwhile.
        (408 | 409 | 412 | 423 | 425 | 429 | 500..=599, _) => Kind::Later(after),
        _ => Kind::Wrong,
    }
}

/// The meaning of an error of the identity platform (RFC 6749 5.2).
fn identity_kind(status: u16, error: &str, after: Option<Millis>) -> Kind {
    match (status, error) {
        (_, "invalid_grant" | "interaction_required" | "consent_required" | "login_required") => Kind::Ended,
        (_, "temporarily_unavailable" | "server_error") | (408 | 425 | 429 | 500..=599, _) => Kind::Later(after),
        (_, "invalid_client" | "unauthorized_client" | "invalid_tenant") | (401, _) => Kind::App,
        _ => Kind::Wrong,
    }
}

/// The body of an answer of Graph that is none of an error; null where there is none.
pub(crate) fn of_graph(reply: &Reply) -> Result<Json, Fault> {
    let body = body(reply)?;
    if (200..300).contains(&reply.code) {
        return Ok(body);
    }
    let text = |name: &str| body["error"][name].as_str().unwrap_or_default();
    let (code, message) = (text("code"), text("message"));
    let kind = graph_kind(reply.code, code, reply.retry_after);
    let words = match kind {
        Kind::Expired => ENDED.to_owned(),
        Kind::Missing => "the calendar is no longer there".to_owned(),
        Kind::Later(_) => format!("Microsoft 365 asks to be asked later ({})", numbered(reply.code, code)),
        Kind::Denied => format!("Microsoft 365 does not allow it: {}", said(message, code)),
        Kind::Wrong if code.starts_with("MailboxNot") => NO_MAILBOX.to_owned(),
        _ => format!("Microsoft 365 answered {}: {}", reply.code, said(message, code)),
    };
    Err(Fault { kind, words })
}

/// The body of an answer of the identity platform that is none of an error.
pub(crate) fn of_identity(reply: &Reply) -> Result<Json, Fault> {
    let body = body(reply)?;
    if (200..300).contains(&reply.code) {
        return Ok(body);
    }
    let text = |name: &str| body[name].as_str().unwrap_or_default();
    let (error, description) = (text("error"), text("error_description"));
    let kind = identity_kind(reply.code, error, reply.retry_after);
    let has_ended = body["error_codes"].as_array().is_some_and(|codes| codes.contains(&Json::from(SECRET_ENDED)));
    let words = match kind {
        Kind::Ended => ENDED.to_owned(),
        Kind::App if has_ended => SECRET_WORDS.to_owned(),
        Kind::App => APP_WORDS.to_owned(),
        Kind::Later(_) => format!("Microsoft asks to be asked later ({})", numbered(reply.code, error)),
        _ => format!("Microsoft answered {}: {}", reply.code, said(description, error)),
    };
    Err(Fault { kind, words })
}

fn body(reply: &Reply) -> Result<Json, Fault> {
    if !reply.is_whole {
        return Err(Fault::new(Kind::Wrong, "the answer of Microsoft 365 is too long"));
    }
    let is_good = (200..300).contains(&reply.code);
    match serde_json::from_slice(&reply.body) {
        Ok(body) => Ok(body),
        // Errors of gateways before Microsoft's servers are pages.
        Err(_) if !is_good || reply.body.is_empty() => Ok(Json::Null),
        Err(_) => Err(Fault::new(Kind::Later(None), "the answer of Microsoft 365 is no JSON")),
    }
}

/// The first line of Microsoft's words, or the code where there are none. The lines after it are ids of a trace.
fn said(message: &str, code: &str) -> String {
    let line = message.lines().next().unwrap_or_default();
    let line = line.split(" Trace ID:").next().unwrap_or_default().trim();
    if line.is_empty() { code.to_owned() } else { line.chars().take(LONGEST).collect() }
}

fn numbered(status: u16, code: &str) -> String {
    if code.is_empty() { status.to_string() } else { format!("{status} {code}") }
}

/// The fault of a request without a response: its result is unknown.
pub(crate) fn unanswered(failure: Failure) -> Fault {
    match failure {
        Failure::Refused(why) => Fault::new(Kind::Wrong, format!("the address of Microsoft 365 {why}")),
        Failure::Unreached(why) => Fault::new(Kind::Later(None), format!("Microsoft 365: {why}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn reply(code: u16, after: Option<i64>, body: &str) -> Reply {
        let (body, retry_after) = (body.as_bytes().to_vec(), after.map(Millis));
        Reply {
            code,
            etag: None,
            location: None,
            retry_after,
            challenges: Vec::new(),
            vendor: Vec::new(),
            body,
            is_whole: true,
        }
    }

    #[test]
    fn answers_of_graph_have_meanings() {
        for (status, code, after, expected) in [
            (400, "ErrorInvalidParameter", None, Kind::Wrong),
            (400, "ErrorInvalidIdMalformed", None, Kind::Missing),
            (400, "ErrorDuplicateTransactionId", None, Kind::Duplicate),
            (401, "InvalidAuthenticationToken", None, Kind::Expired),
            (403, "ErrorAccessDenied", None, Kind::Denied),
            (404, "ErrorItemNotFound", None, Kind::Missing),
            (404, "MailboxNotEnabledForRESTAPI", None, Kind::Wrong),
            (409, "ErrorDuplicateTransactionId", None, Kind::Duplicate),
            (410, "SyncStateNotFound", None, Kind::Missing),
            (412, "ErrorIrresolvableConflict", None, Kind::Later(None)),
            (429, "ApplicationThrottled", Some(9_000), Kind::Later(Some(Millis(9_000)))),
            (429, "TooManyRequests", None, Kind::Later(None)),
            (500, "generalException", None, Kind::Later(None)),
            (503, "serviceNotAvailable", Some(2_000), Kind::Later(Some(Millis(2_000)))),
            (504, "", None, Kind::Later(None)),
            (301, "", None, Kind::Wrong),
        ] {
            let body = json!({"error": {"code": code, "message": "No."}}).to_string();
            let fault = of_graph(&reply(status, after, &body)).expect_err("an error");
            assert_eq!(fault.kind, expected, "{status} {code}");
            assert!(!fault.words.is_empty());
        }
        assert_eq!(of_graph(&reply(502, None, "<html>")).expect_err("an error").kind, Kind::Later(None));
        assert_eq!(of_graph(&reply(204, None, "")), Ok(Json::Null));
    }

    #[test]
    fn answers_of_the_identity_platform_have_meanings_and_words() {
        for (status, error, number, expected, words) in [
            (400, "invalid_grant", 700_082, Kind::Ended, ENDED),
            (400, "interaction_required", 50_076, Kind::Ended, ENDED),
            (401, "invalid_client", 7_000_222, Kind::App, SECRET_WORDS),
            (401, "invalid_client", 7_000_215, Kind::App, APP_WORDS),
            (400, "unauthorized_client", 700_016, Kind::App, APP_WORDS),
            (400, "invalid_scope", 70_011, Kind::Wrong, "Microsoft answered 400: AADSTS: why."),
            (
                503,
                "temporarily_unavailable",
                90_033,
                Kind::Later(None),
                "Microsoft asks to be asked later (503 temporarily_unavailable)",
            ),
        ] {
            let body =
                json!({"error": error, "error_description": "AADSTS: why. Trace ID: 1", "error_codes": [number]});
            let fault = of_identity(&reply(status, None, &body.to_string())).expect_err("an error");
            assert_eq!((fault.kind, fault.words.as_str()), (expected, words), "{error} {number}");
        }
    }

    #[test]
    fn an_access_that_has_ended_is_no_reason_to_try_again() {
        for kind in [Kind::Expired, Kind::Ended, Kind::App, Kind::Denied] {
            let failure = CalendarFailure::from(Fault::new(kind, "words"));
            assert_eq!(failure, CalendarFailure::Unauthorized("words".to_owned()), "{kind:?}");
        }
    }
}
