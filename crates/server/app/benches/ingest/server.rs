//! The servers under load, each a process of its own.

use crate::usage;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use url::Url;

const KNOCK: &str = env!("CARGO_BIN_EXE_knock");

/// A running server; it ends with this.
pub(crate) struct Server {
    child: Child,
    /// Where it answers.
    pub(crate) url: Url,
    crowds: AtomicU64,
}

impl Server {
    /// The route that only parses.
    pub(crate) fn floor() -> Server {
        let this = std::env::current_exe().expect("this program has a path");
        Server::start(Command::new(this).arg("floor"))
    }

    /// The whole server, without limits on how much may come. It sums up everything before it acknowledges it.
    pub(crate) fn knock(data: &Path, database: &str) -> Server {
        Server::unlimited(data, database, &[("KNOCK_INGEST_BURST", "0")])
    }

    /// The same as it is set up by itself: in a burst it keeps signals first.
    pub(crate) fn eager(data: &Path) -> Server {
        Server::unlimited(data, "", &[])
    }

    fn unlimited(data: &Path, database: &str, env: &[(&str, &str)]) -> Server {
        let mut command = Command::new(KNOCK);
        command.envs(env.iter().copied());
        command.arg("serve").args(["--listen", "127.0.0.1:0", "--data"]).arg(data).env("KNOCK_DATABASE", database);
        for limit in ["INGEST_RATE_PER_SITE", "INGEST_RATE_PER_IP", "HTTP_MAX_CONNECTIONS_PER_IP", "CHAT_OPENS_PER_IP"]
        {
            command.env(format!("KNOCK_{limit}"), "0");
        }
        // All that comes is of one site.
        command.env("KNOCK_INGEST_WAITING_PER_SITE", "4096");
        Server::start(&mut command)
    }

    /// A key that may do all, of a server on this directory.
    pub(crate) fn key(data: &Path) -> String {
        let mut command = Command::new(KNOCK);
        let made =
            command.args(["api-key", "create", "--role", "admin", "--data"]).arg(data).output().expect("it runs");
        String::from_utf8(made.stdout).expect("text").trim().to_owned()
    }

    /// What the API answers.
    pub(crate) fn api(&self, key: &str, path: &str) -> serde_json::Value {
        let url = self.url.join(path).expect("a path");
        let mut reply =
            ureq::get(url.as_str()).header("authorization", format!("Bearer {key}")).call().expect("it answers");
        reply.body_mut().read_json().expect("JSON")
    }

    /// Signals that are kept and not summed up yet.
    pub(crate) fn backlog(&self) -> f64 {
        let mut reply = ureq::get(self.url.join("metrics").expect("a path").as_str()).call().expect("it answers");
        let text = reply.body_mut().read_to_string().expect("a text");
        let told = text.lines().find_map(|line| line.strip_prefix("knock_backlog_signals "));
        told.and_then(|number| number.parse().ok()).expect("it is told")
    }

    fn start(command: &mut Command) -> Server {
        let mut child = command.stdout(Stdio::piped()).spawn().expect("it starts");
        let lines = BufReader::new(child.stdout.take().expect("piped")).lines();
        let words =
            lines.map_while(Result::ok).flat_map(|line| line.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
        let mut urls = words.filter_map(|word| Url::parse(&word).ok()).filter(|url| url.scheme() == "http");
        let url = urls.next().expect("it says where it is");
        Server { child, url: url.join("/").expect("its root"), crowds: AtomicU64::new(0) }
    }

    /// The key of the demo site.
    pub(crate) fn site(&self) -> String {
        let mut reply = ureq::get(self.url.join("demo/").expect("a path").as_str()).call().expect("the demo answers");
        let page = reply.body_mut().read_to_string().expect("a text");
        let (_, rest) = page.split_once("data-site=\"").expect("the snippet");
        rest.split('"').next().expect("its key").to_owned()
    }

    /// What sets a crowd apart from those before on this server.
    pub(crate) fn next_seed(&self) -> u64 {
        self.crowds.fetch_add(1, Ordering::Relaxed)
    }

    /// Seconds of processor time so far.
    pub(crate) fn cpu(&self) -> f64 {
        usage::cpu(self.child.id())
    }

    /// Megabytes of memory: now, and the most so far.
    pub(crate) fn memory(&self) -> (f64, f64) {
        usage::memory(self.child.id())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
