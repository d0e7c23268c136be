//! Refusals of Graph: `{error: {code, message, innerError: {date, request-id, client-request-id}}}`.
//!
//! <https://learn.microsoft.com/graph/errors>; codes that begin with `Error` are those of Exchange, which serves
//! calendars.

use crate::request::Answer;
use serde_json::json;

/// A request that is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) status: u16,
    pub(crate) code: &'static str,
    pub(crate) message: String,
    pub(crate) headers: Vec<(&'static str, String)>,
}

impl Refusal {
    pub(crate) fn new(status: u16, code: &'static str, message: impl Into<String>) -> Refusal {
        Refusal { status, code, message: message.into(), headers: Vec::new() }
    }

    pub(crate) fn with(mut self, name: &'static str, value: String) -> Refusal {
        self.headers.push((name, value));
        self
    }

    /// The answer; `date` is that of the server, the ids name the request.
    pub(crate) fn answer(&self, date: &str, request_id: &str, client_request_id: &str) -> Answer {
        let inner = json!({"date": date, "request-id": request_id, "client-request-id": client_request_id});
        let body = json!({"error": {"code": self.code, "message": self.message, "innerError": inner}});
        Answer { headers: self.headers.clone(), ..Answer::json(self.status, body) }
    }
}

/// 400 for a parameter or a property with an unusable value.
pub(crate) fn invalid(message: impl Into<String>) -> Refusal {
    Refusal::new(400, "ErrorInvalidParameter", message)
}

/// 400 for a body that does not fit the type.
pub(crate) fn unreadable(message: impl Into<String>) -> Refusal {
    Refusal::new(400, "RequestBodyRead", message)
}

/// 400 for a query that does not parse.
pub(crate) fn bad_query(message: impl Into<String>) -> Refusal {
    Refusal::new(400, "RequestBroker--ParseUri", message)
}

/// 404 for an item or a folder that is not there.
pub(crate) fn not_found() -> Refusal {
    Refusal::new(404, "ErrorItemNotFound", "The specified object was not found in the store.")
}

/// 400 for an id that is none.
pub(crate) fn malformed_id() -> Refusal {
    Refusal::new(400, "ErrorInvalidIdMalformed", "Id is malformed.")
}

/// 403 for a scope that the token lacks, or for a calendar that the user may not touch.
pub(crate) fn denied() -> Refusal {
    Refusal::new(403, "ErrorAccessDenied", "Access is denied. Check credentials and try again.")
}

/// 412 for an `If-Match` of an earlier version.
pub(crate) fn changed() -> Refusal {
    let message = "The send or update operation could not be performed because the change key passed in the request \
        does not match the current change key for the item.";
    Refusal::new(412, "ErrorIrresolvableConflict", message)
}

/// 401 with the header that names where to get a token.
pub(crate) fn unauthorized(message: &str) -> Refusal {
    let challenge = "Bearer realm=\"\", authorization_uri=\"https://login.microsoftonline.com/common/oauth2/authorize\", \
        client_id=\"00000003-0000-0000-c000-000000000000\"";
    Refusal::new(401, "InvalidAuthenticationToken", message).with("www-authenticate", challenge.to_owned())
}

/// 429, with or without the seconds to wait.
///
/// <https://learn.microsoft.com/graph/throttling>
pub(crate) fn throttled(code: &'static str, retry_after: Option<u64>) -> Refusal {
    let message = match code {
        "ApplicationThrottled" => "Application is over its MailboxConcurrency limit.",
        _ => "Please retry again later.",
    };
    let refusal = Refusal::new(429, code, message);
    match retry_after {
        Some(seconds) => refusal.with("retry-after", seconds.to_string()),
        None => refusal,
    }
}
