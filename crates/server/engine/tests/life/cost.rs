//! The cost of a command for the database: the number of reads of its lead's history, and of waits for PostgreSQL while
//! all other writers wait.

use crate::story::{Step, Story, rep};
use knock_engine::Presenter;
use knock_model::LeadId;
use knock_ports::InboxQuery;
use knock_status::chat::InboxView;
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{LazyLock, Mutex, MutexGuard, Once, PoisonError};
use std::thread::ThreadId;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// The database requests of one thread.
#[derive(Clone, Debug, Default)]
struct DatabaseRequests {
    statements: Vec<String>,
    /// Sent while other writers wait.
    round_trips: usize,
    /// Sent while no other writer waits.
    reads: usize,
}

static ASKED: LazyLock<Mutex<BTreeMap<String, DatabaseRequests>>> = LazyLock::new(Mutex::default);

fn asked() -> MutexGuard<'static, BTreeMap<String, DatabaseRequests>> {
    ASKED.lock().unwrap_or_else(PoisonError::into_inner)
}

fn name(thread: ThreadId) -> String {
    format!("{thread:?}")
}

/// Counts the requests that stores log.
struct Counter;

impl Subscriber for Counter {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("knock_store::")
    }

    fn event(&self, event: &Event<'_>) {
        let mut all = asked();
        let asked = all.entry(name(std::thread::current().id())).or_default();
        event.record(&mut Reader { asked, target: event.metadata().target() });
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

struct Reader<'r> {
    asked: &'r mut DatabaseRequests,
    target: &'r str,
}

impl Visit for Reader<'_> {
    fn record_bool(&mut self, field: &Field, is_so: bool) {
        if self.target == "knock_store::round_trip" && field.name() == "is_locked" {
            *(if is_so { &mut self.asked.round_trips } else { &mut self.asked.reads }) += 1;
            self.asked.statements.push("-- waits".into());
        }
    }

    fn record_str(&mut self, field: &Field, sql: &str) {
        if self.target == "knock_store::statement" && field.name() == "sql" {
            self.asked.statements.push(sql.to_owned());
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn Debug) {}
}

fn count() {
    static COUNTED: Once = Once::new();
    COUNTED.call_once(|| tracing::subscriber::set_global_default(Counter).expect("no other subscriber is set"));
}

/// The database requests of a page of the inbox with so many rows.
fn page(story: &Story, limit: u32) -> DatabaseRequests {
    count();
    let reader = name(std::thread::current().id());
    asked().remove(&reader);
    let query = InboxQuery::first(InboxView::Open, Some(rep()), limit);
    let read = story.store().read(&mut |view| {
        let presenter = Presenter::new(view, story.now)?;
        let leads: Vec<LeadId> = view.inbox(&query)?.chats.iter().map(|chat| chat.lead).collect();
        let rows = presenter.conversation_rows(&leads, query.member)?;
        assert_eq!(rows.len(), limit as usize);
        Ok(())
    });
    read.expect("it reads");
    asked().remove(&reader).expect("something was asked")
}

/// The database requests of a step.
fn cost(story: &mut Story, step: Step) -> DatabaseRequests {
    count();
    let writer = name(story.writer_thread());
    asked().remove(&writer);
    // A later fact is added to the folded ones; one at the same instant would fold all anew.
    story.step(Step::Wait { ms: 1_000, is_fired: false });
    story.step(step);
    asked().remove(&writer).expect("something was asked")
}

impl DatabaseRequests {
    fn reads(&self, table: &str) -> usize {
        let from = format!("FROM {table} ");
        self.statements.iter().filter(|sql| sql.starts_with("SELECT") && sql.contains(&from)).count()
    }
}

#[test]
fn a_message_reads_its_leads_history_once_and_waits_for_the_database_six_times_at_most() {
    let mut story = Story::begin();
    let write = |visitor, text| Step::Write { visitor, text };
    // Statements are prepared on first use.
    for step in [Step::Open { visitor: 0 }, write(0, 1), write(0, 3), Step::Open { visitor: 1 }] {
        story.step(step);
    }
    let is_postgres = !story.scratch.database().is_empty();
    // The first one is routed and answered; the second changes nothing; the third changes the intent type.
    for (nth, text) in [1, 0, 3].into_iter().enumerate() {
        let asked = cost(&mut story, write(1, text));
        for table in ["chat_facts", "type_decisions", "messages", "chats", "decisions"] {
            assert_eq!(asked.reads(table), 1, "{table}, message {nth}: {:#?}", asked.statements);
        }
        let most = if is_postgres { 1..=6 } else { 0..=0 };
        assert!(
            most.contains(&asked.round_trips),
            "message {nth}: {} round trips: {:#?}",
            asked.round_trips,
            asked.statements
        );
    }
    for (what, step) in
        [("a rep's message", Step::Answer { visitor: 1 }), ("an action", Step::Act { visitor: 1, action: 0 })]
    {
        let asked = cost(&mut story, step);
        assert_eq!(asked.reads("chat_facts"), 1, "{what}: {:#?}", asked.statements);
    }
}

#[test]
fn a_page_of_the_inbox_waits_for_the_database_six_times_at_most_however_long_it_is() {
    let mut story = Story::begin();
    for visitor in 0..12 {
        story.step(Step::Open { visitor });
        story.step(Step::Write { visitor, text: 1 });
        if visitor % 2 == 0 {
            story.step(Step::Answer { visitor });
        }
    }
    let is_postgres = !story.scratch.database().is_empty();
    // Both pages have waiting chats and others.
    let [some, all] = [7, 12].map(|limit| page(&story, limit));
    assert_eq!(some.reads, all.reads, "{:#?}", all.statements);
    // The sites, the two parts of the page, the data of leads, the members, the data of conversations.
    let most = if is_postgres { 1..=6 } else { 0..=0 };
    assert!(most.contains(&all.reads), "{}: {:#?}", all.reads, all.statements);
}
