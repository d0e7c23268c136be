//! Calendar accounts and their state in words.

use knock_model::{CalendarProvider, Millis};
use knock_wire::{CalendarAccount, CalendarHealth, CalendarProviderWord, UnreadEvent};
use std::borrow::Cow;

use super::instant::day_and_time;
use super::network::plain_part;
use super::span::ago;
use crate::kit::civil::Civil;

/// The name of a provider; an unknown one is spelled as the server does.
pub(crate) fn provider_label(provider: &CalendarProviderWord) -> Cow<'_, str> {
    provider.known().map_or_else(|| provider.spelling(), |known: &CalendarProvider| known.label().into())
}

/// The state in one line; `since` is the time at which the calendar became unreachable.
pub(crate) fn calendar_words(health: &CalendarHealth, since: Option<String>) -> String {
    if !health.is_connected {
        return "No calendar is connected.".to_owned();
    }
    if health.problem.is_empty() {
        return "Connected. Its events block times that can be booked.".to_owned();
    }
    let since = since.map(|since| format!(" since {since}")).unwrap_or_default();
    format!("It cannot be read{since}: {}.", plain_part(&health.problem))
}

/// The same of an account, whose calendars may all be unticked.
pub(crate) fn account_words(account: &CalendarAccount, since: Option<String>) -> String {
    if account.health.problem.is_empty() && !account.calendars.iter().any(|calendar| calendar.is_read) {
        return "Connected. Its events block no times.".to_owned();
    }
    calendar_words(&account.health, since)
}

/// `Read 2 min ago. Changes come at once; renewed before Thu 3 Dec, 14:00.`: how new its events are, and how a change of
/// them is noticed; empty without a calendar.
pub(crate) fn freshness_words(health: &CalendarHealth, local: fn(Millis) -> Civil, now: Millis) -> String {
    if !health.is_connected {
        return String::new();
    }
    let read = match health.read_at {
        Some(at) => format!("Read {}.", ago(at, now)),
        None => "Not read since the server started.".to_owned(),
    };
    match health.pushed_until {
        Some(until) => {
            let until = day_and_time(local(until), local(now).day);
            format!("{read} Changes come at once; renewed before {until}.")
        }
        None => format!("{read} Looked at every few minutes."),
    }
}

/// The state of meetings that are not written to the calendar yet; empty if all are.
pub(crate) fn unwritten_words(health: &CalendarHealth) -> String {
    let meetings = |count: u64| if count == 1 { "1 meeting".to_owned() } else { format!("{count} meetings") };
    match (health.failed, health.waiting) {
        (0, 0) => String::new(),
        (0, waiting) => format!("{} still to be written into it.", meetings(waiting)),
        (failed, _) => format!("{} could not be written into it.", meetings(failed)),
    }
}

/// The line above the events of an account that cannot be read; empty if all can.
pub(crate) fn unread_words(health: &CalendarHealth) -> String {
    match health.unread {
        0 => String::new(),
        1 => "1 event cannot be read. It blocks the time that it may take; change or delete it in the calendar."
            .to_owned(),
        more => format!(
            "{more} events cannot be read. They block the time that they may take; change or delete them in the calendar."
        ),
    }
}

/// An event that cannot be read: `Lunch, 2027-01-12: its time zone is not known`.
pub(crate) fn unread_event_words(event: &UnreadEvent) -> String {
    let title = if event.title.is_empty() { "An event without a title" } else { &event.title };
    let day = if event.day.is_empty() { String::new() } else { format!(", {}", event.day) };
    format!("{title}{day}: {}", event.reason)
}

/// The message about an account that was connected just now.
pub(crate) fn connected_words(account: &CalendarAccount) -> String {
    if !account.health.problem.is_empty() {
        return "Connected, but it cannot be read yet.".to_owned();
    }
    let into = account.calendars.iter().find(|calendar| calendar.id == account.events_in);
    into.map_or_else(
        || "Connected. Its events block times.".to_owned(),
        |into| format!("Connected. Its events block times, and meetings are written into {}.", into.name),
    )
}

/// The consequences of disconnecting an account.
pub(crate) fn leaving_words(account: &CalendarAccount) -> String {
    let kept = "Its events block no times any more. Meetings that were written into it stay there.";
    if account.events_in.is_empty() {
        return kept.to_owned();
    }
    format!("{kept} New meetings are written into no calendar until you choose another one.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::civil::civil;
    use crate::sample;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn a_calendar_says_how_it_is_going() {
        let connected = CalendarHealth { is_connected: true, ..CalendarHealth::default() };
        assert_eq!(calendar_words(&CalendarHealth::default(), None), "No calendar is connected.");
        assert!(calendar_words(&connected, None).starts_with("Connected."));
        let broken = CalendarHealth { problem: "no answer".into(), failed: 1, waiting: 2, ..connected.clone() };
        assert_eq!(calendar_words(&broken, Some("noon".into())), "It cannot be read since noon: no answer.");
        assert_eq!(unwritten_words(&broken), "1 meeting could not be written into it.");
        assert_eq!(unwritten_words(&connected), "");
        assert_eq!(
            unwritten_words(&CalendarHealth { waiting: 2, ..connected }),
            "2 meetings still to be written into it."
        );
    }

    #[wasm_bindgen_test]
    fn a_calendar_says_how_new_it_is() {
        let words = |health: &CalendarHealth| freshness_words(health, |at| civil(at, 60), sample::AT);
        assert_eq!(words(&CalendarHealth::default()), "");
        let unread = CalendarHealth { is_connected: true, ..CalendarHealth::default() };
        assert_eq!(words(&unread), "Not read since the server started. Looked at every few minutes.");
        let read = CalendarHealth { read_at: Some(sample::AT - Millis(125_000)), ..unread };
        assert_eq!(words(&read), "Read 2 min ago. Looked at every few minutes.");
        let pushed = CalendarHealth { pushed_until: Some(sample::AT + Millis::days(2)), ..read };
        assert_eq!(words(&pushed), "Read 2 min ago. Changes come at once; renewed before Sun 22 Nov, 09:38.");
    }

    #[wasm_bindgen_test]
    fn events_that_cannot_be_read_are_named() {
        let health = |unread| CalendarHealth { unread, ..CalendarHealth::default() };
        assert_eq!(unread_words(&health(0)), "");
        assert!(unread_words(&health(1)).starts_with("1 event cannot be read. It blocks"));
        assert!(unread_words(&health(3)).starts_with("3 events cannot be read. They block"));
        for (title, day, expected) in [
            ("Lunch", "2027-01-12", "Lunch, 2027-01-12: it has no start"),
            ("", "", "An event without a title: it has no start"),
        ] {
            let reason = "it has no start".to_owned();
            let event = UnreadEvent { title: title.to_owned(), day: day.to_owned(), reason };
            assert_eq!(unread_event_words(&event), expected);
        }
    }

    #[wasm_bindgen_test]
    fn an_account_says_what_it_does() {
        let read = CalendarAccount { events_in: "work".to_owned(), ..sample::calendar_account(1) };
        let elsewhere = sample::calendar_account(1);
        let mut unread = elsewhere.clone();
        unread.calendars.iter_mut().for_each(|calendar| calendar.is_read = false);
        let mut broken = read.clone();
        broken.health.problem = "no answer".to_owned();
        for (account, state, connected, is_new_elsewhere) in [
            (&read, "Connected. Its events block times that", "and meetings are written into Work.", false),
            (&elsewhere, "Connected. Its events block times that", "Connected. Its events block times.", true),
            (&unread, "Connected. Its events block no times.", "Connected. Its events block times.", true),
            (&broken, "It cannot be read: no answer.", "Connected, but it cannot be read yet.", false),
        ] {
            let words = account_words(account, None);
            assert!(words.starts_with(state), "{words}");
            let words = connected_words(account);
            assert!(words.ends_with(connected), "{words}");
            assert_eq!(!leaving_words(account).contains("New meetings"), is_new_elsewhere);
        }
    }

    #[wasm_bindgen_test]
    fn a_provider_has_its_name() {
        for (word, label) in [("caldav", "CalDAV"), ("google", "Google Calendar"), ("another", "another")] {
            let word: CalendarProviderWord = serde_json::from_value(word.into()).expect("a word");
            assert_eq!(provider_label(&word), label);
        }
    }
}
