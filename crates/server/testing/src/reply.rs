//! A response of a server.

use serde_json::Value;

/// A response over HTTP.
#[derive(Debug)]
pub struct Reply {
    /// The status code.
    pub code: u16,
    /// The headers, with their names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body as JSON; a body that is not JSON is a text.
    pub body: Value,
}

impl Reply {
    /// Returns the first header with a name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Returns the cookie that is set, as a client sends it back.
    pub fn cookie(&self) -> Option<&str> {
        self.header("set-cookie").and_then(|set| set.split(';').next())
    }

    /// Returns a text of the body, which must exist.
    pub fn text(&self, field: &str) -> String {
        let text = self.body[field].as_str();
        text.unwrap_or_else(|| panic!("{}: no text {field} in {}", self.code, self.body)).to_owned()
    }
}
