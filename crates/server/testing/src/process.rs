//! The process of a server, ended by its own id.

use crate::clock::stopwatch;
use crate::greeting::Greeting;
use crate::late;
use crate::output::Output;
use crate::wait::{DEADLINE, pause};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

/// The end of a server that could not be reached.
#[derive(Debug)]
pub struct Ended {
    /// The exit status.
    pub status: ExitStatus,
    /// The whole output.
    pub said: String,
}

/// A running server, ended when this is dropped.
pub(crate) struct Process {
    child: Child,
    output: Output,
    /// The time from the start to the banner.
    pub(crate) came_up_in: Duration,
}

impl Process {
    pub(crate) fn start(command: &mut Command, output: Output) -> Result<(Process, Greeting), Ended> {
        let begun = stopwatch();
        command.stdin(Stdio::null()).stdout(output.stdio()).stderr(output.stdio());
        let child = command.spawn().unwrap_or_else(|error| panic!("{command:?}: {error}"));
        let mut process = Process { child, output, came_up_in: Duration::ZERO };
        for round in 0.. {
            // Checked before the output is read: an ended process writes no more.
            let ended = process.child.try_wait().expect("it is ours");
            let said = process.said();
            process.came_up_in = begun.elapsed();
            match (Greeting::find(&said), ended) {
                (Some(greeting), _) => return Ok((process, greeting)),
                (None, Some(status)) => return Err(Ended { status, said }),
                (None, None) => assert!(begun.elapsed() < DEADLINE, "it does not greet: {said}"),
            }
            pause(round);
        }
        unreachable!("the rounds have no end")
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    pub(crate) fn said(&self) -> String {
        self.output.said()
    }

    /// Sends a signal such as `-TERM`; returns whether the process still existed.
    pub(crate) fn signal(&self, signal: &str) -> bool {
        let mut kill = Command::new("kill");
        kill.args([signal, &self.id().to_string()]).stderr(Stdio::null());
        kill.status().expect("kill runs").success()
    }

    /// Waits for the end of the process.
    pub(crate) fn ended(&mut self) -> ExitStatus {
        self.child.wait().expect("it is ours")
    }

    pub(crate) fn kill(&mut self) {
        self.child.kill().expect("it is ours");
        self.ended();
    }
}

impl Drop for Process {
    #[expect(clippy::print_stderr, reason = "a test that fails shows what its servers said")]
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
        if std::thread::panicking() {
            let late = late::delays().map_or(String::new(), |(_, seed)| format!(", late by seed {seed}"));
            eprintln!("-- what the server {}{late} said:\n{}--", self.id(), self.said());
        }
    }
}
