//! Leads who left an address and have gone, to whom a rep goes on writing while the server dies again and again.

use crate::server::Server;
use crate::traffic::wall_clock;
use knock_testing::{JSON, Mail, MailServer, Site, id};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

/// Longer than any claim holds, and than a reply may take to reach a browser.
const PAST_CLAIMS: i64 = 61_000;
const LEADS: u64 = 3;

pub(crate) struct Mailing {
    mails: Mutex<MailServer>,
    url: String,
    /// The rep's session, and the conversations.
    desk: Option<(String, Vec<String>)>,
    replies: Mutex<Vec<Reply>>,
    next: AtomicU64,
}

#[derive(Clone)]
struct Reply {
    lead: usize,
    id: String,
    text: String,
    is_kept: bool,
}

impl Mailing {
    pub(crate) fn begin() -> Mailing {
        let mails = MailServer::start();
        let url = mails.url();
        Mailing { mails: Mutex::new(mails), url, desk: None, replies: Mutex::default(), next: AtomicU64::new(1) }
    }

    /// The settings of servers.
    pub(crate) fn settings(&self) -> [(&str, &str); 3] {
        [
            ("KNOCK_SMTP_URL", &self.url),
            ("KNOCK_SMTP_FROM", "Acme <hello@acme.example>"),
            ("KNOCK_CHAT_MAIL_REPLY_AFTER_S", "1"),
        ]
    }

    /// The leads open their chats, leave an address and go; a rep signs in. On a server without faults.
    pub(crate) fn open(&mut self, server: &Server, site: &str) {
        let chats = (0..LEADS).map(|lead| open_chat(server, site, lead)).collect();
        self.desk = Some((server.session(), chats));
    }

    /// The rep writes to one lead after the other, until the server is gone.
    pub(crate) fn run(&self, server: &Server) {
        loop {
            let number = self.next.fetch_add(1, Ordering::SeqCst);
            let lead = usize::try_from(number % LEADS).expect("small");
            let (id, text) = (id(wall_clock(), 1_000_000 + number), format!("reply-{number:06}."));
            let reply = Reply { lead, id, text, is_kept: false };
            let place = self.replies().len();
            self.replies().push(reply.clone());
            if !self.write(server, &reply) {
                return;
            }
            self.replies()[place].is_kept = true;
        }
    }

    /// Writes again whatever was not acknowledged, then waits until all of it was mailed; how far the clock went on.
    pub(crate) fn until_all_is_mailed(&self, server: &Server, key: &str) -> i64 {
        for reply in self.replies().iter_mut().filter(|reply| !reply.is_kept) {
            assert!(self.write(server, reply), "the server is there");
            reply.is_kept = true;
        }
        // One of them is refused at first.
        self.mails().fail(1);
        // What was claimed by the server that died is free afterwards.
        let mut passed = self.advance(server);
        loop {
            let open = listed(server, key).into_iter().filter(|mail| mail["state"] != "delivered").collect::<Vec<_>>();
            assert!(open.iter().all(|mail| mail["state"] != "parked"), "{open:?}");
            let mailed = self.mailed();
            let is_all = self.replies().iter().all(|reply| mailed.contains_key(&reply.text));
            if open.is_empty() && is_all {
                return passed;
            }
            // What is under way ends by itself; what failed waits for the clock, as replies do that are not due yet.
            let is_new = |mail: &Value| mail["state"] == "waiting" && mail["attempts"] == 0;
            let is_under_way = open.iter().any(|mail| mail["state"] == "under_way" || is_new(mail));
            if !is_under_way {
                passed += self.advance(server);
            }
        }
    }

    fn advance(&self, server: &Server) -> i64 {
        server.advance(PAST_CLAIMS);
        PAST_CLAIMS
    }

    /// Each reply was mailed to its lead, in order, in one letter, and that letter at most as often as it was tried; beside
    /// that members were mailed of leads who wait, in one letter each.
    pub(crate) fn check(&self, server: &Server, key: &str) {
        let taken = self.mails().all();
        for (text, ids) in self.mailed() {
            assert_eq!(ids.len(), 1, "in two letters: {text}");
        }
        let replies = self.replies().clone();
        for lead in 0..usize::try_from(LEADS).expect("small") {
            let written: Vec<_> = replies.iter().filter(|reply| reply.lead == lead).map(|reply| &*reply.text).collect();
            let mut seen = BTreeSet::new();
            let address = format!("gone{lead}@first{lead}.example");
            let to_them = taken.iter().filter(|mail| mail.0["rcpt"] == json!([address]));
            let mailed: Vec<String> = to_them
                .filter(|mail| seen.insert(mail.header("Message-ID").to_owned()))
                .flat_map(|mail| texts(mail.part("text/plain")))
                .collect();
            assert_eq!(mailed, written, "{address}");
        }
        let (waits, replies): (Vec<_>, Vec<_>) =
            listed(server, key).into_iter().partition(|mail| mail["kind"] == "mail.wait");
        let of_waits = taken.iter().filter(|mail| mail.header("Subject").contains("is waiting for an answer"));
        let letters: BTreeSet<&str> = of_waits.map(|mail| mail.header("Message-ID")).collect();
        assert!(letters.len() <= waits.len(), "{} letters of {} waits", letters.len(), waits.len());
        for mail in replies {
            let (said, attempts) = (texts(mail["text"].as_str().expect("text")), mail["attempts"].as_u64());
            let times = taken.iter().filter(|taken| texts(taken.part("text/plain")) == said).count() as u64;
            assert!(times >= 1 && times <= attempts.expect("a number"), "{times} times: {mail}");
        }
    }

    /// The number of mails, for a person to read.
    pub(crate) fn summary(&self) -> String {
        let taken = self.mails().all();
        let ids: BTreeSet<&str> = taken.iter().map(|mail| mail.header("Message-ID")).collect();
        format!("{} replies were mailed in {} letters, sent {} times", self.replies().len(), ids.len(), taken.len())
    }

    /// The letters that each reply stands in, by their ids.
    fn mailed(&self) -> BTreeMap<String, BTreeSet<String>> {
        let mut found = BTreeMap::<String, BTreeSet<String>>::new();
        for mail in self.mails().all() {
            for text in texts(mail.part("text/plain")) {
                found.entry(text).or_default().insert(Mail::header(&mail, "Message-ID").to_owned());
            }
        }
        found
    }

    fn write(&self, server: &Server, reply: &Reply) -> bool {
        let (cookie, chats) = self.desk.as_ref().expect("it is open");
        let path = format!("/api/v1/conversations/{}/messages", chats[reply.lead]);
        let headers = [JSON, ("cookie", cookie), ("origin", &server.url)];
        let body = json!({"id": reply.id, "text": reply.text}).to_string();
        match server.try_send("POST", &path, &headers, Some(body.as_bytes())) {
            Some(answer) if answer.code == 201 || answer.code == 200 => true,
            Some(answer) => panic!("{} {}", answer.code, answer.body),
            None => false,
        }
    }

    fn replies(&self) -> std::sync::MutexGuard<'_, Vec<Reply>> {
        self.replies.lock().expect("no panic while locked")
    }

    fn mails(&self) -> std::sync::MutexGuard<'_, MailServer> {
        self.mails.lock().expect("no panic while locked")
    }
}

/// Whether an entry of a timeline, or a contact, is of one of these leads.
pub(crate) fn is_of_mailing(entry: &Value) -> bool {
    let email = entry["contact"]["email"].as_str().or(entry["email"].as_str());
    email.is_some_and(|email| email.starts_with("gone"))
}

/// A chat of somebody who leaves an address; its id.
fn open_chat(server: &Server, site: &str, lead: u64) -> String {
    let chat = Site::new(site).visitor(500 + lead).opens_chat(server);
    let said = format!("What does it cost? I am gone{lead}@first{lead}.example");
    let message = json!({"id": id(wall_clock(), 900_000 + lead), "text": said}).to_string();
    assert_eq!(chat.post(server, &message).code, 201);
    chat.id
}

/// The replies in a letter.
fn texts(letter: &str) -> Vec<String> {
    letter.split_whitespace().filter(|word| word.starts_with("reply-")).map(str::to_owned).collect()
}

/// All mails that the server knows of.
fn listed(server: &Server, key: &str) -> Vec<Value> {
    let (mut all, mut before) = (Vec::new(), i64::MAX.to_string());
    loop {
        let page = server.get(&format!("/api/v1/mail?limit=200&before={before}"), key).body;
        all.extend(page["mails"].as_array().unwrap_or_else(|| panic!("{page}")).iter().cloned());
        match page["next"].as_i64() {
            Some(next) => before = next.to_string(),
            None => return all,
        }
    }
}
