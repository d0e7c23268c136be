//! Addresses without secrets: no user info, no e-mail addresses, no values of telling parameters.

use crate::privacy::mask::{MASK, bounded};
use crate::privacy::words::{holds, is_email};
use alloc::string::String;

/// A longer address is cut.
const URL_MAX: usize = 2000;
/// A parameter with one of these in its name says too much.
const TELLING: [&str; 12] =
    ["password", "passwd", "pwd", "token", "secret", "email", "e-mail", "e_mail", "apikey", "api_key", "card", "ssn"];
/// A value of that many digits may be a card number; one digit less is an instant in milliseconds.
const CARD: core::ops::RangeInclusive<u32> = 14..=19;

/// An address as it is sent. Of what is no web address (`mailto:`, `tel:`, `javascript:`) only the
/// scheme remains.
pub(crate) fn scrub(url: &str) -> String {
    let (scheme, rest) = url.split_once(':').unwrap_or_default();
    let mut out = bounded(scheme, 20);
    if out.is_empty() {
        return out;
    }
    out.push(':');
    let Some(rest) = rest.strip_prefix("//").filter(|_| scheme.starts_with("http")) else { return out };
    out.push_str("//");
    let mut is_authority = true;
    for piece in rest.split_inclusive(is_delimiter) {
        let length = piece.len() - usize::from(piece.ends_with(is_delimiter));
        let (text, delimiter) = piece.split_at_checked(length).unwrap_or((piece, ""));
        if is_authority {
            // Forward: the search from the end would be there for this alone.
            let host = text.split('@').fold(text, |_, part| part);
            out.push_str(host);
        } else {
            push_piece(&mut out, text);
        }
        is_authority = false;
        out.push_str(delimiter);
        if out.len() > URL_MAX {
            break;
        }
    }
    bounded(&out, URL_MAX)
}

fn is_delimiter(c: char) -> bool {
    matches!(c, '/' | '?' | '#' | '&' | ';')
}

/// A path segment, or a parameter with its value.
fn push_piece(out: &mut String, piece: &str) {
    let (name, value) = match piece.split_once('=') {
        Some((name, value)) => {
            out.push_str(name);
            out.push('=');
            (name, value)
        }
        None => ("", piece),
    };
    let is_hidden = TELLING.iter().any(|word| holds(name, word)) || is_email(value) || is_card(value);
    out.push_str(if is_hidden && !value.is_empty() { MASK } else { value });
}

fn is_card(value: &str) -> bool {
    let (mut digits, mut skipped) = (0, 0);
    for c in value.bytes() {
        match c {
            _ if skipped > 0 => skipped -= 1,
            b'0'..=b'9' => digits += 1,
            // A separator written as `%20`.
            b'%' => skipped = 2,
            b'+' | b'-' | b'.' => {}
            _ => return false,
        }
    }
    CARD.contains(&digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_identifies_or_opens_is_taken_out() {
        let cases = [
            ("https://ann:pw@x.de/a", "https://x.de/a"),
            ("https://x.de/?email=ann%40x.de&page=2", "https://x.de/?email=***&page=2"),
            ("https://x.de/a?q=ann@x.de#top", "https://x.de/a?q=***#top"),
            ("https://x.de/a?Reset_Token=abc;x=1", "https://x.de/a?Reset_Token=***;x=1"),
            ("https://x.de/#access_token=abc&state=1", "https://x.de/#access_token=***&state=1"),
            ("https://x.de/#/login?password=abc", "https://x.de/#/login?password=***"),
            ("https://x.de/u/ann@x.de/orders", "https://x.de/u/***/orders"),
            ("https://x.de/?n=4111+1111+1111+1111", "https://x.de/?n=***"),
            ("https://x.de/?n=4111%201111%201111%201111", "https://x.de/?n=***"),
            ("https://x.de/?t=1780000000123", "https://x.de/?t=1780000000123"),
            ("https://x.de/@medium/a?gclid=abc-1", "https://x.de/@medium/a?gclid=abc-1"),
            ("https://x.de/?email=&x", "https://x.de/?email=&x"),
            ("https://x.de?a=1", "https://x.de?a=1"),
            ("https://x.de", "https://x.de"),
            ("mailto:ann@x.de", "mailto:"),
            ("javascript:alert(1)", "javascript:"),
            ("about:blank", "about:"),
            ("", ""),
            ("nonsense", ""),
        ];
        for (url, expected) in cases {
            assert_eq!(scrub(url), expected, "{url}");
        }
    }

    #[test]
    fn a_long_address_is_cut() {
        let url = String::from("https://x.de/") + &"ä/".repeat(5000);
        assert!(scrub(&url).len() <= URL_MAX + 3 && url.starts_with(&scrub(&url)));
        assert_eq!(scrub(&format!("https://x.de/{}", "ä".repeat(5000))).chars().count(), URL_MAX);
    }
}
