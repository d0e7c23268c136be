//! The invariants of a store beside the model.

use super::model::Model;
use super::owner::Whose;
use crate::story::{EMAILS, Story};
use knock_engine::commands::{AppendSignals, Tally};
use knock_identity::Claim;
use knock_intent::{Change, Evidence, History, Weighed};
use knock_model::{Millis, SiteId};
use knock_ports::{AccountFilter, Cursor, EVER, Gaps, Lead, LeadFilter, NewSignal, TimelineScope, View};
use std::collections::{BTreeMap, BTreeSet};

/// More than the number of any of these rows in a story.
const ALL: u32 = 10_000;
/// Fewer than the number of signals in many of their batches.
const PAGE: u32 = 3;

fn read(story: &Story, mut work: impl FnMut(&dyn View)) {
    let read = story.store().read(&mut |view| {
        work(view);
        Ok(())
    });
    read.expect("it reads");
}

fn leads(view: &dyn View) -> BTreeMap<usize, Lead> {
    let leads = view.leads(&LeadFilter::named(), None, ALL).expect("they are read").into_iter();
    leads
        .map(|lead| {
            let email = lead.email.as_ref().expect("a person").as_str();
            (EMAILS.iter().position(|known| *known == email).expect("one of ours"), lead)
        })
        .collect()
}

/// Each acknowledged signal is stored once and unchanged, with its owner, and no other signal is stored.
pub(super) fn stored(story: &Story, model: &Model) {
    assert_eq!(story.scratch.rows("signals").len(), model.stored.len());
    read(story, |view| {
        let leads = leads(view);
        for ((site, visitor, id), signal) in &model.stored {
            let found = view.signal(SiteId(*site), *visitor, *id).expect("it is read").expect("it is there");
            assert_eq!(found.signal, *signal);
            let owner = model.owner(*visitor, signal.at).and_then(|whose| match whose {
                Whose::Person(email) => Some(leads[&email].id),
                Whose::Erased => Some(Claim::ERASED),
                Whose::Unclaimed => None,
            });
            assert_eq!(found.lead, owner, "{signal:?}");
        }
    });
}

/// Arrivals at the workspace's site are listed newest first, page by page, each signal once; and no empty batch is
/// recorded.
pub(super) fn arrivals(story: &Story, model: &Model) {
    let of_site = model.stored.iter().filter(|((site, ..), _)| *site == 1);
    let mut expected: Vec<_> = of_site.map(|((.., id), signal)| (signal.received_at, *id)).collect();
    expected.sort_unstable_by(|one, other| other.cmp(one));
    read(story, |view| {
        let (mut listed, mut before) = (Vec::new(), None);
        loop {
            let page = view.timeline(TimelineScope::All, before, EVER, PAGE).expect("it is read");
            listed.extend(page.iter().map(|stored| (stored.signal.received_at, stored.signal.id)));
            let Some(last) = page.last() else { break };
            before = Some(Cursor { at: last.signal.received_at, id: *last.signal.id.as_bytes() });
        }
        assert_eq!(listed, expected);
    });
    let batches: BTreeSet<_> =
        model.stored.iter().map(|((site, visitor, _), signal)| (*site, signal.received_at, *visitor)).collect();
    assert_eq!(story.scratch.rows("arrivals").len(), batches.len());
}

/// Checks all known persons with their timeline and its sum, and their companies.
pub(super) fn persons(story: &Story, model: &Model) {
    read(story, |view| {
        let leads = leads(view);
        assert_eq!(leads.keys().copied().collect::<Vec<_>>(), model.known().collect::<Vec<_>>());
        for (email, lead) in &leads {
            let theirs = model.timeline(*email);
            assert_eq!(lead.history.evidence, evidence(&theirs), "{}", EMAILS[*email]);
            assert_eq!(lead.signals, i64::try_from(theirs.len()).expect("few"));
            assert_eq!(&*lead.name, model.name(*email));
            let mut shown = view.timeline(TimelineScope::Lead(lead.id), None, EVER, ALL).expect("it is read");
            shown.reverse();
            assert!(shown.iter().map(|stored| &stored.signal).eq(theirs.iter().copied()), "{}", EMAILS[*email]);
            if let (Some(first), Some(last)) = (theirs.first(), theirs.last()) {
                assert_eq!((lead.first_seen_at, lead.last_seen_at), (first.at, last.at));
            }
        }
        companies(view, &leads);
    });
}

fn evidence(signals: &[&NewSignal]) -> Evidence {
    let mut evidence = Evidence::default();
    signals.iter().for_each(|signal| evidence.add(signal.category, signal.strength, signal.at));
    evidence
}

fn companies(view: &dyn View, leads: &BTreeMap<usize, Lead>) {
    let accounts = view.accounts(&AccountFilter::default(), ALL).expect("they are read");
    let domains: BTreeSet<&str> = accounts.iter().map(|account| account.domain.as_str()).collect();
    let expected = leads.keys().filter_map(|email| EMAILS[*email].split_once('@')).map(|(_, domain)| domain);
    assert_eq!(domains, expected.filter(|domain| *domain != "gmail.com").collect());
    for account in &accounts {
        let of_it: Vec<&Lead> = leads.values().filter(|lead| lead.account == Some(account.id)).collect();
        let mut evidence = Evidence::default();
        of_it.iter().for_each(|lead| evidence.merge(&lead.history.evidence));
        assert_eq!(account.history.evidence, evidence, "{}", account.domain);
        assert_eq!(account.contacts, i64::try_from(of_it.len()).expect("few"));
        assert_eq!(account.signals, of_it.iter().map(|lead| lead.signals).sum::<i64>());
    }
}

/// The highest number of each session on the first site minus the number of different ones.
pub(super) fn gaps(story: &Story, model: &Model) {
    let mut sessions: BTreeMap<_, BTreeSet<u64>> = BTreeMap::new();
    for ((site, visitor, _), signal) in &model.stored {
        if let (1, Some(number)) = (site, signal.seq) {
            sessions.entry((visitor, signal.session)).or_default().insert(number);
        }
    }
    let numbered: u64 = sessions.values().filter_map(BTreeSet::last).sum();
    let here: usize = sessions.values().map(BTreeSet::len).sum();
    let gaps = Gaps { site: SiteId(1), numbered, missing: numbered - here as u64 };
    read(story, |view| {
        let found = view.gaps(Millis(0)).expect("they are read");
        assert_eq!(found, if sessions.is_empty() { vec![] } else { vec![gaps] });
    });
}

/// With the clock at its latest instant and all timers fired, score and history are those of the signals folded anew,
/// and a rebuild changes nothing.
pub(super) fn at_rest(story: &Story, model: &Model) {
    story.fire();
    read(story, |view| {
        for (email, lead) in leads(view) {
            let (history, changes) = folded(&model.timeline(email), story.now);
            assert_eq!(lead.history, history, "{}", EMAILS[email]);
            assert_eq!(view.changes(lead.id).expect("they are read"), changes, "{}", EMAILS[email]);
        }
    });
    rebuilt(story);
}

fn rebuilt(story: &Story) {
    let before = story.derived();
    let rebuilt = story.rebuild();
    assert_eq!(story.derived(), before);
    let tallies = [rebuilt.browsers, rebuilt.persons, rebuilt.chats, rebuilt.companies];
    assert_eq!((tallies.map(|Tally { changed, .. }| changed), rebuilt.leftovers), ([0; 4], 0));
}

/// Much later all signals of the workspace's site expire, and no value derived from them changes, now or by a rebuild.
/// The other site belongs to no workspace here, so that some signals stay beside the carry-over.
pub(super) fn expire_signals(story: &mut Story, model: &Model) {
    story.now = model.now + Millis::days(40);
    story.fire();
    let before = story.derived_for_good();
    let going = model.stored.keys().filter(|(site, ..)| *site == 1).count();
    assert_eq!(story.expire_signals(story.now - Millis::days(31)), going as u64);
    assert_eq!(story.scratch.rows("signals").len(), model.stored.len() - going);
    let kept = model.stored.iter().filter(|((site, ..), _)| *site != 1);
    let kept: BTreeSet<_> = kept.map(|((site, visitor, _), signal)| (*site, signal.received_at, *visitor)).collect();
    assert_eq!(story.scratch.rows("arrivals").len(), kept.len());
    assert_eq!(story.derived_for_good(), before);
    rebuilt(story);
}

fn folded(signals: &[&NewSignal], now: Millis) -> (History, Vec<Change>) {
    let weighed: Vec<Weighed> = signals
        .iter()
        .map(|signal| Weighed { id: signal.id, at: signal.at, category: signal.category, strength: signal.strength })
        .collect();
    let (mut history, mut changes) = (History::default(), Vec::new());
    history.add(&weighed, &mut changes);
    history.advance(now, &mut changes);
    (history, changes)
}

/// An empty server that replays all acknowledged signals derives the same. After an erasure it cannot: no client
/// sends the outline of an erased person.
pub(super) fn replay(story: &Story, model: &Model) {
    if model.is_anybody_erased {
        return;
    }
    let mut anew = Story::begin();
    anew.now = story.now;
    for batch in batches(model) {
        anew.commit(batch);
    }
    anew.fire();
    let summed = |story: &Story| {
        let mut summed = BTreeMap::new();
        read(story, |view| {
            summed = leads(view)
                .into_iter()
                .map(|(email, lead)| {
                    let changes = view.changes(lead.id).expect("they are read");
                    (email, (lead.history, changes, lead.signals, lead.first_seen_at, lead.last_seen_at, lead.name))
                })
                .collect();
        });
        summed
    };
    assert_eq!(summed(&anew), summed(story));
}

/// Returns all stored signals, one batch for each browser and site; their instants are final, so the numbers have no
/// effect.
fn batches(model: &Model) -> Vec<AppendSignals> {
    let mut batches: BTreeMap<_, Vec<NewSignal>> = BTreeMap::new();
    for ((site, visitor, _), signal) in &model.stored {
        batches.entry((*site, *visitor)).or_default().push(NewSignal { seq: None, ..signal.clone() });
    }
    let mut model = model.clone();
    let batches = batches.into_iter().map(|((site, visitor), signals)| AppendSignals {
        site: SiteId(site),
        visitor,
        received_at: model.now,
        fresh: signals.iter().map(|_| model.fresh()).collect(),
        signals,
    });
    batches.collect()
}

/// Erases a person, and checks the number of deleted signals.
pub(super) fn erase(story: &mut Story, model: &Model, email: usize) {
    let before = story.scratch.rows("signals").len();
    // The model is an instant past the erasure, and an erasure takes an instant itself.
    story.now = model.now - Millis(2);
    let (erased, _) = story.erase(email);
    story.now = model.now;
    let signals = erased.map_or(0, |erased| usize::try_from(erased.signals).expect("few"));
    assert_eq!(before - model.stored.len(), signals);
}
