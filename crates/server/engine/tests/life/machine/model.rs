//! The acknowledged data, and nothing else: signals with their instants, and identities.

use super::owner::{Claim, Whose, owner};
use crate::story::{EMAILS, START};
use knock_engine::commands::{AppendSignals, Appended};
use knock_model::{Millis, SessionId, SignalId, VisitorId};
use knock_ports::NewSignal;
use std::collections::BTreeMap;

/// Site, browser, id: the identity of a signal.
pub(super) type Key = (i64, VisitorId, SignalId);

/// The maximum distance of the clock from the start.
const FURTHEST: Millis = Millis::days(20);
/// The maximum difference between the delays of two ways to the server (R13b).
const DELAY: Millis = Millis(10_000);

#[derive(Clone, Debug)]
pub(crate) struct Model {
    pub(super) seed: u64,
    pub(super) count: u64,
    pub(super) now: Millis,
    /// The latest instant of the clock so far.
    latest: Millis,
    pub(super) stored: BTreeMap<Key, NewSignal>,
    pub(super) claims: BTreeMap<VisitorId, Vec<Claim>>,
    /// All batches of browsers, including the lost ones.
    pub(super) sent: Vec<AppendSignals>,
    /// The expected response to the last one.
    pub(super) expected: Appended,
    pub(super) is_anybody_erased: bool,
}

impl Model {
    pub(super) fn new(seed: u64) -> Model {
        Model {
            seed,
            count: 0,
            now: START,
            latest: START,
            stored: BTreeMap::new(),
            claims: BTreeMap::new(),
            sent: Vec::new(),
            expected: Appended::default(),
            is_anybody_erased: false,
        }
    }

    pub(super) fn can_jump(&self, by: i64) -> bool {
        let then = self.now + Millis(by);
        then >= START - FURTHEST && then <= START + FURTHEST
    }

    pub(super) fn jump(&mut self, by: i64) {
        self.now = self.now + Millis(by);
        self.latest = self.latest.max(self.now);
    }

    /// Moves the clock to its latest instant.
    pub(super) fn come_to_latest(&mut self) {
        self.now = self.latest;
    }

    pub(super) fn send(&mut self, visitor: u8, session: u8, numbers: &[u8]) {
        let batch = self.batch(visitor, session, numbers);
        self.take(batch);
    }

    pub(super) fn resend(&mut self, place: usize) {
        let batch = self.sent[place % self.sent.len()].clone();
        let batch = self.arriving(&batch);
        self.take(batch);
    }

    /// Adds a batch that is sent and not answered.
    pub(super) fn lose(&mut self, visitor: u8, session: u8, numbers: &[u8]) {
        let batch = self.batch(visitor, session, numbers);
        self.sent.push(batch);
    }

    fn take(&mut self, batch: AppendSignals) {
        let claims = self.claims.get(&batch.visitor).cloned().unwrap_or_default();
        let mut accepted = 0;
        for signal in self.placed(&batch) {
            let key = (batch.site.0, batch.visitor, signal.id);
            if self.stored.contains_key(&key) || is_gone(&claims, &signal) {
                continue;
            }
            if let Some(email) = EMAILS.iter().position(|email| *email == signal.detail.read().email) {
                let claims = self.claims.entry(batch.visitor).or_default();
                claims.push((signal.at, signal.id, Whose::Person(email)));
            }
            self.stored.insert(key, signal);
            accepted += 1;
        }
        let all = u32::try_from(batch.signals.len()).expect("few");
        self.expected = Appended { accepted, duplicate: all - accepted };
        self.sent.push(batch);
    }

    /// Returns the signals of a batch by their numbers, moved between those beside it in the session if a delay
    /// misplaced it.
    fn placed(&self, batch: &AppendSignals) -> Vec<NewSignal> {
        let of_session = |session: SessionId| {
            let stored = self.stored.iter().filter(move |((site, visitor, _), signal)| {
                (*site, *visitor, signal.session) == (batch.site.0, batch.visitor, session)
            });
            stored.filter_map(|(_, signal)| Some((signal.seq?, signal.at)))
        };
        let mut signals = batch.signals.clone();
        signals.sort_by_key(|signal| signal.seq);
        let mut known: BTreeMap<u64, Millis> =
            signals.first().map(|signal| of_session(signal.session).collect()).unwrap_or_default();
        for signal in &mut signals {
            let Some(number) = signal.seq else { continue };
            let near = |at: &Millis| (*at - signal.at).0.abs() <= DELAY.0;
            let before = known.range(..number).map(|(_, at)| *at).filter(near).max();
            let after = known.range(number + 1..).map(|(_, at)| *at).filter(near).min();
            let at = signal.at.max(before.unwrap_or(signal.at));
            signal.at = at.min(after.unwrap_or(at));
            known.entry(number).or_insert(signal.at);
        }
        signals
    }

    /// Returns all persons with a given address who have not been erased since.
    pub(super) fn known(&self) -> impl Iterator<Item = usize> {
        let claims: Vec<Whose> = self.claims.values().flatten().map(|(.., whose)| *whose).collect();
        (0..EMAILS.len()).filter(move |email| claims.contains(&Whose::Person(*email)))
    }

    pub(super) fn owner(&self, visitor: VisitorId, at: Millis) -> Option<Whose> {
        owner(self.claims.get(&visitor)?, at)
    }

    /// Returns the signals of a person, newest first.
    pub(super) fn timeline(&self, email: usize) -> Vec<&NewSignal> {
        let is_theirs = |visitor, at| self.owner(visitor, at) == Some(Whose::Person(email));
        let theirs = self.stored.iter().filter(|((_, visitor, _), signal)| is_theirs(*visitor, signal.at));
        let mut theirs: Vec<&NewSignal> = theirs.map(|(_, signal)| signal).collect();
        theirs.sort_by_key(|signal| (signal.at, signal.id));
        theirs
    }

    /// Returns the last name that a person gave.
    pub(super) fn name(&self, email: usize) -> String {
        let said = self.claims.values().flatten().filter(|(.., whose)| *whose == Whose::Person(email));
        let last = said.max_by_key(|(at, cause, _)| (*at, *cause)).map(|(_, cause, _)| *cause);
        let signal = self.stored.values().find(|signal| Some(signal.id) == last);
        signal.map(|signal| signal.detail.read().person.into_text()).unwrap_or_default()
    }
}

/// Whether a signal is of an erased person: by its part of the browser's activity, or as the cause of a claim.
fn is_gone(claims: &[Claim], signal: &NewSignal) -> bool {
    let made = claims.iter().find(|(_, cause, _)| *cause == signal.id).map(|(.., whose)| *whose);
    owner(claims, signal.at) == Some(Whose::Erased) || made == Some(Whose::Erased)
}
