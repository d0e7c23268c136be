//! Arguments of a call: of a form, of JSON, of the address.

use super::Refused;
use axum::http::HeaderMap;
use serde_json::{Map, Value, json};
use url::form_urlencoded;

/// The media types that Slack reads.
const TYPES: [&str; 4] = ["application/json", "application/x-www-form-urlencoded", "multipart/form-data", "text/plain"];

/// Refuses a body of a type that Slack does not read, and one without a type.
pub(crate) fn check_type(headers: &HeaderMap, body: &[u8]) -> Result<(), Refused> {
    let given = headers.get("content-type").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = given.split(';').next().unwrap_or_default().trim().to_lowercase();
    match kind.as_str() {
        _ if body.is_empty() => Ok(()),
        "" => Err(Refused::new("missing_post_type")),
        kind if TYPES.contains(&kind) => Ok(()),
        _ => Err(Refused::new("invalid_post_type")),
    }
}

/// By name; what is a list or an object may also come as a text of JSON.
#[derive(Clone, Debug, Default)]
pub(crate) struct Arguments(Map<String, Value>);

pub(crate) fn form(body: &[u8]) -> Map<String, Value> {
    form_urlencoded::parse(body).map(|(name, value)| (name.into_owned(), json!(value))).collect()
}

/// A value as a text: forms have nothing else.
fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Null => None,
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => Some(value.to_string()),
    }
}

impl Arguments {
    pub(crate) fn read(headers: &HeaderMap, query: &str, body: &[u8]) -> Arguments {
        let mut all = form(query.as_bytes());
        let is_json = headers.get("content-type").and_then(|value| value.to_str().ok());
        if is_json.is_some_and(|value| value.starts_with("application/json")) {
            all.extend(serde_json::from_slice::<Map<String, Value>>(body).unwrap_or_default());
        } else {
            all.extend(form(body));
        }
        Arguments(all)
    }

    /// Without what lets in.
    pub(crate) fn recorded(&self) -> Value {
        let shown = self.0.iter().filter(|(name, _)| *name != "token" && *name != "client_secret");
        Value::Object(shown.map(|(name, value)| (name.clone(), value.clone())).collect())
    }

    pub(crate) fn set(&mut self, name: &str, value: &str) {
        self.0.insert(name.to_owned(), json!(value));
    }

    /// One that may be there; empty counts as missing.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        self.0.get(name).and_then(text_of).filter(|text| !text.is_empty())
    }

    /// One that must be there.
    pub(crate) fn must(&self, name: &str) -> Result<String, Refused> {
        self.text(name).ok_or_else(|| Refused::invalid(format!("missing required field: {name}")))
    }

    pub(crate) fn is_true(&self, name: &str) -> bool {
        self.text(name).is_some_and(|text| text == "true" || text == "1")
    }

    /// The number of items in a page.
    pub(crate) fn limit(&self, usual: usize, most: usize) -> Result<usize, Refused> {
        let Some(text) = self.text("limit") else { return Ok(usual) };
        match text.parse::<usize>() {
            Ok(limit) if (1..=most).contains(&limit) => Ok(limit),
            Ok(_) | Err(_) => Err(Refused::new("invalid_limit")),
        }
    }

    /// A list or an object.
    pub(crate) fn json(&self, name: &str) -> Result<Option<Value>, ()> {
        match self.0.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) if text.is_empty() => Ok(None),
            Some(Value::String(text)) => serde_json::from_str(text).map(Some).map_err(|_| ()),
            Some(value) => Ok(Some(value.clone())),
        }
    }
}
