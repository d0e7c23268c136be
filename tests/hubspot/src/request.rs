//! Requests and answers, without HTTP around them.

use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use url::form_urlencoded;

#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: BTreeMap<String, String>,
    /// The value after `Bearer`.
    pub(crate) token: Option<String>,
    /// The form of the body.
    pub(crate) content: Content,
    /// JSON, or the fields of a form.
    pub(crate) body: Json,
}

/// The form of a body, by its content type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Content {
    Json,
    Form,
    /// Another one, or none.
    Other,
}

impl Content {
    /// The content type.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Content::Json => "application/json",
            Content::Form => "application/x-www-form-urlencoded",
            Content::Other => "",
        }
    }

    /// The word in messages.
    pub(crate) const fn short(self) -> &'static str {
        match self {
            Content::Json => "JSON",
            Content::Form => "form",
            Content::Other => "body",
        }
    }

    fn of(content_type: &str) -> Content {
        let kind = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        [Content::Json, Content::Form].into_iter().find(|one| one.as_str() == kind).unwrap_or(Content::Other)
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) code: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Json,
    pub(crate) fate: Fate,
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
    pub(crate) fn new(method: &str, uri: &str, token: Option<String>, content_type: &str, body: &[u8]) -> Request {
        let (path, query) = uri.split_once('?').unwrap_or((uri, ""));
        let content = Content::of(content_type);
        let body = match content {
            Content::Form => json!(pairs(body)),
            Content::Json | Content::Other => serde_json::from_slice(body).unwrap_or(Json::Null),
        };
        let query = pairs(query.as_bytes());
        Request { method: method.to_owned(), path: path.to_owned(), query, token, content, body }
    }

    /// A number of the query.
    pub(crate) fn number(&self, name: &str, usual: usize) -> usize {
        self.query.get(name).and_then(|text| text.parse().ok()).unwrap_or(usual)
    }

    /// A text of the body.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.body[name].as_str().unwrap_or_default()
    }

    pub(crate) fn inputs(&self) -> &[Json] {
        self.body["inputs"].as_array().map(Vec::as_slice).unwrap_or_default()
    }
}

/// Fields of a form or of a query; those that come more than once become a list with commas.
fn pairs(text: &[u8]) -> BTreeMap<String, String> {
    let mut pairs: BTreeMap<String, String> = BTreeMap::new();
    for (name, value) in form_urlencoded::parse(text).into_owned() {
        pairs.entry(name).and_modify(|known| *known = format!("{known},{value}")).or_insert(value);
    }
    pairs
}

impl Answer {
    pub(crate) fn new(code: u16, body: Json) -> Answer {
        Answer { code, headers: Vec::new(), body, fate: Fate::Whole }
    }

    pub(crate) fn ok(body: Json) -> Answer {
        Answer::new(200, body)
    }
}
