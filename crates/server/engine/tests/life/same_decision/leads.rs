//! Leads who view pages, give an address and write: all of it depends on their number alone.

use crate::story::Story;
use futures_util::future::join3;
use knock_engine::commands::{AppendSignals, Arrival, LeadMessage, MessageText, OpenChat, WantedChat};
use knock_intent::strength;
use knock_model::{
    Category, ConversationId, MessageChannel, MessageId, Millis, SessionId, SignalType, SiteId, VisitorId,
};
use knock_ports::{Consulted, Detail, NewSignal, SecretHash};

const TEXTS: [&str; 4] = [
    "How much is a licence for 200 people? We need a quote",
    "Are you hiring backend engineers? I'd like to send my CV",
    "The export fails with an error, please help me fix this bug in my account",
    "We would like to become a reseller partner of yours",
];
const DOMAINS: [&str; 5] = ["globex.example", "gmail.com", "acme.example", "mailinator.com", "initech.example"];
const PATHS: [(&str, Category); 4] = [
    ("/pricing", Category::Pricing),
    ("/docs/start", Category::Docs),
    ("/careers", Category::Job),
    ("/", Category::Home),
];

fn pick<T: Copy>(all: &[T], number: u64) -> T {
    all[usize::try_from(number).expect("small") % all.len()]
}

/// The bytes of ids that only this lead has.
fn own(number: u64) -> [u8; 10] {
    let mut bytes = [9; 10];
    bytes[2..].copy_from_slice(&number.to_be_bytes());
    bytes
}

impl Story {
    /// Sends page views, an address and a message of a lead; each lead arrives a second after the one before.
    pub(super) fn arrives(&mut self, number: u64) {
        self.now = self.now + Millis(1_000);
        let seen = self.batch(number);
        let opened = self.opening(number);
        let written = self.message(opened.conversation, pick(&TEXTS, number));
        let writer = self.writer.as_ref().expect("it runs");
        // In this order; the writer takes them together.
        let all = join3(writer.commit(seen), writer.commit(opened), writer.commit(written));
        let (seen, opened, written) = self.runtime.block_on(all);
        assert!(seen.is_ok() && opened.is_ok() && written.is_ok_and(|number| number.is_some()), "lead {number}");
    }

    fn batch(&mut self, number: u64) -> AppendSignals {
        let mut signals: Vec<NewSignal> = (0..number % 5).map(|view| self.views(number, view)).collect();
        if !number.is_multiple_of(7) {
            let email = format!("lead{number}@{}", pick(&DOMAINS, number / 3));
            let said = Detail { email, ..Detail::default() };
            signals.push(self.did(number, SignalType::Identify, Category::Home, said));
        }
        let fresh = vec![self.fresh()];
        AppendSignals { site: SiteId(1), visitor: visitor(number), received_at: self.now, signals, fresh }
    }

    fn views(&mut self, number: u64, view: u64) -> NewSignal {
        let (path, category) = pick(&PATHS, number / (view + 1));
        let seen = Detail { url: format!("https://us.example{path}"), ..Detail::default() };
        self.did(number, SignalType::PageView, category, seen)
    }

    fn did(&mut self, number: u64, kind: SignalType, category: Category, detail: Detail) -> NewSignal {
        let (id, at) = (self.signal_id(), self.now);
        NewSignal {
            id,
            session: SessionId::new(Millis(0), &own(number)),
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

    fn opening(&mut self, number: u64) -> OpenChat {
        let (now, fresh) = (self.now, self.fresh());
        let [click, greeting] = [(); 2].map(|()| self.signal_id());
        let (visitor, session) = (visitor(number), SessionId::new(Millis(0), &own(number)));
        let (site, link, categories) = (SiteId(1), "Website".into(), Vec::new());
        let mut token = [0; 32];
        token[..10].copy_from_slice(&own(number));
        OpenChat {
            arrival: Arrival { categories, site, link, visitor, session, now, click, fresh },
            conversation: ConversationId::new(*click.as_bytes()),
            greeting: MessageId::from_bytes(*greeting.as_bytes()),
            secret: None,
            resume: None,
            wanted: WantedChat::Last,
            invitation: None,
            nudge: None,
            token: SecretHash(token),
            workspace: "Us".into(),
            language: knock_agent::Language::En,
            has_knowledge: true,
            utm: Default::default(),
            contact: None,
            time_zone: String::new(),
        }
    }

    fn message(&mut self, conversation: ConversationId, text: &str) -> LeadMessage {
        let (id, fresh) = (self.signal_id(), self.fresh());
        let follow_ups = [(); 6].map(|()| self.signal_id());
        let identify = self.signal_id();
        LeadMessage {
            conversation,
            id: MessageId::from_bytes(*id.as_bytes()),
            text: MessageText::read(text),
            identified: None,
            files: Vec::new(),
            channel: MessageChannel::Chat,
            received_at: self.now,
            follow_ups,
            identify,
            fresh,
            consulted: Consulted::default(),
            usual_wait: None,
            meeting_page: None,
            enriched: None,
        }
    }
}

fn visitor(number: u64) -> VisitorId {
    VisitorId::new(Millis(0), &own(number))
}
