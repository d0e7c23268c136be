//! Addresses for storage: without user names, and without values that identify a person or grant access.
//!
//! The tracker masks them before they leave the page (`www/tracker/privacy.js`); other clients send too. Both are
//! tested with the cases of `tests/addresses.json`. Names of form fields, known only in the page, are masked there.

use knock_model::text::MASK;
use regex::Regex;
use std::borrow::Cow;
use std::sync::LazyLock;

/// The maximum depth of values within values; deeper ones are masked.
const DEEPEST: usize = 8;
/// The parameter of a handoff's token.
const HANDOFF: &str = "knock_h";
/// The minimum of digits in a card number.
const CARD_DIGITS: usize = 14;

/// The minimum of digits in a number of a person.
const PERSON_DIGITS: usize = 9;

/// The pattern of names of parameters whose values are masked. It finds more than
/// names of secrets do in properties (`knock_model::text`), since any part of a name may tell.
static TELLING: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)passw|pwd|token|secret|e[-_]?mail|api_?key|card|ssn"));
/// An e-mail address, perhaps with a percent-encoded `@`.
static EMAIL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"[0-9A-Za-z_+.\-\u{80}-\u{10ffff}](@|%40)[a-zA-Z0-9\u{80}-\u{10ffff}].*\.[a-zA-Z0-9\u{80}-\u{10ffff}]")
});
/// Scheme, host without user name and password, and the rest.
static WEB: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?is)^((?:https?:)?//)(?:[^/?#]*@)?([^/?#&;]*)(.*)$"));
static SCHEME: LazyLock<Regex> = LazyLock::new(|| pattern(r"^[A-Za-z][^:/?#]{0,19}:"));
/// Digits in groups, with any separators.
static GROUPED: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?:%..|[0-9+.\-])+$"));
static SEPARATION: LazyLock<Regex> = LazyLock::new(|| pattern(r"%..|[^0-9]"));
static CARD: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:^|[^0-9])[0-9]{14,19}(?:[^0-9]|$)"));
/// A number of a person, such as `123-45-6789`.
static PERSON: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:^|[^0-9])[0-9]{3}[^0-9][0-9]{2}[^0-9][0-9]{4}(?:[^0-9]|$)"));

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a pattern of this file")
}

/// Returns an address for storage. Only the scheme remains of an address that is not of the web (`mailto:`, `tel:`,
/// `javascript:`); one without a scheme is a path.
pub fn scrubbed(address: &str) -> Cow<'_, str> {
    if is_harmless(address) {
        return address.into();
    }
    let mut scrubbed = String::with_capacity(address.len());
    if let Some(parts) = WEB.captures(address) {
        scrubbed.extend([&parts[1], &parts[2]]);
        pieces(&parts[3], 0, &mut scrubbed);
    } else if let Some(scheme) = SCHEME.find(address) {
        scrubbed.push_str(scheme.as_str());
    } else {
        pieces(address, 0, &mut scrubbed);
    }
    scrubbed.into()
}

/// Whether nothing can be masked, as in nearly all addresses: no parameter, no `@`, no encoding, few digits.
fn is_harmless(address: &str) -> bool {
    let is_web = ["https://", "http://", "/"].iter().any(|start| address.starts_with(start));
    let is_plain = !address.bytes().any(|byte| b"=@%;".contains(&byte));
    is_web && is_plain && digits(address) < PERSON_DIGITS
}

/// Masks path segments and parameters; a value may contain slashes, and parameters of its own.
fn pieces(text: &str, depth: usize, scrubbed: &mut String) {
    let mut rest = text;
    while !rest.is_empty() {
        if rest.starts_with(['/', '?', '#', '&', ';']) {
            scrubbed.push_str(&rest[..1]);
            rest = &rest[1..];
        }
        let name = rest.find(['/', '?', '#', '&', ';', '=']).unwrap_or(rest.len());
        let end = match rest[name..].starts_with('=') {
            true => rest[name..].find(['#', '&', ';']).map_or(rest.len(), |end| name + end),
            false => name,
        };
        piece(&rest[..end], depth, scrubbed);
        rest = &rest[end..];
    }
}

/// Masks a path segment, or a parameter with its value.
fn piece(text: &str, depth: usize, scrubbed: &mut String) {
    let at = text.find('=').map_or(0, |at| at + 1);
    let (name, value) = text.split_at(at);
    scrubbed.push_str(name);
    if value.is_empty() {
        return;
    }
    // An address within an address.
    let is_nested = value.to_ascii_lowercase().contains("%3d") && TELLING.is_match(value);
    if is_telling(name.trim_end_matches('=')) || is_nested || EMAIL.is_match(value) || is_number(value) {
        scrubbed.push_str(MASK);
    } else if at == 0 {
        scrubbed.push_str(value);
    } else if depth == DEEPEST {
        scrubbed.push_str(MASK);
    } else {
        pieces(value, depth + 1, scrubbed);
    }
}

/// Whether the value of a parameter with this name, possibly encoded, must be masked.
fn is_telling(name: &str) -> bool {
    let plain = url::form_urlencoded::parse(name.as_bytes()).next();
    let plain = plain.map(|(plain, _)| plain).unwrap_or_default();
    TELLING.is_match(name) || TELLING.is_match(&plain) || plain.eq_ignore_ascii_case(HANDOFF)
}

/// A value of 14 to 19 digits may be a card number; one digit less is an instant in milliseconds.
fn is_number(value: &str) -> bool {
    match digits(value) {
        count if count < PERSON_DIGITS => false,
        count => PERSON.is_match(value) || (count >= CARD_DIGITS && is_card(value)),
    }
}

fn is_card(value: &str) -> bool {
    if GROUPED.is_match(value) { CARD.is_match(&SEPARATION.replace_all(value, "")) } else { CARD.is_match(value) }
}

fn digits(text: &str) -> usize {
    text.bytes().filter(u8::is_ascii_digit).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(address: &str, expected: &str) {
        assert_eq!(scrubbed(address), expected, "{address}");
    }

    #[test]
    fn addresses_are_cut_as_the_tracker_cuts_them() {
        let cases = include_str!("../../../../tests/addresses.json");
        let cases: Vec<(String, String)> = serde_json::from_str(cases).expect("cases");
        assert!(cases.len() > 30);
        for (address, expected) in cases {
            check(&address, &expected);
            check(&expected, &expected);
        }
    }

    #[test]
    fn what_only_other_clients_send_is_cut_too() {
        check("HTTPS://Ann:pw@X.de/?TOKEN=abc", "HTTPS://X.de/?TOKEN=***");
        check("//ann@x.de/a?token=abc", "//x.de/a?token=***");
        check("/pricing?utm_source=g2&token=abc", "/pricing?utm_source=g2&token=***");
        check("?token=abc", "?token=***");
        check("pricing", "pricing");
    }

    #[test]
    fn what_is_nested_deeper_than_anybody_needs_is_hidden() {
        let nested = format!("https://x.de/?{}", "a=".repeat(1_000));
        check(&nested, &format!("https://x.de/?{}{MASK}", "a=".repeat(9)));
    }

    proptest! {
        #[test]
        fn no_telling_value_is_kept(
            path in "[a-z/@%;=&?#.0-9é-]{0,40}",
            name in "(access_)?[tT]oken|passwort|user%5Bemail%5D|API_KEY|e-mail",
            separator in "[?&;#]",
        ) {
            let address = format!("https://x.example/{path}{separator}{name}=SESAME");
            let kept = scrubbed(&address);
            prop_assert!(!kept.contains("SESAME"), "{} -> {}", address, kept);
            prop_assert_eq!(&scrubbed(&kept), &kept);
        }
    }
}
