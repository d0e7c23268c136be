//! An SMTP server for one test: aiosmtpd, whose messages are read by Python's mail parser (`tests/smtp/server.py`).

use crate::wait::DEADLINE;
use serde_json::Value;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

/// A received message.
#[derive(Clone, Debug)]
pub struct Mail(pub Value);

impl Mail {
    /// Returns a header, decoded; empty if there is none.
    pub fn header(&self, name: &str) -> &str {
        let headers = self.0["headers"].as_array().expect("a list");
        let found =
            headers.iter().find(|header| header[0].as_str().is_some_and(|known| known.eq_ignore_ascii_case(name)));
        found.and_then(|header| header[1].as_str()).unwrap_or_default()
    }

    /// Returns a part, by its media type.
    pub fn part(&self, media_type: &str) -> &str {
        self.0["parts"][media_type].as_str().unwrap_or_default()
    }
}

/// A running server.
pub struct MailServer {
    child: Child,
    commands: Arc<Mutex<ChildStdin>>,
    port: u16,
    taken: Arc<(Mutex<Vec<Mail>>, Condvar)>,
}

impl MailServer {
    /// Starts a server without TLS and without a login.
    pub fn start() -> MailServer {
        MailServer::start_with(&[])
    }

    /// Starts a server with arguments of `server.py`.
    pub fn start_with(arguments: &[&str]) -> MailServer {
        let script =
            Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().map(|folder| folder.join("tests/smtp/server.py"));
        let script = script.into_iter().find(|script| script.is_file()).expect("tests/smtp/server.py");
        let mut child = Command::new(python())
            .arg(script)
            .arg("--acknowledged")
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("Python runs: `cargo xtask test native` installs what it needs");
        let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines().map_while(Result::ok);
        let port = lines.next().and_then(|line| line.parse().ok());
        let port = port.expect("aiosmtpd starts: `cargo xtask test native` installs it");
        let taken = Arc::<(Mutex<Vec<Mail>>, Condvar)>::default();
        let here = Arc::clone(&taken);
        let commands = Arc::new(Mutex::new(child.stdin.take().expect("piped")));
        let answers = Arc::clone(&commands);
        std::thread::spawn(move || {
            for line in lines {
                let mail = Mail(serde_json::from_str(&line).expect("JSON"));
                here.0.lock().unwrap_or_else(PoisonError::into_inner).push(mail);
                here.1.notify_all();
                // The server may have been stopped meanwhile.
                drop(command(&answers, "read", 1));
            }
        });
        MailServer { child, commands, port, taken }
    }

    /// The port.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The address, in the form of `smtp.url`.
    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    /// Refuses this number of messages temporarily.
    pub fn fail(&mut self, messages: u32) {
        command(&self.commands, "fail", messages).expect("it reads");
    }

    /// Accepts this number of messages without a response.
    pub fn close(&mut self, messages: u32) {
        command(&self.commands, "close", messages).expect("it reads");
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Mail>> {
        self.taken.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns all received messages.
    pub fn all(&self) -> Vec<Mail> {
        self.lock().clone()
    }

    /// Waits until this number of messages was received.
    pub fn until(&self, count: usize) -> Vec<Mail> {
        let waited = self.taken.1.wait_timeout_while(self.lock(), DEADLINE, |taken| taken.len() < count);
        let (taken, ended) = waited.unwrap_or_else(PoisonError::into_inner);
        assert!(!ended.timed_out(), "waited for {count} messages, there are {}: {taken:?}", taken.len());
        taken.clone()
    }
}

impl MailServer {
    /// Waits for `count` mails to an address; returns all of them, oldest first.
    ///
    /// # Panics
    /// When they do not come.
    pub fn until_to(&self, address: &str, count: usize) -> Vec<Mail> {
        let to = |taken: &[Mail]| -> Vec<Mail> {
            taken.iter().filter(|mail| mail.0["rcpt"] == serde_json::json!([address])).cloned().collect()
        };
        let waited = self.taken.1.wait_timeout_while(self.lock(), DEADLINE, |taken| to(taken).len() < count);
        let (taken, ended) = waited.unwrap_or_else(PoisonError::into_inner);
        assert!(!ended.timed_out(), "waited for {count} messages to {address}: {taken:?}");
        to(&taken)
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// Returns the Python with the packages of tests: the one named by the environment, else the one installed by `cargo xtask test`.
#[expect(clippy::disallowed_methods, reason = "tests have no configuration but this")]
pub fn python() -> PathBuf {
    let named = std::env::var("KNOCK_TEST_PYTHON").ok().map(PathBuf::from);
    let tools = std::env::var("KNOCK_TOOLS").map(PathBuf::from);
    let caches = std::env::var("XDG_CACHE_HOME").map(PathBuf::from);
    let home = || std::env::home_dir().unwrap_or_default().join(".cache");
    named.unwrap_or_else(|| {
        let tools = tools.unwrap_or_else(|_| caches.unwrap_or_else(|_| home()).join("knock-tools"));
        tools.join("python/bin/python")
    })
}

fn command(commands: &Mutex<ChildStdin>, word: &str, count: u32) -> std::io::Result<()> {
    let mut commands = commands.lock().unwrap_or_else(PoisonError::into_inner);
    writeln!(commands, "{word} {count}").and_then(|()| commands.flush())
}
