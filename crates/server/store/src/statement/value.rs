//! One column of a row, or one parameter of a statement.

use std::borrow::Cow;

/// All that the tables hold: flags and instants (in milliseconds) are numbers, ids are bytes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value<'v> {
    Null,
    Int(i64),
    Real(f64),
    Text(Cow<'v, str>),
    Bytes(Cow<'v, [u8]>),
}

impl Value<'_> {
    /// The same value, for as long as it is wanted.
    pub(crate) fn into_owned(self) -> Value<'static> {
        match self {
            Value::Null => Value::Null,
            Value::Int(number) => Value::Int(number),
            Value::Real(number) => Value::Real(number),
            Value::Text(text) => Value::Text(text.into_owned().into()),
            Value::Bytes(bytes) => Value::Bytes(bytes.into_owned().into()),
        }
    }
}

/// Parameters `?1`, `?2`, ... of a statement.
macro_rules! params {
    ($($param:expr),* $(,)?) => { &[$($crate::statement::Value::from($param)),*] };
}
pub(crate) use params;

impl From<i64> for Value<'_> {
    fn from(number: i64) -> Self {
        Value::Int(number)
    }
}

impl From<u32> for Value<'_> {
    fn from(number: u32) -> Self {
        Value::Int(number.into())
    }
}

impl From<f64> for Value<'_> {
    fn from(number: f64) -> Self {
        Value::Real(number)
    }
}

impl<'v> From<&'v str> for Value<'v> {
    /// Without NUL, which PostgreSQL cannot hold: one such text would take its whole group of commands with it.
    fn from(text: &'v str) -> Self {
        Value::Text(if text.as_bytes().contains(&0) { text.replace('\0', "").into() } else { text.into() })
    }
}

impl<'v> From<&'v String> for Value<'v> {
    fn from(text: &'v String) -> Self {
        Value::from(text.as_str())
    }
}

impl<'v> From<&'v [u8]> for Value<'v> {
    fn from(bytes: &'v [u8]) -> Self {
        Value::Bytes(Cow::Borrowed(bytes))
    }
}

impl<'v, const N: usize> From<&'v [u8; N]> for Value<'v> {
    fn from(bytes: &'v [u8; N]) -> Self {
        Value::Bytes(Cow::Borrowed(bytes))
    }
}

impl From<Vec<u8>> for Value<'static> {
    fn from(bytes: Vec<u8>) -> Self {
        Value::Bytes(bytes.into())
    }
}

impl From<String> for Value<'static> {
    /// As of a text that is borrowed: without NUL.
    fn from(text: String) -> Self {
        Value::from(text.as_str()).into_owned()
    }
}

impl<'v, T: Into<Value<'v>>> From<Option<T>> for Value<'v> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Value::Null, T::into)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_holds_nul() {
        assert_eq!(params!["a\0b\0", "ab"], &[Value::Text("ab".into()), Value::Text("ab".into())]);
    }
}
