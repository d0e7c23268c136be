//! JSON of any shape, read without serde: each shape that is derived costs a page a function of its own.

use super::Invalid;
use super::number::Number;
use super::reader::Reader;
use std::mem;

/// A JSON value, whose parts are taken out by name.
#[derive(Debug, Default, PartialEq, Eq)]
pub enum Value {
    /// `null`, and what is not there.
    #[default]
    Null,
    Bool(bool),
    /// A whole number.
    Number(i64),
    Text(String),
    List(Vec<Value>),
    /// An object, in its order.
    Object(Vec<(String, Value)>),
}

impl Value {
    /// Reads a text whose numbers are whole; none if it is not JSON.
    pub fn parse(text: &str) -> Option<Value> {
        let mut reader = Reader::new(text);
        let value = Value::read(&mut reader).ok()?;
        reader.is_at_end().then_some(value)
    }

    fn read(reader: &mut Reader<'_>) -> Result<Value, Invalid> {
        Ok(match reader.peek() {
            b'"' => Value::Text(reader.text()?),
            b'n' => reader.take("null").map(|()| Value::Null)?,
            b't' => reader.take("true").map(|()| Value::Bool(true))?,
            b'f' => reader.take("false").map(|()| Value::Bool(false))?,
            b'[' => {
                let mut list = Vec::new();
                reader.enter("[")?;
                while reader.has_next(b']', list.is_empty())? {
                    list.push(Value::read(reader)?);
                }
                Value::List(list)
            }
            b'{' => {
                let mut members = Vec::new();
                reader.enter("{")?;
                while reader.has_next(b'}', members.is_empty())? {
                    let name = reader.text()?;
                    reader.take(":")?;
                    members.push((name, Value::read(reader)?));
                }
                Value::Object(members)
            }
            _ => match reader.number()? {
                Number::Whole(number) => Value::Number(number),
                Number::Fraction(_) => return Err(Invalid),
            },
        })
    }

    /// Takes a member of an object.
    pub fn take(&mut self, name: &str) -> Value {
        let Value::Object(members) = self else { return Value::Null };
        let member = members.iter_mut().find(|(known, _)| known == name);
        member.map(|(_, value)| mem::take(value)).unwrap_or_default()
    }

    /// Takes a member that is a string; an empty one where there is none.
    pub fn text(&mut self, name: &str) -> String {
        self.take(name).into_text().unwrap_or_default()
    }

    /// Takes a member that is a count; 0 where there is none.
    pub fn count(&mut self, name: &str) -> u32 {
        match self.take(name) {
            Value::Number(number) => u32::try_from(number).unwrap_or_default(),
            _ => 0,
        }
    }

    /// Whether a member is `true`.
    pub fn is_true(&mut self, name: &str) -> bool {
        matches!(self.take(name), Value::Bool(true))
    }

    /// Takes a member that is an array; an empty one where there is none.
    pub fn list(&mut self, name: &str) -> Vec<Value> {
        match self.take(name) {
            Value::List(list) => list,
            _ => Vec::new(),
        }
    }

    /// Takes a member that is an array of strings.
    pub fn texts(&mut self, name: &str) -> Vec<String> {
        let mut texts = Vec::new();
        for value in self.list(name) {
            texts.extend(value.into_text());
        }
        texts
    }

    /// Takes a member that is an object of strings.
    pub fn pairs(&mut self, name: &str) -> Vec<(String, String)> {
        let mut pairs = Vec::new();
        if let Value::Object(members) = self.take(name) {
            for (name, value) in members {
                pairs.extend(value.into_text().map(|text| (name, text)));
            }
        }
        pairs
    }

    fn into_text(self) -> Option<String> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_value_is_read_and_taken_by_name() {
        let mut value = Value::parse(r#" {"a":"x","b":[1,"y",[]],"c":true,"d":null,"e":-7,"f":7} "#).expect("JSON");
        assert_eq!((value.text("a"), value.text("a")), ("x".to_owned(), String::new()), "taken once");
        assert_eq!(value.list("b"), [Value::Number(1), Value::Text("y".to_owned()), Value::List(Vec::new())]);
        assert!(value.is_true("c") && !value.is_true("d"));
        assert_eq!((value.count("e"), value.count("f"), value.count("g")), (0, 7, 0));
        assert_eq!(Value::Null.take("a"), Value::Null);
        let mut value = Value::parse(r#"{"a":{"x":"1","y":2,"z":"3"},"b":[]}"#).expect("JSON");
        let pair = |name: &str, text: &str| (name.to_owned(), text.to_owned());
        assert_eq!(value.pairs("a"), [pair("x", "1"), pair("z", "3")]);
        assert_eq!((value.pairs("b"), value.pairs("c")), (Vec::new(), Vec::new()));
    }

    #[test]
    fn what_serde_json_refuses_is_refused() {
        for text in ["", "{", "{\"a\"}", "[1,]", "[,1]", "{\"a\":1,}", "1.5", "tru", "nul", "\"a", "1 2", "[1}", "{]"] {
            assert_eq!(Value::parse(text), None, "{text}");
        }
        assert_eq!(Value::parse(&"[".repeat(40_000)), None);
    }
}
