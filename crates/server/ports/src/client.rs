//! The client of a page view, as far as the request shows it.

use serde::{Deserialize, Serialize};

/// The browser, its device and its location; unknown fields are empty. The raw headers and the address of the request
/// are not stored (RO-13).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<String>", into = "Vec<String>")]
pub struct Client {
    /// `desktop`, `tablet` or `mobile`.
    pub device: String,
    /// The operating system, such as `macOS`.
    pub os: String,
    /// The browser, such as `Firefox`: the same on all devices.
    pub browser: String,
    /// The preferred language (BCP 47), such as `de-AT`.
    pub language: String,
    /// The country (ISO 3166-1 alpha-2), such as `AT`.
    pub country: String,
    /// The city by its English name.
    pub city: String,
}

impl Client {
    /// Whether nothing is known.
    pub fn is_unknown(&self) -> bool {
        *self == Client::default()
    }
}

/// A list takes half of the space; one is stored for each batch.
impl From<Client> for Vec<String> {
    fn from(client: Client) -> Vec<String> {
        let Client { device, os, browser, language, country, city } = client;
        let mut texts = vec![device, os, browser, language, country, city];
        while texts.last().is_some_and(String::is_empty) {
            texts.pop();
        }
        texts
    }
}

impl From<Vec<String>> for Client {
    fn from(texts: Vec<String>) -> Client {
        let mut texts = texts.into_iter();
        let mut next = || texts.next().unwrap_or_default();
        Client { device: next(), os: next(), browser: next(), language: next(), country: next(), city: next() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_takes_no_room_at_the_end() {
        let client = Client { device: "desktop".into(), browser: "Firefox".into(), ..Client::default() };
        let text = serde_json::to_string(&client).expect("JSON");
        assert_eq!(text, r#"["desktop","","Firefox"]"#);
        assert_eq!(serde_json::from_str::<Client>(&text).expect("a client"), client);
    }
}
