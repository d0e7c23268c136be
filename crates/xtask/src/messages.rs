//! `train` and `eval`: run the trainer of the model that reads chat messages, a crate of its own
//! (`crates/tools/messages`), so that no other command compiles it.

use std::env;
use std::ffi::OsString;

use crate::run;

const TRAINER: &str = "message-trainer";

/// Runs a command of the trainer with its options as they were given.
pub(crate) fn trainer(command: &str, options: &[OsString]) -> anyhow::Result<()> {
    let mut cargo = run::cargo(["run", "--quiet", "--package", TRAINER, "--", command]);
    // Relative paths among the options are those of the caller.
    cargo.args(options).current_dir(env::current_dir()?);
    run::run(&mut cargo)
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use crate::{Cli, Command};

    #[test]
    fn options_reach_the_trainer_unread() {
        let given = ["--data", "folder", "--help"];
        let parsed = Cli::try_parse_from(["cargo xtask", "eval"].into_iter().chain(given)).unwrap();
        assert!(matches!(parsed.command, Command::Eval { options } if options == given));
    }
}
