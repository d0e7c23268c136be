//! A gap in the numbers of a session's signals is a missing signal, whatever the order of arrival.

use crate::story::{START, Story};
use knock_engine::commands::{AppendSignals, Appended};
use knock_model::{Category, Millis, SessionId, SignalId, SignalType, SiteId, VisitorId};
use knock_ports::{DetailText, Gaps, LAST_NUMBER, NewSignal};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

const LAST: u64 = LAST_NUMBER as u64;

/// The session, the signal's number in it, and the index among signals with that number.
type Sent = (u8, u64, u8);

fn sent() -> impl Strategy<Value = Sent> {
    let number = prop_oneof![9 => 0..12u64, 1 => Just(LAST), 1 => Just(LAST + 1), 1 => Just(u64::MAX)];
    (0..3u8, number, 0..2u8)
}

fn append(story: &Story, batch: &[Sent]) {
    let signals: BTreeMap<_, _> = batch
        .iter()
        .map(|(session, seq, copy)| {
            let id = [*session, u8::try_from(seq % 251).expect("small"), *copy, 0, 0, 0, 0, 0, 0, 0];
            (id, signal(id, *session, *seq))
        })
        .collect();
    commit(story, signals.into_values().collect());
}

fn signal(id: [u8; 10], session: u8, seq: u64) -> NewSignal {
    NewSignal {
        id: SignalId::new(START, &id),
        session: SessionId::new(START - Millis(i64::from(session)), &[session; 10]),
        kind: SignalType::Track,
        at: START,
        received_at: START,
        clamped: false,
        category: Category::Home,
        strength: 0.0,
        seq: Some(seq),
        view: None,
        detail: DetailText::default(),
    }
}

fn commit(story: &Story, signals: Vec<NewSignal>) -> Appended {
    let visitor = VisitorId::new(START, &[1; 10]);
    story.commit(AppendSignals { site: SiteId(1), visitor, received_at: START, signals, fresh: Vec::new() })
}

fn gaps(story: &Story, since: Millis) -> Vec<Gaps> {
    let mut gaps = Vec::new();
    let read = story.store().read(&mut |view| {
        gaps = view.gaps(since)?;
        Ok(())
    });
    read.expect("it reads");
    gaps
}

/// The rule, from all sent signals: the highest number of each session minus the number of different ones.
fn expected(batches: &[Vec<Sent>]) -> Vec<Gaps> {
    let mut sessions: BTreeMap<u8, BTreeSet<u64>> = BTreeMap::new();
    for (session, seq, _) in batches.iter().flatten().filter(|(_, seq, _)| (1..=LAST).contains(seq)) {
        sessions.entry(*session).or_default().insert(*seq);
    }
    let numbered: u64 = sessions.values().filter_map(BTreeSet::last).sum();
    let here: usize = sessions.values().map(BTreeSet::len).sum();
    let gaps = Gaps { site: SiteId(1), numbered, missing: numbered - here as u64 };
    if sessions.is_empty() { Vec::new() } else { vec![gaps] }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn missing_signals_are_known_by_the_numbers(
        batches in proptest::collection::vec(proptest::collection::vec(sent(), 1..6), 1..8),
    ) {
        let story = Story::begin();
        batches.iter().for_each(|batch| append(&story, batch));
        prop_assert_eq!(gaps(&story, START - Millis::DAY), expected(&batches));
        prop_assert_eq!(story.rebuild().browsers.changed, 0);
    }
}

#[test]
fn a_signal_that_comes_late_fills_its_gap_and_old_sessions_are_left_out() {
    let story = Story::begin();
    append(&story, &[(0, 1, 0), (0, 2, 0), (0, 5, 0)]);
    let expected = |numbered, missing| vec![Gaps { site: SiteId(1), numbered, missing }];
    assert_eq!(gaps(&story, START), expected(5, 2));
    append(&story, &[(0, 4, 0), (0, 5, 0)]);
    assert_eq!(gaps(&story, START), expected(5, 1));
    assert_eq!(gaps(&story, START + Millis(1)), []);
}

#[test]
fn a_signal_that_is_numbered_anew_is_stored_once_and_those_beside_it_are_kept() {
    let story = Story::begin();
    let stored = |signals: &[(u8, u64)]| {
        let signals = signals.iter().map(|(id, seq)| signal([*id; 10], 0, *seq)).collect();
        let Appended { accepted, duplicate } = commit(&story, signals);
        (accepted, duplicate)
    };
    assert_eq!(stored(&[(1, 1), (2, 2)]), (2, 0));
    assert_eq!(stored(&[(2, 3), (3, 4), (3, 5)]), (1, 2));
    assert_eq!(story.scratch.rows("signals").len(), 3);
}
