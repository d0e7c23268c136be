//! The table of HubSpot's errors, and their delivery outcomes.

use knock_model::Millis;
use knock_outbound::{Failure, Reply};
use knock_ports::Refusal;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// The most characters of HubSpot's words that are kept.
const LONGEST: usize = 500;
/// The delay after 423 (many writes to the account at once), as HubSpot recommends.
const LOCKED: Millis = Millis(2_000);

/// The pause after the daily limit is reached, if the account's midnight is unknown.
pub(crate) const HOUR: Millis = Millis(3_600_000);

/// The duration of a per-second limit.
const SECOND: Millis = Millis(1_000);

/// The meaning of an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Temporary; with the delay, if given.
    Later(Option<Millis>),
    /// There were too many requests, for so long where that is said.
    Limited(Option<Millis>),
    /// The requests of the day are used up, for so long where that is said.
    Daily(Option<Millis>),
    /// No requests until then: the daily limit is reached.
    Paused(Millis),
    /// The access token has ended.
    Expired,
    /// The access is not accepted, or may not do this.
    Denied,
    Missing,
    /// It exists already.
    Conflict,
    /// The request is wrong: of a batch, at least one record.
    Wrong,
}

/// The reason for which a request failed.
#[derive(Clone, Debug)]
pub(crate) struct Fault {
    /// The meaning.
    pub(crate) kind: Kind,
    /// HubSpot's words, or ours where there was no answer.
    pub(crate) words: String,
    /// The names of properties that HubSpot does not know.
    pub(crate) unknown_properties: Vec<String>,
}

/// The body of an error, of a whole request or of one record of a batch. A field of another type is as good as none: the
/// others say what the error means.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct ErrorBody {
    #[serde(deserialize_with = "or_default")]
    pub(crate) message: String,
    #[serde(deserialize_with = "or_default")]
    pub(crate) category: String,
    #[serde(rename = "policyName", deserialize_with = "or_default")]
    policy: Option<String>,
    #[serde(deserialize_with = "lists")]
    pub(crate) context: BTreeMap<String, Vec<Json>>,
    #[serde(deserialize_with = "or_default")]
    errors: Vec<Detail>,
    // OAuth says it in these two.
    #[serde(deserialize_with = "or_default")]
    error: Option<String>,
    status: Option<Json>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Detail {
    #[serde(deserialize_with = "or_default")]
    message: String,
    #[serde(deserialize_with = "or_default")]
    code: Option<String>,
    #[serde(deserialize_with = "lists")]
    context: BTreeMap<String, Vec<Json>>,
}

/// A field that may be null or of another type.
fn or_default<'de, D: Deserializer<'de>, T: DeserializeOwned + Default>(from: D) -> Result<T, D::Error> {
    Ok(serde_json::from_value(Json::deserialize(from)?).unwrap_or_default())
}

/// A context: lists by name, or single values.
fn lists<'de, D: Deserializer<'de>>(from: D) -> Result<BTreeMap<String, Vec<Json>>, D::Error> {
    let listed = |value| match value {
        Json::Array(list) => list,
        one => vec![one],
    };
    let context: BTreeMap<String, Json> = or_default(from)?;
    Ok(context.into_iter().map(|(name, value)| (name, listed(value))).collect())
}

/// The meaning of a status code with the category or policy of its body; the first row that fits decides.
pub(crate) fn kind(code: u16, body: &ErrorBody, after: Option<Millis>) -> Kind {
    let is_daily = body.policy.as_deref() == Some("DAILY");
    let is_bad_grant = body.error.as_deref() == Some("invalid_grant")
        || body.status.as_ref().and_then(Json::as_str).is_some_and(|status| status.starts_with("BAD_"));
    match (code, body.category.as_str()) {
        (401, "EXPIRED_AUTHENTICATION") => Kind::Expired,
        (401 | 403, _) => Kind::Denied,
        (400, _) if is_bad_grant => Kind::Denied,
        (404 | 410, _) | (_, "OBJECT_NOT_FOUND") => Kind::Missing,
        (409, _) | (_, "CONFLICT") => Kind::Conflict,
        (429, _) if is_daily => Kind::Daily(after),
        (429, _) if body.policy.as_deref() == Some("SECONDLY") => Kind::Limited(Some(after.unwrap_or(SECOND))),
        (429, _) | (_, "RATE_LIMITS") => Kind::Limited(after),
        (423, _) => Kind::Later(Some(after.unwrap_or(LOCKED))),
        // 477: the account moves to another data centre.
        (408 | 477 | 500..=599, _) => Kind::Later(after),
        (_, "INTERNAL_ERROR" | "SERVICE_UNAVAILABLE") => Kind::Later(after),
        _ => Kind::Wrong,
    }
}

impl Fault {
    /// One of our own words.
    pub(crate) fn new(kind: Kind, words: impl Into<String>) -> Fault {
        Fault { kind, words: words.into(), unknown_properties: Vec::new() }
    }

    /// The error of one record of a batch.
    pub(crate) fn of_record(body: &ErrorBody) -> Fault {
        Fault { kind: kind(400, body, None), words: words(body), unknown_properties: unknown(body) }
    }
}

/// The body of an answer that is none of an error.
///
/// # Errors
/// What went wrong.
pub(crate) fn read(reply: &Reply) -> Result<Json, Fault> {
    if !reply.is_whole {
        return Err(Fault::new(Kind::Wrong, "HubSpot's answer is too large"));
    }
    if (200..300).contains(&reply.code) {
        if reply.body.is_empty() {
            return Ok(Json::Null);
        }
        let parsed = serde_json::from_slice(&reply.body);
        return parsed.map_err(|_| Fault::new(Kind::Later(None), "HubSpot's answer is no JSON"));
    }
    let body: ErrorBody = serde_json::from_slice(&reply.body).unwrap_or_default();
    let said = words(&body);
    let words = if said.is_empty() { format!("HubSpot answered with status code {}", reply.code) } else { said };
    Err(Fault { kind: kind(reply.code, &body, reply.retry_after), words, unknown_properties: unknown(&body) })
}

/// The fault of an answer in another shape.
#[expect(clippy::needless_pass_by_value, reason = "it maps errors")]
pub(crate) fn unreadable(error: serde_json::Error) -> Fault {
    Fault::new(Kind::Later(None), format!("HubSpot's answer has another shape: {error}"))
}

/// The fault of a request without a response: its result is unknown.
pub(crate) fn unanswered(failure: Failure) -> Fault {
    match failure {
        Failure::Refused(why) => Fault::new(Kind::Wrong, format!("the address of HubSpot {why}")),
        Failure::Unreached(why) => Fault::new(Kind::Later(None), format!("HubSpot: {why}")),
    }
}

/// A fault at an instant as the port has it.
pub(crate) fn refusal(fault: Fault, now: Millis) -> Refusal {
    let words = fault.words;
    match fault.kind {
        Kind::Later(after) | Kind::Limited(after) => Refusal::Retry { after, words },
        Kind::Daily(after) => Refusal::Paused { until: now + after.unwrap_or(HOUR), words },
        Kind::Paused(until) => Refusal::Paused { until, words },
        Kind::Expired | Kind::Denied => Refusal::Unauthorized { words },
        Kind::Missing | Kind::Conflict | Kind::Wrong => Refusal::Rejected { words },
    }
}

/// HubSpot's error for a person: its details if it has some, which are shorter than the message around them. A detail
/// that is about a property names it.
fn words(body: &ErrorBody) -> String {
    let details: Vec<String> = body.errors.iter().filter(|detail| !detail.message.is_empty()).map(detailed).collect();
    let listed = || listed(&body.message).iter().filter_map(said).collect::<Vec<_>>();
    let details = if details.is_empty() { listed() } else { details };
    let text = if details.is_empty() { about(&body.message, named(&body.context)) } else { details.join(" ") };
    text.chars().take(LONGEST).collect()
}

fn detailed(detail: &Detail) -> String {
    about(&detail.message, named(&detail.context))
}

/// The property that a context names.
fn named(context: &BTreeMap<String, Vec<Json>>) -> Option<&str> {
    context.get("propertyName")?.first()?.as_str()
}

/// One wrong value of a message that ends in a list.
fn said(one: &Json) -> Option<String> {
    Some(about(one["message"].as_str().filter(|message| !message.is_empty())?, one["name"].as_str()))
}

/// A message with the property that it is about, unless it names that itself.
fn about(message: &str, property: Option<&str>) -> String {
    match property {
        Some(property) if !message.contains(property) => format!("{property}: {message}"),
        _ => message.to_owned(),
    }
}

/// The names of properties that the account has no more, as details name them.
fn unknown(body: &ErrorBody) -> Vec<String> {
    let details = body.errors.iter().filter(|detail| detail.code.as_deref() == Some("PROPERTY_DOESNT_EXIST"));
    let names = details.filter_map(|detail| detail.context.get("propertyName"));
    let names: Vec<String> = names.flatten().filter_map(Json::as_str).map(str::to_owned).collect();
    if names.is_empty() { in_message(&body.message) } else { names }
}

/// The same in a message that ends in a list.
fn in_message(message: &str) -> Vec<String> {
    let wrong = listed(message);
    let wrong = wrong.iter().filter(|one| one["error"] == "PROPERTY_DOESNT_EXIST");
    wrong.filter_map(|one| one["name"].as_str()).map(str::to_owned).collect()
}

/// The list as JSON in which a message ends; empty without one.
fn listed(message: &str) -> Vec<Json> {
    let list = message.find('[').and_then(|at| serde_json::from_str::<Vec<Json>>(&message[at..]).ok());
    list.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn reply(code: u16, after: Option<i64>, body: &Json) -> Reply {
        let body = body.to_string().into_bytes();
        let retry_after = after.map(Millis);
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
    fn answers_have_meanings() {
        let none = json!({});
        let category = |name: &str| json!({"status": "error", "message": "No.", "category": name});
        let policy = |name: &str| json!({"category": "RATE_LIMITS", "policyName": name});
        for (code, after, body, expected) in [
            (400, None, category("VALIDATION_ERROR"), Kind::Wrong),
            (400, None, json!({"status": "BAD_REFRESH_TOKEN", "error": "invalid_grant"}), Kind::Denied),
            (400, None, json!({"status": "BAD_CLIENT_ID"}), Kind::Denied),
            (401, None, category("EXPIRED_AUTHENTICATION"), Kind::Expired),
            (401, None, category("INVALID_AUTHENTICATION"), Kind::Denied),
            (403, None, category("MISSING_SCOPES"), Kind::Denied),
            (404, None, none.clone(), Kind::Missing),
            (400, None, category("OBJECT_NOT_FOUND"), Kind::Missing),
            (409, None, category("CONFLICT"), Kind::Conflict),
            (413, None, none.clone(), Kind::Wrong),
            (414, None, none.clone(), Kind::Wrong),
            (423, None, none.clone(), Kind::Later(Some(LOCKED))),
            (429, Some(1_000), policy("TEN_SECONDLY_ROLLING"), Kind::Limited(Some(Millis(1_000)))),
            (429, None, policy("TEN_SECONDLY_ROLLING"), Kind::Limited(None)),
            (429, None, policy("SECONDLY"), Kind::Limited(Some(SECOND))),
            (429, None, policy("DAILY"), Kind::Daily(None)),
            (429, Some(9_000), policy("DAILY"), Kind::Daily(Some(Millis(9_000)))),
            (477, Some(60_000), none.clone(), Kind::Later(Some(Millis(60_000)))),
            (500, None, category("INTERNAL_ERROR"), Kind::Later(None)),
            (502, None, none.clone(), Kind::Later(None)),
            (503, Some(2_000), none.clone(), Kind::Later(Some(Millis(2_000)))),
            (504, None, none.clone(), Kind::Later(None)),
            (301, None, none, Kind::Wrong),
            (401, None, json!({"category": "EXPIRED_AUTHENTICATION", "errors": null, "context": null}), Kind::Expired),
            (401, None, json!({"category": "EXPIRED_AUTHENTICATION", "message": null, "links": 7}), Kind::Expired),
            (
                429,
                None,
                json!({"policyName": "DAILY", "context": {"limit": "250000"}, "status": 429}),
                Kind::Daily(None),
            ),
            (429, None, json!({"policyName": null, "category": "RATE_LIMITS"}), Kind::Limited(None)),
            (400, None, json!({"category": "OBJECT_NOT_FOUND", "errors": {"message": "odd"}}), Kind::Missing),
            (400, None, json!({"status": "BAD_AUTH_CODE", "context": {"code": 5}}), Kind::Denied),
            (520, None, json!("cloudflare"), Kind::Later(None)),
        ] {
            let fault = read(&reply(code, after, &body)).expect_err("an error");
            assert_eq!(fault.kind, expected, "{code} {body}");
        }
    }

    #[test]
    fn the_words_are_those_of_hubspot_and_never_empty() {
        let said = |body: Json| read(&reply(400, None, &body)).expect_err("an error").words;
        assert_eq!(said(json!({"message": "Invalid input."})), "Invalid input.");
        let detailed = json!({"message": "All of this: ...", "errors": [{"message": "One."}, {"message": "Two."}]});
        assert_eq!(said(detailed), "One. Two.");
        assert_eq!(said(json!("nonsense")), "HubSpot answered with status code 400");
        assert_eq!(said(json!({"message": "x".repeat(900)})).len(), LONGEST);
    }

    #[test]
    fn a_refusal_names_the_property_wherever_hubspot_says_it() {
        let said = |body: Json| read(&reply(400, None, &body)).expect_err("an error").words;
        let message = "Rejected was not one of the allowed options: [New]";
        let expected = "knock_chat_status: Rejected was not one of the allowed options: [New]";
        let context = json!({"propertyName": ["knock_chat_status"]});
        let detail = json!({"message": message, "code": "INVALID_OPTION", "context": context});
        assert_eq!(said(json!({"message": "Property values were not valid", "errors": [detail]})), expected);
        assert_eq!(said(json!({"message": message, "context": context})), expected);
        let single = json!({"message": message, "errors": null, "context": {"propertyName": "knock_chat_status"}});
        assert_eq!(said(single), expected);
        let list =
            json!([{"isValid": false, "message": message, "error": "INVALID_OPTION", "name": "knock_chat_status"}]);
        assert_eq!(said(json!({"message": format!("Property values were not valid: {list}")})), expected);
        let own = json!({"message": "\"email\" is read only", "context": {"propertyName": ["email"]}});
        assert_eq!(said(json!({"errors": [own]})), "\"email\" is read only");
    }

    #[test]
    fn properties_that_are_gone_are_named_in_both_forms() {
        let names = |body: Json| read(&reply(400, None, &body)).expect_err("an error").unknown_properties;
        let detail = json!({"code": "PROPERTY_DOESNT_EXIST", "context": {"propertyName": ["a"]}, "message": "."});
        assert_eq!(names(json!({"errors": [detail]})), ["a"]);
        let list =
            json!([{"isValid": false, "error": "PROPERTY_DOESNT_EXIST", "name": "b"}, {"error": "X", "name": "c"}]);
        assert_eq!(names(json!({"message": format!("Property values were not valid: {list}")})), ["b"]);
        assert_eq!(names(json!({"message": "What [is this"})), Vec::<String>::new());
    }
}
