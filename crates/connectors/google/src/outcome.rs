//! The table of Google's errors
//! (<https://developers.google.com/workspace/calendar/api/guides/errors>, RFC 6749 5.2).

use knock_model::Millis;
use knock_outbound::{Failure, Reply};
use knock_ports::CalendarFailure;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

/// The most characters of Google's words that are kept.
const LONGEST: usize = 300;

const ENDED: &str = "the access to Google was revoked or has expired (with an app whose status is Testing it ends after 7 days): connect the calendar again";
const NO_APP: &str = "Google does not accept the app's client ID and client secret: an admin has to check them";
const NOT_ACCEPTED: &str = "Google does not accept the access any more: connect the calendar again";
const TOO_LITTLE: &str =
    "the access to Google does not include all that is needed: connect the calendar again and tick every box there";
const DISABLED: &str = "the Google Calendar API is not enabled in the app's project: an admin has to enable it in the Google Cloud console";
const TOO_MANY: &str = "Google had too many requests and asks to be asked later";
const GONE: &str = "the calendar is no longer there";

/// The meaning of an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Temporary; with the delay that Google asks for, if any.
    Later(Option<Millis>),
    /// The access token is not accepted.
    Expired,
    /// The access is over, or may not do this.
    Denied,
    Missing,
    /// What changed can no longer be asked for by this token: all has to be read.
    Stale,
    /// The id is used already.
    Conflict,
    /// There is another version than the one to be changed.
    Changed,
    /// The same will fail again.
    Wrong,
}

/// The reason for which a request failed, in words for the member.
#[derive(Clone, Debug)]
pub(crate) struct Fault {
    pub(crate) kind: Kind,
    pub(crate) words: String,
}

impl Fault {
    pub(crate) fn new(kind: Kind, words: impl Into<String>) -> Fault {
        Fault { kind, words: words.into() }
    }
}

impl From<Fault> for CalendarFailure {
    fn from(Fault { kind, words }: Fault) -> CalendarFailure {
        match kind {
            Kind::Later(after) => CalendarFailure::Later { words, after },
            Kind::Conflict | Kind::Changed | Kind::Stale => CalendarFailure::Later { words, after: None },
            Kind::Expired | Kind::Denied => CalendarFailure::Unauthorized(words),
            Kind::Missing => CalendarFailure::Gone(words),
            Kind::Wrong => CalendarFailure::Refused(words),
        }
    }
}

/// What an error says of itself.
#[derive(Default)]
struct Said {
    /// `rateLimitExceeded`, or of OAuth `invalid_grant`.
    reason: String,
    message: String,
}

/// Both shapes: the Calendar API's has an object, that of OAuth a word.
fn said(body: &[u8]) -> Said {
    let body: Json = serde_json::from_slice(body).unwrap_or_default();
    let text = |value: &Json| value.as_str().unwrap_or_default().chars().take(LONGEST).collect();
    let error = &body["error"];
    match error.as_str() {
        Some(word) => Said { reason: word.to_owned(), message: text(&body["error_description"]) },
        None => Said { reason: text(&error["errors"][0]["reason"]), message: text(&error["message"]) },
    }
}

/// The meaning of a status code and a reason, and our words for it; none where Google's own are the best. The first row
/// that fits decides.
fn meaning(code: u16, reason: &str, after: Option<Millis>) -> (Kind, Option<&'static str>) {
    match (code, reason) {
        (400 | 401, "invalid_grant" | "invalid_token") => (Kind::Denied, Some(ENDED)),
        (400 | 401, "invalid_client" | "unauthorized_client" | "deleted_client") => (Kind::Wrong, Some(NO_APP)),
        (400..=403, "admin_policy_enforced" | "org_internal" | "domainPolicy") => (Kind::Denied, None),
        (401, "push.webhookUrlUnauthorized") => (Kind::Wrong, None),
        (401, _) => (Kind::Expired, Some(NOT_ACCEPTED)),
        (403, "rateLimitExceeded" | "userRateLimitExceeded" | "quotaExceeded" | "dailyLimitExceeded") | (429, _) => {
            (Kind::Later(after), Some(TOO_MANY))
        }
        (403, "insufficientPermissions") => (Kind::Denied, Some(TOO_LITTLE)),
        (403, "accessNotConfigured") => (Kind::Wrong, Some(DISABLED)),
        (410, "fullSyncRequired" | "updatedMinTooLongAgo") => (Kind::Stale, None),
        (404 | 410, _) => (Kind::Missing, Some(GONE)),
        (409, "duplicate") => (Kind::Conflict, None),
        (412, _) => (Kind::Changed, None),
        (408 | 409 | 425 | 500..=599, _) | (_, "backendError") => (Kind::Later(after), None),
        _ => (Kind::Wrong, None),
    }
}

/// The content of an answer that is none of an error.
///
/// # Errors
/// What went wrong.
pub(crate) fn body(reply: Reply) -> Result<Vec<u8>, Fault> {
    match reply.code {
        200..=299 if reply.is_whole => Ok(reply.body),
        200..=299 => Err(Fault::new(Kind::Wrong, "Google's answer is too large")),
        code => {
            let Said { reason, message } = said(&reply.body);
            let (kind, ours) = meaning(code, &reason, reply.retry_after);
            let theirs = || match message.is_empty() {
                true => format!("Google answered with status code {code}"),
                false => format!("Google answered: {message}"),
            };
            Err(Fault { kind, words: ours.map_or_else(theirs, str::to_owned) })
        }
    }
}

/// The content as what it is to be.
pub(crate) fn parsed<T: DeserializeOwned>(body: &[u8]) -> Result<T, Fault> {
    serde_json::from_slice(body)
        .map_err(|error| Fault::new(Kind::Later(None), format!("Google's answer has another shape: {error}")))
}

/// The fault of a request without a response: its result is unknown.
pub(crate) fn unanswered(failure: Failure) -> Fault {
    match failure {
        Failure::Refused(why) => Fault::new(Kind::Wrong, format!("the address of Google {why}")),
        Failure::Unreached(why) => Fault::new(Kind::Later(None), format!("Google: {why}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn fault(code: u16, after: Option<i64>, content: &Json) -> Fault {
        let content = content.to_string().into_bytes();
        let retry_after = after.map(Millis);
        let (etag, location, vendor) = (None, None, Vec::new());
        body(Reply { code, etag, location, retry_after, challenges: Vec::new(), vendor, body: content, is_whole: true })
            .expect_err("an error")
    }

    fn api(reason: &str) -> Json {
        json!({"error": {"code": 0, "message": "No.", "errors": [{"domain": "global", "reason": reason}]}})
    }

    fn oauth(word: &str) -> Json {
        json!({"error": word, "error_description": "No."})
    }

    #[test]
    fn answers_have_meanings() {
        for (code, after, content, expected) in [
            (400, None, oauth("invalid_grant"), Kind::Denied),
            (401, None, oauth("invalid_client"), Kind::Wrong),
            (400, None, oauth("admin_policy_enforced"), Kind::Denied),
            (400, None, oauth("invalid_request"), Kind::Wrong),
            (401, None, api("authError"), Kind::Expired),
            (401, None, api("push.webhookUrlUnauthorized"), Kind::Wrong),
            (403, None, api("insufficientPermissions"), Kind::Denied),
            (403, None, api("accessNotConfigured"), Kind::Wrong),
            (403, None, api("rateLimitExceeded"), Kind::Later(None)),
            (403, Some(3_000), api("userRateLimitExceeded"), Kind::Later(Some(Millis(3_000)))),
            (403, None, api("quotaExceeded"), Kind::Later(None)),
            (403, None, api("requiredAccessLevel"), Kind::Wrong),
            (403, None, json!("a page"), Kind::Wrong),
            (429, Some(7_000), api("rateLimitExceeded"), Kind::Later(Some(Millis(7_000)))),
            (404, None, api("notFound"), Kind::Missing),
            (410, None, api("deleted"), Kind::Missing),
            (410, None, api("fullSyncRequired"), Kind::Stale),
            (410, None, api("updatedMinTooLongAgo"), Kind::Stale),
            (409, None, api("duplicate"), Kind::Conflict),
            (409, None, api("conflict"), Kind::Later(None)),
            (412, None, api("conditionNotMet"), Kind::Changed),
            (400, None, api("timeRangeEmpty"), Kind::Wrong),
            (500, None, api("backendError"), Kind::Later(None)),
            (503, Some(2_000), json!(null), Kind::Later(Some(Millis(2_000)))),
            (302, None, json!({}), Kind::Wrong),
        ] {
            assert_eq!(fault(code, after, &content).kind, expected, "{code} {content}");
        }
    }

    #[test]
    fn words_say_what_can_be_done() {
        for (code, content, expected) in [
            (400, oauth("invalid_grant"), "after 7 days"),
            (401, oauth("invalid_client"), "an admin has to check"),
            (403, api("insufficientPermissions"), "tick every box"),
            (400, api("invalid"), "Google answered: No."),
            (502, json!("<html>"), "status code 502"),
        ] {
            let words = fault(code, None, &content).words;
            assert!(words.contains(expected), "{words}");
        }
    }
}
