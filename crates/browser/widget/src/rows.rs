//! The rows of the log.

use knock_model::{MessageId, Millis};
use knock_wire::{Author, CardMeeting, MessageCard, MessageFile};

use crate::chat::{Delivery, Entry};
use crate::words::{Text, Words, ago, author_name, refusal};
use knock_model::message::{Piece, split};

/// A message in the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) id: MessageId,
    /// The author's class in the style sheet.
    pub(crate) class: &'static str,
    /// The label of a day that begins with it.
    pub(crate) day: Option<String>,
    pub(crate) author: String,
    /// The title of a rep.
    pub(crate) title: String,
    /// The address of the picture of a rep.
    pub(crate) picture: String,
    pub(crate) at: Millis,
    /// The instant, in words.
    pub(crate) time: String,
    pub(crate) pieces: Vec<Piece>,
    pub(crate) files: Vec<MessageFile>,
    /// The delivery note of an own message.
    pub(crate) note: Option<Note>,
    /// Its booking card.
    pub(crate) card: Option<CardRow>,
    /// The offered answers for screen readers: the buttons are elsewhere.
    pub(crate) offer: Option<String>,
}

/// A booking card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CardRow {
    /// The time of the meeting that was booked by it; empty while it offers one.
    pub(crate) booked: String,
    /// The token of that meeting's page; empty where the server names none.
    pub(crate) token: String,
    /// The id of its message, where it offers the calendar of the rep who sent it.
    pub(crate) own: Option<MessageId>,
}

/// The delivery state of an own message, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Note {
    /// The class in the style sheet.
    pub(crate) class: &'static str,
    /// The urgency for screen readers.
    pub(crate) role: Option<&'static str>,
    pub(crate) words: String,
    /// Whether it can be sent again.
    pub(crate) can_retry: bool,
}

/// The reader's calendar.
pub(crate) trait Calendar {
    /// The number of a day, counted from a fixed day.
    fn day(&self, at: Millis) -> i64;
    /// The day in words.
    fn date(&self, at: Millis) -> String;
    /// Today (0) or yesterday (-1) in words.
    fn near_day(&self, days: i64) -> String;
    fn time_of_day(&self, at: Millis) -> String;
    /// A local time of the server in words.
    fn clock(&self, local: &str) -> String;
}

/// All rows at the instant `now`. A chat that began today shows no day.
pub(crate) fn rows(entries: &[Entry], now: Millis, words: Words, calendar: &impl Calendar) -> Vec<Row> {
    let today = calendar.day(now);
    let is_sent = |entry: &Entry| entry.author == Author::Lead && entry.delivery == Delivery::Done;
    let last_own = entries.iter().rposition(is_sent);
    let starts_today = entries.first().is_none_or(|entry| calendar.day(entry.at) >= today);
    let mut before = if starts_today { today } else { i64::MIN };
    let row = |(place, entry): (usize, &Entry)| {
        let day = calendar.day(entry.at);
        // Clocks differ: a message sent at midnight does not return to the previous day.
        let begins = day > before;
        before = before.max(day);
        let label = match today - day {
            ahead @ (0 | 1) => calendar.near_day(-ahead),
            _ if begins => calendar.date(entry.at),
            _ => String::new(),
        };
        Row {
            id: entry.id,
            class: match entry.author {
                Author::Lead => "entry entry-own",
                Author::AiAgent => "entry entry-agent",
                Author::Rep => "entry entry-rep",
            },
            day: begins.then_some(label),
            author: author_name(words, entry.author, &entry.name),
            title: entry.title.clone(),
            picture: entry.picture.clone(),
            at: entry.at,
            time: ago(words, entry.at, now).unwrap_or_else(|| calendar.time_of_day(entry.at)),
            pieces: split(&entry.text),
            files: entry.files.clone(),
            card: entry.card.as_ref().filter(|card| card.kind == "meeting").map(|card| {
                let (booked, token) = booked(card, calendar);
                CardRow { booked, token, own: card.own.then_some(entry.id) }
            }),
            note: note(words, &entry.delivery, last_own == Some(place)),
            offer: (!entry.choices.is_empty())
                .then(|| words.fill(Text::Offered, &[("answers", &entry.choices.join(", "))])),
        }
    };
    entries.iter().enumerate().map(row).collect()
}

/// The time of a card's meeting and the token of its page, while it is booked.
fn booked(card: &MessageCard, calendar: &impl Calendar) -> (String, String) {
    let meeting = card.meeting.as_ref().filter(|meeting| meeting.state == "booked");
    let token = |meeting: &CardMeeting| meeting.manage.strip_prefix("/m/").unwrap_or_default().to_owned();
    meeting.map(|meeting| (calendar.clock(&meeting.local), token(meeting))).unwrap_or_default()
}

/// The delivery note of an own message; only the last one is marked as sent.
fn note(words: Words, delivery: &Delivery, is_last_own: bool) -> Option<Note> {
    let text = match delivery {
        Delivery::Done if is_last_own => Text::Sent,
        Delivery::Done => return None,
        Delivery::Pending => Text::Sending,
        Delivery::Sending(percent) => {
            let words = format!("{} {percent}\u{a0}%", words.say(Text::Sending));
            return Some(Note { class: "delivery", role: None, words, can_retry: false });
        }
        Delivery::Waiting => Text::Waiting,
        Delivery::Late => {
            let words = words.say(Text::Late).to_owned() + " ";
            return Some(Note { class: "delivery delivery-late", role: None, words, can_retry: true });
        }
        Delivery::Refused(reason) => {
            let words = words.fill(Text::NotSent, &[("reason", refusal(words, reason))]) + " ";
            return Some(Note { class: "delivery delivery-refused", role: Some("alert"), words, can_retry: true });
        }
    };
    Some(Note { class: "delivery", role: None, words: words.say(text).to_owned(), can_retry: false })
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_model::MeetingId;
    use wasm_bindgen_test::wasm_bindgen_test;

    struct Days;

    impl Calendar for Days {
        fn day(&self, at: Millis) -> i64 {
            at.0 / Millis::DAY.0
        }

        fn date(&self, at: Millis) -> String {
            format!("day {}", self.day(at))
        }

        fn near_day(&self, days: i64) -> String {
            format!("{days} days")
        }

        fn time_of_day(&self, _: Millis) -> String {
            "14:05".to_owned()
        }

        fn clock(&self, local: &str) -> String {
            format!("at {local}")
        }
    }

    fn entry(at: Millis, author: Author, delivery: Delivery) -> Entry {
        let id = MessageId::new(at, &[1; 10]);
        let [name, title, picture] = [const { String::new() }; 3];
        let text = "x".to_owned();
        Entry {
            id,
            author,
            name,
            title,
            picture,
            text,
            files: Vec::new(),
            at,
            delivery,
            choices: Vec::new(),
            card: None,
        }
    }

    fn days(days: &[i64]) -> Vec<Option<String>> {
        let entries: Vec<Entry> =
            days.iter().map(|day| entry(Millis::days(*day), Author::Rep, Delivery::Done)).collect();
        rows(&entries, Millis::days(9), Words::of_tag("en"), &Days).into_iter().map(|row| row.day).collect()
    }

    #[wasm_bindgen_test]
    fn days_are_told_apart_and_a_chat_of_today_has_no_line() {
        let shown = |all: &[i64]| {
            let label = |day: Option<String>| day.unwrap_or_else(|| "-".to_owned());
            days(all).into_iter().map(label).collect::<Vec<_>>().join(", ")
        };
        assert_eq!(shown(&[9, 9]), "-, -");
        assert_eq!(shown(&[7, 7, 9]), "day 7, -, 0 days");
        assert_eq!(shown(&[8, 7, 8, 9]), "-1 days, -, -, 0 days");
    }

    #[wasm_bindgen_test]
    fn the_last_own_message_says_that_it_was_sent_and_every_other_only_when_it_was_not() {
        let refused = Delivery::Refused("Too long.".to_owned());
        let entries = [
            entry(Millis(0), Author::Lead, Delivery::Done),
            entry(Millis(1), Author::AiAgent, Delivery::Done),
            entry(Millis(2), Author::Lead, Delivery::Done),
        ];
        let notes = |entries: &[Entry]| -> Vec<String> {
            let note = |row: Row| row.note.map_or(String::new(), |note| note.words);
            rows(entries, Millis(3), Words::of_tag("en"), &Days).into_iter().map(note).collect()
        };
        assert_eq!(notes(&entries), ["", "", "Sent"]);
        let waiting = [entry(Millis(0), Author::Lead, refused), entry(Millis(1), Author::Lead, Delivery::Late)];
        assert_eq!(notes(&waiting), ["Not sent. Too long. ", "Not sent yet, trying again. "]);
    }

    #[wasm_bindgen_test]
    fn a_card_says_when_the_meeting_is_while_it_stands() {
        let meeting = |state: &str| CardMeeting {
            id: MeetingId::new([7; 16]),
            start_at: Millis(0),
            local: "2026-06-02T10:00:00+02:00".to_owned(),
            state: state.to_owned(),
            manage: "/m/abc".to_owned(),
        };
        for (kind, meeting, expected) in [
            ("meeting", None, Some("")),
            ("meeting", Some(meeting("booked")), Some("at 2026-06-02T10:00:00+02:00")),
            ("meeting", Some(meeting("cancelled")), Some("")),
            ("from_the_future", None, None),
        ] {
            let own = meeting.is_none();
            let card = Some(MessageCard { kind: kind.to_owned(), own, meeting });
            let entries = [Entry { card, ..entry(Millis(0), Author::AiAgent, Delivery::Done) }];
            let row = rows(&entries, Millis(3), Words::of_tag("en"), &Days).remove(0);
            assert_eq!(row.card.as_ref().map(|card| &*card.booked), expected, "{kind}");
            let token = row.card.as_ref().map(|card| &*card.token);
            assert_eq!(token, expected.map(|booked| if booked.is_empty() { "" } else { "abc" }), "its page");
            let named = row.card.and_then(|card| card.own);
            assert_eq!(named, own.then_some(row.id).filter(|_| expected.is_some()), "an own calendar is named");
        }
    }

    #[wasm_bindgen_test]
    fn offered_answers_are_announced_with_the_message() {
        let choices = vec!["Kaufen".to_owned(), "Eine Stelle".to_owned()];
        let entries = [Entry { choices, ..entry(Millis(0), Author::AiAgent, Delivery::Done) }];
        let row = rows(&entries, Millis(3), Words::of_tag("de"), &Days).remove(0);
        assert_eq!(row.offer.as_deref(), Some("Sie können eine Antwort wählen: Kaufen, Eine Stelle"));
    }
}
