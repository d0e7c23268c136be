//! What one address sends to fill the disk.

use crate::texts::noise;
use crate::{bookings, calendars, heads, pdfs};
use flate2::Compression;
use flate2::write::GzEncoder;
use knock_testing::{JSON, ORIGIN, TestServer, batch, id, identify, now, signal, visitor_id};
use serde_json::{Value, json};
use std::io::Write;

/// A way to fill the disk, or to keep the server busy.
pub(crate) struct Attack {
    pub(crate) name: &'static str,
    /// What the team has set up before.
    pub(crate) prepare: fn(&TestServer),
    /// Sends once; whether it was taken. Each number is sent once.
    pub(crate) send: fn(&TestServer, &str, u64) -> bool,
}

/// All of them.
pub(crate) const ATTACKS: [Attack; 11] = [
    Attack::new("fat", fat),
    Attack::new("quotes", quotes),
    Attack::new("small", small),
    Attack::new("strangers", strangers),
    Attack::new("contacts", contacts),
    Attack::new("chats", chats),
    Attack::new("messages", messages),
    Attack { prepare: bookings::prepare, ..Attack::new("bookings", bookings::send) },
    Attack::new("heads", heads::send),
    Attack { prepare: pdfs::prepare, ..Attack::new("pdfs", pdfs::send) },
    Attack { prepare: calendars::prepare, ..Attack::new("calendars", calendars::send) },
];

impl Attack {
    const fn new(name: &'static str, send: fn(&TestServer, &str, u64) -> bool) -> Attack {
        Attack { name, prepare: |_| {}, send }
    }
}

pub(crate) const FROM: (&str, &str) = ("x-forwarded-for", "203.0.113.9");

/// Signals as large as they may be, compressed.
fn fat(server: &TestServer, site: &str, number: u64) -> bool {
    let at = now().0;
    let signals: Vec<_> = (0..14)
        .map(|place| {
            let mut signal = signal(at, 100 * number + place, "click", "/");
            for (name, length) in [("url", 1_900), ("referrer", 1_900), ("href", 1_900), ("title", 300), ("text", 200)]
            {
                signal[name] = json!(format!("https://a.example/{}", noise(length)));
            }
            let fields: Vec<_> = (0..50).map(|_| noise(100)).collect();
            signal["fields"] = json!(fields);
            signal["props"] = json!({"noise": noise(4_000)});
            signal
        })
        .collect();
    gzip(server, &batch(site, 1, at, &signals))
}

/// Properties that are written with twice as many letters when they are stored.
fn quotes(server: &TestServer, site: &str, number: u64) -> bool {
    let at = now().0;
    let signals: Vec<_> = (0..50)
        .map(|place| {
            let mut signal = signal(at, 100 * number + place, "track", "/");
            signal["props"] = json!({"quotes": vec![""; 1_300]});
            signal
        })
        .collect();
    gzip(server, &batch(site, 2, at, &signals))
}

/// As many small signals as a batch may hold, all of one browser.
fn small(server: &TestServer, site: &str, number: u64) -> bool {
    let at = now().0;
    let signals: Vec<_> = (0..500).map(|place| signal(at, 1_000 * number + place, "page_view", "/")).collect();
    gzip(server, &batch(site, 3, at, &signals))
}

/// One page view of each of ever new browsers.
fn strangers(server: &TestServer, site: &str, number: u64) -> bool {
    let at = now().0;
    gzip(server, &batch(site, number, at, &[signal(at, number, "page_view", "/")]))
}

/// One new contact of a new company in each of ever new browsers.
fn contacts(server: &TestServer, site: &str, number: u64) -> bool {
    let at = now().0;
    let identify = identify(at, number, &format!("{}@{}.example", noise(60), noise(60)));
    gzip(server, &batch(site, number, at, &[identify]))
}

/// One chat of each of ever new browsers, with a long first message.
fn chats(server: &TestServer, site: &str, number: u64) -> bool {
    let Some((conversation, token)) = open(server, site, number) else { return false };
    write(server, &conversation, &token, number)
}

/// Long messages in a chat, a hundred in each.
fn messages(server: &TestServer, site: &str, number: u64) -> bool {
    let Some((conversation, token)) = open(server, site, number) else { return false };
    (0..100).all(|message| write(server, &conversation, &token, 1_000 * number + message))
}

pub(crate) fn open(server: &TestServer, site: &str, number: u64) -> Option<(String, String)> {
    let visitor = visitor_id(number);
    let opening = json!({"site": site, "visitor": visitor, "session": visitor});
    let reply =
        server.send("POST", "/v1/chat", &[JSON, ("origin", ORIGIN), FROM], Some(opening.to_string().as_bytes()));
    (reply.code == 201).then(|| (reply.text("conversation"), format!("Bearer {}", reply.text("token"))))
}

fn write(server: &TestServer, conversation: &str, token: &str, number: u64) -> bool {
    let message = json!({"id": id(now().0, number), "text": noise(4_000)});
    let headers = [JSON, ("origin", ORIGIN), ("authorization", token), FROM];
    let path = format!("/v1/chat/{conversation}/messages");
    server.send("POST", &path, &headers, Some(message.to_string().as_bytes())).code == 201
}

fn gzip(server: &TestServer, batch: &Value) -> bool {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(batch.to_string().as_bytes()).expect("into memory");
    let body = encoder.finish().expect("into memory");
    let headers = [JSON, ("content-encoding", "gzip"), ("origin", ORIGIN), FROM];
    server.send("POST", "/v1/signals", &headers, Some(&body)).code == 202
}
