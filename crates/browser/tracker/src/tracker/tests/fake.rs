//! A fake host and a fake page: they record host calls and pass events to the tracker.

use crate::event::{Event, Kind};
use crate::host::{Host, What};
use crate::tracker::Tracker;
use knock_model::Millis;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

/// A signal: its kind and page view as a text, and its owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Signal {
    pub(super) text: String,
    pub(super) at: i64,
    owner: u32,
}

/// The fake host, with the recorded calls.
#[derive(Default)]
pub(super) struct World {
    pub(super) is_watching: Cell<bool>,
    pub(super) wakes: RefCell<BTreeMap<u8, i64>>,
    pub(super) posts: RefCell<Vec<Vec<String>>>,
    pub(super) beacons: RefCell<Vec<Vec<String>>>,
    pub(super) delivered: RefCell<Vec<String>>,
    pub(super) lost: RefCell<Vec<String>>,
    /// Signals that earlier pages left in the storage.
    pub(super) left: RefCell<Vec<Signal>>,
    pub(super) sessions: Cell<u32>,
    pub(super) visitors: Cell<u32>,
    last_signal: Cell<Option<Millis>>,
    signals: RefCell<BTreeMap<u32, Signal>>,
    claimed: Cell<(i64, u32)>,
    adopted: RefCell<Option<Signal>>,
    action: RefCell<String>,
    batch: RefCell<Vec<u32>>,
    events: RefCell<Vec<(Event, Option<Signal>)>>,
    held: RefCell<Vec<Event>>,
    chance: Cell<u32>,
}

impl World {
    /// Signals that are neither delivered nor lost.
    pub(super) fn pending(&self) -> usize {
        self.signals.borrow().len()
    }

    fn batch(&self) -> Vec<String> {
        let signals = self.signals.borrow();
        self.batch.take().iter().map(|handle| signals[handle].text.clone()).collect()
    }

    fn insert(&self, handle: u32, signal: Signal) -> u32 {
        let bytes = signal.text.len() as u32;
        assert!(self.signals.borrow_mut().insert(handle, signal).is_none(), "a handle is given once");
        bytes
    }
}

impl Host for World {
    fn random(&self) -> u32 {
        self.chance.set(self.chance.get().wrapping_mul(1_664_525).wrapping_add(1_013_904_223));
        self.chance.get()
    }

    fn watch(&self, is_on: bool) {
        self.is_watching.set(is_on);
    }

    fn schedule(&self, kind: Kind, delay: Millis) {
        self.wakes.borrow_mut().insert(kind as u8, delay.0);
    }

    fn last_signal(&self) -> Option<Millis> {
        self.last_signal.get()
    }

    fn claim(&self, at: Millis, is_new_session: bool) -> u32 {
        self.sessions.set(self.sessions.get() + u32::from(is_new_session));
        self.last_signal.set(self.last_signal.get().max(Some(at)));
        self.claimed.set((at.0, self.sessions.get()));
        self.sessions.get()
    }

    fn write(&self, handle: u32, what: What, amount: i64) -> u32 {
        let (at, owner) = self.claimed.get();
        let text = match what {
            What::Action => self.action.borrow().clone(),
            What::ShownView => format!("view {amount}"),
            What::PassedView => format!("passed {amount}"),
            What::Engagement => format!("engagement {amount}"),
            What::Abandoned => format!("abandoned {amount}"),
        };
        self.insert(handle, Signal { text, at, owner })
    }

    fn adopt(&self, handle: u32) {
        let signal = self.adopted.take().expect("a signal to adopt");
        self.insert(handle, signal);
    }

    fn drop(&self, handle: u32, is_lost: bool) {
        let text = self.signals.borrow_mut().remove(&handle).map(|signal| signal.text);
        assert!(text.is_some() || (handle == 0 && is_lost), "a signal is dropped once");
        let texts = if is_lost { &self.lost } else { &self.delivered };
        texts.borrow_mut().push(text.unwrap_or_default());
    }

    fn release(&self) {
        self.left.borrow_mut().extend(self.signals.take().into_values());
    }

    fn recover(&self) {
        for signal in self.left.take() {
            let number = signal.text.len() as u32;
            let (first, second) = (signal.at, i64::from(signal.owner));
            let event = Event { kind: Kind::Adopted, at: Millis(0), is_visible: true, number, first, second };
            self.events.borrow_mut().push((event, Some(signal)));
        }
    }

    fn add(&self, handle: u32) {
        self.batch.borrow_mut().push(handle);
    }

    fn post(&self) {
        let batch = self.batch();
        self.posts.borrow_mut().push(batch);
    }

    fn beacon(&self) {
        let batch = self.batch();
        self.beacons.borrow_mut().push(batch);
    }

    fn forget_visitor(&self) {
        self.visitors.set(self.visitors.get() + 1);
        self.last_signal.set(None);
    }

    fn forget_signals(&self) {
        self.signals.borrow_mut().clear();
        self.left.borrow_mut().clear();
    }

    fn replay(&self) {
        self.events.borrow_mut().extend(self.held.take().into_iter().map(|event| (event, None)));
    }
}

/// A page with a tracker on it, at an address and an instant.
pub(super) struct Page {
    pub(super) world: World,
    tracker: Tracker,
    pub(super) now: i64,
    pub(super) number: u32,
    pub(super) is_visible: bool,
}

impl Page {
    /// A page that is loaded, with nothing stored before.
    pub(super) fn load() -> Page {
        Page::load_with(0, 0, Vec::new())
    }

    /// The same with whether consent is required, a consent given before, and the signals that earlier pages left.
    pub(super) fn load_with(needs: i64, word: i64, left: Vec<Signal>) -> Page {
        let mut page = Page::hidden(left);
        page.is_visible = true;
        page.handle_with(Kind::Start, needs, word);
        page
    }

    /// A hidden page that is not started yet.
    pub(super) fn hidden(left: Vec<Signal>) -> Page {
        let world = World { left: RefCell::new(left), ..World::default() };
        Page { world, tracker: Tracker::NEW, now: 1_780_000_000_000, number: 1, is_visible: false }
    }

    pub(super) fn handle(&mut self, kind: Kind) {
        self.handle_with(kind, 0, 0);
    }

    pub(super) fn handle_with(&mut self, kind: Kind, first: i64, second: i64) {
        self.now += 1;
        let (is_visible, number) = (self.is_visible, self.number);
        let event = Event { kind, at: Millis(self.now), is_visible, number, first, second };
        self.take(event, None);
        // Events never nest; those that follow from this one come next.
        loop {
            let events = self.world.events.take();
            if events.is_empty() {
                return;
            }
            for (event, adopted) in events {
                self.take(event, adopted);
            }
        }
    }

    fn take(&mut self, mut event: Event, adopted: Option<Signal>) {
        if event.kind == Kind::Adopted {
            event.at = Millis(self.now);
        }
        self.world.adopted.replace(adopted);
        let action = format!("{:?} {}", event.kind, event.number).to_lowercase();
        let form =
            if matches!(event.kind, Kind::Input | Kind::Submit) { format!(" {}", event.first) } else { String::new() };
        self.world.action.replace(action + &form);
        if self.tracker.handle_event(&self.world, &event) {
            self.world.held.borrow_mut().push(event);
        }
    }

    pub(super) fn go(&mut self, kind: Kind, number: u32) {
        self.number = number;
        self.handle(kind);
    }

    pub(super) fn reply(&mut self, status_code: i64) {
        self.handle_with(Kind::Reply, status_code, 0);
    }

    /// Lets the timers run and the server answer until nothing more is posted; returns all signals.
    pub(super) fn deliver(&mut self) -> Vec<String> {
        self.handle(Kind::Debounced);
        self.handle(Kind::Send);
        let mut seen = Vec::new();
        loop {
            let posted = self.world.posts.take();
            if posted.is_empty() {
                return seen;
            }
            seen.extend(posted.into_iter().flatten());
            self.reply(202);
        }
    }

    /// Leaves the page; returns the signals that the next page finds.
    pub(super) fn leave(&mut self) -> Vec<Signal> {
        self.handle(Kind::Leave);
        self.world.left.take()
    }

    /// How long a timer was set for last.
    pub(super) fn wake(&self, kind: Kind) -> i64 {
        self.world.wakes.borrow()[&(kind as u8)]
    }

    /// Signals of each way that are known twice: there must be none.
    pub(super) fn doubled(&self) -> usize {
        let handles: Vec<u32> = self.tracker.queue.entries.iter().map(|entry| entry.handle).collect();
        handles.len() - handles.iter().collect::<BTreeSet<_>>().len()
    }

    /// Signals in the queue.
    pub(super) fn queued(&self) -> usize {
        self.tracker.queue.entries.len()
    }
}
