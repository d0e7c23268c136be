//! What was put off in a burst: kept in the store, known here by browser and order.
//!
//! A batch is put off only where it is certain that all of it is new: its signals carry numbers of their visits above
//! all that came before. Whatever else comes of a browser is done after what of it was put off.

use crate::commands::AppendSignals;
use crate::notice::Notice;
use crate::writer::{After, Command};
use knock_model::{SessionId, SignalType, VisitorId};
use knock_ports::{Coming, Ledger, Place, PutOff, StoreError, number_in_visit};
use std::collections::{BTreeMap, HashMap, HashSet};

/// When signals are put off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Burst {
    /// So many commands wait at once; 0 is never.
    pub from: usize,
    /// Signals that may be put off; past that they are done when their turn comes.
    pub most: u64,
}

impl Burst {
    /// Everything is done when its turn comes.
    pub const NEVER: Burst = Burst { from: 0, most: 0 };
}

/// The highest numbers of visits.
type Highest = HashMap<SessionId, u32>;

/// What waits, as it is in the store.
#[derive(Default)]
pub(super) struct Backlog {
    places: BTreeMap<i64, Place>,
    browsers: HashMap<VisitorId, Waiting>,
    signals: u64,
}

/// What waits of one browser.
#[derive(Default)]
struct Waiting {
    numbers: Vec<i64>,
    /// Not known of what an earlier process put off.
    highest: Option<Highest>,
}

impl Backlog {
    /// What an earlier process left.
    pub(super) fn load(ledger: &mut dyn Ledger) -> Result<Backlog, StoreError> {
        let mut backlog = Backlog::default();
        for place in ledger.backlog()? {
            backlog.browsers.entry(place.visitor).or_default().numbers.push(place.number);
            backlog.signals += u64::from(place.signals);
            backlog.places.insert(place.number, place);
        }
        Ok(backlog)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// How many signals wait.
    pub(super) fn signals(&self) -> u64 {
        self.signals
    }

    /// The oldest batches.
    pub(super) fn oldest(&self, batches: usize) -> Vec<i64> {
        self.places.keys().take(batches).copied().collect()
    }

    /// Forgets a batch that cannot be done; the store keeps it.
    pub(super) fn leave(&mut self, number: i64) {
        let Some(place) = self.places.remove(&number) else { return };
        self.signals -= u64::from(place.signals);
        if let Some(waiting) = self.browsers.get_mut(&place.visitor) {
            waiting.numbers.retain(|known| *known != number);
            if waiting.numbers.is_empty() {
                self.browsers.remove(&place.visitor);
            }
        }
    }

    /// Takes over what a transaction did, once it is committed.
    pub(super) fn apply(&mut self, changes: Changes) {
        changes.done.into_iter().for_each(|number| self.leave(number));
        for (visitor, highest) in changes.highest {
            let waiting = self.browsers.entry(visitor).or_default();
            waiting.highest.get_or_insert_default().extend(highest);
        }
        for place in changes.put_off {
            self.browsers.entry(place.visitor).or_default().numbers.push(place.number);
            self.signals += u64::from(place.signals);
            self.places.insert(place.number, place);
        }
    }
}

/// What a transaction does to the backlog.
#[derive(Default)]
pub(super) struct Changes {
    done: Vec<i64>,
    put_off: Vec<Place>,
    highest: HashMap<VisitorId, Highest>,
}

/// The backlog as a running transaction sees it.
pub(super) struct Draft<'b> {
    backlog: &'b Backlog,
    changes: Changes,
    /// Browsers of which nothing older waits any more.
    cleared: HashSet<VisitorId>,
}

impl<'b> Draft<'b> {
    pub(super) fn new(backlog: &'b Backlog) -> Draft<'b> {
        Draft { backlog, changes: Changes::default(), cleared: HashSet::new() }
    }

    pub(super) fn into_changes(self) -> Changes {
        self.changes
    }

    /// Keeps a batch for later, if all of it is certainly new.
    pub(super) fn put_off(&mut self, ledger: &mut dyn Ledger, batch: Coming<'_>) -> Result<bool, StoreError> {
        let Some(highest) = self.follows(ledger, batch)? else { return Ok(false) };
        let Coming { site, visitor, signals } = batch;
        let number = ledger.put_off(&PutOff { site, visitor, signals: signals.to_vec() })?;
        let count = u32::try_from(signals.len()).unwrap_or(u32::MAX);
        self.changes.put_off.push(Place { number, site, visitor, signals: count });
        self.changes.highest.entry(visitor).or_default().extend(highest);
        Ok(true)
    }

    /// Does what must be done before a command.
    pub(super) fn before(
        &mut self,
        ledger: &mut dyn Ledger,
        after: After,
        notices: &mut Vec<Notice>,
    ) -> Result<(), StoreError> {
        let visitor = match after {
            // A command that looks at everything is not begun before the backlog is empty.
            After::Nothing | After::All => return Ok(()),
            After::Browser(visitor) => visitor,
            After::Conversation(id) => match ledger.conversation(id)? {
                Some(conversation) => conversation.visitor,
                None => return Ok(()),
            },
        };
        let older = self.backlog.browsers.get(&visitor).filter(|_| self.cleared.insert(visitor));
        let numbers: Vec<i64> = older.iter().flat_map(|waiting| &waiting.numbers).copied().collect();
        let newer = self.changes.put_off.extract_if(.., |place| place.visitor == visitor);
        let newer: Vec<i64> = newer.map(|place| place.number).collect();
        self.changes.highest.remove(&visitor);
        self.changes.done.extend(&numbers);
        numbers.into_iter().chain(newer).try_for_each(|number| take_up(ledger, number, notices))
    }

    /// Does the oldest ones.
    pub(super) fn catch_up(
        &mut self,
        ledger: &mut dyn Ledger,
        numbers: &[i64],
        notices: &mut Vec<Notice>,
    ) -> Result<(), StoreError> {
        self.changes.done.extend(numbers);
        numbers.iter().try_for_each(|number| take_up(ledger, *number, notices))
    }

    /// The visits of a batch with their highest numbers, when these go on from all that is known of them.
    fn follows(&self, ledger: &mut dyn Ledger, batch: Coming<'_>) -> Result<Option<Highest>, StoreError> {
        let mut visits: BTreeMap<SessionId, Vec<u32>> = BTreeMap::new();
        for signal in batch.signals {
            let Some(number) = number_in_visit(signal.seq).filter(|_| signal.kind != SignalType::Identify) else {
                return Ok(None);
            };
            visits.entry(signal.session).or_default().push(number);
        }
        let mut highest = Highest::new();
        for (session, mut numbers) in visits {
            numbers.sort_unstable();
            let Some(known) = self.highest(ledger, batch, session)? else { return Ok(None) };
            let is_new = numbers.first().is_some_and(|first| *first > known) && numbers.is_sorted_by(|a, b| a < b);
            if !is_new {
                return Ok(None);
            }
            highest.extend(numbers.last().map(|last| (session, *last)));
        }
        Ok(Some(highest).filter(|highest| !highest.is_empty()))
    }

    /// The highest number of a visit so far; none when that cannot be told.
    fn highest(
        &self,
        ledger: &mut dyn Ledger,
        batch: Coming<'_>,
        session: SessionId,
    ) -> Result<Option<u32>, StoreError> {
        let drafted = self.changes.highest.get(&batch.visitor).and_then(|highest| highest.get(&session));
        if let Some(highest) = drafted {
            return Ok(Some(*highest));
        }
        let older = self.backlog.browsers.get(&batch.visitor).filter(|_| !self.cleared.contains(&batch.visitor));
        let known = match older.map(|waiting| waiting.highest.as_ref()) {
            Some(None) => return Ok(None),
            Some(Some(highest)) => highest.get(&session).copied(),
            None => None,
        };
        if known.is_some() {
            return Ok(known);
        }
        Ok(Some(ledger.visit(batch.site, batch.visitor, session)?.highest))
    }
}

/// Does a batch that was put off.
fn take_up(ledger: &mut dyn Ledger, number: i64, notices: &mut Vec<Notice>) -> Result<(), StoreError> {
    let Some(PutOff { site, visitor, signals }) = ledger.take_up(number)? else { return Ok(()) };
    let Some(received_at) = signals.iter().map(|signal| signal.received_at).max() else { return Ok(()) };
    AppendSignals { site, visitor, received_at, signals, fresh: Vec::new() }.run(ledger, notices).map(drop)
}
