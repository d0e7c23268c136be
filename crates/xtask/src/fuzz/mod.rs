//! `fuzz`: a target for hostile input under libFuzzer, which looks for inputs that reach new code.

mod build;
mod target;

use std::fs;
use std::path::Path;

use anyhow::Context;
use clap::{Args, ValueEnum};

use crate::{places, report, run, www};
use target::Target;

/// An input that takes longer than this, in seconds, has failed.
const SLOW: u32 = 10;
/// No body is longer than this, in bytes, and few bugs need so much.
const LONGEST: u32 = 16 * 1_024;

#[derive(Args)]
pub(crate) struct Fuzz {
    /// Targets to run, one after the other; all of them when none is named
    targets: Vec<Target>,
    /// How long each target is run, in seconds
    #[arg(long, default_value_t = 60)]
    seconds: u32,
}

/// Runs targets. An input that fails is kept in `tests/fuzz`, where every test run tries it; those that reach new code
/// are kept in `target/fuzz`, from where the next run goes on.
pub(crate) fn fuzz(asked: &Fuzz) -> anyhow::Result<()> {
    www::prepare()?;
    let chosen = if asked.targets.is_empty() { Target::value_variants() } else { &asked.targets };
    for target in chosen {
        let name = target.name();
        report::announce(format_args!("building {name} with libFuzzer"));
        let program = build::build(*target)?;
        report::announce(format_args!("trying {name} for {} s", asked.seconds));
        attempt(*target, &program, asked.seconds).with_context(|| {
            format!("{name} does not hold; the input is in tests/fuzz/{name}: mend it, then name the file after it")
        })?;
    }
    Ok(())
}

fn attempt(target: Target, program: &Path, seconds: u32) -> anyhow::Result<()> {
    let name = target.name();
    let known = format!("target/fuzz/{name}");
    fs::create_dir_all(places::at(&known))?;
    let committed = format!("tests/fuzz/{name}");
    let arguments = [
        known,
        committed.clone(),
        format!("-artifact_prefix={committed}/found-"),
        format!("-max_total_time={seconds}"),
        format!("-timeout={SLOW}"),
        format!("-max_len={LONGEST}"),
        "-print_final_stats=1".to_owned(),
    ];
    let mut test = run::command(program);
    test.args([target.test().path, "--exact", "--nocapture", "--test-threads=1"]);
    test.env("KNOCK_LIBFUZZER", arguments.join("\n"));
    run::run(&mut test)
}
