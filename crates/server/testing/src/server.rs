//! A real `knock` process: started, stopped, killed, started again.

use crate::agent::agent;
use crate::greeting::Greeting;
use crate::process::{Ended, Process};
use crate::{Place, Setup, found, usage};
use knock_ports::Store;
use knock_store::Scratch;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitStatus;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A running server; it ends with this. A test that fails shows what it said.
pub struct TestServer {
    /// The address, without a slash at the end.
    pub url: String,
    /// The secret of the sign-in link of its greeting; empty when it logs JSON.
    pub token: String,
    pub(crate) process: Process,
    pub(crate) setup: Setup,
    pub(crate) agent: ureq::Agent,
    /// API keys by their roles.
    pub(crate) keys: Mutex<BTreeMap<String, String>>,
}

impl Setup {
    /// Starts it and waits until it can be reached.
    pub fn start(self) -> TestServer {
        self.try_start().unwrap_or_else(|ended| panic!("it ended at its start ({}): {}", ended.status, ended.said))
    }

    /// Starts it, and waits until it can be reached or has ended.
    ///
    /// # Errors
    /// How it ended.
    pub fn try_start(self) -> Result<TestServer, Ended> {
        let (process, Greeting { url, token }) = self.spawn()?;
        Ok(TestServer { url, token, process, setup: self, agent: agent(), keys: Mutex::default() })
    }
}

impl TestServer {
    /// A new workspace with a steered clock, on the kind of database that is tested.
    pub fn start() -> TestServer {
        Setup::on(Scratch::new()).start()
    }

    /// The same under other settings.
    pub fn start_with(settings: &[(&str, &str)]) -> TestServer {
        Setup::on(Scratch::new()).settings(settings).start()
    }

    /// With a steered clock on any place.
    pub fn start_in(place: impl Into<Place>, settings: &[(&str, &str)]) -> TestServer {
        Setup::on(place).settings(settings).start()
    }

    /// Another server on the same database, by the same clock; none where there can be only one.
    pub fn start_beside(&self) -> Option<TestServer> {
        let home = self.setup.place.scratch().beside()?;
        // What the servers sign with is the same.
        std::fs::copy(self.data().join("secret.key"), home.dir().join("secret.key")).expect("copied");
        Some(self.setup.again_on(home).start())
    }

    /// From the start of the process to its greeting.
    pub fn came_up_in(&self) -> Duration {
        self.process.came_up_in
    }

    /// All that it said so far, on standard output and standard error.
    pub fn said(&self) -> String {
        self.process.said()
    }

    /// Ends it as a power cut would, and starts it again on the same data.
    #[must_use]
    pub fn kill_and_restart(mut self) -> TestServer {
        self.kill();
        let TestServer { setup, keys, process, .. } = self;
        drop(process);
        TestServer { keys, ..setup.start() }
    }

    /// Ends it as a power cut would, and waits until it has ended.
    pub fn kill(&mut self) {
        self.process.kill();
    }

    /// Ends it at once, while others are talking to it; it may have ended by itself.
    pub fn kill_now(&self) {
        self.process.signal("-KILL");
    }

    /// Asks it to stop.
    pub fn ask_to_stop(&self) {
        assert!(self.process.signal("-TERM"), "it runs");
    }

    /// Asks it to stop and waits until it has, in good order.
    pub fn stop(mut self) {
        self.ask_to_stop();
        let ended = self.ended();
        assert!(ended.success(), "{ended}: {}", self.said());
    }

    /// Waits until it has ended by itself.
    pub fn ended(&mut self) -> ExitStatus {
        self.process.ended()
    }

    /// Waits until it has stopped; its exit code, and its data to start again on.
    pub fn stopped(mut self) -> (Option<i32>, Place) {
        let ended = self.ended();
        (ended.code(), self.setup.place)
    }

    /// Runs statements behind the server's back.
    pub fn execute(&self, sql: &str) {
        self.setup.place.scratch().execute(sql);
    }

    /// The result of a statement that bypasses the server, one text for each row.
    pub fn select(&self, sql: &str) -> Vec<String> {
        self.setup.place.scratch().select(sql)
    }

    /// Waits until the end of every attempt at a delivery is recorded: moving the clock past its claim would repeat it.
    pub fn until_no_delivery_is_under_way(&self) {
        found("no delivery is under way", || {
            self.select("SELECT number FROM outbox WHERE state = 1").is_empty().then_some(())
        });
    }

    /// The store beside a server that is not running.
    pub fn store(&self) -> Arc<dyn Store> {
        self.setup.place.scratch().store()
    }

    /// Its data directory.
    pub fn data(&self) -> PathBuf {
        self.setup.place.dir().to_owned()
    }

    /// Host and port.
    pub fn address(&self) -> &str {
        self.url.trim_start_matches("http://")
    }

    /// The id of its process.
    pub fn process(&self) -> u32 {
        self.process.id()
    }

    /// Seconds of processor time so far.
    pub fn cpu(&self) -> f64 {
        usage::cpu(self.process.id())
    }

    /// Its memory.
    pub fn memory(&self) -> usage::Memory {
        usage::memory(self.process.id())
    }
}
