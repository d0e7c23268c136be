//! The stages that need no browser.

use std::fs;
use std::process::Command;

use crate::metadata::{Package, Workspace};
use crate::report::{Ended, step};
use crate::tools::{deny, python};
use crate::{places, run, www};

/// More tests at once than processors, for nextest: many wait for a server, a disk or a clock.
pub(super) const THREADS: &str = "--test-threads=3";

/// Format, clippy, licences and sources.
pub(super) fn lint() -> anyhow::Result<()> {
    www::prepare()?;
    step("format", || done(&["fmt", "--all", "--check"]))?;
    // The faults are no test of the native stage, so cargo leaves them out of all targets.
    let native = ["clippy", "--all-targets", "--test", "faults", "--", "-D", "warnings"];
    step("clippy, native", || done(&native))?;
    match deny::ensure() {
        Ok(deny) => step("cargo deny", || {
            let what = ["--log-level", "error", "--color", "never", "check", "bans", "licenses", "sources"];
            run::run(run::command(deny).args(what))?;
            Ok(Ended::Done)
        }),
        Err(error) => {
            println!("\nLICENCES AND SOURCES ARE NOT CHECKED: {error:#}\n");
            Ok(())
        }
    }
}

/// Compiles the server and the tests of the default members.
pub(super) fn compile() -> anyhow::Result<()> {
    www::prepare()?;
    let args: &[&str] = if has_nextest() { &["nextest", "run", "--no-run"] } else { &["test", "--no-run"] };
    step("tests, compiled", || done(args))?;
    step("faults, compiled", || done(&["test", "--test", "faults", "--no-run"]))
}

/// Tests of the default members, then those tests of browser crates that need no browser.
pub(super) fn test() -> anyhow::Result<()> {
    www::prepare()?;
    let python = python::ensure()?;
    let tests = |args: &[&str]| {
        run::run(run::cargo(args).env(python::VARIABLE, &python))?;
        Ok(Ended::Done)
    };
    let workspace = Workspace::load()?;
    if has_nextest() {
        step("tests", || tests(&["nextest", "run", THREADS]))?;
        // The one thing that nextest leaves out, and minutes of rustdoc where there are none.
        if any_source(workspace.default_members(), has_example)? {
            step("tests in documentation", || done(&["test", "--doc", "--quiet"]))?;
        }
    } else {
        step("tests", || tests(&["test"]))?;
    }
    step("tests of browser crates, without a browser", || {
        run::run(&mut browser_tests(&workspace)?)?;
        Ok(Ended::Done)
    })
}

/// The tests of the browser crates that need no browser, in one run of cargo: Leptos is compiled for this machine once.
pub(super) fn browser_tests(workspace: &Workspace) -> anyhow::Result<Command> {
    let mut cargo = run::cargo(["test", "--target-dir"]);
    cargo.arg(places::wasm_target());
    for package in workspace.below("browser") {
        if any_source([package], |text| text.contains("#[test]"))? {
            cargo.args(["--package", &package.name]);
        }
    }
    Ok(cargo)
}

fn any_source<'a>(packages: impl IntoIterator<Item = &'a Package>, has: impl Fn(&str) -> bool) -> anyhow::Result<bool> {
    for package in packages {
        for file in www::files(package.dir())? {
            let is_source = file.extension().is_some_and(|ending| ending == "rs");
            if is_source && has(&fs::read_to_string(&file)?) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// Whether documentation shows code that rustdoc would compile.
fn has_example(source: &str) -> bool {
    let fences = source.lines().filter_map(|line| {
        let line = line.trim_start();
        let text = line.strip_prefix("///").or_else(|| line.strip_prefix("//!"))?;
        text.trim_start().strip_prefix("```")
    });
    // Every other fence ends a block.
    fences.step_by(2).any(|language| !matches!(language, "text" | "json" | "toml" | "sql" | "sh" | "html" | "mermaid"))
}

fn has_nextest() -> bool {
    run::probe(&mut run::cargo(["nextest", "--version"])).is_some()
}

fn done(args: &[&str]) -> anyhow::Result<Ended> {
    run::run(&mut run::cargo(args))?;
    Ok(Ended::Done)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_code_that_rustdoc_compiles_is_an_example() {
        let fenced = |language: &str| format!("/// A doc.\n///\n/// ```{language}\n/// x\n/// ```\nfn x() {{}}\n");
        assert!(has_example(&fenced("")));
        assert!(has_example(&fenced("no_run")));
        assert!(!has_example(&fenced("text")));
        assert!(!has_example("let text = \"```\";\n"));
    }
}
