//! The attachments of a mail: what is taken, and what is left out, with the reason.

use knock_replies::{LeftOut, MailPart};
use mail_parser::{Message, MessagePart, MimeHeaders, PartType};

/// The attachments of a mail at most.
const MOST: usize = 10;
/// The smallest picture within a text that is a file, in bytes: those below are logos.
const SMALLEST_PICTURE: usize = 30 << 10;
/// Types that belong to the form of a mail: calendars, signatures.
const NO_FILES: [&str; 8] = [
    "text/calendar",
    "application/ics",
    "application/pkcs7-signature",
    "application/x-pkcs7-signature",
    "application/pgp-signature",
    "application/pgp-encrypted",
    "application/pgp-keys",
    "text/x-amp-html",
];

pub(crate) fn of(message: &Message<'_>) -> (Vec<MailPart>, Vec<LeftOut>) {
    let (mut taken, mut left_out) = (Vec::new(), Vec::new());
    let mut leave =
        |name: &str, reason: &str| left_out.push(LeftOut { name: name.to_owned(), reason: reason.to_owned() });
    if is_encrypted(message) {
        leave("", "the mail is encrypted");
        return (taken, left_out);
    }
    let html: String = message.html_bodies().filter_map(|part| part.text_contents()).collect();
    for part in message.attachments() {
        let kind = type_of(part);
        let name = name_of(part, &kind);
        if NO_FILES.contains(&kind.as_str()) || is_logo(part, &kind, &html) {
            continue;
        }
        if let PartType::Message(_) = part.body {
            leave(&name, "is a mail itself");
        } else if kind == "application/ms-tnef" || name.eq_ignore_ascii_case("winmail.dat") {
            leave(&name, "is in a form that only Outlook can read");
        } else if taken.len() >= MOST {
            leave(&name, "is above the 10 files of a mail");
        } else {
            taken.push(MailPart { name, content: part.contents().to_vec() });
        }
    }
    (taken, left_out)
}

fn is_encrypted(message: &Message<'_>) -> bool {
    let is_signed = message.content_type().and_then(|content| content.attribute("smime-type")) == Some("signed-data");
    let is_smime = ["pkcs7-mime", "x-pkcs7-mime"].iter().any(|kind| message.is_content_type("application", kind));
    message.is_content_type("multipart", "encrypted") || is_smime && !is_signed
}

fn type_of(part: &MessagePart<'_>) -> String {
    let content = part.content_type();
    content.map_or_else(String::new, |content| {
        format!("{}/{}", content.ctype(), content.subtype().unwrap_or_default()).to_ascii_lowercase()
    })
}

/// The name that the sender gave, else one by the type.
fn name_of(part: &MessagePart<'_>, kind: &str) -> String {
    if let Some(name) = part.attachment_name().map(str::trim).filter(|name| !name.is_empty()) {
        return name.to_owned();
    }
    if let PartType::Message(mail) = &part.body {
        return format!("{}.eml", mail.subject().unwrap_or("mail"));
    }
    match kind.split_once('/') {
        Some(("image", format)) => format!("picture.{format}"),
        Some(("text", "plain")) => "text.txt".to_owned(),
        Some((_, format)) if format.bytes().all(|byte| byte.is_ascii_alphanumeric()) => format!("file.{format}"),
        _ => "file".to_owned(),
    }
}

/// Whether a picture only adorns the text.
fn is_logo(part: &MessagePart<'_>, kind: &str, html: &str) -> bool {
    let is_named = part.content_id().is_some_and(|id| html.contains(&format!("cid:{}", id.trim_matches(['<', '>']))));
    kind.starts_with("image/") && is_named && part.contents().len() < SMALLEST_PICTURE
}
