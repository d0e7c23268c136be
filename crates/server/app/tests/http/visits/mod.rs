//! Who is on a site, members who write to them first, and nudges of workflows.

mod answer;
mod invite;
mod list;
mod nudges;
mod stream;

use crate::members::Browser;
use crate::support::{Knock, ORIGIN, Reply, batch, id, signal};
use knock_model::Role;
use knock_testing::{Chat, JSON, visitor_id};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Lines, Write};
use std::net::TcpStream;
use std::time::Duration;

const BO: &str = "bo@us.example";
/// The longest wait for an event.
const PATIENCE: Duration = Duration::from_secs(120);

/// A workspace with an admin and a rep, whose default rule gives all chats to the admin.
struct Scene {
    knock: Knock,
    site: String,
    key: String,
    admin: Browser,
    bo: Browser,
}

impl Scene {
    fn start() -> Scene {
        Scene::by(Knock::start())
    }

    fn by(knock: Knock) -> Scene {
        let (site, key, admin) = (knock.site(), knock.admin_key(), Browser::admin(&knock));
        let bo = Browser::member(&knock, &admin, BO, Role::Rep);
        Scene { knock, site, key, admin, bo }
    }

    /// A page view of a visitor now.
    fn views(&self, visitor: u64, n: u64, page: &str) {
        let now = self.knock.now();
        let mut view = signal(now, n, "page_view", page);
        view["title"] = json!("Pricing");
        assert_eq!(self.knock.post_signals(&batch(&self.site, visitor, now, &[view])).code, 202);
    }

    fn advance(&self, ms: i64) {
        assert_eq!(self.knock.set_clock(&json!({"advance_ms": ms})).code, 200);
    }

    /// The rows of the list with these parameters.
    fn visits(&self, query: &str) -> Vec<Value> {
        let reply = self.bo.get(&self.knock, &format!("/api/v1/visits?{query}"));
        assert_eq!(reply.code, 200, "{}", reply.body);
        reply.body["visits"].as_array().expect("a list").clone()
    }

    /// Writes to a visitor first; messages at one instant differ in `n`.
    fn invites(&self, by: &Browser, visitor: u64, n: u64, text: &str) -> Reply {
        let draft = self.draft(visitor, n, text);
        by.ask(&self.knock, "POST", "/api/v1/visits/messages", &draft)
    }

    fn draft(&self, visitor: u64, n: u64, text: &str) -> Value {
        json!({"id": id(self.knock.now(), n), "site": self.site, "visitor": visitor_id(visitor), "text": text})
    }

    /// Writes to a visitor first, which succeeds; the id of the conversation.
    fn invited(&self, visitor: u64, n: u64, text: &str) -> String {
        let reply = self.invites(&self.bo, visitor, n, text);
        assert_eq!(reply.code, 201, "{}", reply.body);
        reply.text("conversation")
    }

    /// What the page of a visitor did with an invitation.
    fn notes(&self, visitor: u64, invitation: &Value, is_closed: bool) -> u16 {
        let path = format!("/v1/visits/invitations/{}", invitation["id"].as_str().expect("an id"));
        let note = json!({"site": self.site, "visitor": visitor_id(visitor), "is_closed": is_closed,
            "url": format!("{ORIGIN}/pricing?mail=x")});
        let headers = [("content-type", "text/plain"), ("origin", ORIGIN)];
        self.knock.send("POST", &path, &headers, Some(note.to_string().as_bytes())).code
    }

    /// Opens a chat by an invitation, with a secret of the browser.
    fn opens(&self, visitor: u64, invitation: &Value, secret: Option<char>) -> Chat {
        let browser = visitor_id(visitor);
        let mut start = json!({"site": self.site, "visitor": browser, "session": browser, "language": "en",
            "invitation": invitation["id"]});
        if let Some(letter) = secret {
            start["secret"] = json!(letter.to_string().repeat(64));
        }
        let headers = [JSON, ("origin", ORIGIN)];
        let reply = self.knock.send("POST", "/v1/chat", &headers, Some(start.to_string().as_bytes()));
        assert_eq!(reply.code, 201, "{}", reply.body);
        Chat::new(&reply)
    }

    fn record(&self, conversation: &str) -> Value {
        self.bo.get(&self.knock, &format!("/api/v1/conversations/{conversation}")).body
    }

    fn listens(&self, visitor: u64) -> Events {
        let path = format!("/v1/visits/events?site={}&visitor={}", self.site, visitor_id(visitor));
        Events::open(&self.knock, &path)
    }
}

/// An event stream as a browser reads it.
struct Events {
    /// The status line.
    status: String,
    lines: Lines<BufReader<TcpStream>>,
}

impl Events {
    fn open(knock: &Knock, path: &str) -> Events {
        let address = knock.address();
        let mut stream = TcpStream::connect(address).expect("it opens");
        stream.set_read_timeout(Some(PATIENCE)).expect("it can be set");
        let head =
            format!("GET {path} HTTP/1.1\r\nhost: {address}\r\norigin: {ORIGIN}\r\naccept: text/event-stream\r\n\r\n");
        stream.write_all(head.as_bytes()).expect("sent");
        let mut lines = BufReader::new(stream).lines();
        let status = lines.next().expect("a line").expect("read");
        Events { status, lines }
    }

    /// The name and the data of the next event; none at the end of the stream.
    fn next(&mut self) -> Option<(String, Value)> {
        let name = self.after("event: ")?;
        let data = self.after("data: ")?;
        Some((name, serde_json::from_str(&data).expect("JSON")))
    }

    /// The invitation that comes next.
    fn invitation(&mut self) -> Value {
        let (name, shown) = self.next().expect("an event");
        assert_eq!(name, "invitation", "{shown}");
        shown
    }

    fn after(&mut self, prefix: &str) -> Option<String> {
        self.lines.by_ref().map_while(Result::ok).find_map(|line| line.strip_prefix(prefix).map(str::to_owned))
    }
}
