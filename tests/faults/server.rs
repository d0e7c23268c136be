//! A real `knock` process, started on any directory, with anything in its environment.

use serde_json::Value;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::time::{Duration, Instant};

/// An origin that the demo site accepts.
pub(crate) const ORIGIN: &str = "http://127.0.0.1:4000";

/// Where a server keeps its things.
#[derive(Clone)]
pub(crate) struct Place {
    pub(crate) data: PathBuf,
    /// As `--database` takes it; empty: SQLite.
    pub(crate) database: String,
}

impl Place {
    /// A directory with a SQLite file.
    pub(crate) fn sqlite(data: &Path) -> Place {
        Place { data: data.to_owned(), database: String::new() }
    }

    pub(crate) fn knock(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_knock"));
        command.args(args).arg("--data").arg(&self.data).env("KNOCK_DATABASE", &self.database);
        command
    }

    /// What the servers here said on standard error, all of them.
    pub(crate) fn said(&self) -> String {
        fs::read_to_string(self.data.with_extension("log")).unwrap_or_default()
    }
}

/// How a server ended that did not come up.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) status: ExitStatus,
}

pub(crate) struct Reply {
    pub(crate) code: u16,
    pub(crate) retry_after: Option<String>,
    /// The cookie it sets, as it is sent back.
    pub(crate) cookie: Option<String>,
    pub(crate) body: Value,
}

pub(crate) struct Server {
    child: Child,
    pub(crate) place: Place,
    pub(crate) url: String,
    /// From the start of the process to its greeting.
    pub(crate) came_up_in: Duration,
    agent: ureq::Agent,
}

impl Server {
    pub(crate) fn start(place: &Place, env: &[(&str, &str)]) -> Server {
        Server::try_start(place, env).unwrap_or_else(|ended| panic!("{ended:?}: {}", place.said()))
    }

    /// A server with a steered clock, or how it ended before it greeted.
    pub(crate) fn try_start(place: &Place, env: &[(&str, &str)]) -> Result<Server, Ended> {
        let log = File::options().append(true).create(true).open(place.data.with_extension("log")).expect("a log");
        let begun = stopwatch();
        let mut command = place.knock(&["serve", "--listen", "127.0.0.1:0", "--test-clock"]);
        let command = command.envs(env.iter().copied()).stdout(Stdio::piped()).stderr(log);
        let mut child = command
            .env("KNOCK_INGEST_RATE_PER_IP", "0")
            .env("KNOCK_OUTBOUND_PRIVATE_NETWORKS", "127.0.0.1")
            .spawn()
            .expect("the binary runs");
        let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines().map_while(Result::ok);
        let greeting = lines.by_ref().find_map(|line| Some(line.split_once("Dashboard")?.1.trim().to_owned()));
        let Some(url) = greeting else { return Err(Ended { status: child.wait().expect("it ended") }) };
        let came_up_in = begun.elapsed();
        // Keeps the pipe from filling up.
        std::thread::spawn(move || lines.for_each(drop));
        let config = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0);
        let config = config.timeout_global(Some(Duration::from_secs(60))).build();
        let url = url.trim_end_matches("/app/").to_owned();
        Ok(Server { child, place: place.clone(), url, came_up_in, agent: config.into() })
    }

    /// An answer, or none when the server is gone.
    pub(crate) fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Option<Reply> {
        let mut request = ureq::http::Request::builder().method(method).uri(format!("{}{path}", self.url));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut response = self.agent.run(request.body(body.to_owned()).expect("a request")).ok()?;
        let header = |name| response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let retry_after = header("retry-after");
        let cookie = header("set-cookie").and_then(|set| set.split(';').next().map(str::to_owned));
        // An answer that breaks off is none.
        let text = response.body_mut().read_to_string().ok()?;
        let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
        Some(Reply { code: response.status().as_u16(), retry_after, cookie, body })
    }

    /// Waits until nothing is put off any more.
    pub(crate) fn has_caught_up(&self) {
        let begun = stopwatch();
        loop {
            let metrics = self.ask("GET", "/metrics", &[], "").expect("it answers").body;
            let is_done = metrics.as_str().is_some_and(|text| text.contains("knock_backlog_signals 0\n"));
            if is_done {
                return;
            }
            assert!(begun.elapsed() < Duration::from_secs(60), "still put off: {metrics}");
        }
    }

    pub(crate) fn get(&self, path: &str, key: &str) -> Reply {
        let bearer = format!("Bearer {key}");
        self.ask("GET", path, &[("authorization", &bearer)], "").expect("it answers")
    }

    pub(crate) fn post(&self, path: &str, body: &Value) -> Option<Reply> {
        self.ask("POST", path, &[("content-type", "application/json"), ("origin", ORIGIN)], &body.to_string())
    }

    /// A subcommand on the same data.
    pub(crate) fn command(&self, args: &[&str]) -> Output {
        self.place.knock(args).output().expect("the binary runs")
    }

    pub(crate) fn admin_key(&self) -> String {
        let made = self.command(&["api-key", "create", "--role", "admin"]);
        assert!(made.status.success(), "{made:?}");
        String::from_utf8(made.stdout).expect("text").trim().to_owned()
    }

    /// The key of the demo site.
    pub(crate) fn site(&self, admin: &str) -> String {
        self.get("/api/v1/sites", admin).body["sites"][0]["key"].as_str().expect("a key").to_owned()
    }

    /// Moves the clock; all that fell due has been done afterwards.
    pub(crate) fn set_clock(&self, change: &Value) -> i64 {
        let reply = self.post("/test/clock", change).expect("it answers");
        reply.body["now_ms"].as_i64().unwrap_or_else(|| panic!("no instant: {}", reply.body))
    }

    /// Ends it at once, whatever it is doing.
    pub(crate) fn kill(&self) {
        let id = self.child.id().to_string();
        // It may have ended by itself, which is as good.
        let _ = Command::new("kill").args(["-9", &id]).stderr(Stdio::null()).status().expect("kill runs");
    }

    /// Asks it to stop, and waits until it has.
    pub(crate) fn stop(mut self) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").arg(&id).status().expect("kill runs").success());
        assert!(self.child.wait().expect("it ended").success());
    }

    /// Waits until it has ended by itself.
    pub(crate) fn ended(&mut self) -> ExitStatus {
        self.child.wait().expect("it ended")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

#[expect(clippy::disallowed_methods, reason = "what is measured is told, never judged")]
pub(crate) fn stopwatch() -> Instant {
    Instant::now()
}
