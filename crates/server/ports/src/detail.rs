//! Details of a signal that are only displayed.

use crate::Client;
use knock_model::{LinkKind, PersonName, Trust};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::{RawValue, to_raw_value};
use std::sync::Arc;

/// The shown properties of a signal, named as on the wire; for page views also those that rules use.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Detail {
    #[serde(skip_serializing_if = "String::is_empty")]
    pub rule: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub matched: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub url: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub referrer: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub text: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub href: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<LinkKind>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub form: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<String>,
    /// Visible time reported by an `engagement`, in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub visible_ms: Option<u32>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub props: String,
    /// The checked address of an `identify`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub email: String,
    /// The trust in an `identify` at its arrival.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trust: Option<Trust>,
    /// The person's name in an `identify`.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub person: PersonName,
    /// The truncated fields, by their names on the wire.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cut: Vec<String>,
    /// The client of the first page view of a batch.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client: Option<Client>,
}

/// A [`Detail`] as its stored JSON: serialized where the signal is checked, in parallel, so that the single writer only
/// passes it on; parsed where it is displayed. Copies share the text.
#[derive(Clone, Debug)]
pub struct DetailText(Arc<RawValue>);

impl DetailText {
    /// Parses a stored text; none if it is not a detail.
    pub fn parse(text: &str) -> Option<DetailText> {
        serde_json::from_str(text).ok()
    }

    /// Returns the JSON.
    pub fn as_str(&self) -> &str {
        self.0.get()
    }

    /// Parses the stored text.
    pub fn read(&self) -> Detail {
        // The text was serialized from a detail or checked by `parse` or `deserialize`.
        serde_json::from_str(self.as_str()).unwrap_or_default()
    }
}

impl From<&Detail> for DetailText {
    fn from(detail: &Detail) -> DetailText {
        // Texts and numbers can always be serialized.
        DetailText(to_raw_value(detail).unwrap_or_default().into())
    }
}

impl From<Detail> for DetailText {
    fn from(detail: Detail) -> DetailText {
        DetailText::from(&detail)
    }
}

impl Default for DetailText {
    fn default() -> DetailText {
        DetailText::from(&Detail::default())
    }
}

impl PartialEq for DetailText {
    fn eq(&self, other: &DetailText) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Serialize for DetailText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for DetailText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<DetailText, D::Error> {
        let text = Box::<RawValue>::deserialize(deserializer)?;
        serde_json::from_str::<Detail>(text.get()).map_err(serde::de::Error::custom)?;
        Ok(DetailText(text.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_reads_as_what_was_written_and_nothing_else_is_one() {
        let detail = Detail { url: "/pricing?a=\"1\"".into(), visible_ms: Some(31_000), ..Detail::default() };
        let text = DetailText::from(&detail);
        assert_eq!(text.read(), detail);
        assert_eq!(DetailText::parse(text.as_str()), Some(text.clone()));
        let inside = serde_json::to_string(&[&text]).expect("JSON");
        assert_eq!(inside, r#"[{"url":"/pricing?a=\"1\"","visible_ms":31000}]"#);
        assert_eq!(serde_json::from_str::<Vec<DetailText>>(&inside).expect("JSON"), [text]);
        for other in ["", "1", r#"{"url":1}"#, r#"{"url":"/"}}"#] {
            assert_eq!(DetailText::parse(other), None, "{other}");
        }
    }
}
