//! A text of Slack's, as a person reads it.

use super::Names;
use super::element::{Element, Kind};
use super::emoji;
use super::escape::unescaped;

/// A text as it reads: mentions, channels and links by their names, emoji as characters, nothing escaped any more.
pub fn from_slack(text: &str, names: &Names) -> String {
    let mut read = String::with_capacity(text.len());
    let mut plain = String::new();
    for part in parts(text) {
        match part {
            Part::Text(text) => plain.push_str(text),
            Part::Element(element) => {
                read.push_str(&decoded(&std::mem::take(&mut plain), names));
                read.push_str(&element.shown(names));
            }
        }
    }
    read.push_str(&decoded(&plain, names));
    read
}

/// The users that a text mentions, to look up their names.
pub fn mentioned(text: &str) -> Vec<String> {
    let elements = parts(text).into_iter().filter_map(|part| match part {
        Part::Element(Element { kind: Kind::User(user), .. }) => Some(user.to_owned()),
        Part::Element(_) | Part::Text(_) => None,
    });
    elements.collect()
}

enum Part<'t> {
    Text(&'t str),
    Element(Element<'t>),
}

/// Slack escapes every angle bracket but its own. One that is never closed is a text.
fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        let inside = &rest[start + 1..];
        let end = inside.find(['<', '>', '\n']).filter(|end| inside[*end..].starts_with('>'));
        let Some(end) = end else {
            parts.push(Part::Text(&rest[..=start]));
            rest = inside;
            continue;
        };
        parts.push(Part::Text(&rest[..start]));
        parts.push(match Element::parse(&inside[..end]) {
            Some(element) => Part::Element(element),
            None => Part::Text(&rest[start..start + end + 2]),
        });
        rest = &inside[end + 1..];
    }
    parts.push(Part::Text(rest));
    parts
}

/// Emoji first: what is escaped has no colon.
fn decoded(text: &str, names: &Names) -> String {
    unescaped(&emoji::replaced(text, names))
}
