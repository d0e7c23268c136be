//! Running other programs and saying which one failed.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, bail};

use crate::places;

/// A command that runs at the repository's root.
pub(crate) fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(places::root());
    command
}

/// Cargo with these arguments, at the repository's root. What `cargo run` says of this program is taken out of its
/// environment: build scripts run again where that differs, and with them all that is compiled after them.
pub(crate) fn cargo<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>) -> Command {
    let mut command = command("cargo");
    let of_package = |name: &str| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_");
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_str().is_some_and(of_package)) {
        command.env_remove(name);
    }
    command.args(args);
    command
}

/// Cargo that lints our own crates while it compiles them, with warnings as errors: one pass in place of two. What it
/// builds is apart from what the compiler alone builds, so all commands of the tests go through it.
pub(crate) fn linting_cargo<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>) -> Command {
    let mut cargo = cargo(args);
    // As `cargo clippy` starts it.
    cargo.env("RUSTC_WORKSPACE_WRAPPER", "clippy-driver");
    cargo.env("CLIPPY_ARGS", ["-D", "warnings", ""].join("__CLIPPY_HACKERY__"));
    cargo
}

/// Runs to the end with its output shown; anything but success is an error.
pub(crate) fn run(command: &mut Command) -> anyhow::Result<()> {
    let status = command.status().with_context(|| format!("cannot run {}", shown(command)))?;
    if !status.success() {
        bail!("{} failed ({status})", shown(command));
    }
    Ok(())
}

/// Runs to the end with its output shown and kept; whether it was a success, and what it printed.
pub(crate) fn run_and_keep(command: &mut Command) -> anyhow::Result<(bool, String)> {
    let spawned = command.stdout(Stdio::piped()).spawn();
    let mut running = spawned.with_context(|| format!("cannot run {}", shown(command)))?;
    let mut printed = String::new();
    let output = running.stdout.take().context("it has no output")?;
    for line in BufReader::new(output).split(b'\n') {
        let line = String::from_utf8_lossy(&line?).into_owned();
        println!("{line}");
        printed += &line;
        printed.push('\n');
    }
    Ok((running.wait()?.success(), printed))
}

/// Runs to the end; what it printed is shown only when it fails, with what may help.
pub(crate) fn run_quietly(command: &mut Command) -> anyhow::Result<()> {
    let output = command.output().with_context(|| format!("cannot run {}", shown(command)))?;
    if output.status.success() {
        return Ok(());
    }
    let printed = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
    eprintln!("{printed}");
    let advice = advice(&printed).map(|advice| format!(": {advice}")).unwrap_or_default();
    bail!("{} failed ({}){advice}", shown(command), output.status)
}

/// The advice for failures on a fresh machine.
fn advice(printed: &str) -> Option<&'static str> {
    let known = [
        ("linker `cc` not found", "install a C compiler (on Debian: apt-get install build-essential)"),
        ("is `make` not installed?", "install make (on Debian: apt-get install build-essential)"),
        ("No space left on device", "make room on the disk: a first build takes about 6 GB"),
        ("failed to download", "the package registry must be reachable for the first build; then run this again"),
        ("Could not resolve host", "the package registry must be reachable for the first build; then run this again"),
        ("Killed", "the machine ran out of memory: close other programs, or set CARGO_BUILD_JOBS=1"),
        ("signal: 9", "the machine ran out of memory: close other programs, or set CARGO_BUILD_JOBS=1"),
    ];
    known.into_iter().find(|(symptom, _)| printed.contains(symptom)).map(|(_, advice)| advice)
}

/// Runs to the end and returns what it printed; its errors are shown.
pub(crate) fn output(command: &mut Command) -> anyhow::Result<String> {
    let output = command.stderr(Stdio::inherit()).output().with_context(|| format!("cannot run {}", shown(command)))?;
    if !output.status.success() {
        bail!("{} failed ({})", shown(command), output.status);
    }
    String::from_utf8(output.stdout).with_context(|| format!("{} printed no text", shown(command)))
}

/// The output of a command if it exists and succeeds, to check for a tool.
pub(crate) fn probe(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then_some(text)
}

fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let name = program.file_name().unwrap_or(command.get_program());
    std::iter::once(name).chain(command.get_args()).map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failed_program_is_named_with_its_arguments() {
        let error = run(cargo(["no-such-command"]).stderr(Stdio::null())).unwrap_err();
        assert!(error.to_string().starts_with("cargo no-such-command failed"));
    }

    #[test]
    fn a_failure_of_a_fresh_machine_comes_with_advice() {
        assert!(advice("error: linker `cc` not found").is_some_and(|advice| advice.contains("build-essential")));
        assert!(advice("write failed: No space left on device (os error 28)").is_some());
        assert_eq!(advice("error[E0425]: cannot find value"), None);
        let error = run_quietly(&mut cargo(["no-such-command"])).unwrap_err();
        assert!(error.to_string().starts_with("cargo no-such-command failed"));
    }

    #[test]
    fn output_is_kept_with_the_outcome() {
        let (is_success, printed) = run_and_keep(cargo(["--version"]).stderr(Stdio::null())).unwrap();
        assert!(is_success && printed.starts_with("cargo "));
        assert!(!run_and_keep(cargo(["no-such-command"]).stderr(Stdio::null())).unwrap().0);
    }

    #[test]
    fn missing_program_is_no_probe() {
        assert_eq!(probe(&mut command("no-such-program")), None);
    }
}
