//! Errors in Google's shape ([`crate::pages::ERRORS`]).

use crate::request::{Answer, Body};
use serde_json::{Value as Json, json};

/// A refusal: an answer on the side of errors.
pub(crate) type Refusal = Box<Answer>;

/// An error with one entry; `place` is the kind and the name of what it is about, such as `("parameter", "timeMax")`.
pub(crate) fn error(code: u16, domain: &str, reason: &str, message: &str, place: Option<(&str, &str)>) -> Refusal {
    let mut entry = json!({"domain": domain, "reason": reason, "message": message});
    if let Some((kind, name)) = place {
        entry["locationType"] = json!(kind);
        entry["location"] = json!(name);
    }
    Box::new(Answer::json(code, json!({"error": {"code": code, "message": message, "errors": [entry]}})))
}

/// 400 about a parameter.
pub(crate) fn invalid(name: &str, message: &str) -> Refusal {
    error(400, "global", "invalid", message, Some(("parameter", name)))
}

/// 400 about a combination or a text that cannot be read.
pub(crate) fn bad(message: &str) -> Refusal {
    error(400, "global", "badRequest", message, None)
}

/// 400 about the body.
pub(crate) fn invalid_value(message: &str) -> Refusal {
    error(400, "global", "invalid", message, None)
}

pub(crate) fn required(message: &str) -> Refusal {
    error(400, "global", "required", message, None)
}

pub(crate) fn empty_range(name: &str) -> Refusal {
    error(400, "calendar", "timeRangeEmpty", "The specified time range is empty.", Some(("parameter", name)))
}

/// 401: the access token is missing, has ended or was never one.
pub(crate) fn unauthorized(is_missing: bool) -> Refusal {
    let place = Some(("header", "Authorization"));
    let mut refusal = match is_missing {
        true => error(401, "global", "required", "Login Required.", place),
        false => error(401, "global", "authError", "Invalid Credentials", place),
    };
    set(&mut refusal, "status", json!("UNAUTHENTICATED"));
    let realm = "Bearer realm=\"https://accounts.google.com/\"";
    let challenge = if is_missing { realm.to_owned() } else { format!("{realm}, error=\"invalid_token\"") };
    Box::new(refusal.with("www-authenticate", challenge))
}

/// 403: no scope of the token allows the method.
pub(crate) fn insufficient(method: &str, allowed: &[&str]) -> Refusal {
    let message = "Request had insufficient authentication scopes.";
    let mut refusal = error(403, "global", "insufficientPermissions", "Insufficient Permission", None);
    let details = json!([{
        "@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
        "domain": "googleapis.com", "metadata": {"service": "calendar-json.googleapis.com", "method": method},
    }]);
    set(&mut refusal, "message", json!(message));
    set(&mut refusal, "status", json!("PERMISSION_DENIED"));
    set(&mut refusal, "details", details);
    let scopes: Vec<String> = allowed.iter().map(|scope| crate::scopes::whole(scope)).collect();
    let challenge = format!(
        "Bearer realm=\"https://accounts.google.com/\", error=\"insufficient_scope\", scope=\"{}\"",
        scopes.join(" ")
    );
    Box::new(refusal.with("www-authenticate", challenge))
}

/// 403: the account may do less with the calendar.
pub(crate) fn access_level() -> Refusal {
    let message = "You need to have writer access to this calendar.";
    error(403, "calendar", "requiredAccessLevel", message, None)
}

pub(crate) fn non_organizer() -> Refusal {
    let message = "Shared properties can only be changed by the organizer of the event.";
    error(403, "calendar", "forbiddenForNonOrganizer", message, None)
}

pub(crate) fn not_found() -> Refusal {
    error(404, "global", "notFound", "Not Found", None)
}

pub(crate) fn duplicate() -> Refusal {
    error(409, "global", "duplicate", "The requested identifier already exists.", None)
}

pub(crate) fn deleted() -> Refusal {
    error(410, "global", "deleted", "Resource has been deleted", None)
}

pub(crate) fn full_sync() -> Refusal {
    let message = "Sync token is no longer valid, a full sync is required.";
    error(410, "calendar", "fullSyncRequired", message, Some(("parameter", "syncToken")))
}

pub(crate) fn too_long_ago() -> Refusal {
    let message = "The requested minimum modification time lies too far in the past.";
    error(410, "calendar", "updatedMinTooLongAgo", message, Some(("parameter", "updatedMin")))
}

pub(crate) fn precondition() -> Refusal {
    error(412, "global", "conditionNotMet", "Precondition Failed", Some(("header", "If-Match")))
}

/// A limit of use, with the status and the reason that a test or a quota asks for.
pub(crate) fn limited(code: u16, reason: &str, retry_after: Option<u64>) -> Refusal {
    let message = match reason {
        "userRateLimitExceeded" => "User Rate Limit Exceeded",
        "quotaExceeded" => "Calendar usage limits exceeded.",
        _ => "Rate Limit Exceeded",
    };
    after(error(code, "usageLimits", reason, message, None), retry_after)
}

/// A failure of the server: 500, 502, 503.
pub(crate) fn backend(code: u16, retry_after: Option<u64>) -> Refusal {
    let mut refusal = error(code, "global", "backendError", "Backend Error", None);
    if code == 503 {
        set(&mut refusal, "status", json!("UNAVAILABLE"));
    }
    after(refusal, retry_after)
}

fn after(refusal: Refusal, retry_after: Option<u64>) -> Refusal {
    match retry_after {
        Some(seconds) => Box::new(refusal.with("retry-after", seconds.to_string())),
        None => refusal,
    }
}

fn set(refusal: &mut Answer, name: &str, value: Json) {
    if let Body::Json(body) = &mut refusal.body {
        body["error"][name] = value;
    }
}
