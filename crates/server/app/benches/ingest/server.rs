//! The servers under load, each a process of its own.

use knock_testing::{Binary, Place, Setup, TestServer, cpu, memory};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use url::Url;

/// A running server; it ends with this.
pub(crate) struct Server {
    running: Running,
    /// Where it answers.
    pub(crate) url: Url,
    crowds: AtomicU64,
}

enum Running {
    Floor(Child),
    Knock(Box<TestServer>),
}

impl Server {
    /// The route that only parses.
    pub(crate) fn floor() -> Server {
        let this = std::env::current_exe().expect("this program has a path");
        let mut child = Command::new(this).arg("floor").stdout(Stdio::piped()).spawn().expect("it starts");
        let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines();
        let url = lines.next().expect("it says where it is").expect("text");
        Server::at(&url, Running::Floor(child))
    }

    /// The whole server, without limits on how much may come. It sums up everything before it acknowledges it.
    pub(crate) fn knock(data: &Path, database: &str) -> Server {
        Server::unlimited(data, database, &[("KNOCK_INGEST_BURST", "0")])
    }

    /// The same as it is set up by itself: in a burst it keeps signals first.
    pub(crate) fn eager(data: &Path) -> Server {
        Server::unlimited(data, "", &[])
    }

    fn unlimited(data: &Path, database: &str, settings: &[(&str, &str)]) -> Server {
        let limits = [
            "INGEST_RATE_PER_SITE",
            "INGEST_RATE_PER_IP",
            "INGEST_BYTES_PER_SITE",
            "INGEST_BYTES_PER_IP",
            "HTTP_MAX_CONNECTIONS_PER_IP",
            "CHAT_OPENS_PER_IP",
        ];
        let limits = limits.map(|limit| format!("KNOCK_{limit}"));
        let unlimited = limits.each_ref().map(|name| (name.as_str(), "0"));
        let setup = Setup::on(Place::kept(data, database)).binary(Binary::built()).on_wall_clock();
        // All that comes is of one site.
        let all = [("KNOCK_INGEST_WAITING_PER_SITE", "4096")];
        let server = setup.settings(&unlimited).settings(&all).settings(settings).start();
        Server::at(&server.url.clone(), Running::Knock(Box::new(server)))
    }

    fn at(url: &str, running: Running) -> Server {
        Server { running, url: Url::parse(url).expect("an address"), crowds: AtomicU64::new(0) }
    }

    /// The whole server, to be asked.
    fn asked(&self) -> &TestServer {
        match &self.running {
            Running::Knock(server) => server,
            Running::Floor(_) => panic!("the route that only parses answers nothing else"),
        }
    }

    /// A key that may do all.
    pub(crate) fn key(&self) -> String {
        self.asked().admin_key()
    }

    /// What the API answers.
    pub(crate) fn api(&self, key: &str, path: &str) -> serde_json::Value {
        self.asked().get(path, key).body
    }

    /// What the API answers to a change.
    pub(crate) fn ask(&self, method: &str, path: &str, key: &str, body: &serde_json::Value) -> serde_json::Value {
        let reply = self.asked().ask(method, path, key, body);
        assert!((200..300).contains(&reply.code), "{method} {path}: {} {}", reply.code, reply.body);
        reply.body
    }

    /// Signals that are kept and not summed up yet.
    pub(crate) fn backlog(&self) -> u64 {
        self.asked().backlog()
    }

    /// The key of the demo site.
    pub(crate) fn site(&self) -> String {
        self.asked().site()
    }

    /// What sets a crowd apart from those before on this server.
    pub(crate) fn next_seed(&self) -> u64 {
        self.crowds.fetch_add(1, Ordering::Relaxed)
    }

    fn process(&self) -> u32 {
        match &self.running {
            Running::Floor(child) => child.id(),
            Running::Knock(server) => server.process(),
        }
    }

    /// Seconds of processor time so far.
    pub(crate) fn cpu(&self) -> f64 {
        cpu(self.process())
    }

    /// Megabytes of memory: now, and the most so far.
    pub(crate) fn memory(&self) -> (f64, f64) {
        let used = memory(self.process());
        (used.now as f64 / 1_024.0, used.peak as f64 / 1_024.0)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Running::Floor(child) = &mut self.running {
            drop(child.kill());
            drop(child.wait());
        }
    }
}
