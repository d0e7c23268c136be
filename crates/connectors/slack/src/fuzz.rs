//! Whatever is posted to the addresses for Slack: it is read or refused, and what is read can be shown.

use crate::incoming::{CommandPost, Envelope, Event, Interaction, Message};
use crate::text::{Names, cut, from_slack, mentioned, to_slack};
use crate::{signature, text};
use knock_model::Millis;

#[test]
fn slack() {
    knock_fuzz::target("slack", |bytes| {
        if let Ok(Envelope::Callback(callback)) = Envelope::parse(bytes)
            && let Event::Message(message) = callback.event
            && let Message::New(written) = *message
        {
            let names = Names { emoji: written.emoji, ..Names::default() };
            shown(&written.text, &names);
        }
        drop(Interaction::parse(bytes));
        drop(CommandPost::parse(bytes));
        let given = String::from_utf8_lossy(bytes);
        shown(&given, &Names::default());
        assert!(signature::verify("secret", &given, &given, bytes, Millis(0)).is_err());
    });
}

fn shown(given: &str, names: &Names) {
    let read = from_slack(given, names);
    let escaped = to_slack(&read);
    assert!(!escaped.contains(['<', '>']) && mentioned(&escaped).is_empty());
    assert!(cut(&read, text::SECTION_LIMIT).text.encode_utf16().count() <= text::SECTION_LIMIT);
}
