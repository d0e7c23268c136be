//! The transition table of Meeting Status, cell by cell.

use crate::grid::cells;
use knock_model::Millis;
use knock_status::meeting::{Canceller, Derived, Event, MeetingStatus, RejectReason, Verdict, derive};
use knock_status::{Fact, Source};

/// `Good` is New with a good address, whose drop-off is awaited; `time` is whichever timer comes next.
const TABLE: &str = "
                      None   New    Good   Save   Spam   Unqualified NotBooked Booked    Cancelled
    link_clicked      New    =      =      New    =      =           =         =         =
    activity          =      =      =      New    =      =           =         =         =
    email_spam        Spam   Spam   Spam   Spam   =      Spam        Spam      =         Spam
    email_unqualified Unqualified Unqualified Unqualified Unqualified Unqualified = Unqualified = Unqualified
    email_ok          Good   Good   =      Good   Good   Good        =         =         =
    abandoned         =      =      NotBooked =   =      =           =         =         =
    booked            Booked Booked Booked Booked Booked Booked      Booked    =         Booked
    rescheduled       =      =      =      =      =      =           =         =         =
    cancelled         =      =      =      =      =      =           =         Cancelled =
    spam_reversed     =      =      =      =      Good   =           =         =         =
    time              =      Save   NotBooked =   =      =           =         =         =
";

pub(crate) const MINUTE: i64 = 60_000;
pub(crate) const HOUR: i64 = 60 * MINUTE;
/// The silence after which a qualified lead has gone away.
pub(crate) const DROPOFF: Millis = Millis(30 * MINUTE);
/// The start of the meeting of the table.
const START: Millis = Millis(100 * HOUR);

fn event(word: &str) -> Event {
    match word {
        "link_clicked" => Event::LinkClicked,
        "activity" => Event::Activity,
        "email_ok" => Event::EmailSubmitted(Verdict::Ok),
        "email_spam" => Event::EmailSubmitted(Verdict::Spam),
        "email_unqualified" => Event::EmailSubmitted(Verdict::Unqualified(RejectReason::Routing)),
        "abandoned" => Event::Abandoned,
        "booked" => Event::Booked { meeting: "m1".into(), start: START, owner: "ann".into() },
        "rescheduled" => Event::Rescheduled { meeting: "m1".into(), start: START, owner: None },
        "cancelled" => Event::Cancelled { meeting: "m1".into(), by: Canceller::Lead },
        "spam_reversed" => Event::SpamReversed,
        _ => panic!("no event is called {word}"),
    }
}

/// Facts of a trusted source, delivered as they happen.
pub(crate) fn facts(events: Vec<(i64, Event)>) -> Vec<Fact<usize, Event>> {
    let facts = events.into_iter().enumerate().map(|(id, (at, what))| Fact {
        id,
        at: Millis(at),
        received_at: Millis(at),
        source: Source::Server,
        what,
    });
    facts.collect()
}

/// The events that lead to a state, and an instant at which it holds.
fn way_to(state: &str) -> (&'static [&'static str], i64) {
    match state {
        "None" => (&[], 0),
        "New" => (&["link_clicked"], MINUTE),
        "Good" => (&["link_clicked", "email_ok"], MINUTE),
        "Save" => (&["link_clicked"], 4 * HOUR),
        "Spam" => (&["link_clicked", "email_spam"], MINUTE),
        "Unqualified" => (&["link_clicked", "email_unqualified"], MINUTE),
        "NotBooked" => (&["link_clicked", "email_ok"], HOUR),
        "Booked" => (&["link_clicked", "booked"], MINUTE),
        "Cancelled" => (&["link_clicked", "booked", "cancelled"], MINUTE),
        _ => panic!("no state is called {state}"),
    }
}

fn state(derived: &Derived, at: i64) -> &'static str {
    match derived.status {
        None => "None",
        Some(MeetingStatus::New) if derived.next_change_at.is_some_and(|due| due <= Millis(at) + DROPOFF) => "Good",
        Some(MeetingStatus::New) => "New",
        Some(MeetingStatus::SaveTheLead) => "Save",
        Some(MeetingStatus::Spam) => "Spam",
        Some(MeetingStatus::Unqualified) => "Unqualified",
        Some(MeetingStatus::NotBooked) => "NotBooked",
        Some(MeetingStatus::Booked) => "Booked",
        Some(MeetingStatus::Cancelled) => "Cancelled",
    }
}

#[test]
fn each_event_leads_from_each_state_where_the_table_says() {
    for (word, from, to) in cells(TABLE) {
        let (way, mut at) = way_to(from);
        let mut events: Vec<(i64, Event)> = way.iter().zip(0..).map(|(word, at)| (at, event(word))).collect();
        let before = derive(&facts(events.clone()), Millis(at), DROPOFF);
        assert_eq!(state(&before, at), from, "the way to {from}");
        if word == "time" {
            at = before.next_change_at.map_or(at + 100 * HOUR, |due| due.0);
        } else {
            events.push((at, event(word)));
        }
        let after = derive(&facts(events), Millis(at), DROPOFF);
        assert_eq!(state(&after, at), to, "{word} in {from}");
    }
}
