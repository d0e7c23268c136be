//! The setup of a test server.

use crate::greeting::Greeting;
use crate::late;
use crate::output::Output;
use crate::process::{Ended, Process};
use crate::{Binary, Place};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The setup of a server before its start: by default the binary built by cargo, with a test clock, on a free port of
/// this machine.
#[derive(Clone)]
pub struct Setup {
    binary: Binary,
    pub(crate) place: Place,
    settings: Vec<(String, String)>,
    arguments: Vec<String>,
    is_steered: bool,
    files: Option<u32>,
    log: Option<PathBuf>,
}

impl Setup {
    /// Returns the setup of a server on this place.
    pub fn on(place: impl Into<Place>) -> Setup {
        Setup {
            binary: Binary::built(),
            place: place.into(),
            settings: Vec::new(),
            arguments: Vec::new(),
            is_steered: true,
            files: None,
            log: None,
        }
    }

    /// Sets another binary.
    #[must_use]
    pub fn binary(self, binary: Binary) -> Setup {
        Setup { binary, ..self }
    }

    /// Adds variables of the configuration; of two with the same name the later one wins.
    #[must_use]
    pub fn settings(mut self, settings: &[(&str, &str)]) -> Setup {
        self.settings.extend(settings.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        self
    }

    /// Adds arguments of `knock serve`.
    #[must_use]
    pub fn arguments(mut self, arguments: &[&str]) -> Setup {
        self.arguments.extend(arguments.iter().map(|argument| (*argument).to_owned()));
        self
    }

    /// Sets the wall clock instead of the test clock.
    #[must_use]
    pub fn on_wall_clock(self) -> Setup {
        Setup { is_steered: false, ..self }
    }

    /// Sets the limit of open files of the process.
    #[must_use]
    pub fn with_files(self, files: u32) -> Setup {
        Setup { files: Some(files), ..self }
    }

    /// Appends the output to this file, which is kept.
    #[must_use]
    pub fn logged_to(self, file: &Path) -> Setup {
        Setup { log: Some(file.to_owned()), ..self }
    }

    /// Starts the process and waits until it can be reached or has ended.
    pub(crate) fn spawn(&self) -> Result<(Process, Greeting), Ended> {
        self.place.make_tables();
        Process::start(&mut self.serve(), Output::new(self.log.as_deref()))
    }

    fn serve(&self) -> Command {
        let args = ["serve", "--listen", "127.0.0.1:0"];
        let mut command = match self.files {
            Some(files) => self.binary.command_with_files(files, &args),
            None => self.binary.command(&args),
        };
        if self.is_steered {
            command.arg("--test-clock");
        }
        command.arg("--data").arg(self.place.dir()).args(&self.arguments);
        command.envs(late::delays()).env("KNOCK_DATABASE", self.place.database()).envs(self.settings.iter().cloned());
        command
    }

    /// Returns a subcommand on the same data.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = self.binary.command(args);
        command.arg("--data").arg(self.place.dir()).env("KNOCK_DATABASE", self.place.database());
        command
    }

    /// Returns the same setup on another place.
    pub(crate) fn again_on(&self, place: impl Into<Place>) -> Setup {
        Setup { place: place.into(), ..self.clone() }
    }
}
