//! A test program whose code tells libFuzzer where it has been.

use std::path::PathBuf;

use anyhow::{Context, bail};
use serde::Deserialize;

use super::target::Target;
use crate::{places, run};

/// The flags of the compiler. The pass is LLVM's own, so the stable compiler has it.
const FLAGS: [&str; 10] = [
    "--cfg=fuzzing",
    "--cfg=fuzzing_libfuzzer",
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
    "-Ccodegen-units=1",
    "-Cdebug-assertions",
    "-Coverflow-checks",
];

/// A message of cargo about a build.
#[derive(Deserialize)]
struct BuildMessage {
    #[serde(default)]
    executable: Option<PathBuf>,
}

/// Builds the test program of a target; where it is.
pub(super) fn build(target: Target) -> anyhow::Result<PathBuf> {
    let test = target.test();
    // Build scripts and macros run in the compiler, which is no part of the test: naming the target leaves them as they are.
    let mut cargo = run::cargo(["test", "--no-run", "--message-format=json-render-diagnostics", "--target", &host()?]);
    cargo.args(["--package", test.package]);
    cargo.args(if test.is_outside { ["--test", "fuzz"].as_slice() } else { ["--lib"].as_slice() });
    cargo.arg("--target-dir").arg(places::fuzz_target());
    cargo.env("CARGO_ENCODED_RUSTFLAGS", FLAGS.join("\u{1f}"));
    cargo.env("CARGO_PROFILE_DEV_OPT_LEVEL", "2").env("CARGO_PROFILE_DEV_DEBUG", "line-tables-only");
    let messages = run::output(&mut cargo)?;
    let mut programs = messages.lines().filter_map(|line| serde_json::from_str::<BuildMessage>(line).ok()?.executable);
    programs.next_back().with_context(|| format!("cargo named no test program of {}", test.package))
}

/// The target that this machine is.
fn host() -> anyhow::Result<String> {
    let version = run::output(run::command("rustc").arg("-vV"))?;
    match version.lines().find_map(|line| line.strip_prefix("host: ")) {
        Some(host) => Ok(host.to_owned()),
        None => bail!("rustc does not say which machine this is"),
    }
}
