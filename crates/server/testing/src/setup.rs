//! The setup of a test server.

use crate::greeting::Greeting;
use crate::output::Output;
use crate::process::{Ended, Process};
use crate::{Binary, Place};
use std::path::{Path, PathBuf};
use std::process::Command;

/// A server that is not started yet: by default the binary that cargo has built, with a steered clock, on a free port of
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
    /// A server on this place.
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

    /// Another binary.
    #[must_use]
    pub fn binary(self, binary: Binary) -> Setup {
        Setup { binary, ..self }
    }

    /// Variables of the configuration; of two with one name the later counts.
    #[must_use]
    pub fn settings(mut self, settings: &[(&str, &str)]) -> Setup {
        self.settings.extend(settings.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        self
    }

    /// More arguments of `knock serve`.
    #[must_use]
    pub fn arguments(mut self, arguments: &[&str]) -> Setup {
        self.arguments.extend(arguments.iter().map(|argument| (*argument).to_owned()));
        self
    }

    /// By the clock on the wall.
    #[must_use]
    pub fn on_wall_clock(self) -> Setup {
        Setup { is_steered: false, ..self }
    }

    /// In a process that may open so many files.
    #[must_use]
    pub fn with_files(self, files: u32) -> Setup {
        Setup { files: Some(files), ..self }
    }

    /// Appends the output to this file, which is kept.
    #[must_use]
    pub fn logged_to(self, file: &Path) -> Setup {
        Setup { log: Some(file.to_owned()), ..self }
    }

    /// The process, once it can be reached or has ended.
    pub(crate) fn spawn(&self) -> Result<(Process, Greeting), Ended> {
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
        command.env("KNOCK_DATABASE", self.place.database()).envs(self.settings.iter().cloned());
        command
    }

    /// A subcommand on the same data.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = self.binary.command(args);
        command.arg("--data").arg(self.place.dir()).env("KNOCK_DATABASE", self.place.database());
        command
    }

    /// The same server on another place.
    pub(crate) fn again_on(&self, place: impl Into<Place>) -> Setup {
        Setup { place: place.into(), ..self.clone() }
    }
}
