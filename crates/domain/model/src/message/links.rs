//! Links in a message. Whatever is not plainly `http` or `https` stays text: both sides of a chat see a link in the same
//! places, and in no other.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

/// A part of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    Text(String),
    /// An address that may be followed.
    Link(String),
}

/// A message in its parts; put together they are the message again.
pub fn split(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = text;
    let mut words = 0;
    while let Some(from) = rest.get(words..).and_then(find).map(|at| at + words) {
        let (before, at) = rest.split_at(from);
        match link(before, at) {
            Some(length) => {
                push_text(&mut pieces, before);
                let (address, after) = at.split_at(length);
                pieces.push(Piece::Link(address.to_owned()));
                (rest, words) = (after, 0);
            }
            // Step over the `h`: it is one byte.
            None => words = from + 1,
        }
    }
    push_text(&mut pieces, rest);
    pieces
}

fn push_text(pieces: &mut Vec<Piece>, text: &str) {
    if !text.is_empty() {
        pieces.push(Piece::Text(text.to_owned()));
    }
}

fn find(text: &str) -> Option<usize> {
    text.bytes().position(|byte| byte.eq_ignore_ascii_case(&b'h'))
}

/// The length of the address that `text` begins with, if it does and nothing before belongs to it.
fn link(before: &str, text: &str) -> Option<usize> {
    if before.bytes().next_back().is_some_and(is_letter) {
        return None;
    }
    let scheme = ["http://", "https://"]
        .into_iter()
        .find(|scheme| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))?;
    let end = text.find(ends_address).unwrap_or(text.len());
    let address = trim_end(text.get(..end)?);
    let host = address.as_bytes().get(scheme.len())?;
    (is_letter(*host) || *host == b'[').then_some(address.len())
}

/// Of any script: what is beyond ASCII counts as one.
fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || !byte.is_ascii()
}

fn ends_address(c: char) -> bool {
    // Marks that turn the direction of writing could make an address look like another.
    let turns = matches!(c, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    c.is_whitespace() || c.is_control() || turns || matches!(c, '<' | '>' | '"' | '`' | '{' | '}' | '|' | '\\' | '^')
}

/// Without the punctuation of the sentence around it.
fn trim_end(mut address: &str) -> &str {
    while let Some(last) = address.chars().next_back() {
        let count = |c| address.matches(c).count();
        let is_around = match last {
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' | '~' | '\u{2019}' | '\u{201d}' | '\u{2026}' => true,
            ')' => count(')') > count('('),
            ']' => count(']') > count('['),
            _ => false,
        };
        if !is_around {
            break;
        }
        address = address.get(..address.len() - last.len_utf8()).unwrap_or_default();
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;

    /// Links in brackets, for reading.
    fn check(text: &str, expected: &str) {
        let shown: String = split(text)
            .iter()
            .map(|piece| match piece {
                Piece::Text(text) => text.clone(),
                Piece::Link(address) => format!("\u{ab}{address}\u{bb}"),
            })
            .collect();
        assert_eq!(shown, expected);
        assert_eq!(shown.replace(['\u{ab}', '\u{bb}'], ""), text);
    }

    #[test]
    fn addresses_are_found_without_the_sentence_around_them() {
        check("See https://a.test/b?c=d#e.", "See «https://a.test/b?c=d#e».");
        check("(http://a.test/x_(y))!", "(«http://a.test/x_(y)»)!");
        check("HTTPS://A.test, https://b.test", "«HTTPS://A.test», «https://b.test»");
        check("\"https://a.test\u{201d}\n\u{e9}https://no.test", "\"«https://a.test»\u{201d}\n\u{e9}https://no.test");
        check("https://[::1]:80/", "«https://[::1]:80/»");
    }

    #[test]
    fn all_else_stays_text() {
        for text in [
            "",
            "hh http https:// http:///x",
            "javascript:alert(1) data:text/html,x www.a.test a.test",
            "javascript:/*https:",
            "<a href=x>",
            "xhttps://a.test",
        ] {
            check(text, text);
        }
        check("<img src=https://a.test/x onerror=y>", "<img src=«https://a.test/x» onerror=y>");
        check("https://a.test\u{202e}moc", "«https://a.test»\u{202e}moc");
        check("https://a.test\u{061c}moc", "«https://a.test»\u{061c}moc");
        check(
            "//a.test ftp://a.test http:// https://, http and https://<b>",
            "//a.test ftp://a.test http:// https://, http and https://<b>",
        );
    }
}
