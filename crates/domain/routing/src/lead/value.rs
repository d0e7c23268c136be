//! The value of a field, ready to be compared.

use alloc::string::{String, ToString};
use alloc::sync::Arc;
use alloc::vec::Vec;
use jiff::{SignedDuration, Span, SpanRelativeTo, Timestamp, civil::Date, tz::TimeZone};
use knock_model::Millis;
use unicase::UniCase;

/// A text with the form it is compared in: without outer spaces, case folded. Cheap to copy, as a lead is for its link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// Of the compared form: texts that differ here need not be compared, and nearly all that differ do here.
    fingerprint: u64,
    forms: Arc<Forms>,
}

#[derive(Debug, PartialEq, Eq)]
struct Forms {
    written: String,
    folded: String,
}

impl From<&str> for Text {
    fn from(written: &str) -> Text {
        let folded = UniCase::unicode(written.trim()).to_folded_case();
        Text { fingerprint: fingerprint(&folded), forms: Arc::new(Forms { written: written.to_string(), folded }) }
    }
}

impl Text {
    /// The value as written.
    pub(crate) fn written(&self) -> &str {
        &self.forms.written
    }

    /// The value as compared.
    pub(crate) fn folded(&self) -> &str {
        &self.forms.folded
    }

    fn is_same(&self, other: &Text) -> bool {
        self.fingerprint == other.fingerprint && self.folded() == other.folded()
    }
}

/// FNV-1a.
fn fingerprint(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The value of a field.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Text(Text),
    Number(f64),
    Bool(bool),
    List(Vec<Value>),
    /// A value that no field can have: it is missing.
    Other,
}

impl Value {
    /// A text.
    pub fn text(written: &str) -> Value {
        Value::Text(written.into())
    }

    /// The text as it was written.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text.written()),
            Value::Number(_) | Value::Bool(_) | Value::List(_) | Value::Other => None,
        }
    }

    /// Whether it is a text without a character but spaces, or a list without an element.
    pub(crate) fn is_empty(&self) -> bool {
        match self {
            Value::Text(text) => text.folded().is_empty(),
            Value::List(values) => values.is_empty(),
            Value::Number(_) | Value::Bool(_) | Value::Other => false,
        }
    }

    /// Whether it is one of these, or a list with an element that is.
    pub fn has_any_of(&self, others: &[Value]) -> bool {
        match self {
            Value::List(elements) => elements.iter().any(|element| element.is_among(others)),
            Value::Text(_) | Value::Number(_) | Value::Bool(_) | Value::Other => self.is_among(others),
        }
    }

    /// Whether one of these is the same.
    pub(crate) fn is_among(&self, others: &[Value]) -> bool {
        match self {
            Value::Text(text) => others.iter().any(|other| matches!(other, Value::Text(other) if text.is_same(other))),
            Value::Number(_) | Value::Bool(_) | Value::List(_) | Value::Other => {
                others.iter().any(|other| self.is_same(other))
            }
        }
    }

    /// Whether two values are the same: of one type, texts in their compared form.
    pub(crate) fn is_same(&self, other: &Value) -> bool {
        match (self, other) {
            (Value::Text(one), Value::Text(two)) => one.is_same(two),
            (Value::Number(one), Value::Number(two)) => one.partial_cmp(two).is_some_and(core::cmp::Ordering::is_eq),
            (Value::Bool(one), Value::Bool(two)) => one == two,
            // Lists are asked for their elements, never compared.
            (Value::Text(_) | Value::Number(_) | Value::Bool(_) | Value::List(_) | Value::Other, _) => false,
        }
    }
}

/// The instant a text names; a date is its midnight in UTC.
pub(crate) fn instant(text: &str) -> Option<Millis> {
    let text = text.trim();
    let at = text.parse::<Timestamp>().ok().or_else(|| {
        let midnight = text.parse::<Date>().ok()?.to_zoned(TimeZone::UTC).ok()?;
        (text.len() == 10).then(|| midnight.timestamp())
    })?;
    Some(Millis(at.as_millisecond()))
}

/// The length of time a value names: a text such as `7d`, `36h` or `P7D` (a day has 24 hours), or milliseconds.
pub(crate) fn span(value: &Value) -> Option<Millis> {
    let span = match value {
        Value::Text(text) => {
            let span = text.written().trim().parse::<Span>().ok()?;
            span.to_duration(SpanRelativeTo::days_are_24_hours()).ok()?
        }
        Value::Number(millis) if millis.is_finite() => SignedDuration::from_millis(*millis as i64),
        Value::Number(_) | Value::Bool(_) | Value::List(_) | Value::Other => return None,
    };
    let millis = i64::try_from(span.as_millis()).ok()?;
    (millis >= 0).then_some(Millis(millis))
}
