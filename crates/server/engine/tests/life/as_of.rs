//! The past state as of an instant equals the state shown at that instant.

use crate::story::{START, Step, Story, steps};
use knock_engine::Presenter;
use knock_model::{AccountId, Category, LeadId, Millis};
use knock_ports::{AccountFilter, LeadFilter};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeMap;

const IDENTIFY: usize = 3;
/// Messages without an address: the person of a browser is always the one known at the end.
const TEXTS: [usize; 3] = [0, 1, 3];

/// Persons and companies of a story.
struct Records {
    leads: Vec<LeadId>,
    accounts: Vec<AccountId>,
}

/// Four browsers, each of a person known from the start, who does not change.
fn begin() -> (Story, Records) {
    let mut story = Story::begin();
    for visitor in 0..4 {
        let category = Category::Home.index();
        story.step(Step::Signals { visitor, kind: IDENTIFY, category, age: 0, email: usize::from(visitor) });
    }
    let mut records = Records { leads: Vec::new(), accounts: Vec::new() };
    let found = story.store().read(&mut |view| {
        records.leads = view.leads(&LeadFilter::named(), None, 100)?.iter().map(|lead| lead.id).collect();
        records.accounts = view.accounts(&AccountFilter::default(), 100)?.iter().map(|account| account.id).collect();
        Ok(())
    });
    found.expect("it reads");
    (story, records)
}

/// Converts a step: no browser changes its person.
fn known(step: Step) -> Step {
    match step {
        Step::Signals { visitor, kind, category, age, .. } => {
            Step::Signals { visitor, kind, category, age, email: usize::from(visitor) }
        }
        Step::Write { visitor, text } => Step::Write { visitor, text: TEXTS[text % TEXTS.len()] },
        Step::Open { .. } | Step::Answer { .. } | Step::Act { .. } | Step::Mend { .. } | Step::Wait { .. } => step,
    }
}

/// Returns the pages of all records with data, at the end of the story or as of an earlier instant.
fn shown(story: &Story, records: &Records, past: Option<Millis>) -> BTreeMap<String, Value> {
    let mut shown = BTreeMap::new();
    let read = story.store().read(&mut |view| {
        let presenter = match past {
            None => Presenter::new(view, story.now)?,
            Some(at) => Presenter::as_of(view, at)?,
        };
        for id in &records.leads {
            if let Some(lead) = presenter.lead(*id)? {
                shown.insert(format!("{id}"), json!(presenter.contact_record(&lead)?));
            }
        }
        for id in &records.accounts {
            if let Some(account) = presenter.account(*id)? {
                shown.insert(format!("{id}"), json!(presenter.account_record(&account)?));
            }
        }
        for id in story.conversations.values() {
            if let Some(conversation) = presenter.conversation_record(*id)? {
                shown.insert(format!("{id}"), json!(conversation));
            }
        }
        Ok(())
    });
    read.expect("it reads");
    shown
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn the_past_is_shown_as_it_was_shown_then(steps in steps(1, 40)) {
        let (mut story, records) = begin();
        let mut noted = Vec::new();
        for step in steps {
            story.step(known(step));
            story.fire();
            noted.push((story.now, shown(&story, &records, None)));
            // The next fact arrives later.
            story.step(Step::Wait { ms: 1, is_fired: true });
        }
        for (at, then) in noted {
            prop_assert_eq!(shown(&story, &records, Some(at)), then, "at {:?}", at);
        }
    }
}

#[test]
fn a_signal_that_arrives_late_was_not_known_before() {
    let (mut story, records) = begin();
    story.step(Step::Wait { ms: Millis::DAY.0, is_fired: true });
    let (at, before) = (story.now, shown(&story, &records, None));
    story.step(Step::Wait { ms: 1, is_fired: true });
    // A form sent the day before `at` arrives after it.
    let category = Category::Demo.index();
    story.step(Step::Signals { visitor: 0, kind: 1, category, age: Millis::DAY.0, email: 0 });
    let after = shown(&story, &records, None);
    assert_eq!(shown(&story, &records, Some(at)), before);
    assert_ne!(after, before);
    assert_eq!(shown(&story, &records, Some(Millis(START.0 - 1))), BTreeMap::new());
}
