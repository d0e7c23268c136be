//! `cargo xtask`: every command a person gives in this repository.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command line tool speaks through its output")]

mod bench;
mod binary;
mod fuzz;
mod holidays;
mod messages;
mod metadata;
mod mutants;
mod pictures;
mod places;
mod profile;
mod report;
mod run;
mod size;
mod start;
mod test;
mod tidy;
mod tools;
mod www;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use profile::{Effort, Profile};
use tools::in_browser;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Build, run, test and measure Knock")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build everything and serve it on http://127.0.0.1:8787
    Start {
        /// Build the server with optimisations
        #[arg(long)]
        release: bool,
        /// Arguments for `knock serve`, such as `--listen` or `--data`
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        serve: Vec<String>,
    },
    /// Run every check, or only the stages named
    Test {
        /// Give browsers the tracker and the widget of a release
        #[arg(long)]
        release: bool,
        /// Run also those tests whose inputs are unchanged since their last green run
        #[arg(long)]
        all: bool,
        /// Run everything, and each failed test once more, alone: one that passes then is listed as flaky
        #[arg(long)]
        ci: bool,
        /// Make everything that tests wait for late by a random time, in native tests and scripts of e2e
        #[arg(long, value_name = "SEED", num_args = 0..=1, require_equals = true)]
        late: Option<Option<u64>>,
        /// Stages to run; all of them when none is named
        stages: Vec<test::Stage>,
        /// Options of `faults`: `--rounds N`, `--seed N`, or a part of a test's name
        #[arg(last = true)]
        faults: Vec<String>,
    },
    /// Build the browser files and the server without running it
    Build {
        /// Leave one self-contained, optimised binary
        #[arg(long)]
        release: bool,
    },
    /// Print the size of every browser file and compare with tests/budgets.json
    Size {
        /// Measure the tracker and the widget of a release too, beside those that the stable compiler makes
        #[arg(long)]
        release: bool,
    },
    /// Run the benchmarks whose name contains NAME, or all but `tracker`, which installs other trackers from npm
    Bench {
        /// Part of a benchmark's name, `tracker`, or `guard`: the figures with a budget
        name: Option<String>,
        /// Options of `tracker` or `chat`: `-- --help` lists them
        #[arg(last = true)]
        args: Vec<String>,
    },
    /// Train the model that reads chat messages, from tests/eval/messages
    #[command(disable_help_flag = true)]
    Train {
        /// Options of the trainer: `--help` lists them
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        options: Vec<OsString>,
    },
    /// Measure that model on the part of tests/eval/messages it was not trained on; `eval agent` measures the agent
    #[command(disable_help_flag = true)]
    Eval {
        /// Options of the trainer: `--help` lists them
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        options: Vec<OsString>,
    },
    /// Run targets for hostile input under libFuzzer, for a time
    Fuzz(fuzz::Fuzz),
    /// Change the code of the rules bit by bit, and see whether a test fails each time
    Mutants {
        /// Crates of the domain; all that have rules when none is named
        crates: Vec<mutants::Rules>,
    },
    /// Generate the public holidays of crates/domain/holidays anew, from a Python package
    Holidays,
    /// Make the screenshots of the documents anew, in docs/images
    Pictures {
        /// Another folder for them
        folder: Option<PathBuf>,
    },
    /// Check layers, names, sources, documents and pinned versions
    Tidy,
    /// What cargo runs a module with tests by
    #[command(name = in_browser::NAME, hide = true, disable_help_flag = true)]
    RunInBrowser {
        /// The module, and the options of its tests
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        args: Vec<OsString>,
    },
}

fn main() -> ExitCode {
    report::begin();
    match obey(Cli::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn obey(command: Command) -> anyhow::Result<()> {
    match command {
        Command::Start { release, serve } => start::start(Profile::new(release), &serve),
        Command::Test { release, all, ci, late, stages, faults } => test::test(test::Options {
            profile: Profile::new(release),
            stages,
            faults: test::Faults::try_parse_from(faults)?,
            is_whole: all,
            is_ci: ci,
            late,
        }),
        Command::Build { release } => {
            let profile = Profile::new(release);
            www::build(profile, Effort::Small)?;
            let knock = binary::build(profile)?;
            println!("{}", knock.display());
            Ok(())
        }
        Command::Size { release } => {
            let profile = Profile::new(release);
            www::build(profile, Effort::Small)?;
            size::check(profile)
        }
        Command::Bench { name, args } => bench::bench(name.as_deref().unwrap_or_default(), &args),
        Command::Train { options } => messages::trainer("train", &options),
        Command::Eval { options } => messages::eval(&options),
        Command::Fuzz(command) => fuzz::fuzz(&command),
        Command::Holidays => holidays::generate(),
        Command::Mutants { crates } => mutants::check(&crates),
        Command::Pictures { folder } => pictures::make(folder.as_deref()),
        Command::Tidy => tidy::tidy(),
        Command::RunInBrowser { args } => in_browser::run(&args),
    }
}
