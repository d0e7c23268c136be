//! Sixty mails as mail programs write them (`tests/mails`), and what is read of each.

use knock_replies::{MailKind, ReceivedMail, cut, tag};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    kind: String,
    text: String,
    rest_has: Vec<String>,
    files: Vec<String>,
    left_out: Vec<String>,
    from: String,
}

fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../tests/mails"))
}

fn expected() -> BTreeMap<String, Expected> {
    let text = fs::read_to_string(folder().join("expected.json")).expect("the list");
    serde_json::from_str(&text).expect("it is read")
}

fn read(name: &str) -> (Vec<u8>, ReceivedMail) {
    let content = fs::read(folder().join(format!("{name}.eml"))).expect("the mail");
    let mail = knock_mime::read(&content).unwrap_or_else(|error| panic!("{name} {error}"));
    (content, mail)
}

fn kind(kind: &MailKind) -> &'static str {
    match kind {
        MailKind::Message => "message",
        MailKind::AutoReply => "auto_reply",
        MailKind::CalendarReply => "calendar_reply",
        MailKind::Bounce(_) => "bounce",
        MailKind::Ignored => "ignored",
    }
}

#[test]
fn each_mail_is_read_as_its_writer_meant_it() {
    let mut wrong = Vec::new();
    for (name, expected) in expected() {
        let (_, mail) = read(&name);
        let files: Vec<&str> = mail.parts.iter().map(|part| part.name.as_str()).collect();
        let left_out: Vec<&str> = mail.left_out.iter().map(|left| left.name.as_str()).collect();
        let found = (kind(&mail.kind), mail.text.as_str(), files, left_out, mail.from.as_str());
        let wanted = (
            expected.kind.as_str(),
            expected.text.as_str(),
            expected.files.iter().map(String::as_str).collect::<Vec<_>>(),
            expected.left_out.iter().map(String::as_str).collect::<Vec<_>>(),
            expected.from.as_str(),
        );
        if found != wanted {
            wrong.push(format!("{name}\n  found  {found:?}\n  wanted {wanted:?}"));
        }
        for part in &expected.rest_has {
            if !mail.rest.contains(part.as_str()) {
                wrong.push(format!("{name}: the rest lacks {part:?}: {:?}", mail.rest));
            }
        }
        if mail.tags.is_empty() {
            wrong.push(format!("{name}: no tag"));
        }
        if cut(&mail.text).text != mail.text {
            wrong.push(format!("{name}: the text is cut twice"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_mail_of_the_folder_is_expected() {
    let files = fs::read_dir(folder()).expect("the folder").map(|file| file.expect("a file").path());
    let mut names: Vec<String> = files
        .filter(|path| path.extension().is_some_and(|end| end == "eml"))
        .filter_map(|path| Some(path.file_stem()?.to_string_lossy().into_owned()))
        .collect();
    names.sort();
    assert_eq!(names, expected().into_keys().collect::<Vec<_>>());
    assert_eq!(names.len(), 60);
}

#[test]
fn a_report_says_which_address_is_dead() {
    let bounce = |name: &str| match read(name).1.kind {
        MailKind::Bounce(bounce) => (bounce.recipient, bounce.is_dead),
        other => panic!("{name} is {other:?}"),
    };
    let ann = || Some("ann@acme.example".to_owned());
    assert_eq!(bounce("55-dsn-unknown-user"), (ann(), true));
    assert_eq!(bounce("56-dsn-refused"), (ann(), false));
    assert_eq!(bounce("58-plain-bounce"), (None, true));
}

#[test]
fn a_mail_that_is_cut_off_anywhere_is_read_or_refused() {
    for name in ["42-photos-and-logos", "45-signed", "55-dsn-unknown-user", "59-calendar-accepted"] {
        let (content, _) = read(name);
        let step = (content.len() / 200).max(1);
        for end in (0..content.len()).step_by(step) {
            drop(knock_mime::read(&content[..end]));
            drop(knock_mime::read_headers(&content[..end]));
        }
    }
}

#[test]
fn headers_alone_name_the_conversation() {
    let (content, mail) = read("01-gmail-web");
    let head = knock_mime::read_headers(&content[..800]).expect("headers");
    assert_eq!((&head.message_id, &head.from, head.tags.first()), (&mail.message_id, &mail.from, mail.tags.first()));
    assert!(
        mail.tags.first().is_some_and(|first| content.windows(42).any(|part| part == tag::spell(first).as_bytes()))
    );
}
