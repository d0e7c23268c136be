//! The properties of a custom event, as the page's own `JSON.stringify` wrote them, made safe to send.

use alloc::string::String;

/// All properties of a signal together.
const PROPS_MAX: usize = 4096;
/// Servers refuse a batch that is nested deeper than they want to read.
const DEPTH_MAX: u32 = 16;

/// Joins members (`"name":value`) into one object. What does not fit or is nested too deep is left
/// out; empty when nothing remains.
pub(crate) fn join<'a>(members: impl Iterator<Item = &'a str>) -> String {
    let mut out = String::new();
    for member in members {
        let before = out.len();
        out.push(if before == 0 { '{' } else { ',' });
        if !push_clean(&mut out, member) || out.len() >= PROPS_MAX {
            out.truncate(before);
        }
    }
    if !out.is_empty() {
        out.push('}');
    }
    out
}

/// Replaces halves of characters, which `JSON.stringify` writes as `\udXXX`; false when it is not to be used.
fn push_clean(out: &mut String, json: &str) -> bool {
    if json.len() > PROPS_MAX {
        return false;
    }
    let (mut depth, mut is_text) = (0u32, false);
    let mut chars = json.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' if is_half(chars.as_str()) => {
                out.push('\u{fffd}');
                chars.nth(4);
                continue;
            }
            '\\' => {
                out.push(c);
                out.extend(chars.next());
                continue;
            }
            '"' => is_text = !is_text,
            '[' | '{' if !is_text => depth += 1,
            ']' | '}' if !is_text => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEPTH_MAX {
            return false;
        }
        out.push(c);
    }
    true
}

/// Whether an escape, without its backslash, is half a character.
fn is_half(escape: &str) -> bool {
    matches!(escape.as_bytes(), [b'u', b'd', b'8' | b'9' | b'a'..=b'f', ..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(members: &[&str]) -> String {
        join(members.iter().copied())
    }

    #[test]
    fn members_become_one_object() {
        assert_eq!(joined(&[r#""a":1"#, r#""b\"":{"c":[true]}"#]), r#"{"a":1,"b\"":{"c":[true]}}"#);
        assert_eq!(joined(&[]), "");
    }

    #[test]
    fn half_characters_are_replaced_and_escaped_backslashes_are_not_mistaken_for_them() {
        assert_eq!(joined(&[r#""a":"x\ud83dy""#]), "{\"a\":\"x\u{fffd}y\"}");
        assert_eq!(joined(&[r#""a":"\\ud83d""#]), r#"{"a":"\\ud83d"}"#);
        assert_eq!(joined(&[r#""a":"\"[[""#]), r#"{"a":"\"[["}"#);
    }

    #[test]
    fn what_is_too_deep_or_too_long_is_left_out() {
        let deep = format!("\"deep\":{}{}", "[".repeat(17), "]".repeat(17));
        let long = |name: &str| format!("\"{name}\":\"{}\"", "x".repeat(4000));
        assert_eq!(joined(&[&deep, "\"ok\":[[1]]"]), r#"{"ok":[[1]]}"#);
        assert_eq!(joined(&[&long("a"), &long("b"), "\"c\":1"]), format!("{{{},\"c\":1}}", long("a")));
    }
}
