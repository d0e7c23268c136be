//! Properties without what must not be stored: secrets, known by their names, and numbers of payment cards.

use crate::members::Members;
use knock_model::text::{MASK, is_secret_name, many_lines, without_cards};
use serde_json::value::RawValue;
use std::borrow::Cow;

/// The lines of a text that are kept: as many as it may have.
const ALL: usize = usize::MAX;

/// Whether a text may be stored as it is.
pub(crate) fn is_clean(text: &str) -> bool {
    let is_plain = text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n'));
    (is_plain || clean(text) == text) && without_cards(text) == text
}

/// Whether a number is no card's: they are sent as numbers too.
pub(crate) fn is_clean_number(number: u64) -> bool {
    number < 1_000_000_000_000 || without_cards(&number.to_string()) != MASK
}

/// The text as people read it; a text of a property may have lines.
fn clean(text: &str) -> Cow<'_, str> {
    many_lines(text, ALL)
}

/// Returns checked properties with such values masked, and texts without control characters.
pub(crate) fn without_secrets(props: &str) -> Cow<'_, str> {
    let mut kept = String::with_capacity(props.len());
    match value(props, &mut kept) {
        Some(()) => Cow::Owned(kept),
        // Checked JSON can be read; what cannot is not stored.
        None => Cow::Borrowed("{}"),
    }
}

/// Writes a value.
fn value(json: &str, kept: &mut String) -> Option<()> {
    let json = json.trim();
    match json.as_bytes().first()? {
        b'{' => {
            let members: Members<'_> = serde_json::from_str(json).ok()?;
            kept.push('{');
            for (place, (name, member)) in members.0.iter().enumerate() {
                kept.push_str(if place == 0 { "" } else { "," });
                kept.push_str(&serde_json::to_string(name).ok()?);
                kept.push(':');
                let tells = is_secret_name(name) && !says_nothing(member.get());
                if tells { text(MASK, kept)? } else { value(member.get(), kept)? }
            }
            kept.push('}');
        }
        b'[' => {
            let elements: Vec<&RawValue> = serde_json::from_str(json).ok()?;
            kept.push('[');
            for (place, element) in elements.iter().enumerate() {
                kept.push_str(if place == 0 { "" } else { "," });
                value(element.get(), kept)?;
            }
            kept.push(']');
        }
        b'"' => {
            let said: String = serde_json::from_str(json).ok()?;
            if is_clean(&said) { kept.push_str(json) } else { text(&without_cards(&clean(&said)), kept)? }
        }
        _ if json.parse().is_ok_and(|number| !is_clean_number(number)) => text(MASK, kept)?,
        _ => kept.push_str(json),
    }
    Some(())
}

fn text(text: &str, kept: &mut String) -> Option<()> {
    kept.push_str(&serde_json::to_string(text).ok()?);
    Some(())
}

/// Whether a value is no secret under any name: that there is a password may be known.
fn says_nothing(json: &str) -> bool {
    matches!(json.trim(), "true" | "false" | "null" | "\"\"")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sound::sound;

    fn check(props: &str, expected: &str) {
        assert_eq!(without_secrets(props), expected, "{props}");
        let is_clean = sound(props).expect("sound");
        assert!(is_clean == (props == expected) || props.contains("true"), "{props}");
        assert_eq!(without_secrets(expected), expected, "{expected}");
    }

    #[test]
    fn secrets_and_cards_are_masked_and_the_rest_stays() {
        check(r#"{"plan":"gold","n":1.50}"#, r#"{"plan":"gold","n":1.50}"#);
        check(r#"{"password":"x","plan":"gold"}"#, r#"{"password":"***","plan":"gold"}"#);
        check(r#"{"z":1,"user":{"api_key":["x",{"y":1}],"id":7}}"#, r#"{"z":1,"user":{"api_key":"***","id":7}}"#);
        check(r#"{"list":[{"cvv":123},"4111 1111 1111 1111"]}"#, r#"{"list":[{"cvv":"***"},"***"]}"#);
        check(r#"{"number":4111111111111111}"#, r#"{"number":"***"}"#);
        check(r#"{"at":1780000000000,"order":202606010000123}"#, r#"{"at":1780000000000,"order":202606010000123}"#);
        check(r#"{"hasPassword":true,"token":null}"#, r#"{"hasPassword":true,"token":null}"#);
        check(r#"{"note":"a\u0007b\u202ec\r\nd"}"#, r#"{"note":"abc\nd"}"#);
        check(r#"{"q":" a  b ","e":""}"#, r#"{"q":" a  b ","e":""}"#);
    }
}
