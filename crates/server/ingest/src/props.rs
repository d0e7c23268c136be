//! The properties of a signal: checked JSON within the limits.

use crate::members::Members;
use crate::refusal::at;
use crate::secrets::without_secrets;
use crate::sound::sound;
use knock_wire::FieldError;
use serde_json::value::RawValue;
use std::borrow::Cow;

/// The maximum size of the properties, in bytes of JSON.
const MAX_PROPS: usize = 4_096;

/// Returns the properties as JSON of at most `bytes` bytes, and whether some were left out.
///
/// The properties within the limits: others are left out, property by property; a text is cut.
pub(crate) fn kept_props(props: Option<&RawValue>, bytes: usize) -> Result<(String, bool), FieldError> {
    let Some(props) = props else { return Ok((String::new(), false)) };
    let props = props.get();
    if !props.starts_with('{') {
        return Err(at("/props", "is not an object"));
    }
    let is_clean = sound(props).map_err(|reason| at("/props", reason))?;
    let props = if is_clean { Cow::Borrowed(props) } else { without_secrets(props) };
    let most = bytes.min(MAX_PROPS);
    if props.len() <= most {
        return Ok((props.into_owned(), false));
    }
    let members: Members<'_> = serde_json::from_str(&props).map_err(|error| at("/props", error.to_string()))?;
    Ok((fitting(&members, most), true))
}

/// Returns the members that fit, in their order.
fn fitting(members: &Members<'_>, most: usize) -> String {
    let mut json = String::from("{");
    for (name, value) in &members.0 {
        // A name is a text, so serializing it cannot fail.
        let name = serde_json::to_string(name).unwrap_or_default();
        let comma = if json.len() > 1 { "," } else { "" };
        // The 2 is for the colon and the closing brace.
        let left = most.saturating_sub(json.len() + comma.len() + name.len() + 2);
        if let Some(value) = shortened(value.get(), left) {
            json.extend([comma, &name, ":", &value]);
        }
    }
    json.push('}');
    if json.len() > most { String::new() } else { json }
}

/// Returns a value of at most this many bytes; of a text, its beginning.
fn shortened(value: &str, most: usize) -> Option<Cow<'_, str>> {
    if value.len() <= most {
        return Some(Cow::Borrowed(value));
    }
    let text: String = serde_json::from_str(value).ok()?;
    let mut end = text.floor_char_boundary(most.saturating_sub(2));
    loop {
        let json = serde_json::to_string(&text[..end]).ok()?;
        if json.len() <= most {
            return (end > 0).then_some(Cow::Owned(json));
        }
        // An escaped character takes six bytes at most.
        end = text.floor_char_boundary(end.checked_sub((json.len() - most).div_ceil(6))?);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(json: &str, bytes: usize) -> Result<(String, bool), String> {
        let props: Box<RawValue> = serde_json::from_str(json).expect("JSON");
        kept_props(Some(&props), bytes).map_err(|error| error.reason)
    }

    #[test]
    fn what_does_not_fit_is_cut_or_left_out() {
        let cases = [
            (r#"{"a":1,"b":"xyz"}"#, 17, r#"{"a":1,"b":"xyz"}"#, false),
            (r#"{"a":1,"b":"xyz"}"#, 16, r#"{"a":1,"b":"xy"}"#, true),
            (r#"{"a":1,"b":"xyz"}"#, 14, r#"{"a":1}"#, true),
            (r#"{"list":[1,2,3,4,5],"b":7}"#, 12, r#"{"b":7}"#, true),
            (r#"{"a":"\"\"\"\""}"#, 14, r#"{"a":"\"\"\""}"#, true),
            (r#"{"a":"ääää"}"#, 13, r#"{"a":"ää"}"#, true),
            (r#"{"a":1234567}"#, 3, "{}", true),
            (r#"{"a":1234567}"#, 1, "", true),
        ];
        for (json, bytes, expected, is_cut) in cases {
            assert_eq!(kept(json, bytes), Ok((expected.to_owned(), is_cut)), "{json} in {bytes}");
        }
    }

    #[test]
    fn no_more_is_kept_than_any_signal_may_have() {
        let long = format!(r#"{{"plan":"gold","note":"{}"}}"#, "x".repeat(10_000));
        let (json, is_cut) = kept(&long, usize::MAX).expect("sound");
        assert_eq!((json.len(), is_cut), (MAX_PROPS, true));
        assert!(json.starts_with(r#"{"plan":"gold","note":"xxx"#));
    }

    #[test]
    fn what_is_no_object_or_not_sound_is_refused_whole() {
        assert_eq!(kept("[1]", 9), Err("is not an object".into()));
        assert_eq!(kept(r#"{"a":1,"a":2}"#, 9), Err("holds a key twice".into()));
    }
}
