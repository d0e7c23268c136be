//! A real `knock` process: start, stop, kill, restart.

use crate::agent::agent;
use crate::greeting::Greeting;
use crate::process::{Ended, Process};
use crate::{Place, Setup, usage};
use knock_ports::Store;
use knock_store::Scratch;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitStatus;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A running server, ended when this is dropped. A failed test prints its output.
pub struct TestServer {
    /// The address, without a slash at the end.
    pub url: String,
    /// The secret of the sign-in link in its banner; empty if it logs JSON.
    pub token: String,
    pub(crate) process: Process,
    pub(crate) setup: Setup,
    pub(crate) agent: ureq::Agent,
    /// The API keys by their roles.
    pub(crate) keys: Mutex<BTreeMap<String, String>>,
}

impl Setup {
    /// Starts the server and waits until it can be reached.
    pub fn start(self) -> TestServer {
        self.try_start().unwrap_or_else(|ended| panic!("it ended at its start ({}): {}", ended.status, ended.said))
    }

    /// Starts the server and waits until it can be reached or has ended.
    ///
    /// # Errors
    /// The exit status and the output of a server that ended.
    pub fn try_start(self) -> Result<TestServer, Ended> {
        let (process, Greeting { url, token }) = self.spawn()?;
        Ok(TestServer { url, token, process, setup: self, agent: agent(), keys: Mutex::default() })
    }
}

impl TestServer {
    /// Starts a new workspace with a test clock, on the kind of database under test.
    pub fn start() -> TestServer {
        Setup::on(Scratch::new()).start()
    }

    /// Starts a new workspace with other settings.
    pub fn start_with(settings: &[(&str, &str)]) -> TestServer {
        Setup::on(Scratch::new()).settings(settings).start()
    }

    /// Starts a server with a test clock on any place.
    pub fn start_in(place: impl Into<Place>, settings: &[(&str, &str)]) -> TestServer {
        Setup::on(place).settings(settings).start()
    }

    /// Starts another server on the same database and clock; none if the database allows only one.
    pub fn start_beside(&self) -> Option<TestServer> {
        let home = self.setup.place.scratch().beside()?;
        let share = |name: &str| std::fs::copy(self.data().join(name), home.dir().join(name)).expect("copied");
        // The servers sign with the same key.
        share("secret.key");
        // By the wall clock something else could be due. The file is there once the clock was set.
        if self.data().join("test-clock").is_file() {
            share("test-clock");
        }
        Some(self.setup.again_on(home).start())
    }

    /// Returns the time from the start of the process to its banner.
    pub fn came_up_in(&self) -> Duration {
        self.process.came_up_in
    }

    /// Returns the whole output so far, of standard output and standard error.
    pub fn said(&self) -> String {
        self.process.said()
    }

    /// Kills the server like a power cut, and starts it again on the same data.
    #[must_use]
    pub fn kill_and_restart(mut self) -> TestServer {
        self.kill();
        self.started_again()
    }

    /// Stops the server gracefully, and starts it again on the same data.
    #[must_use]
    pub fn stop_and_restart(mut self) -> TestServer {
        self.end_gracefully();
        self.started_again()
    }

    /// Starts the server again on the same data, once it has ended.
    fn started_again(self) -> TestServer {
        let TestServer { setup, keys, process, .. } = self;
        drop(process);
        TestServer { keys, ..setup.start() }
    }

    /// Kills the server like a power cut, and waits for its end.
    pub fn kill(&mut self) {
        self.process.kill();
    }

    /// Kills the server during requests of others, without waiting; it may have ended by itself.
    pub fn kill_now(&self) {
        self.process.signal("-KILL");
    }

    /// Sends the server the signal to stop.
    pub fn ask_to_stop(&self) {
        assert!(self.process.signal("-TERM"), "it runs");
    }

    /// Stops the server and waits for a graceful end.
    pub fn stop(mut self) {
        self.end_gracefully();
    }

    fn end_gracefully(&mut self) {
        self.ask_to_stop();
        let ended = self.ended();
        assert!(ended.success(), "{ended}: {}", self.said());
    }

    /// Waits until the server has ended by itself.
    pub fn ended(&mut self) -> ExitStatus {
        self.process.ended()
    }

    /// Waits until the server has stopped; returns its exit code, and its data for another start.
    pub fn stopped(mut self) -> (Option<i32>, Place) {
        let ended = self.ended();
        (ended.code(), self.setup.place)
    }

    /// Executes statements on the database, without the server.
    pub fn execute(&self, sql: &str) {
        self.setup.place.scratch().execute(sql);
    }

    /// The result of a statement that bypasses the server, one text for each row.
    pub fn select(&self, sql: &str) -> Vec<String> {
        self.setup.place.scratch().select(sql)
    }

    /// Returns the store, for a server that is not running.
    pub fn store(&self) -> Arc<dyn Store> {
        self.setup.place.scratch().store()
    }

    /// The value of `--database`; empty for SQLite.
    pub fn database(&self) -> &str {
        self.setup.place.database()
    }

    /// Returns the data directory.
    pub fn data(&self) -> PathBuf {
        self.setup.place.dir().to_owned()
    }

    /// Returns host and port.
    pub fn address(&self) -> &str {
        self.url.trim_start_matches("http://")
    }

    /// Returns the process id.
    pub fn process(&self) -> u32 {
        self.process.id()
    }

    /// Returns the processor time used so far, in seconds.
    pub fn cpu(&self) -> f64 {
        usage::cpu(self.process.id())
    }

    /// Returns the memory in use.
    pub fn memory(&self) -> usage::Memory {
        usage::memory(self.process.id())
    }
}
