//! Fills a workspace by the engine's own commands: what is derived is what a server would have derived.

use crate::crowd::{BUSY, BUSY_SIGNALS, Crowd, PAGES};
use knock_agent::Language;
use knock_engine::commands::{
    ActOnLead, AppendSignals, Arrival, FireTimers, Fired, LeadMessage, MessageText, OpenChat, WantedChat,
};
use knock_engine::{Change, Command, Writer};
use knock_intent::strength;
use knock_model::{Category, MessageChannel, MessageId, Millis, SignalType, SiteId};
use knock_ports::{Actor, Consulted, Detail, NewSignal, SecretHash, Store};
use knock_status::chat::{Event, Rejecter};
use knock_store::SqliteStore;
use knock_testing::now;
use std::path::Path;
use std::sync::Arc;
use tokio::task::JoinSet;

/// Commands that wait for the disk together.
const WAITING: usize = 512;
/// Days over which the signals are spread.
const DAYS: i64 = 60;
/// Sessions of each contact.
const SESSIONS: u64 = 5;

/// The writer of the new workspace.
struct Filling {
    writer: Writer,
    runtime: tokio::runtime::Runtime,
    site: SiteId,
    start: Millis,
}

/// Makes the crowd; how many signals.
pub(crate) fn fill(database: &Path, crowd: &Crowd) -> u64 {
    let store: Arc<dyn Store> = Arc::new(SqliteStore::open(database).expect("it opens"));
    let mut site = SiteId(0);
    let read = store.read(&mut |view| {
        site = view.sites()?.first().expect("the demo site").id;
        Ok(())
    });
    read.expect("it reads");
    let (writer, thread) = Writer::start(store).expect("it starts");
    // One thread: commands are sent in the order in which they are made.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let end = now();
    let filling = Filling { writer, runtime, site, start: end - Millis::days(DAYS) };
    let signals = filling.run(crowd, end);
    drop(filling);
    thread.join().expect("the writer ends");
    signals
}

impl Filling {
    fn run(&self, crowd: &Crowd, end: Millis) -> u64 {
        let day =
            |number: u64| self.start + Millis(Millis::DAY.0 * 4 / crowd.contacts.cast_signed() * number.cast_signed());
        let chatting = || (0..crowd.contacts).filter(|number| Crowd::has_chat(*number));
        self.all(
            (0..crowd.contacts).filter(|number| Crowd::is_named(*number)).map(|number| self.named(number, day(number))),
        );
        self.all(chatting().map(|number| self.opens(number, day(number) + Millis::MINUTE)));
        let each = crowd.signals / crowd.contacts / SESSIONS;
        for session in 0..SESSIONS {
            // The outcome of a chat lies between sessions.
            if session == SESSIONS / 2 {
                let at = |number: u64| self.session(crowd, session, number) - Millis::DAY;
                let writing = chatting().filter(|number| Crowd::has_written(*number));
                self.all(writing.map(|number| writes(number, at(number))));
                let ended = chatting().filter_map(|number| Some((number, Crowd::outcome(number)?)));
                self.all(ended.map(|(number, is_qualified)| {
                    ends(number, is_qualified, at(number) + Millis::MINUTE).by(Actor::CommandLine, at(number))
                }));
            }
            self.all(
                (0..crowd.contacts).map(|number| self.sessions(number, self.session(crowd, session, number), each)),
            );
        }
        self.all((0..BUSY_SIGNALS / 20).map(|part| {
            self.sessions(BUSY, end - Millis::MINUTE - Millis(BUSY_SIGNALS.cast_signed() - part.cast_signed()), 20)
        }));
        while self.one(FireTimers { now: end }) == Fired::Some {}
        crowd.contacts * SESSIONS * each + BUSY_SIGNALS
    }

    /// The instant of a contact's session: each in its own part of the days, one contact after the other.
    fn session(&self, crowd: &Crowd, session: u64, number: u64) -> Millis {
        let part = Millis::days(DAYS - 8).0 / SESSIONS.cast_signed();
        let within = part * 3 / 4 / crowd.contacts.cast_signed() * number.cast_signed();
        self.start + Millis::days(6) + Millis(part * session.cast_signed() + within)
    }

    fn one<C: Command + Send + 'static>(&self, command: C) -> C::Outcome
    where
        C::Outcome: Send + 'static,
    {
        self.runtime.block_on(self.writer.commit(command)).expect("kept")
    }

    /// Has all commands kept.
    fn all<C: Command + Send + 'static>(&self, commands: impl Iterator<Item = C>)
    where
        C::Outcome: Send + 'static,
    {
        self.runtime.block_on(async {
            let mut waiting = JoinSet::new();
            for command in commands {
                if waiting.len() >= WAITING {
                    drop(waiting.join_next().await);
                }
                let writer = self.writer.clone();
                waiting.spawn(async move { drop(writer.commit(command).await.expect("kept")) });
            }
            while waiting.join_next().await.is_some() {}
        });
    }

    /// Gives their address.
    fn named(&self, number: u64, at: Millis) -> AppendSignals {
        let detail = Detail { email: Crowd::email(number), person: Crowd::name(number).into(), ..Detail::default() };
        let signals = vec![signal(number, 0, SignalType::Identify, Category::Home, at, detail)];
        let fresh = vec![Crowd::fresh(number)];
        AppendSignals { site: self.site, visitor: Crowd::visitor(number), received_at: at, signals, fresh }
    }

    fn opens(&self, number: u64, at: Millis) -> OpenChat {
        let mut token = [0; 32];
        token[..8].copy_from_slice(&number.to_be_bytes());
        let arrival = Arrival {
            categories: Vec::new(),
            site: self.site,
            link: "Website".into(),
            visitor: Crowd::visitor(number),
            session: Crowd::session(number, at),
            now: at,
            click: Crowd::signal(number, 1, at),
            fresh: Crowd::fresh(number),
        };
        OpenChat {
            arrival,
            conversation: Crowd::conversation(number),
            greeting: MessageId::from_bytes(*Crowd::signal(number, 2, at).as_bytes()),
            secret: Some(SecretHash(token)),
            resume: None,
            wanted: WantedChat::Last,
            invitation: None,
            nudge: None,
            token: SecretHash(token),
            workspace: "Bench".into(),
            language: Language::En,
            has_knowledge: true,
            utm: Default::default(),
            contact: None,
            time_zone: String::new(),
        }
    }

    /// A session of so many signals, ten seconds apart.
    fn sessions(&self, number: u64, at: Millis, count: u64) -> AppendSignals {
        let signals = (0..count).map(|place| {
            let at = at + Millis(10_000 * place.cast_signed());
            let (path, category) = PAGES[((number + place * 3) % 8) as usize];
            let detail = Detail {
                rule: "path".into(),
                matched: path.into(),
                url: format!("https://www.acme.example{path}?utm_source=newsletter"),
                title: format!("Acme {}", category.as_str()),
                ..Detail::default()
            };
            signal(number, place, Crowd::kind(place), category, at, detail)
        });
        let signals: Vec<NewSignal> = signals.collect();
        let received_at = signals.last().map_or(at, |last| last.at);
        AppendSignals { site: self.site, visitor: Crowd::visitor(number), received_at, signals, fresh: Vec::new() }
    }
}

fn writes(number: u64, at: Millis) -> LeadMessage {
    LeadMessage {
        conversation: Crowd::conversation(number),
        id: MessageId::from_bytes(*Crowd::signal(number, 3, at).as_bytes()),
        text: MessageText::read(Crowd::text(number)),
        identified: None,
        files: Vec::new(),
        channel: MessageChannel::Chat,
        received_at: at,
        follow_ups: [4, 5, 6, 9, 10, 11].map(|place| Crowd::signal(number, place, at)),
        identify: Crowd::signal(number, 7, at),
        fresh: Crowd::fresh(number),
        consulted: Consulted::default(),
        enriched: None,
        usual_wait: None,
        meeting_page: None,
    }
}

fn ends(number: u64, is_qualified: bool, at: Millis) -> ActOnLead {
    let rejected = Event::Rejected { by: Rejecter::Rep, reason: None, member: None };
    ActOnLead {
        conversation: Crowd::conversation(number),
        id: Crowd::signal(number, 8, at),
        what: if is_qualified { Event::DealOpened } else { rejected },
        follow_up: Crowd::signal(number, 9, at),
        now: at,
    }
}

fn signal(number: u64, place: u64, kind: SignalType, category: Category, at: Millis, detail: Detail) -> NewSignal {
    NewSignal {
        id: Crowd::signal(number, place + 16, at),
        session: Crowd::session(number, at),
        kind,
        at,
        received_at: at,
        clamped: false,
        category,
        strength: strength(kind),
        seq: None,
        view: None,
        detail: detail.into(),
    }
}
