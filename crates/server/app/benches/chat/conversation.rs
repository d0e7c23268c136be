//! A visitor who opens a chat and writes one message after the other, each when the one before is acknowledged.

use crate::connection::Connection;
use crate::report::Report;
use crate::texts::text;
use knock_model::MessageId;
use knock_testing::{Site, now, stopwatch};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Who is refused waits as long.
const PAUSE: Duration = Duration::from_millis(100);

/// The server and its site.
pub(crate) struct Host {
    pub(crate) address: String,
    pub(crate) site: String,
}

/// An open conversation with a connection of its own, as a browser has.
pub(crate) struct Conversation {
    host: Arc<Host>,
    number: u32,
    connection: Connection,
    path: String,
    token: String,
    written: u32,
}

impl Conversation {
    pub(crate) async fn open(host: Arc<Host>, number: u32) -> Conversation {
        let mut connection = Connection::open(&host.address).await.expect("it answers");
        let opening = Site::new(&host.site).visitor(u64::from(number)).opening();
        let (code, opened) = connection.send("POST", "/v1/chat", None, opening.to_string()).await.expect("it answers");
        assert_eq!(code, 201, "{opened}");
        let text = |field: &str| opened[field].as_str().expect("text").to_owned();
        let (path, token) =
            (format!("/v1/chat/{}/messages", text("conversation")), format!("Bearer {}", text("token")));
        Conversation { host, number, connection, path, token, written: 0 }
    }

    /// Writes until then; what became of it.
    pub(crate) async fn write_until(mut self, end: Instant) -> (Conversation, Report) {
        let mut report = Report::default();
        while stopwatch() < end {
            let begun = stopwatch();
            match self.write().await {
                Ok((201, _)) => report.acknowledge(begun.elapsed()),
                Ok((code, _)) => {
                    report.refuse(code);
                    tokio::time::sleep(PAUSE).await;
                }
                Err(_) => {
                    report.break_off();
                    self.connection = Connection::open(&self.host.address).await.expect("it still answers");
                }
            }
        }
        (self, report)
    }

    async fn write(&mut self) -> hyper::Result<(u16, Value)> {
        self.written += 1;
        let mut random = [0; 10];
        random[2..6].copy_from_slice(&self.number.to_be_bytes());
        random[6..].copy_from_slice(&self.written.to_be_bytes());
        let body = json!({"id": MessageId::new(now(), &random).to_string(), "text": text(self.number, self.written)});
        self.connection.send("POST", &self.path, Some(&self.token), body.to_string()).await
    }

    pub(crate) fn is_first(&self) -> bool {
        self.number == 1
    }

    /// How many messages of its lead the server has; their numbers have no gap.
    pub(crate) async fn stored(&mut self) -> u64 {
        let (mut last, mut stored) = (0, 0);
        loop {
            let path = format!("{}?after={last}", self.path);
            let (code, page) =
                self.connection.send("GET", &path, Some(&self.token), String::new()).await.expect("it answers");
            assert_eq!(code, 200, "{page}");
            let messages = page["messages"].as_array().expect("a list");
            if messages.is_empty() {
                return stored;
            }
            for message in messages {
                last += 1;
                assert_eq!(message["seq"], json!(last), "{message}");
                stored += u64::from(message["author"] == "lead");
            }
        }
    }
}
