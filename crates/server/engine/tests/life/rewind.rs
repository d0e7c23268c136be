//! A clock that was ahead and is corrected: values derived meanwhile are derived as of now, and subscribers get events.

use crate::outbox::{deliveries, last_sent, subscribed, subscribed_to_changes};
use crate::story::{Dump, Step, Still, Story, steps};
use knock_engine::RewindWorker;
use knock_engine::commands::{NoteClock, Rewound};
use knock_model::{EventType, Millis};
use proptest::prelude::*;
use serde_json::Value;
use std::sync::Arc;

const YEAR: Millis = Millis::days(365);

impl Story {
    /// Runs the rewind of a server's start and of a clock that was set back.
    pub(crate) fn rewind(&self) -> Rewound {
        let (clock, store) = (Arc::new(Still(self.now)), Arc::clone(self.store.as_ref().expect("it is open")));
        let writer = self.writer.clone().expect("it runs");
        self.runtime.block_on(RewindWorker { clock, store, writer }.catch_up()).expect("rewound")
    }
}

fn status(story: &Story) -> String {
    let mut status = String::new();
    let read = story.store().read(&mut |view| {
        status = view.chats(false, None, 10)?.into_iter().filter_map(|chat| chat.status).collect();
        Ok(())
    });
    read.expect("read");
    status
}

/// Returns the last score of the one known person.
fn score(story: &Story) -> Option<Value> {
    last_sent(story, EventType::ContactScoreChanged, "contact", "score").into_values().next()
}

/// The number of wrong rows, among those that a clock can affect, that a rebuild finds.
fn wrong(story: &Story) -> u64 {
    let rebuilt = story.rebuild();
    rebuilt.persons.changed + rebuilt.chats.changed + rebuilt.companies.changed
}

/// A person of a company with a high score and a message.
fn with_one_lead() -> Story {
    let mut story = subscribed_to_changes();
    for _ in 0..6 {
        story.step(Step::Signals { visitor: 1, kind: 1, category: 0, age: 0, email: 0 });
    }
    story.step(Step::Signals { visitor: 1, kind: 3, category: 0, age: 0, email: 0 });
    story.step(Step::Open { visitor: 1 });
    story.step(Step::Write { visitor: 1, text: 1 });
    story.fire();
    story
}

/// Removes the timers of waits: a member notified of one while the clock was ahead is not notified again.
fn without_wait(mut derived: Dump) -> Dump {
    // The number of their kind.
    derived.entry("timers").or_default().retain(|row| !row.starts_with("Int(5)|"));
    derived
}

#[test]
fn a_clock_that_was_a_year_ahead_leaves_nothing_behind() {
    let mut story = with_one_lead();
    let (before, status_before, score_before) = (story.derived(), status(&story), score(&story));
    story.now = story.now + YEAR;
    story.fire();
    assert_eq!(status(&story), "Closed");
    assert_ne!(score(&story), score_before);

    // The server was down while the clock was corrected.
    story.now = story.now - YEAR;
    story.restart();
    assert_eq!(story.rewind(), Rewound { persons: 1, companies: 1 });
    assert_eq!((status(&story), score(&story)), (status_before, score_before));
    assert_eq!(without_wait(story.derived()), without_wait(before), "also the timers");
    let last = deliveries(&story).pop().expect("a delivery");
    assert!(last.stored_at == story.now && last.effect.at <= story.now, "{last:?}");

    // Past effects are not repeated, and due ones happen at their instant.
    let sent = deliveries(&story).len();
    assert_eq!((story.rewind(), wrong(&story)), (Rewound::default(), 0));
    story.fire();
    assert_eq!(deliveries(&story).len(), sent);
    story.now = story.now + YEAR;
    story.fire();
    assert_eq!(status(&story), "Closed");
}

#[test]
fn a_clock_that_was_not_set_back_costs_no_look_at_anybody() {
    let mut story = with_one_lead();
    story.now = story.now + YEAR;
    story.fire();
    story.scratch.execute("UPDATE chats SET status = 'Lost'");
    assert_eq!(story.rewind(), Rewound::default());
    // A step of some seconds does not count either.
    story.now = story.now - Millis(10_000);
    assert_eq!(story.rewind(), Rewound::default());
    assert_eq!(status(&story), "Lost");
    // The server that noticed a jump records it, whether or not a timer fired.
    story.commit(NoteClock { at: story.now + YEAR });
    assert_eq!(story.rewind().persons, 1);
    assert_eq!(status(&story), "Closed");
}

#[test]
fn a_reply_that_was_written_while_the_clock_was_ahead_is_mailed_all_the_same() {
    let mut story = with_one_lead();
    story.now = story.now + YEAR;
    story.fire();
    story.step(Step::Answer { visitor: 1 });
    story.now = story.now - YEAR;
    story.rewind();
    let mut due = None;
    let read = story.store().read(&mut |view| {
        due = view.next_due()?;
        Ok(())
    });
    read.expect("read");
    assert_eq!(due, Some(story.now));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    /// Whatever happened before and while the clock was ahead, every derived value equals that of a rebuild now, and so
    /// does the last event that subscribers got about each person.
    #[test]
    fn after_any_history_all_is_as_of_the_clock(
        before in steps(4, 40),
        ahead in steps(4, 10),
        by in 0..400 * Millis::DAY.0,
    ) {
        let mut story = subscribed(EventType::ALL);
        before.iter().for_each(|step| story.step(*step));
        story.fire();
        let right = story.now;
        story.now = story.now + Millis(by);
        story.fire();
        ahead.iter().for_each(|step| story.step(*step));
        story.fire();
        story.now = right;
        story.commit(NoteClock { at: right + Millis::days(1) });
        story.rewind();
        story.fire();
        prop_assert_eq!(wrong(&story), 0);
        let statuses = last_sent(&story, EventType::ChatStatusChanged, "lead", "status");
        let types = last_sent(&story, EventType::ContactTypeChanged, "contact", "intent_type");
        story.store().read(&mut |view| {
            for chat in view.chats(false, None, 1_000)? {
                assert_eq!(statuses.get(&chat.lead.to_string()), chat.status.map(Value::from).as_ref(), "{}", chat.lead);
                let sent = types.get(&chat.lead.to_string()).and_then(Value::as_str).unwrap_or("Unknown");
                assert_eq!(sent, chat.intent_type.as_str(), "{}", chat.lead);
            }
            Ok(())
        }).expect("read");
    }
}
