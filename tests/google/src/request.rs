//! Requests and answers, without HTTP around them.

use percent_encoding::percent_decode_str;
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeMap;
use url::form_urlencoded;

#[derive(Clone, Debug, Default)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) path: String,
    /// Its parts, decoded.
    pub(crate) segments: Vec<String>,
    /// In their order; a name may come more than once.
    pub(crate) query: Vec<(String, String)>,
    /// With lower-case names.
    pub(crate) headers: BTreeMap<String, String>,
    /// JSON, or the fields of a form; null when it is neither.
    pub(crate) body: Json,
    pub(crate) content: Content,
}

/// The form of a body, by its content type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) enum Content {
    Json,
    Form,
    #[default]
    None,
    /// It is not what its content type says, or of another type.
    Other,
}

#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) code: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Body,
    pub(crate) fate: Fate,
}

#[derive(Clone, Debug)]
pub(crate) enum Body {
    Json(Json),
    Html(String),
    None,
}

/// The fate of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It arrives.
    Whole,
    /// It arrives after so many milliseconds.
    Late(u64),
    /// The connection breaks within it.
    Lost,
    /// It never arrives.
    Silent,
}

impl Request {
    pub(crate) fn new(method: &str, uri: &str, headers: BTreeMap<String, String>, bytes: &[u8]) -> Request {
        let (path, query) = uri.split_once('?').unwrap_or((uri, ""));
        let kind = headers.get("content-type").map_or("", String::as_str);
        let (content, body) = read(kind.split(';').next().unwrap_or_default().trim(), bytes);
        let decoded = |segment: &str| percent_decode_str(segment).decode_utf8_lossy().into_owned();
        Request {
            method: method.to_owned(),
            path: path.to_owned(),
            segments: path.trim_matches('/').split('/').map(decoded).collect(),
            query: form_urlencoded::parse(query.as_bytes()).into_owned().collect(),
            headers,
            body,
            content,
        }
    }

    /// The first value of a parameter.
    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(String::as_str)
    }

    /// A text of the body.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.body[name].as_str().unwrap_or_default()
    }
}

fn read(kind: &str, bytes: &[u8]) -> (Content, Json) {
    if bytes.is_empty() {
        return (Content::None, Json::Null);
    }
    match kind {
        "application/json" => match serde_json::from_slice(bytes) {
            Ok(body) => (Content::Json, body),
            Err(_) => (Content::Other, Json::Null),
        },
        "application/x-www-form-urlencoded" => {
            let fields = form_urlencoded::parse(bytes).into_owned();
            let mut form: Map<String, Json> = Map::new();
            for (name, value) in fields {
                match form.get_mut(&name) {
                    // Ticked boxes of one name become a list with spaces, as scopes are.
                    Some(Json::String(known)) => *known = format!("{known} {value}"),
                    _ => drop(form.insert(name, json!(value))),
                }
            }
            (Content::Form, Json::Object(form))
        }
        _ => (Content::Other, Json::Null),
    }
}

impl Answer {
    pub(crate) fn new(code: u16, body: Body) -> Answer {
        Answer { code, headers: Vec::new(), body, fate: Fate::Whole }
    }

    pub(crate) fn json(code: u16, body: Json) -> Answer {
        Answer::new(code, Body::Json(body))
    }

    pub(crate) fn ok(body: Json) -> Answer {
        Answer::json(200, body)
    }

    /// Done, without content.
    pub(crate) fn empty() -> Answer {
        Answer::new(204, Body::None)
    }

    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Answer {
        self.headers.push((name, value.into()));
        self
    }

    /// The body for tests and the log; null when it is no JSON.
    pub(crate) fn shown(&self) -> &Json {
        match &self.body {
            Body::Json(body) => body,
            Body::Html(_) | Body::None => &Json::Null,
        }
    }
}
