//! Messages as they are read and written: who wrote, what is a link, how long a text may be.

use super::number::counted;
use knock_wire::{Author, Message};

/// The longest message, in characters.
const LONGEST: usize = 4_000;
/// From here on the length is told.
const NEARLY: usize = 3_600;

/// A part of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// Words.
    Text(String),
    /// An address of the web, exactly as it was written.
    Link(String),
}

/// The text in parts: addresses that begin with `http://` or `https://` are links, everything else is text.
pub(crate) fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let (mut said, mut at) = (0, 0);
    while let Some(found) = text[at..].find("http").map(|offset| at + offset) {
        match link_length(&text[found..]) {
            Some(length) => {
                push_text(&mut pieces, &text[said..found]);
                pieces.push(Piece::Link(text[found..found + length].to_owned()));
                (said, at) = (found + length, found + length);
            }
            None => at = found + "http".len(),
        }
    }
    push_text(&mut pieces, &text[said..]);
    pieces
}

fn push_text(pieces: &mut Vec<Piece>, text: &str) {
    if !text.is_empty() {
        pieces.push(Piece::Text(text.to_owned()));
    }
}

/// How many bytes the address at the start takes; none when there is no address.
fn link_length(text: &str) -> Option<usize> {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
    if !host.starts_with(|first: char| first.is_alphanumeric() || first == '[') {
        return None;
    }
    let address = &text[..text.find(ends_link).unwrap_or(text.len())];
    let is_open = address.contains('(');
    let is_trailing =
        |c: char| matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '\'' | ']' | '}') || (c == ')' && !is_open);
    Some(address.trim_end_matches(is_trailing).len())
}

/// Marks that turn the writing direction end an address too: it must not look like another one.
fn ends_link(c: char) -> bool {
    let turns = matches!(c, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    c.is_whitespace() || c.is_control() || turns || matches!(c, '<' | '>' | '"' | '`')
}

/// Who wrote a message.
pub(crate) fn author_words(message: &Message) -> String {
    match message.author {
        Author::Lead => "Lead".to_owned(),
        Author::AiAgent => "AI agent".to_owned(),
        Author::Rep if message.name.is_empty() => "Rep".to_owned(),
        Author::Rep => message.name.clone(),
    }
}

/// What of a message stands in one line.
pub(crate) fn excerpt(text: &str) -> String {
    const ENOUGH: usize = 160;
    let mut words = text.split_whitespace();
    let mut line = words.next().unwrap_or_default().to_owned();
    for word in words {
        if line.len() > ENOUGH {
            break;
        }
        line.push(' ');
        line.push_str(word);
    }
    line.chars().take(ENOUGH).collect()
}

/// How a text stands against what a message may hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Length {
    /// Nothing to send.
    Empty,
    /// Fits.
    Fits,
    /// Fits, but not much more does.
    Nearly(String),
    /// Has to be cut.
    TooLong(String),
}

impl Length {
    /// Of a text, as the server counts it.
    pub(crate) fn of(text: &str) -> Length {
        let characters = text.trim().chars().count();
        let told = |number: usize| counted(i64::try_from(number).unwrap_or(i64::MAX), "character");
        match characters {
            0 => Length::Empty,
            _ if characters > LONGEST => Length::TooLong(format!("{} too long", told(characters - LONGEST))),
            _ if characters >= NEARLY => Length::Nearly(format!("{} left", told(LONGEST - characters))),
            _ => Length::Fits,
        }
    }

    /// Whether the text can be sent.
    pub(crate) const fn is_sendable(&self) -> bool {
        matches!(self, Length::Fits | Length::Nearly(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, links: &[&str]) {
        let pieces = pieces(text);
        let found: Vec<&str> = pieces
            .iter()
            .filter_map(|piece| match piece {
                Piece::Link(link) => Some(link.as_str()),
                Piece::Text(_) => None,
            })
            .collect();
        assert_eq!(found, links);
        let whole: String = pieces
            .iter()
            .map(|piece| match piece {
                Piece::Link(part) | Piece::Text(part) => part.as_str(),
            })
            .collect();
        assert_eq!(whole, text);
    }

    #[test]
    fn only_addresses_of_the_web_are_links() {
        check("see https://a.test/x?y=1#z.", &["https://a.test/x?y=1#z"]);
        check("(http://a.test) and https://b.test/a_(b), ok", &["http://a.test", "https://b.test/a_(b)"]);
        check("javascript:alert(1) data:text/html,x //a.test ftp://a.test", &[]);
        check("http:// https://, http and https://<b>", &[]);
        check("<a href=\"https://a.test\">x</a>", &["https://a.test"]);
        check("https://a.test\u{202e}moc.knab", &["https://a.test"]);
        check("höhttps://ä.test/ö", &["https://ä.test/ö"]);
        check("", &[]);
    }

    #[test]
    fn an_excerpt_is_one_line_and_short() {
        assert_eq!(excerpt(" one\n\ntwo\tthree "), "one two three");
        assert_eq!(excerpt(&"W".repeat(4_000)).len(), 160);
    }

    #[test]
    fn a_text_is_measured_in_characters_without_its_edges() {
        assert_eq!(Length::of(" \n "), Length::Empty);
        assert_eq!(Length::of("ä"), Length::Fits);
        assert_eq!(Length::of(&"ä".repeat(3_990)), Length::Nearly("10 characters left".to_owned()));
        assert!(Length::of(&format!(" {} ", "ä".repeat(4_000))).is_sendable());
        let long = Length::of(&"ä".repeat(4_002));
        assert_eq!(long, Length::TooLong("2 characters too long".to_owned()));
        assert!(!long.is_sendable());
    }
}
