//! Mails with any text of a stranger, also as an earlier version stored it: none panics, none has a header too many.

use super::message;
use crate::mapping::letter;
use crate::mapping::tests::Fixed;
use knock_model::{DeliveryState, Destination, EffectKind, Millis};
use knock_ports::{Effect, MeetingMail, OutboxEntry, ReplyMail, WaitMail};
use proptest::prelude::*;
use serde_json::{Value, json};

const ID: &str = "01010101-0101-4101-8101-010101010101";
/// The headers that mails may have.
const HEADERS: [&str; 13] = [
    "From",
    "To",
    "Reply-To",
    "Subject",
    "Message-ID",
    "References",
    "Date",
    "Auto-Submitted",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
];

/// Any text, with more of what is dangerous than chance would put in.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<char>().prop_map(String::from),
        "[ -~]{0,20}",
        proptest::sample::select(vec![
            "\r\n",
            "\n",
            "\r",
            "\0",
            "\u{85}",
            "\u{2028}",
            "\u{202e}",
            "\u{200d}",
            "\"",
            "\\",
            "<",
            ">",
            ",",
            ";",
            ":",
            "(",
            "\r\nBcc: all@evil.example\r\n",
            "\r\n\r\n<h1>",
            "=?utf-8?q?=0ABcc?=",
            "\r\nEND:VEVENT\r\nBEGIN:VEVENT",
            "https://evil.example/prize",
        ])
        .prop_map(str::to_owned),
    ];
    proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

/// An address, mostly a good one.
fn address() -> impl Strategy<Value = String> {
    prop_oneof![3 => Just("ann@lead.example".to_owned()), 1 => hostile(), 1 => "[^@]{0,8}@[a-z.]{0,8}"]
}

/// The lines of a mail's head, unfolded; none if the mail cannot be written.
fn head(kind: EffectKind, data: &Value) -> Option<Vec<String>> {
    let effect = Effect { kind, data: data.to_string(), at: Millis(1) };
    let entry = OutboxEntry {
        number: 1,
        to: Destination::MAIL,
        effect,
        stored_at: Millis(1_780_000_000_000),
        state: DeliveryState::UnderWay,
        due_at: Millis(1),
        attempts: 1,
        answer: String::new(),
    };
    let letter = letter(&entry.effect, &Fixed).expect("a letter");
    let from = "Acme <hello@acme.example>".parse().expect("a sender");
    let written = message(&entry, &letter, &from).ok()?.formatted();
    let written = String::from_utf8(written).expect("all of it is text");
    let (head, _) = written.split_once("\r\n\r\n").expect("a head");
    assert!(!head.replace("\r\n", "").contains(['\r', '\n', '\0']), "{head:?}");
    let unfolded = head.replace("\r\n ", " ").replace("\r\n\t", " ");
    Some(unfolded.split("\r\n").map(str::to_owned).collect())
}

fn check(kind: EffectKind, data: &Value) {
    for line in head(kind, data).unwrap_or_default() {
        let name = line.split_once(':').map_or("", |(name, _)| name);
        assert!(HEADERS.contains(&name), "{line}");
    }
}

fn meeting(to: &str, texts: &[String; 6], is_to_lead: bool) -> Value {
    let [name, title, location, description, answer, reason] = texts;
    json!({
        "news": if is_to_lead { "changed" } else { "cancelled" }, "to": {"name": name, "email": to}, "is_to_lead": is_to_lead,
        "has_file": true, "meeting": ID, "uid": "7@knock", "sequence": 2, "at": 1, "start": 1_795_438_800_000_i64,
        "end": 1_795_440_600_000_i64, "lead": ID, "reps": [{"name": name, "email": "bo@acme.example"}], "zone": "UTC",
        "site": title,
        "details": {
            "reps": [ID], "title": title, "location": location, "description": description, "email": to, "name": name,
            "zone": "UTC", "language": "de", "answers": [{"question": title, "answer": answer}], "link": "meeting", "site": 1,
            "visitor": "019ac5f0-0000-7000-8000-000000000001", "session": "019ac5f0-0000-7000-8000-000000000002",
            "reason": reason, "reminded_until": 0,
        },
    })
}

fn texts() -> impl Strategy<Value = [String; 6]> {
    proptest::array::uniform6(hostile())
}

#[test]
fn a_line_break_in_a_stored_name_is_a_space() {
    let texts = std::array::from_fn(|_| "Lee\nX".to_owned());
    let head = head(MeetingMail::KIND, &meeting("ann@lead.example", &texts, false)).expect("a mail");
    assert!(head.iter().any(|line| line == "To: \"Lee X\" <ann@lead.example>"), "{head:?}");
    assert!(head.iter().any(|line| line.starts_with("Reply-To: \"Lee X\" <")), "{head:?}");
}

#[test]
fn addresses_of_all_scripts_are_written_to() {
    let texts = std::array::from_fn(|_| String::new());
    for (to, expected) in [
        ("केन्द्र@उदाहरण.भारत", "To: केन्द्र@xn--p1b6ci4b4b3a.xn--h2brj9c"),
        ("z\u{307}aba@acme.example", "To: z\u{307}aba@acme.example"),
        ("o'hara@acme.example", "To: o'hara@acme.example"),
    ] {
        let head = head(MeetingMail::KIND, &meeting(to, &texts, true)).expect("a mail");
        assert!(head.iter().any(|line| line == expected), "{head:?}");
    }
}

#[test]
fn an_address_that_is_none_is_refused() {
    let texts = std::array::from_fn(|_| String::new());
    for address in ["", "ann", "ann@lead.example\r\nBcc: all@evil.example", "a b@x.de", "ann@[", "<ann@lead.example>"] {
        assert_eq!(head(MeetingMail::KIND, &meeting(address, &texts, true)), None, "{address}");
    }
}

proptest! {
    #[test]
    fn no_text_of_a_stranger_breaks_a_mail(to in address(), texts in texts(), is_to_lead in any::<bool>()) {
        check(MeetingMail::KIND, &meeting(&to, &texts, is_to_lead));
        let [name, rep, site, lead, text, page] = &texts;
        check(ReplyMail::KIND, &json!({
            "lead": ID, "to": to, "name": name, "conversation": ID, "rep": rep, "site": site, "place": {"page": page},
            "messages": [text], "answers_to": to, "has_tags": is_to_lead,
        }));
        check(WaitMail::KIND, &json!({
            "to": to, "lead": lead, "conversation": ID, "minutes": 2, "is_mine": true, "text": text,
        }));
    }
}
