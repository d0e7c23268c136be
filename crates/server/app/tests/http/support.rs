//! A real `knock` process on a directory of its own, asked over HTTP.

use knock_ports::Store;
use knock_store::Scratch;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::Arc;

/// An origin that the demo site accepts.
pub(crate) const ORIGIN: &str = "http://127.0.0.1:4000";

pub(crate) struct Knock {
    child: Child,
    pub(crate) url: String,
    pub(crate) token: String,
    home: Scratch,
    env: Vec<(String, String)>,
    agent: ureq::Agent,
}

pub(crate) struct Reply {
    pub(crate) code: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Value,
}

impl Reply {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

impl Knock {
    /// A new workspace with a steered clock.
    pub(crate) fn start() -> Knock {
        Knock::start_in(Scratch::new(), &[])
    }

    pub(crate) fn start_in(home: Scratch, env: &[(&str, &str)]) -> Knock {
        Knock::launch(Command::new(env!("CARGO_BIN_EXE_knock")), home, env)
    }

    /// Another server on the same database, by the same clock; none where there can be only one.
    pub(crate) fn start_beside(&self) -> Option<Knock> {
        let home = self.home.beside()?;
        // What the servers sign with is the same.
        std::fs::copy(self.home.dir().join("secret.key"), home.dir().join("secret.key")).expect("copied");
        Some(Knock::start_in(home, &self.env()))
    }

    /// A new workspace under other settings.
    pub(crate) fn start_with(env: &[(&str, &str)]) -> Knock {
        Knock::start_in(Scratch::new(), env)
    }

    /// A new workspace of a process that may open so many files.
    pub(crate) fn start_with_files(files: u32) -> Knock {
        let mut shell = Command::new("sh");
        shell.args(["-c", &format!("ulimit -n {files} && exec \"$0\" \"$@\""), env!("CARGO_BIN_EXE_knock")]);
        Knock::launch(shell, Scratch::new(), &[])
    }

    /// A new workspace of a server that logs JSON; all that it says goes to a file.
    pub(crate) fn start_logged(level: &str, said: &Path, env: &[(&str, &str)]) -> Knock {
        let home = Scratch::new();
        let file = std::fs::File::create(said).expect("made");
        let child = Command::new(env!("CARGO_BIN_EXE_knock"))
            .args(["serve", "--listen", "127.0.0.1:0", "--test-clock", "--data"])
            .arg(home.dir())
            .env("KNOCK_DATABASE", home.database())
            .envs([("KNOCK_LOG_FORMAT", "json"), ("KNOCK_LOG", level)])
            .envs(env.iter().copied())
            .stdout(file.try_clone().expect("a second handle"))
            .stderr(file)
            .spawn()
            .expect("the binary runs");
        let url = loop {
            let text = std::fs::read_to_string(said).expect("text");
            let mut events = text.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
            if let Some(event) = events.find(|event| event["message"] == "Knock is running") {
                break event["url"].as_str().expect("an address").to_owned();
            }
            std::thread::yield_now();
        };
        Knock { child, url, token: String::new(), home, env: Vec::new(), agent: agent() }
    }

    fn launch(mut command: Command, home: Scratch, env: &[(&str, &str)]) -> Knock {
        let mut child = command
            .args(["serve", "--listen", "127.0.0.1:0", "--test-clock", "--data"])
            .arg(home.dir())
            .env("KNOCK_DATABASE", home.database())
            .envs(env.iter().copied())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the binary runs");
        let (mut url, mut token) = (String::new(), String::new());
        let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines().map_while(Result::ok);
        for line in lines.by_ref() {
            if let Some((_, rest)) = line.split_once("Sign in") {
                let (base, secret) = rest.trim().split_once("/app/sign-in?token=").expect("a link");
                (url, token) = (base.to_owned(), secret.to_owned());
            }
            if line.contains("Data  ") {
                break;
            }
        }
        assert!(!url.is_empty(), "the server greets");
        // Keeps the pipe from filling up.
        std::thread::spawn(move || lines.for_each(drop));
        let env = env.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Knock { child, url, token, home, env, agent: agent() }
    }

    /// Ends it as a power cut would, and starts it again on the same data.
    pub(crate) fn kill_and_restart(mut self) -> Knock {
        self.kill();
        let home = std::mem::replace(&mut self.home, Scratch::sqlite());
        Knock::start_in(home, &self.env())
    }

    /// The settings it was started with.
    fn env(&self) -> Vec<(&str, &str)> {
        self.env.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
    }

    pub(crate) fn kill(&mut self) {
        self.child.kill().expect("it runs");
        self.child.wait().expect("it ended");
    }

    /// Waits until it has stopped; its exit code, and its data to start again on.
    pub(crate) fn stopped(mut self) -> (Option<i32>, Scratch) {
        let ended = self.child.wait().expect("it ends");
        (ended.code(), std::mem::replace(&mut self.home, Scratch::sqlite()))
    }

    /// Asks it to stop.
    pub(crate) fn ask_to_stop(&self) {
        let asked = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().expect("kill runs");
        assert!(asked.success());
    }

    /// Runs statements behind the server's back.
    pub(crate) fn execute(&self, sql: &str) {
        self.home.execute(sql);
    }

    /// The store beside a server that is not running.
    pub(crate) fn store(&self) -> Arc<dyn Store> {
        self.home.store()
    }

    /// The most memory it ever had, in KiB.
    pub(crate) fn peak_memory(&self) -> u64 {
        let told = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).expect("it runs");
        let line = told.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("a peak");
        line.trim().trim_end_matches(" kB").parse().expect("a number")
    }

    /// Host and port.
    pub(crate) fn address(&self) -> &str {
        self.url.trim_start_matches("http://")
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.home.dir().to_owned()
    }

    /// A subcommand on the same data.
    pub(crate) fn command(&self, args: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_knock"));
        command.args(args).arg("--data").arg(self.home.dir()).env("KNOCK_DATABASE", self.home.database());
        command.output().expect("the binary runs")
    }

    pub(crate) fn admin_key(&self) -> String {
        self.key("admin")
    }

    pub(crate) fn key(&self, role: &str) -> String {
        let made = self.command(&["api-key", "create", "--role", role]);
        assert!(made.status.success(), "{made:?}");
        String::from_utf8(made.stdout).expect("text").trim().to_owned()
    }

    /// GET with an admin's key.
    pub(crate) fn get(&self, path: &str, key: &str) -> Reply {
        let bearer = format!("Bearer {key}");
        self.send("GET", path, &[("authorization", &bearer)], None)
    }

    pub(crate) fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Option<&[u8]>) -> Reply {
        let mut request = ureq::http::Request::builder().method(method).uri(format!("{}{path}", self.url));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(body.unwrap_or_default().to_vec()).expect("a request");
        let mut response = self.agent.run(request).expect("an answer");
        let headers = response.headers().iter();
        let headers = headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap_or_default().to_owned()));
        let headers = headers.collect();
        let text = response.body_mut().read_to_string().unwrap_or_default();
        let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
        Reply { code: response.status().as_u16(), headers, body }
    }

    /// The key of the demo site, as it stands in the snippet.
    pub(crate) fn site(&self) -> String {
        let admin = self.admin_key();
        self.get("/api/v1/sites", &admin).body["sites"][0]["key"].as_str().expect("a key").to_owned()
    }

    pub(crate) fn post_signals(&self, batch: &Value) -> Reply {
        let headers = [("content-type", "application/json"), ("origin", ORIGIN)];
        self.send("POST", "/v1/signals", &headers, Some(batch.to_string().as_bytes()))
    }

    pub(crate) fn set_clock(&self, change: &Value) -> Reply {
        let headers = [("content-type", "application/json")];
        self.send("POST", "/test/clock", &headers, Some(change.to_string().as_bytes()))
    }

    pub(crate) fn now(&self) -> i64 {
        let reply = self.set_clock(&json!({"advance_ms": 0}));
        reply.body["now_ms"].as_i64().expect("an instant")
    }
}

/// The server may close a connection whose body it refused to read: each request has its own.
fn agent() -> ureq::Agent {
    let config = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0);
    config.max_idle_connections(0).build().into()
}

impl Drop for Knock {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// An id (UUIDv7) for an instant, unique by `n`.
pub(crate) fn id(at: i64, n: u64) -> String {
    let mut random = [0u8; 10];
    random[2..].copy_from_slice(&n.to_be_bytes());
    knock_model::SignalId::new(knock_model::Millis(at), &random).to_string()
}

/// A signal at an instant.
pub(crate) fn signal(at: i64, n: u64, kind: &str, path: &str) -> Value {
    json!({"id": id(at, n), "at": at, "type": kind, "url": format!("{ORIGIN}/demo{path}")})
}

/// A batch of a visitor.
pub(crate) fn batch(site: &str, visitor: u64, sent_at: i64, signals: &[Value]) -> Value {
    json!({
        "v": 1, "site": site, "visitor": id(1_700_000_000_000, visitor), "session": id(1_700_000_000_000, visitor),
        "sent_at": sent_at, "signals": signals,
    })
}

/// An `identify` at an instant.
pub(crate) fn identify(at: i64, n: u64, email: &str) -> Value {
    let mut signal = signal(at, n, "identify", "/contact");
    signal["props"] = json!({"email": email, "name": "Ann Lee"});
    signal
}

impl Knock {
    /// Ends it at once, while others are talking to it.
    pub(crate) fn kill_now(&self) {
        let killed = Command::new("kill").args(["-9", &self.child.id().to_string()]).status().expect("kill runs");
        assert!(killed.success());
    }
}
