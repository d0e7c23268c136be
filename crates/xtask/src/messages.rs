//! `train` and `eval`: run the trainer of the model that reads chat messages, a crate of its own
//! (`crates/tools/messages`), so that no other command compiles it.

use std::env;
use std::ffi::OsString;

use crate::run;

const TRAINER: &str = "message-trainer";

/// Measures what an eval names: `agent`, else the model that reads messages.
pub(crate) fn eval(options: &[OsString]) -> anyhow::Result<()> {
    match options.split_first() {
        // Times are those of a release.
        Some((first, rest)) if first == "agent" && rest.first().is_some_and(|part| part == "cost") => {
            run_tool("agent-eval", &["--release"], rest)
        }
        Some((first, rest)) if first == "agent" => run_tool("agent-eval", &[], rest),
        _ => trainer("eval", options),
    }
}

/// Runs a command of the trainer with its options as they were given.
pub(crate) fn trainer(command: &str, options: &[OsString]) -> anyhow::Result<()> {
    let options: Vec<OsString> = [OsString::from(command)].into_iter().chain(options.iter().cloned()).collect();
    run_tool(TRAINER, &[], &options)
}

/// Runs a tool of the workspace with options.
fn run_tool(name: &str, how: &[&str], options: &[OsString]) -> anyhow::Result<()> {
    let mut cargo = run::cargo(["run", "--quiet", "--package", name]);
    // Relative paths among the options are those of the caller.
    cargo.args(how).arg("--").args(options).current_dir(env::current_dir()?);
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
