//! A letter as a MIME message.

use crate::address::{address, is_for_all};
use crate::letter::{CalendarFile, Letter};
use knock_model::{Millis, PersonName};
use knock_ports::OutboxEntry;
use lettre::address::Envelope;
use lettre::message::header::{
    ContentDisposition, ContentTransferEncoding, ContentType, Header, HeaderName, HeaderValue,
};
use lettre::message::{Body, Mailbox, MultiPart, SinglePart};
use lettre::{Address, Message};
use sha2::{Digest, Sha256};
use std::error::Error;
use std::time::{Duration, SystemTime};

type BoxError = Box<dyn Error + Send + Sync>;

/// The message; the same id and date on every attempt.
///
/// # Errors
/// When the recipient's address is none.
pub(crate) fn message(entry: &OutboxEntry, letter: &Letter, from: &Mailbox) -> Result<Message, BoxError> {
    let name = shown(&letter.name);
    let domain = from.email.domain();
    let to = address(&letter.to)?;
    let sender = returned_to(letter, domain).unwrap_or_else(|| from.email.clone());
    let mut builder = Message::builder()
        .envelope(Envelope::new(Some(sender), vec![to.clone()])?)
        .from(from.clone())
        .to(Mailbox::new(name, to))
        .subject(&*letter.subject)
        .message_id(Some(format!("<{}{}@{domain}>", tag_of(letter), message_id(entry))))
        .date(system_time(entry.stored_at))
        // So that no vacation notice answers it (RFC 3834).
        .header(AutoSubmitted);
    if let Some(thread) = &letter.thread {
        builder = builder.references(format!("<{thread}@{domain}>"));
    }
    if let Some(page) = &letter.unsubscribe {
        // One click in the mail program ends it (RFC 8058).
        builder = builder.header(ListUnsubscribe(format!("<{page}>"))).header(ListUnsubscribePost);
    }
    if let Some(answers) = &letter.reply_to {
        // One that is no address cannot be answered; the letter arrives all the same.
        builder = match address(&answers.email) {
            Ok(address) if is_for_all(&address) => builder.reply_to(Mailbox::new(shown(&answers.name), address)),
            Ok(_) | Err(_) => builder,
        };
    }
    let texts = MultiPart::alternative_plain_html(letter.text.clone(), letter.html.clone());
    Ok(match &letter.calendar {
        None => builder.multipart(texts)?,
        Some(file) => builder.multipart(with_calendar(texts, file)?)?,
    })
}

/// The start of the message's id: answers name it in `In-Reply-To`, returned mails in the headers that they return.
fn tag_of(letter: &Letter) -> String {
    letter.tag.as_ref().map_or_else(String::new, |tag| format!("{tag}."))
}

/// The address that returned mails go to, if it is not the sender's: of another domain, receivers would take the mail for
/// a forgery (SPF, RFC 7208).
fn returned_to(letter: &Letter, domain: &str) -> Option<Address> {
    let address = address(letter.bounces_to.as_ref()?).ok()?;
    address.domain().eq_ignore_ascii_case(domain).then_some(address)
}

/// A name as the library writes it. It panics at a control character, which no name has.
fn shown(name: &PersonName) -> Option<String> {
    Some(name.to_string()).filter(|name| !name.is_empty())
}

/// Buttons of mail programs read the last of the alternatives; those without buttons open the attachment.
fn with_calendar(texts: MultiPart, file: &CalendarFile) -> Result<MultiPart, BoxError> {
    let CalendarFile { method, content } = file;
    let alternative = SinglePart::builder()
        .header(ContentType::parse(&format!("text/calendar; method={method}; charset=utf-8"))?)
        .body(readable(content)?);
    let attachment = SinglePart::builder()
        .header(ContentType::parse("application/ics; name=\"invite.ics\"")?)
        .header(ContentDisposition::attachment("invite.ics"))
        .body(readable(content)?);
    Ok(MultiPart::mixed().multipart(texts.singlepart(alternative)).singlepart(attachment))
}

/// Not in base64: some mail programs do not read calendars in it.
fn readable(content: &str) -> Result<Body, BoxError> {
    let encoded = Body::new_with_encoding(content.to_owned(), ContentTransferEncoding::QuotedPrintable);
    encoded.map_err(|_| "the calendar cannot be encoded".into())
}

/// The id of a delivery, the same on every attempt. It is made of the effect: after a backup was restored the same number
/// may be another delivery.
fn message_id(entry: &OutboxEntry) -> String {
    let mut hash = Sha256::new();
    hash.update(entry.number.to_be_bytes());
    hash.update(entry.stored_at.0.to_be_bytes());
    hash.update(entry.effect.kind.as_str());
    hash.update(&entry.effect.data);
    hex::encode(&hash.finalize()[..16])
}

fn system_time(at: Millis) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_millis(u64::try_from(at.0).unwrap_or_default())
}

/// Declares a header of ours with its value.
macro_rules! header {
    ($type:ident, $name:literal, $self:ident => $value:expr) => {
        impl Header for $type {
            fn name() -> HeaderName {
                HeaderName::new_from_ascii_str($name)
            }

            fn parse(_: &str) -> Result<Self, BoxError> {
                Err("this header is only written".into())
            }

            fn display(&$self) -> HeaderValue {
                HeaderValue::new(Self::name(), $value)
            }
        }
    };
}

#[derive(Clone)]
struct AutoSubmitted;
header!(AutoSubmitted, "Auto-Submitted", self => "auto-generated".to_owned());

#[derive(Clone)]
struct ListUnsubscribe(String);
header!(ListUnsubscribe, "List-Unsubscribe", self => self.0.clone());

#[derive(Clone)]
struct ListUnsubscribePost;
header!(ListUnsubscribePost, "List-Unsubscribe-Post", self => "List-Unsubscribe=One-Click".to_owned());

#[cfg(test)]
mod tests;
