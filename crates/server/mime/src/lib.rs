//! Mails of strangers, read: headers, text as lines, attachments. It runs in a reader's process
//! (`crates/server/reader`): a parser of mails has met every kind of broken input, but not all of it.

mod attachments;
#[cfg(test)]
mod fuzz;
mod headers;
mod html;
mod text;

use knock_model::message::{LIMIT, MessageText};
use knock_model::text::many_lines;
use knock_model::{Email, PersonName, Subject};
use knock_replies::{MailKind, ReceivedMail, Report, Sort, cut, plain_bounce, report, sort};
use mail_parser::{Message, MessageParser, MimeHeaders};

/// The largest mail that is read, in bytes.
pub const LARGEST: usize = 25 << 20;
/// The parts of a mail at most.
const MOST_PARTS: usize = 50;
/// The longest text that is cut, in characters: what is above is in the file with the whole text.
const LONGEST_READ: usize = 200_000;
/// What is kept of the text that was cut, in characters and lines.
const LONGEST_REST: usize = 20_000;
const MOST_LINES: usize = 2_000;
/// The longest address of a sender, in bytes (RFC 5321).
const LONGEST_ADDRESS: usize = 320;

/// Reads a mail.
///
/// # Errors
/// The reason for which it cannot be read, as part of a sentence.
pub fn read(content: &[u8]) -> Result<ReceivedMail, String> {
    let message = MessageParser::default().parse(content).ok_or("has no headers")?;
    if message.parts.len() > MOST_PARTS {
        return Err(format!("has more than {MOST_PARTS} parts"));
    }
    let mut mail = read_head(&message);
    let headers = headers::of(&message);
    let (report, calendar) = (headers::report_type(&message), headers::is_calendar_reply(&message));
    let whole = text::of(&message);
    mail.kind = match sort(&headers, &mail.subject, &report, calendar) {
        Sort::DeliveryReport => returned(&message, &mut mail),
        Sort::OtherReport => MailKind::Ignored,
        sorted => match (plain_bounce(&mail.from, &whole), sorted) {
            (Some(bounce), _) => MailKind::Bounce(bounce),
            (None, Sort::CalendarReply) => MailKind::CalendarReply,
            (None, Sort::AutoReply) => MailKind::AutoReply,
            (None, _) => MailKind::Message,
        },
    };
    part(&mut mail, &whole);
    if mail.kind == MailKind::Message {
        (mail.parts, mail.left_out) = attachments::of(&message);
    }
    Ok(mail)
}

/// Reads the headers of a mail alone, of which the rest is not there or too long.
///
/// # Errors
/// The reason for which they cannot be read, as part of a sentence.
pub fn read_headers(content: &[u8]) -> Result<ReceivedMail, String> {
    let message = MessageParser::default().parse_headers(content).ok_or("has no headers")?;
    let mut mail = read_head(&message);
    let report = headers::report_type(&message);
    if sort(&headers::of(&message), &mail.subject, &report, false) == Sort::AutoReply {
        mail.kind = MailKind::AutoReply;
    }
    Ok(mail)
}

fn read_head(message: &Message<'_>) -> ReceivedMail {
    let from = message.from().and_then(|from| from.first());
    let address = from.and_then(|from| from.address.as_deref()).unwrap_or_default();
    // What is longer than any address is none.
    let address = Some(address).filter(|address| address.len() <= LONGEST_ADDRESS).unwrap_or_default();
    let address: String = address.chars().filter(|c| !c.is_control()).collect();
    ReceivedMail {
        message_id: message.message_id().unwrap_or_default().to_owned(),
        from: Email::parse(&address).map_or(address, |email| email.to_text()),
        from_name: PersonName::parse(from.and_then(|from| from.name.as_deref()).unwrap_or_default()),
        subject: Subject::parse(message.subject().unwrap_or_default()),
        tags: headers::tags(message),
        kind: MailKind::Message,
        text: String::new(),
        rest: String::new(),
        whole: None,
        parts: Vec::new(),
        left_out: Vec::new(),
    }
}

/// A report about a delivery: what it says, and the tags of the mail that it returns.
fn returned(message: &Message<'_>, mail: &mut ReceivedMail) -> MailKind {
    mail.tags.extend(headers::returned_tags(message));
    let parts = message.parts.iter().filter(|part| part.is_content_type("message", "delivery-status"));
    let reports = parts.map(|part| report(&String::from_utf8_lossy(part.contents())));
    let failed = reports.into_iter().find_map(|report| match report {
        Report::Failed(bounce) => Some(bounce),
        Report::Other => None,
    });
    failed.map_or(MailKind::Ignored, MailKind::Bounce)
}

/// Parts the text of a mail into what is new and the rest.
fn part(mail: &mut ReceivedMail, whole: &str) {
    let read: String = whole.chars().take(LONGEST_READ).filter_map(said).collect();
    let parted = cut(&read);
    let is_longer = parted.text.chars().count() > LIMIT || whole.chars().nth(LONGEST_READ).is_some();
    mail.whole = is_longer.then(|| whole.to_owned());
    let text: String = parted.text.chars().take(LIMIT).collect();
    mail.text = MessageText::parse(&text).map(MessageText::into_text).unwrap_or_default();
    mail.rest = many_lines(&parted.rest, MOST_LINES).chars().take(LONGEST_REST).collect();
}

/// A character as it stays in a message, if it does, as `MessageText` has it: what is cut is what is shown.
fn said(c: char) -> Option<char> {
    match c {
        '\n' | '\r' | '\t' => Some(c),
        '\u{2028}' | '\u{2029}' => Some('\n'),
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => None,
        c if c.is_control() => None,
        c => Some(c),
    }
}
