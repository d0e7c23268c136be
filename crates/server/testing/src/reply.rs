//! A response of a server.

use serde_json::Value;

/// An answer over HTTP.
#[derive(Debug)]
pub struct Reply {
    /// Its status code.
    pub code: u16,
    /// Its headers, their names in lower case.
    pub headers: Vec<(String, String)>,
    /// Its body as JSON; a body that is none is a text.
    pub body: Value,
}

impl Reply {
    /// The first header of a name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The cookie it sets, as it is sent back.
    pub fn cookie(&self) -> Option<&str> {
        self.header("set-cookie").and_then(|set| set.split(';').next())
    }

    /// A text of the body, which must be there.
    pub fn text(&self, field: &str) -> String {
        let text = self.body[field].as_str();
        text.unwrap_or_else(|| panic!("{}: no text {field} in {}", self.code, self.body)).to_owned()
    }
}
