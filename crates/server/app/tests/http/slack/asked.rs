//! The card of a lead who asked for a meeting: at the decision, in each Meeting Status, and as the meeting once they book.

use super::meetings::LEAD;
use super::{Office, key_of, mention, once};
use crate::support::id;
use contract_slack::seed;
use knock_testing::found;
use serde_json::{Value, json};

impl Office {
    /// The lead gives their address to the booking page, and is offered times.
    fn asks(&self, email: &str) -> Value {
        let browser = id(1_780_000_000_000, 1);
        let body = json!({"link": "meeting", "visitor": browser, "session": browser, "email": email});
        let reply = self.knock.post("/v1/meetings/email", &body);
        assert!((200..300).contains(&reply.code), "{} {}", reply.code, reply.body);
        reply.body
    }

    /// The posts in the channel, by the beginning of their key.
    fn in_channel(&self, key: &str) -> Vec<Value> {
        let messages = self.slack.messages().into_iter();
        messages.filter(|message| message["channel"] == seed::GENERAL && key_of(message).starts_with(key)).collect()
    }

    /// Waits until the card of the lead says this.
    fn until_asked(&self, wanted: &str) -> Value {
        found(&format!("the card says {wanted}"), || {
            self.passes_between_attempts();
            let cards = self.in_channel("asked:");
            let card = cards.into_iter().find(|card| card["blocks"].to_string().contains(wanted))?;
            Some(card)
        })
    }
}

#[test]
fn who_asks_for_a_meeting_has_a_card_that_becomes_the_meeting() {
    let office = Office::with_meetings(&json!({}));
    office.asks(LEAD);
    let card = office.until_asked("Meeting Status");
    let blocks = card["blocks"].to_string();
    for part in [LEAD, "New", &mention(seed::ANN), "Routed by Meetings", "/app/contacts/"] {
        assert!(blocks.contains(part), "{part}: {blocks}");
    }
    let (meeting, _) = office.books(&office.starts()[2]);
    let notices = office.until_noticed(&meeting, "Booked");
    let booked = notices.iter().find(|notice| notice["channel"] == seed::GENERAL).expect("a card");
    assert_eq!(booked["ts"], card["ts"], "the same card");
    assert_eq!(office.in_channel("asked:").len(), 0);
    once(&office);
}

#[test]
fn who_goes_away_is_qualified_but_not_booked_on_the_same_card() {
    let office = Office::with_meetings(&json!({}));
    office.asks(LEAD);
    let card = office.until_asked("Meeting Status");
    office.passes(31 * 60_000);
    let later = office.until_asked("Qualified but Not Booked");
    assert_eq!(later["ts"], card["ts"]);
    assert_eq!(office.in_channel("asked:").len(), 1);
    assert!(later["text"].as_str().is_some_and(|text| text.ends_with("Qualified but Not Booked")), "{later}");
    once(&office);
}

#[test]
fn spam_has_no_card_and_who_is_refused_has_one() {
    let office = Office::with_meetings(&json!({"reject_private_email": true}));
    office.asks("lee@mailinator.com");
    office.settle();
    assert_eq!(office.in_channel("asked:").len(), 0);
    office.asks("lee@gmail.com");
    office.until_asked("Unqualified");
    once(&office);
}
