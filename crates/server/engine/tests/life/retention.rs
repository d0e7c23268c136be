//! The expiry of signals changes no derived value, and later changes are the same as with the signals.

use crate::story::{Step, Story, steps};
use knock_model::{Category, Millis};
use knock_ports::{AccountFilter, LeadFilter};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// The shortest retention period: no signal is older than 30 days on arrival.
const KEEP: Millis = Millis::days(31);
const IDENTIFY: usize = 3;

/// A story of months: the same steps, with longer waits.
fn slow(step: Step) -> Step {
    match step {
        Step::Wait { ms, is_fired } => Step::Wait { ms: ms * 4, is_fired },
        other => other,
    }
}

fn expire_signals(story: &Story) -> u64 {
    story.expire_signals(story.now - KEEP)
}

/// All current data, but for histories from before expired signals.
fn shown(story: &Story) -> BTreeMap<String, String> {
    let mut shown = BTreeMap::new();
    let read = story.store().read(&mut |view| {
        for lead in view.leads(&LeadFilter::named(), None, 100)? {
            let history = (&lead.history.evidence, lead.history.bucket, lead.history.next_change_at);
            let seen = (&lead.name, lead.signals, lead.first_seen_at, lead.last_seen_at, lead.is_spam, lead.account);
            let browsers = view.visitors_of(lead.id, Millis(i64::MAX))?;
            shown.insert(format!("{:?}", lead.id), format!("{:?} {history:?} {seen:?} {browsers}", lead.email));
        }
        for account in view.accounts(&AccountFilter::default(), 100)? {
            shown.insert(format!("{:?}", account.id), format!("{account:?}"));
        }
        Ok(())
    });
    read.expect("it reads");
    shown
}

fn changed(story: &Story) -> u64 {
    let rebuilt = story.rebuild();
    let all = [rebuilt.browsers, rebuilt.persons, rebuilt.chats, rebuilt.companies];
    all.iter().map(|tally| tally.changed).sum::<u64>() + rebuilt.leftovers
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn letting_go_changes_nothing_and_a_rebuild_finds_nothing(steps in steps(4, 80)) {
        let mut story = Story::begin();
        for step in steps {
            story.step(slow(step));
            if matches!(step, Step::Wait { .. }) {
                story.fire();
                let before = story.derived_for_good();
                expire_signals(&story);
                prop_assert_eq!(story.derived_for_good(), before);
            }
        }
        story.fire();
        let before = story.derived_for_good();
        prop_assert_eq!(changed(&story), 0);
        prop_assert_eq!(story.derived_for_good(), before);
    }

    #[test]
    fn who_keeps_little_shows_the_same_as_who_keeps_all(steps in steps(4, 80)) {
        let (mut all, mut little) = (Story::begin(), Story::begin());
        for step in steps {
            all.step(slow(step));
            little.step(slow(step));
            if matches!(step, Step::Wait { .. }) {
                expire_signals(&little);
            }
        }
        all.fire();
        little.fire();
        prop_assert_eq!(shown(&little), shown(&all));
    }
}

/// A person with a page view and a form, half a year ago and now.
fn long_known() -> Story {
    let mut story = Story::begin();
    let category = Category::Pricing.index();
    story.step(Step::Signals { visitor: 0, kind: IDENTIFY, category, age: Millis::DAY.0, email: 0 });
    story.step(Step::Signals { visitor: 0, kind: 1, category, age: 0, email: 0 });
    story.step(Step::Wait { ms: Millis::days(180).0, is_fired: true });
    story.step(Step::Signals { visitor: 0, kind: 0, category, age: 0, email: 0 });
    story
}

#[test]
fn old_signals_are_gone_and_what_they_said_is_not() {
    let story = long_known();
    let (before, lines) = (story.derived_for_good(), story.scratch.rows("signals").len());
    assert_eq!(expire_signals(&story), 4);
    assert_eq!(story.scratch.rows("signals").len(), lines - 4);
    assert_eq!(story.derived_for_good(), before);
    assert!(story.derived_for_good()["leads"][0].contains("ann 0"), "the name that a dropped signal gave: {before:?}");
    assert_eq!(expire_signals(&story), 0);
    assert_eq!(changed(&story), 0);
}

#[test]
fn a_session_that_goes_on_is_kept_whole() {
    let mut story = Story::begin();
    let category = Category::Docs.index();
    story.step(Step::Signals { visitor: 0, kind: 0, category, age: 0, email: 0 });
    let midway = story.now + Millis(1);
    story.step(Step::Wait { ms: 2, is_fired: true });
    story.step(Step::Signals { visitor: 0, kind: 0, category, age: 0, email: 0 });
    assert_eq!(story.expire_signals(midway), 0);
    assert_eq!(story.expire_signals(midway + Millis(2)), 4);
}

#[test]
fn who_is_erased_leaves_nothing_carried_over() {
    let mut story = long_known();
    expire_signals(&story);
    assert_eq!(story.scratch.rows("carry_overs").len(), 1);
    story.erase(0).0.expect("known");
    assert_eq!(story.scratch.rows("carry_overs"), Vec::<String>::new());
    assert!(!story.scratch.rows("claims").join(" ").contains("ann"));
    assert_eq!(changed(&story), 0);
}
