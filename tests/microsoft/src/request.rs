//! Requests and answers, without HTTP around them.

use percent_encoding::percent_decode_str;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use url::form_urlencoded;

#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) method: String,
    /// The decoded parts of the path.
    pub(crate) segments: Vec<String>,
    pub(crate) query: Vec<(String, String)>,
    /// By lower-case name.
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: Vec<u8>,
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
    Empty,
    Json(Json),
    Html(String),
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
    pub(crate) fn new(method: &str, uri: &str, headers: BTreeMap<String, String>, body: &[u8]) -> Request {
        let (path, query) = uri.split_once('?').unwrap_or((uri, ""));
        let parts = path.split('/').filter(|part| !part.is_empty());
        let segments = parts.map(|part| percent_decode_str(part).decode_utf8_lossy().into_owned()).collect();
        let query = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        Request { method: method.to_owned(), segments, query, headers, body: body.to_vec() }
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(String::as_str)
    }

    /// A parameter of the query, whose name may be in any case, as Graph reads them.
    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The fields of a form.
    pub(crate) fn form(&self) -> BTreeMap<String, String> {
        form_urlencoded::parse(&self.body).into_owned().collect()
    }

    /// The method and the path, for counting and for scripted failures.
    pub(crate) fn label(&self) -> String {
        format!("{} /{}", self.method, self.segments.join("/"))
    }

    /// The request as tests read it.
    pub(crate) fn shown(&self) -> Json {
        let body = serde_json::from_slice(&self.body).unwrap_or_else(|_| json!(String::from_utf8_lossy(&self.body)));
        let headers = ["prefer", "if-match", "client-request-id", "content-type"];
        let headers: BTreeMap<_, _> = headers.iter().filter_map(|name| Some((*name, self.header(name)?))).collect();
        let query: BTreeMap<_, _> = self.query.iter().cloned().collect();
        json!({
            "method": self.method, "path": format!("/{}", self.segments.join("/")), "label": self.label(),
            "query": query, "headers": headers, "body": body,
        })
    }
}

impl Answer {
    pub(crate) fn json(code: u16, body: Json) -> Answer {
        Answer { code, headers: Vec::new(), body: Body::Json(body), fate: Fate::Whole }
    }

    pub(crate) fn ok(body: Json) -> Answer {
        Answer::json(200, body)
    }

    pub(crate) fn empty(code: u16) -> Answer {
        Answer { code, headers: Vec::new(), body: Body::Empty, fate: Fate::Whole }
    }

    pub(crate) fn html(code: u16, body: String) -> Answer {
        Answer { code, headers: Vec::new(), body: Body::Html(body), fate: Fate::Whole }
    }

    pub(crate) fn with(mut self, name: &'static str, value: String) -> Answer {
        self.headers.push((name, value));
        self
    }
}
