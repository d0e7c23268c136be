//! The headers of a mail: what names its conversation, and what says what kind of mail it is.

use knock_replies::{Headers, tag};
use mail_parser::{Message, MimeHeaders, PartType};

/// The headers with the address to which a mail was delivered, then those with ids of mails that it answers.
const WITH_TAGS: [&str; 8] =
    ["delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "to", "cc", "in-reply-to", "references"];
/// Those of a returned mail, which is one of ours.
const RETURNED: [&str; 3] = ["message-id", "references", "reply-to"];
/// The tags that are tried at most.
const MOST_TAGS: usize = 20;
/// The longest header that is looked through, in bytes.
const LONGEST: usize = 20_000;

/// All headers of the mail itself, on one line each.
pub(crate) fn of(message: &Message<'_>) -> Headers {
    let raw = message.headers_raw().filter(|(_, value)| value.len() <= LONGEST);
    Headers(raw.map(|(name, value)| (name.to_ascii_lowercase(), unfolded(value))).collect())
}

fn unfolded(value: &str) -> String {
    value.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The tags that the mail names, in the order in which they are tried.
pub(crate) fn tags(message: &Message<'_>) -> Vec<[u8; 26]> {
    tags_in(&of(message), &WITH_TAGS)
}

/// The tags in the mail that a report returns, whole or its headers only.
pub(crate) fn returned_tags(message: &Message<'_>) -> Vec<[u8; 26]> {
    let mut tags = Vec::new();
    for part in &message.parts {
        if let PartType::Message(returned) = &part.body {
            tags.extend(tags_in(&of(returned), &RETURNED));
        } else if part.is_content_type("text", "rfc822-headers") {
            let returned = mail_parser::MessageParser::default().parse_headers(part.contents()).map(|read| of(&read));
            tags.extend(returned.map(|headers| tags_in(&headers, &RETURNED)).unwrap_or_default());
        }
    }
    tags
}

fn tags_in(headers: &Headers, names: &[&str]) -> Vec<[u8; 26]> {
    let mut tags = Vec::new();
    for value in names.iter().flat_map(|name| headers.all(name)) {
        for found in value.split([' ', ',', ';', '<', '>', '"', '\'']).filter_map(tag::find) {
            if !tags.contains(&found) && tags.len() < MOST_TAGS {
                tags.push(found);
            }
        }
    }
    tags
}

/// The type of a `multipart/report`, in small letters; empty for another mail.
pub(crate) fn report_type(message: &Message<'_>) -> String {
    let content = message.content_type().filter(|_| message.is_content_type("multipart", "report"));
    content.and_then(|content| content.attribute("report-type")).unwrap_or_default().to_ascii_lowercase()
}

/// Whether a calendar answers an invitation (RFC 6047).
pub(crate) fn is_calendar_reply(message: &Message<'_>) -> bool {
    message.parts.iter().any(|part| {
        let method = part.content_type().and_then(|content| content.attribute("method"));
        part.is_content_type("text", "calendar") && method.is_some_and(|method| method.eq_ignore_ascii_case("reply"))
    })
}
