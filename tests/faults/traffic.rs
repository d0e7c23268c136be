//! Visitors of a site: some say who they are, some chat, and all send again what was not acknowledged.

use crate::ledger::{Ledger, Sending};
use crate::mailing::is_of_mailing;
use crate::server::Server;
use knock_testing::{Chat, JSON, ORIGIN, Site, id, signal, visitor_id};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};

const PAGES: [&str; 5] = ["/pricing", "/docs", "/careers", "/security", "/"];
const VISITORS: u64 = 6;
const TALKERS: u64 = 3;

/// A workspace that is talked to, through however many servers.
pub(crate) struct Traffic {
    pub(crate) site: String,
    pub(crate) key: String,
    pub(crate) ledger: Ledger,
    chats: Vec<Chat>,
    /// The distance of the server's clock ahead of ours, in milliseconds.
    pub(crate) offset: AtomicI64,
    next: AtomicU64,
}

impl Traffic {
    /// Reads the site and opens the chats, on a server without faults.
    pub(crate) fn begin(server: &Server) -> Traffic {
        let key = server.admin_key();
        let site = server.site();
        let chats = (0..TALKERS).map(|talker| Site::new(&site).visitor(100 + talker).opens_chat(server)).collect();
        let ledger = Ledger::new(&server.data().with_extension("ledger"));
        Traffic { site, key, ledger, chats, offset: AtomicI64::new(0), next: AtomicU64::new(1) }
    }

    pub(crate) fn now(&self) -> i64 {
        wall_clock() + self.offset.load(Ordering::SeqCst)
    }

    /// Everybody sends at once, until it is killed after at most `most` answers.
    pub(crate) fn run(&self, server: &Server, chance: &mut fastrand::Rng, most: usize) {
        let until = self.ledger.marked() + chance.usize(1..most);
        std::thread::scope(|scope| {
            for visitor in 1..=VISITORS {
                let mut chance = chance.fork();
                scope.spawn(move || {
                    while self.ledger.marked() < until && self.send_new(server, visitor, &mut chance) {}
                    server.kill_now();
                });
            }
        });
    }

    /// Sends again whatever was not acknowledged; harmless, whether it is stored or not.
    pub(crate) fn send_unmarked(&self, server: &Server) {
        for (number, sending) in self.ledger.unmarked() {
            assert!(self.deliver(server, number, &sending), "the server is there");
        }
    }

    /// All visitors send until a number of further requests are acknowledged; `happens` runs at a random one of them. A
    /// refused client comes back when the server is ready.
    pub(crate) fn live_through(&self, server: &Server, chance: &mut fastrand::Rng, happens: impl Fn() + Sync) {
        let from = self.ledger.marked() + chance.usize(20..200);
        let (until, has_happened) = (from + 50, AtomicBool::new(false));
        std::thread::scope(|scope| {
            for visitor in 1..=VISITORS {
                let (mut chance, has_happened, happens) = (chance.fork(), &has_happened, &happens);
                scope.spawn(move || {
                    while self.ledger.marked() < until {
                        if self.ledger.marked() >= from && !has_happened.swap(true, Ordering::SeqCst) {
                            happens();
                        }
                        if !self.try_new(server, visitor, &mut chance) {
                            while server.get("/readyz", "").code != 200 {}
                        }
                    }
                });
            }
        });
    }

    /// Sends something new; whether it was acknowledged.
    pub(crate) fn send_new(&self, server: &Server, visitor: u64, chance: &mut fastrand::Rng) -> bool {
        let sending = self.any_new(visitor, chance);
        let number = self.ledger.note(&sending);
        self.deliver(server, number, &sending)
    }

    /// The same to a server that may say that it should come again.
    fn try_new(&self, server: &Server, visitor: u64, chance: &mut fastrand::Rng) -> bool {
        let sending = self.any_new(visitor, chance);
        let number = self.ledger.note(&sending);
        match self.post(server, &sending) {
            Some((200..=202, _)) => {
                self.ledger.mark(number);
                true
            }
            Some((503, _)) => false,
            other => panic!("{other:?}"),
        }
    }

    fn any_new(&self, visitor: u64, chance: &mut fastrand::Rng) -> Sending {
        let is_message = visitor <= TALKERS && chance.u8(..3) == 0;
        if is_message { self.message(visitor, chance) } else { self.signals(visitor, chance) }
    }

    fn deliver(&self, server: &Server, number: usize, sending: &Sending) -> bool {
        let Some((code, body)) = self.post(server, sending) else { return false };
        let is_kept = if sending.token.is_empty() { code == 202 } else { code == 201 || code == 200 };
        assert!(is_kept, "{code} {body}");
        assert!(body.get("rejected").is_none_or(|rejected| rejected == &json!([])), "{body}");
        self.ledger.mark(number);
        true
    }

    /// Posts a request; any answer is returned.
    pub(crate) fn post(&self, server: &Server, sending: &Sending) -> Option<(u16, Value)> {
        let mut body = sending.body.clone();
        if sending.token.is_empty() {
            body["sent_at"] = json!(self.now());
        }
        let mut headers = vec![JSON, ("origin", ORIGIN)];
        if !sending.token.is_empty() {
            headers.push(("authorization", &sending.token));
        }
        let reply = server.try_send("POST", &sending.path, &headers, Some(body.to_string().as_bytes()))?;
        Some((reply.code, reply.body))
    }

    pub(crate) fn signals(&self, visitor: u64, chance: &mut fastrand::Rng) -> Sending {
        let now = self.now();
        let signals: Vec<_> = (0..chance.usize(1..6)).map(|_| self.signal(now, visitor, chance)).collect();
        let ids = signals.iter().map(|signal| signal["id"].as_str().expect("an id").to_owned()).collect();
        let body = batch(&self.site, visitor, &signals);
        Sending { path: "/v1/signals".into(), token: String::new(), body, ids }
    }

    fn signal(&self, now: i64, visitor: u64, chance: &mut fastrand::Rng) -> Value {
        let number = self.next.fetch_add(1, Ordering::SeqCst);
        let kinds = ["page_view", "click", "form_submit", "identify"];
        let kind = kinds[chance.usize(..if visitor.is_multiple_of(2) { 4 } else { 3 })];
        let page = PAGES[chance.usize(..PAGES.len())];
        let mut signal = signal(now, number, kind, page);
        signal["seq"] = json!(number);
        if kind == "identify" {
            signal["props"] = json!({"email": format!("ann{visitor}@hollis{}.example", visitor % 3)});
        }
        signal
    }

    fn message(&self, visitor: u64, chance: &mut fastrand::Rng) -> Sending {
        let chat = &self.chats[usize::try_from(visitor - 1).expect("small")];
        let id = id(self.now(), self.next.fetch_add(1, Ordering::SeqCst));
        let texts = ["What does it cost?", "Do you hire?", "It does not work", "Thanks"];
        let body = json!({"id": id, "text": texts[chance.usize(..texts.len())]});
        Sending { path: format!("{}/messages", chat.path()), token: chat.token().to_owned(), body, ids: vec![id] }
    }

    /// An unacknowledged batch is stored whole or not at all. To be checked before it is sent again.
    pub(crate) fn check_batches(&self, server: &Server) {
        let stored = self.signals_in(server);
        for (_, sending) in self.ledger.unmarked().iter().filter(|(_, sending)| sending.token.is_empty()) {
            let there = sending.ids.iter().filter(|id| stored.contains(*id)).count();
            assert!(there == 0 || there == sending.ids.len(), "half a batch is stored: {:?}", sending.ids);
        }
    }

    /// All that was acknowledged is there, nothing twice, and nothing that was never sent.
    pub(crate) fn check(&self, server: &Server) {
        for (what, is_chat, stored) in self.stored(server) {
            let marked = self.ledger.ids(is_chat, |marked| marked);
            let lost: Vec<_> = marked.difference(&stored).collect();
            assert!(lost.is_empty(), "{what}: {} of {} acknowledged are lost: {lost:?}", lost.len(), marked.len());
            let sent = self.ledger.ids(is_chat, |_| true);
            assert!(stored.is_subset(&sent), "{what}: nothing is there that was never sent");
        }
    }

    /// Whether all that was acknowledged is there, and can be asked for.
    pub(crate) fn is_all_there(&self, server: &Server) -> bool {
        let may_ask = server.get("/api/v1/timeline?limit=1", &self.key).code == 200;
        let mut stored = may_ask.then(|| self.stored(server)).into_iter().flatten();
        may_ask && stored.all(|(_, is_chat, stored)| self.ledger.ids(is_chat, |marked| marked).is_subset(&stored))
    }

    fn stored(&self, server: &Server) -> [(&'static str, bool, BTreeSet<String>); 2] {
        [("signals", false, self.signals_in(server)), ("messages", true, self.messages_in(server))]
    }

    fn signals_in(&self, server: &Server) -> BTreeSet<String> {
        let ours = ["page_view", "click", "form_submit", "identify"].map(Value::from);
        server.has_caught_up();
        let stored = timeline(server, &self.key, "");
        once(stored.iter().filter(|entry| ours.contains(&entry["type"]) && !is_of_mailing(entry)))
    }

    fn messages_in(&self, server: &Server) -> BTreeSet<String> {
        let messages: Vec<_> = self.chats.iter().flat_map(|chat| messages(server, chat)).collect();
        once(messages.iter().filter(|message| message["author"] == "lead"))
    }
}

/// The ids, none of them twice.
fn once<'v>(stored: impl Iterator<Item = &'v Value>) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    for entry in stored {
        assert!(ids.insert(entry["id"].as_str().expect("an id").to_owned()), "stored twice: {entry}");
    }
    ids
}

/// All messages of a conversation; their numbers have no gap.
fn messages(server: &Server, chat: &Chat) -> Vec<Value> {
    let mut messages: Vec<Value> = Vec::new();
    loop {
        let more = chat.messages(server, messages.len() as u64);
        if more.is_empty() {
            break;
        }
        messages.extend(more);
    }
    for (place, message) in messages.iter().enumerate() {
        assert_eq!(message["seq"], json!(place + 1), "{message}");
    }
    messages
}

/// All entries of a timeline, newest first.
pub(crate) fn timeline(server: &Server, key: &str, of: &str) -> Vec<Value> {
    let (mut entries, mut next) = (Vec::new(), Value::Null);
    loop {
        let before = next.as_str().map(|cursor| format!("&before={cursor}")).unwrap_or_default();
        let page = server.get(&format!("/api/v1/timeline?limit=200{of}{before}"), key).body;
        entries.extend(page["entries"].as_array().unwrap_or_else(|| panic!("{page}")).iter().cloned());
        next = page["next"].clone();
        if next.is_null() {
            return entries;
        }
    }
}

/// A batch of a visitor's browser, still without the instant of its sending.
pub(crate) fn batch(site: &str, visitor: u64, signals: &[Value]) -> Value {
    let visitor = visitor_id(visitor);
    json!({"v": 1, "site": site, "visitor": visitor, "session": visitor, "signals": signals})
}

/// Clients have a clock of their own.
pub(crate) fn wall_clock() -> i64 {
    knock_testing::now().0
}
