//! One measurement: conversations on a new workspace, and what they cost.

use crate::conversation::{Conversation, Host};
use crate::report::Report;
use knock_testing::{Binary, Place, Setup, TestServer, stopwatch};
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;

/// Rate limits switched off: all requests come from one address.
const UNLIMITED: [(&str, &str); 7] = [
    ("KNOCK_INGEST_RATE_PER_SITE", "0"),
    ("KNOCK_INGEST_RATE_PER_IP", "0"),
    ("KNOCK_HTTP_MAX_CONNECTIONS_PER_IP", "0"),
    ("KNOCK_CHAT_OPENS_PER_IP", "0"),
    ("KNOCK_CHAT_MESSAGES_PER_CHAT", "0"),
    ("KNOCK_CHAT_MESSAGES_PER_IP", "0"),
    ("KNOCK_INGEST_BYTES_PER_IP", "0"),
];

/// What a measurement found.
pub(crate) struct Figures {
    /// Microseconds of the server's processor time for a message; a database that is another process is not in it.
    pub(crate) cpu: f64,
    pub(crate) report: Report,
    /// The server before its first visitor.
    pub(crate) idle: Idle,
    seconds: f64,
}

/// A server that has just started.
#[derive(Clone, Copy)]
pub(crate) struct Idle {
    /// Seconds of processor time of its start.
    pub(crate) cpu: f64,
    /// Megabytes of memory.
    pub(crate) memory: f64,
}

impl Figures {
    /// Messages acknowledged a second.
    pub(crate) fn rate(&self) -> f64 {
        self.report.acknowledged() as f64 / self.seconds
    }

    /// A line of the table.
    pub(crate) fn row(&self, name: &str) -> String {
        let [half, most, worst] = [0.5, 0.99, 1.0].map(|share| self.report.within(share));
        let (rate, refused) = (self.rate(), self.report.refused());
        format!("  {name:<32} {rate:>10.0} {half:>8.1} {most:>8.1} {worst:>8.1} {:>8.0} {refused:>8}", self.cpu)
    }
}

/// Opens so many chats and lets all of them write for so many seconds.
pub(crate) fn measure(binary: &Binary, place: impl Into<Place>, conversations: u32, seconds: u64) -> Figures {
    let server = Setup::on(place).binary(binary.clone()).on_wall_clock().settings(&UNLIMITED).start();
    let idle = Idle { cpu: server.cpu(), memory: server.memory().now as f64 / 1_024.0 };
    let host = Arc::new(Host { address: server.address().to_owned(), site: server.site() });
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let opened = open(&host, conversations).await;
        write(&server, idle, opened, Duration::from_secs(seconds)).await
    })
}

async fn open(host: &Arc<Host>, conversations: u32) -> Vec<Conversation> {
    let opening: JoinSet<_> = (1..=conversations).map(|number| Conversation::open(Arc::clone(host), number)).collect();
    opening.join_all().await
}

async fn write(server: &TestServer, idle: Idle, opened: Vec<Conversation>, time: Duration) -> Figures {
    let (cpu, start) = (server.cpu(), stopwatch());
    let writing: JoinSet<_> = opened.into_iter().map(|conversation| conversation.write_until(start + time)).collect();
    let written = writing.join_all().await;
    let (seconds, cpu) = (start.elapsed().as_secs_f64(), server.cpu() - cpu);
    let mut report = Report::default();
    for (mut conversation, one) in written {
        report.add(&one);
        if conversation.is_first() {
            assert_eq!(conversation.stored().await, one.acknowledged(), "what was acknowledged is stored once");
        }
    }
    Figures { cpu: cpu * 1e6 / report.acknowledged() as f64, report, idle, seconds }
}
