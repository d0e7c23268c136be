//! The invariant of "facts in, everything else derived": the order of arrival has no effect.

use knock_engine::Writer;
use knock_engine::commands::{AppendSignals, FireTimers, Fired, FreshIds};
use knock_intent::{Change, History, strength};
use knock_model::{AccountId, Category, LeadId, Millis, SessionId, SignalId, SignalType, SiteId, VisitorId};
use knock_ports::{AccountFilter, Detail, LeadFilter, NewSignal, Store};
use knock_store::Scratch;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

const NOW: Millis = Millis(1_780_315_200_000);

/// Browser, kind, category, days ago, index of the address of an `identify`.
type Done = (u8, usize, usize, i64, usize);

const EMAILS: [&str; 3] = ["ann@first.example", "bob@first.example", "cat@second.example"];
const KINDS: [SignalType; 4] =
    [SignalType::PageView, SignalType::FormSubmit, SignalType::Identify, SignalType::ChatMessage];

fn history() -> impl Strategy<Value = Vec<Done>> {
    let done = (0..3u8, 0..KINDS.len(), 0..Category::ALL.len(), 0..40 * Millis::DAY.0, 0..EMAILS.len());
    proptest::collection::vec(done, 1..25)
}

fn command(number: u8, done: Done) -> AppendSignals {
    let (visitor, kind, category, age, email) = done;
    let (kind, at) = (KINDS[kind], NOW - Millis(age));
    let email = if kind == SignalType::Identify { EMAILS[email].to_owned() } else { String::new() };
    let signal = NewSignal {
        id: SignalId::new(at, &[number; 10]),
        session: SessionId::new(NOW, &[visitor; 10]),
        kind,
        at,
        received_at: NOW,
        clamped: false,
        category: Category::ALL[category],
        strength: strength(kind),
        seq: None,
        view: None,
        detail: Detail { email, ..Detail::default() }.into(),
    };
    AppendSignals {
        // Every browser visits two sites.
        site: SiteId(1 + i64::from(number % 2)),
        visitor: VisitorId::new(NOW, &[visitor; 10]),
        received_at: NOW,
        signals: vec![signal],
        fresh: vec![FreshIds { lead: LeadId::new([number; 16]), account: AccountId::new([number; 16]) }],
    }
}

/// All derived values, by names that do not depend on the order of arrival.
#[derive(Debug, PartialEq)]
struct Derived {
    leads: BTreeMap<String, (History, Vec<Change>, i64, Millis, Millis)>,
    accounts: BTreeMap<String, (History, i64, i64)>,
}

fn derived(store: &dyn Store) -> Derived {
    let mut derived = Derived { leads: BTreeMap::new(), accounts: BTreeMap::new() };
    let read = store.read(&mut |view| {
        for lead in view.leads(&LeadFilter::named(), None, 100)? {
            let changes = view.changes(lead.id)?;
            let seen = (lead.history, changes, lead.signals, lead.first_seen_at, lead.last_seen_at);
            derived.leads.insert(lead.email.map(|email| email.to_text()).unwrap_or_default(), seen);
        }
        for account in view.accounts(&AccountFilter::default(), 100)? {
            derived.accounts.insert(account.domain, (account.history, account.contacts, account.signals));
        }
        Ok(())
    });
    read.expect("it reads");
    derived
}

/// Appends in the given order, each twice, and then fires the timers.
fn run(history: &[(u8, Done)]) -> Derived {
    let scratch = Scratch::new();
    let store = scratch.store();
    let (writer, thread) = Writer::start(Arc::clone(&store)).expect("it starts");
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(async {
        for (number, done) in history {
            let first = writer.commit(command(*number, *done)).await.expect("stored");
            let again = writer.commit(command(*number, *done)).await.expect("stored");
            assert_eq!((first.accepted, again.duplicate), (1, 1));
        }
        let later = FireTimers { now: NOW + Millis::days(3) };
        while writer.commit(later).await.expect("fired") == Fired::Some {}
    });
    drop(writer);
    thread.join().expect("it ends");
    derived(&*store)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn any_order_of_arrival_derives_the_same(history in history(), seed in any::<u64>()) {
        let numbered: Vec<(u8, Done)> = (0u8..).zip(history).collect();
        let mut shuffled = numbered.clone();
        shuffled.sort_by_key(|(number, _)| (u64::from(*number) + 1).wrapping_mul(seed | 1) % 101);
        let mut by_time = numbered.clone();
        by_time.sort_by_key(|(_, done)| std::cmp::Reverse(done.3));
        prop_assert_eq!(run(&by_time), run(&shuffled));
    }
}
