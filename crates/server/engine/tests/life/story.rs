//! A long story of a workspace on a real store, from random steps: visitors, persons, chats, late signals, the clock.

mod chats;
mod members;

use crate::audit::RECEIPT;
use knock_engine::commands::{
    AppendSignals, ErasePerson, ExpireSignals, FireTimers, Fired, FreshIds, RepMessage, SetUp, Whose,
};
use knock_engine::{Changes, Command, Writer, rebuild};
use knock_intent::strength;
use knock_model::{
    AccountId, Category, ConversationId, Email, IdentifyPolicy, LeadId, MemberState, MessageId, Millis, RepId, Role,
    SessionId, SignalId, SignalType, SiteId, VisitorId,
};
use knock_ports::{Chance, Clock, Detail, Erased, Member, NewSignal, Site, Store, StoreError};
use knock_store::{CATALOGUE, Kind, Owner, Scratch, Table};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::thread::JoinHandle;

pub(crate) const START: Millis = Millis(1_780_315_200_000);
pub(crate) const EMAILS: [&str; 4] = ["ann@first.example", "bob@first.example", "cat@second.example", "dee@gmail.com"];
pub(crate) const KINDS: [SignalType; 4] =
    [SignalType::PageView, SignalType::FormSubmit, SignalType::Cta, SignalType::Identify];
const TEXTS: [&str; 6] = [
    "hi",
    "we need a quote",
    "mail me: bob@first.example",
    "a job?",
    "I am cat@second.example",
    "call me: +49 30 1234567",
];

/// One step of a story.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Step {
    /// A browser sends two signals of an earlier instant.
    Signals { visitor: u8, kind: usize, category: usize, age: i64, email: usize },
    /// A browser opens its chat.
    Open { visitor: u8 },
    /// The lead writes.
    Write { visitor: u8, text: usize },
    /// The rep writes.
    Answer { visitor: u8 },
    /// The rep acts on the lead.
    Act { visitor: u8, action: usize },
    /// The rep sets a detail of the lead, or takes it away again.
    Mend { visitor: u8, detail: usize },
    /// Time passes, with the timers fired or not yet.
    Wait { ms: i64, is_fired: bool },
}

pub(crate) fn steps(emails: usize, most: usize) -> impl Strategy<Value = Vec<Step>> {
    let visitor = || 0..4u8;
    // Few different instants, so that many events coincide.
    let age = prop_oneof![Just(0), Just(1), Just(Millis::MINUTE.0), 0..30 * Millis::DAY.0];
    let ms = prop_oneof![Just(1i64), 1..300_000i64, 0..20 * 3_600_000i64, 0..20 * Millis::DAY.0];
    let step = prop_oneof![
        5 => (visitor(), 0..KINDS.len(), 0..Category::ALL.len(), age, 0..emails).prop_map(
            |(visitor, kind, category, age, email)| Step::Signals { visitor, kind, category, age, email }
        ),
        2 => visitor().prop_map(|visitor| Step::Open { visitor }),
        3 => (visitor(), 0..TEXTS.len()).prop_map(|(visitor, text)| Step::Write { visitor, text }),
        1 => visitor().prop_map(|visitor| Step::Answer { visitor }),
        3 => (visitor(), 0..9usize).prop_map(|(visitor, action)| Step::Act { visitor, action }),
        1 => (visitor(), 0..5usize).prop_map(|(visitor, detail)| Step::Mend { visitor, detail }),
        3 => (ms, any::<bool>()).prop_map(|(ms, is_fired)| Step::Wait { ms, is_fired }),
    ];
    proptest::collection::vec(step, 1..most)
}

/// Rows by their tables.
pub(crate) type Dump = BTreeMap<&'static str, Vec<String>>;

/// A running server that gets no requests.
type Beside = (Arc<dyn Store>, Writer, JoinHandle<()>);

pub(crate) struct Story {
    pub(crate) now: Millis,
    /// None only between a stop and the next start.
    pub(crate) store: Option<Arc<dyn Store>>,
    pub(crate) scratch: Scratch,
    pub(crate) conversations: BTreeMap<u8, ConversationId>,
    /// The messages that members wrote first and the visitors have not accepted.
    pub(crate) invitations: BTreeMap<u8, MessageId>,
    /// The batches that browsers sent, as they may resend them.
    pub(crate) sent: Vec<AppendSignals>,
    pub(crate) writer: Option<Writer>,
    thread: Option<JoinHandle<()>>,
    /// Another server on the same database, if the database allows one.
    other: Option<Beside>,
    pub(crate) runtime: tokio::runtime::Runtime,
    count: u64,
}

impl Story {
    pub(crate) fn begin() -> Story {
        Story::on(Scratch::new())
    }

    pub(crate) fn on(scratch: Scratch) -> Story {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
        let (conversations, sent) = (BTreeMap::new(), Vec::new());
        let mut story = Story {
            now: START,
            store: None,
            scratch,
            conversations,
            invitations: BTreeMap::new(),
            sent,
            writer: None,
            thread: None,
            other: None,
            runtime,
            count: 0,
        };
        story.start();
        let admin = Member::new(rep(), "rep@us.example".into(), Role::Admin, MemberState::Active);
        let name = || "Demo".to_owned();
        let (key, base, origins, categories) = (name(), String::new(), vec![], vec![]);
        let (identify, identify_round) = (IdentifyPolicy::Open, 1);
        let (id, demo, name) = (SiteId(0), true, name());
        let demo = Site { id, key, name, origins, base, demo, categories, identify, identify_round, removed_at: None };
        story.change(SetUp { admin, demo, answers: Vec::new(), now: START });
        story
    }

    pub(crate) fn commit<C: Command>(&self, command: C) -> C::Outcome {
        let writer = self.writer.as_ref().expect("it runs");
        self.runtime.block_on(writer.commit(command)).expect("stored")
    }

    pub(crate) fn store(&self) -> &dyn Store {
        &**self.store.as_ref().expect("it is open")
    }

    fn start(&mut self) {
        let store = self.scratch.store();
        let (writer, thread) = Writer::start(Arc::clone(&store)).expect("it starts");
        (self.store, self.writer, self.thread) = (Some(store), Some(writer), Some(thread));
    }

    pub(crate) fn writer_thread(&self) -> std::thread::ThreadId {
        self.thread.as_ref().expect("it runs").thread().id()
    }

    fn stop(&mut self) {
        drop(self.writer.take());
        drop(self.thread.take().map(JoinHandle::join));
        self.store = None;
    }

    /// Switches the requests to the other server on the same database; SQLite has one only.
    pub(crate) fn turn(&mut self) {
        if self.scratch.database().is_empty() {
            return;
        }
        let asked = (self.store.take(), self.writer.take(), self.thread.take());
        match self.other.take() {
            Some((store, writer, thread)) => {
                (self.store, self.writer, self.thread) = (Some(store), Some(writer), Some(thread));
            }
            None => self.start(),
        }
        if let (Some(store), Some(writer), Some(thread)) = asked {
            self.other = Some((store, writer, thread));
        }
    }

    /// Stops the server gracefully and starts it again.
    pub(crate) fn restart(&mut self) {
        self.stop();
        self.start();
    }

    /// Kills the server after the commands of a group have run and before they are committed, and starts it again on
    /// the remaining files.
    pub(crate) fn crash(&mut self, group: &[AppendSignals]) {
        let Story { store, scratch, .. } = self;
        let died = store.as_ref().expect("it is open").write(&mut |ledger| {
            group.iter().try_for_each(|batch| batch.run(ledger, &mut Changes::default()).map(drop))?;
            scratch.crash();
            Err(StoreError::Broken("the server is dead".into()))
        });
        assert!(died.is_err(), "a group that was not committed is not kept");
        self.restart();
    }

    pub(crate) fn fire(&self) {
        while self.commit(FireTimers { now: self.now }) == Fired::Some {}
    }

    pub(crate) fn rebuild(&self) -> knock_engine::commands::Rebuilt {
        let writer = self.writer.as_ref().expect("it runs");
        self.runtime.block_on(rebuild(writer, &Still(self.now), &Still(self.now))).expect("rebuilt")
    }

    /// Drops all signals that arrived before an instant; returns their number.
    pub(crate) fn expire_signals(&self, before: Millis) -> u64 {
        let (mut past, mut dropped) = (None, 0);
        loop {
            let piece = self.commit(ExpireSignals { before, past });
            dropped += piece.dropped;
            past = piece.next;
            if past.is_none() {
                return dropped;
            }
        }
    }

    /// Returns all rows of the selected tables, without those that only PostgreSQL has.
    pub(crate) fn dump(&self, is_wanted: impl Fn(&Table) -> bool) -> Dump {
        let tables = CATALOGUE.iter().filter(|table| !table.is_only_in_postgres && is_wanted(table));
        tables.map(|table| (table.name, self.scratch.rows(table.name))).collect()
    }

    /// Returns all rows of tables with derived values.
    pub(crate) fn derived(&self) -> Dump {
        self.dump(is_derived)
    }

    /// Returns the same without the rows of a visitor alone, which expire with its signals.
    pub(crate) fn derived_for_good(&self) -> Dump {
        self.dump(|table| is_derived(table) && table.owners.first() != Some(&Owner::Visitor))
    }

    /// Changes the database while no server runs on it.
    pub(crate) fn while_stopped(&mut self, work: impl FnOnce(&dyn Store, &Scratch)) {
        self.stop();
        work(&*self.scratch.store(), &self.scratch);
        self.start();
    }

    /// Erases one of the persons; returns the erased amounts, none for an unknown person, and the address.
    pub(crate) fn erase(&mut self, email: usize) -> (Option<Erased>, &'static str) {
        let address = Email::parse(EMAILS[email]).expect("an address");
        // An event at the very instant of an erasure counts as later.
        self.now = self.now + Millis(1);
        let mut naming = Vec::new();
        self.store()
            .read(&mut |view| {
                naming = view.naming(&address)?;
                Ok(())
            })
            .expect("read");
        let (whose, receipt) = (Whose::Address(address), RECEIPT.into());
        (self.change(ErasePerson { whose, naming, receipt, now: self.now }), EMAILS[email])
    }

    pub(crate) fn step(&mut self, step: Step) {
        match step {
            Step::Signals { visitor, kind, category, age, email } => {
                self.signals(visitor, KINDS[kind], Category::ALL[category], age, EMAILS[email]);
            }
            Step::Open { visitor } => self.open(visitor),
            Step::Write { visitor, text } => self.write(visitor, TEXTS[text]),
            Step::Answer { visitor } => {
                let Some(conversation) = self.conversations.get(&visitor).copied() else { return };
                let (rep, now) = (rep(), self.now);
                let id = MessageId::new(now, &self.random());
                let (text, mail_after) = ("Hello".into(), Some(Millis(30_000)));
                self.commit(RepMessage {
                    conversation,
                    id,
                    rep,
                    text,
                    file: None,
                    card: None,
                    seen: None,
                    mail_after,
                    now,
                });
            }
            Step::Act { visitor, action } => self.act(visitor, action),
            Step::Mend { visitor, detail } => self.mend(visitor, detail),
            Step::Wait { ms, is_fired } => {
                self.now = self.now + Millis(ms);
                if is_fired {
                    self.fire();
                }
            }
        }
    }

    fn signals(&mut self, number: u8, kind: SignalType, category: Category, age: i64, email: &str) {
        let at = self.now - Millis(age);
        let said = if kind == SignalType::Identify { email } else { "" };
        let person = format!("{} {}", said.split('@').next().unwrap_or_default(), self.count);
        let detail = Detail { email: said.into(), person: person.into(), ..Detail::default() };
        let first = self.signal(number, kind, category, at, detail);
        let second = self.signal(number, SignalType::PageView, category, self.now, Detail::default());
        let fresh = vec![self.fresh()];
        let (visitor, received_at) = (visitor(number), self.now);
        // Browsers change between the two sites.
        let site = SiteId(1 + age % 2);
        let batch = AppendSignals { site, visitor, received_at, signals: vec![first, second], fresh };
        self.commit(batch.clone());
        self.sent.push(batch);
    }

    fn signal(&mut self, number: u8, kind: SignalType, category: Category, at: Millis, detail: Detail) -> NewSignal {
        NewSignal {
            id: SignalId::new(at, &self.random()),
            session: session(number, self.now),
            kind,
            at,
            received_at: self.now,
            clamped: false,
            category,
            strength: strength(kind),
            seq: None,
            view: None,
            detail: detail.into(),
        }
    }

    fn random(&mut self) -> [u8; 10] {
        self.count += 1;
        let mut random = [0; 10];
        random[2..].copy_from_slice(&self.count.to_be_bytes());
        random
    }

    /// An id of a signal that happens now.
    pub(crate) fn signal_id(&mut self) -> SignalId {
        let random = self.random();
        SignalId::new(self.now, &random)
    }

    pub(crate) fn fresh(&mut self) -> FreshIds {
        let mut bytes = [0; 16];
        bytes[..10].copy_from_slice(&self.random());
        FreshIds { lead: LeadId::new(bytes), account: AccountId::new(bytes) }
    }
}

impl Drop for Story {
    fn drop(&mut self) {
        self.stop();
        if let Some((_, writer, thread)) = self.other.take() {
            drop(writer);
            drop(thread.join());
        }
    }
}

fn is_derived(table: &Table) -> bool {
    matches!(table.kind, Kind::Derived | Kind::Record)
}

/// A clock and random numbers that never change.
pub(crate) struct Still(pub(crate) Millis);

impl Clock for Still {
    fn now(&self) -> Millis {
        self.0
    }
}

impl Chance for Still {
    fn bytes16(&self) -> [u8; 16] {
        [9; 16]
    }

    fn bytes32(&self) -> [u8; 32] {
        [9; 32]
    }
}

pub(crate) fn rep() -> RepId {
    RepId::new([7; 16])
}

pub(crate) fn visitor(number: u8) -> VisitorId {
    VisitorId::new(START, &[number; 10])
}

/// Returns the session of a browser; sessions end with the day.
pub(crate) fn session(number: u8, now: Millis) -> SessionId {
    SessionId::new(Millis(now.0 - now.0.rem_euclid(Millis::DAY.0)), &[number; 10])
}
