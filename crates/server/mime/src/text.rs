//! The text of a mail: its plain form, or its HTML as lines.

use crate::html;
use knock_replies::unflowed;
use mail_parser::{Message, MessagePart, MimeHeaders, PartType};

/// What plain texts say that mean: look at the HTML.
const NO_TEXT: [&str; 4] = ["enable html", "html email client", "does not support html", "view it in html"];
/// The longest text with one of these words, in characters.
const LONGEST_EXCUSE: usize = 300;

/// The whole text.
pub(crate) fn of(message: &Message<'_>) -> String {
    let plain = joined(message.text_bodies());
    if says_something(&plain) {
        return plain;
    }
    let rich = joined(message.html_bodies().filter(|part| matches!(part.body, PartType::Html(_))));
    if rich.trim().is_empty() { plain } else { rich }
}

fn says_something(text: &str) -> bool {
    let is_excuse = || {
        let small = text.to_lowercase();
        text.chars().count() <= LONGEST_EXCUSE && NO_TEXT.iter().any(|excuse| small.contains(excuse))
    };
    !text.trim().is_empty() && !is_excuse()
}

fn joined<'m>(parts: impl Iterator<Item = &'m MessagePart<'m>>) -> String {
    let texts: Vec<String> = parts.filter_map(text_of).filter(|text| !text.trim().is_empty()).collect();
    texts.join("\n")
}

fn text_of(part: &MessagePart<'_>) -> Option<String> {
    match &part.body {
        PartType::Html(text) => Some(html::lines(text)),
        PartType::Text(text) => {
            let content = part.content_type();
            // Calendars and other texts are no words of a person.
            if content.is_some_and(|content| content.subtype().is_some_and(|kind| !kind.eq_ignore_ascii_case("plain")))
            {
                return None;
            }
            let attribute = |name| content.and_then(|content| content.attribute(name)).unwrap_or_default();
            if attribute("format").eq_ignore_ascii_case("flowed") {
                return Some(unflowed(text, attribute("delsp").eq_ignore_ascii_case("yes")));
            }
            Some(text.clone().into_owned())
        }
        _ => None,
    }
}
