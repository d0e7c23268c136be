//! In a burst signals are deferred: every outcome and every derived value is the same as without a burst.

use futures_util::future::join_all;
use knock_engine::commands::{AppendSignals, Appended, ExpireSignals, FireTimers, Fired, FreshIds};
use knock_engine::{Burst, Writer};
use knock_intent::strength;
use knock_model::{AccountId, Category, LeadId, Millis, SessionId, SignalId, SignalType, SiteId, VisitorId};
use knock_ports::{Detail, NewSignal};
use knock_store::{CATALOGUE, Scratch};
use proptest::prelude::*;
use std::collections::BTreeMap;

const NOW: Millis = Millis(1_780_315_200_000);
const EMAILS: [&str; 3] = ["ann@first.example", "bob@first.example", "cat@second.example"];
const KINDS: [SignalType; 3] = [SignalType::PageView, SignalType::FormSubmit, SignalType::Identify];
const ALWAYS: Burst = Burst { from: 1, most: u64::MAX };

/// A batch: browser, kind and category of its signals, the address of an `identify`, whether they are numbered, and the
/// distance to an earlier batch that is sent again instead.
#[derive(Clone, Copy, Debug)]
struct Done {
    visitor: u8,
    kind: usize,
    category: usize,
    email: usize,
    numbered: bool,
    again: Option<usize>,
}

fn done() -> impl Strategy<Value = Done> {
    let kind = prop_oneof![6 => 0..2usize, 1 => Just(2)];
    let again = prop_oneof![4 => Just(None), 1 => (1..6usize).prop_map(Some)];
    let numbered = prop_oneof![6 => Just(true), 1 => Just(false)];
    (0..3u8, kind, 0..Category::ALL.len(), 0..EMAILS.len(), numbered, again).prop_map(
        |(visitor, kind, category, email, numbered, again)| Done { visitor, kind, category, email, numbered, again },
    )
}

/// Returns the batches in the order of a browser, a minute apart.
fn batches(history: &[Done]) -> Vec<AppendSignals> {
    let mut sent: Vec<AppendSignals> = Vec::new();
    for (number, done) in (1u8..).zip(history) {
        let earlier = done.again.and_then(|back| sent.len().checked_sub(back)).map(|place| sent[place].clone());
        sent.push(earlier.unwrap_or_else(|| batch(number, *done)));
    }
    sent
}

fn batch(number: u8, done: Done) -> AppendSignals {
    let at = NOW + Millis(i64::from(number) * Millis::MINUTE.0);
    let signal = |part: u8| {
        let kind = if part == 0 { KINDS[done.kind] } else { SignalType::PageView };
        let email = if kind == SignalType::Identify { EMAILS[done.email].to_owned() } else { String::new() };
        let mut random = [number; 10];
        random[9] = part;
        NewSignal {
            id: SignalId::new(at, &random),
            // A session has ten batches.
            session: SessionId::new(NOW, &[done.visitor, number / 10, 0, 0, 0, 0, 0, 0, 0, 0]),
            kind,
            at,
            received_at: at,
            clamped: false,
            category: Category::ALL[done.category],
            strength: strength(kind),
            seq: done.numbered.then(|| u64::from(number) * 2 + u64::from(part)),
            view: None,
            detail: Detail { email, ..Detail::default() }.into(),
        }
    };
    AppendSignals {
        // Every browser visits two sites.
        site: SiteId(1 + i64::from(number % 2)),
        visitor: VisitorId::new(NOW, &[done.visitor; 10]),
        received_at: at,
        signals: vec![signal(0), signal(1)],
        fresh: vec![FreshIds { lead: LeadId::new([number; 16]), account: AccountId::new([number; 16]) }],
    }
}

/// All rows with an owner, and the outcome of each batch.
type Outcome = (BTreeMap<&'static str, Vec<String>>, Vec<Appended>);

/// Sends this number of batches at once, with an optional restart after each group.
fn run(batches: &[AppendSignals], burst: Burst, at_once: usize, restarts: bool) -> Outcome {
    let scratch = Scratch::new();
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let store = scratch.store();
    let start = || Writer::start_with(store.clone(), burst).expect("it starts");
    let (mut writer, mut thread) = start();
    let mut answers = Vec::new();
    for crowd in batches.chunks(at_once) {
        let crowd = join_all(crowd.iter().map(|batch| writer.commit(batch.clone())));
        answers.extend(runtime.block_on(crowd).into_iter().map(|answer| answer.expect("stored")));
        if restarts {
            drop(writer);
            thread.join().expect("it ends");
            (writer, thread) = start();
        }
    }
    runtime.block_on(async {
        // It reads everything, so it runs after all deferred signals.
        writer.commit(ExpireSignals { before: Millis(0), past: None }).await.expect("done");
        assert_eq!(writer.backlog(), 0);
        while writer.commit(FireTimers { now: NOW + Millis::days(3) }).await.expect("fired") == Fired::Some {}
    });
    drop(writer);
    thread.join().expect("it ends");
    let tables = CATALOGUE.iter().filter(|table| !table.owners.is_empty());
    (tables.map(|table| (table.name, scratch.rows(table.name))).collect(), answers)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn a_burst_changes_no_answer_and_nothing_derived(
        history in proptest::collection::vec(done(), 1..80),
        at_once in 1..40usize,
        restarts in any::<bool>(),
    ) {
        let batches = batches(&history);
        let calm = run(&batches, Burst::NEVER, 1, false);
        prop_assert_eq!(run(&batches, ALWAYS, at_once, restarts), calm);
    }
}

#[test]
fn what_is_deferred_is_bounded() {
    let history = [Done { visitor: 0, kind: 0, category: 1, email: 0, numbered: true, again: None }; 60];
    let (rows, answers) = run(&batches(&history), Burst { from: 1, most: 7 }, 60, false);
    assert_eq!((rows["signals"].len(), answers.len()), (120, 60));
}

#[test]
fn what_looks_at_everything_comes_after_what_is_deferred_beside_it() {
    let history = [Done { visitor: 0, kind: 0, category: 1, email: 0, numbered: true, again: None }; 60];
    let scratch = Scratch::new();
    let (writer, thread) = Writer::start_with(scratch.store(), Burst { from: 30, most: u64::MAX }).expect("it starts");
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(async {
        let batches = batches(&history);
        let crowd = join_all(batches.iter().map(|batch| writer.commit(batch.clone())));
        // All wait together: the first transaction takes longer than sending the others.
        let everything = async {
            writer.commit(ExpireSignals { before: Millis(0), past: None }).await.expect("done");
            writer.backlog()
        };
        let (answers, left) = tokio::join!(crowd, everything);
        assert_eq!((answers.iter().filter(|answer| answer.is_ok()).count(), left), (60, 0));
    });
    drop(writer);
    thread.join().expect("it ends");
    assert_eq!((scratch.rows("signals").len(), scratch.rows("backlog").len()), (120, 0));
}
