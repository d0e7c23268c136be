//! Texts in JSON: plain strings, cleaned as they are read, since an earlier version may have stored them.

use super::{Answer, Description, Label, Location, PersonName, Reason, Subject};
use alloc::borrow::Cow;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

macro_rules! as_string {
    ($($name:ident),+) => {$(
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(self.as_str())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<$name, D::Error> {
                Ok($name::parse(&Cow::<'de, str>::deserialize(from)?))
            }
        }
    )+};
}

as_string!(Answer, Description, Label, PersonName, Location, Reason, Subject);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_a_string_and_is_cleaned_when_it_is_read() {
        let name: PersonName = serde_json::from_str(r#""Lee\nX""#).expect("a name");
        assert_eq!(name, "Lee X");
        assert_eq!(serde_json::to_string(&name).expect("JSON"), r#""Lee X""#);
        let reason: Reason = serde_json::from_str(r#""ill\r\nsorry\u0000""#).expect("a reason");
        assert_eq!(serde_json::to_string(&reason).expect("JSON"), r#""ill\nsorry""#);
    }
}
