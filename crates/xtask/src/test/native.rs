//! The stages that need no browser.

use std::fs;

use crate::metadata::{Package, Workspace};
use crate::report::{Ended, step};
use crate::tools::{python, rust};
use crate::{places, run, www};

/// Format, clippy for both worlds, and licences when `cargo deny` is installed.
pub(super) fn lint() -> anyhow::Result<()> {
    rust::ensure()?;
    www::prepare()?;
    step("format", || done(&["fmt", "--all", "--check"]))?;
    step("clippy, native", || done(&["clippy", "--all-targets", "--", "-D", "warnings"]))?;
    // It is no test of the native stage, so cargo leaves it out above.
    step("clippy, faults", || done(&["clippy", "--test", "faults", "--", "-D", "warnings"]))?;
    let workspace = Workspace::load()?;
    step("clippy, browser", || {
        let mut cargo = run::cargo(["clippy", "--all-targets", "--target", rust::WASM]);
        cargo.arg("--target-dir").arg(places::wasm_target());
        for package in workspace.below("browser").chain(workspace.tested_in_browser()) {
            cargo.args(["--package", &package.name]);
        }
        run::run(cargo.args(["--", "-D", "warnings"]))?;
        Ok(Ended::Done)
    })?;
    step("cargo deny", || {
        if run::probe(&mut run::cargo(["deny", "--version"])).is_none() {
            println!("cargo deny is not installed: licences and sources are not checked");
            return Ok(Ended::Nothing);
        }
        done(&["deny", "check", "bans", "licenses", "sources"])
    })
}

/// Tests of the default members, then those tests of browser crates that need no browser.
pub(super) fn test() -> anyhow::Result<()> {
    www::prepare()?;
    let python = python::ensure()?;
    let tests = |args: &[&str]| {
        run::run(run::cargo(args).env(python::VARIABLE, &python))?;
        Ok(Ended::Done)
    };
    if run::probe(&mut run::cargo(["nextest", "--version"])).is_some() {
        step("tests", || tests(&["nextest", "run"]))?;
        // The one thing that nextest leaves out.
        step("tests in documentation", || done(&["test", "--doc", "--quiet"]))?;
    } else {
        step("tests", || tests(&["test"]))?;
    }
    let workspace = Workspace::load()?;
    for package in workspace.below("browser") {
        if !has_native_tests(package)? {
            continue;
        }
        step(&format!("tests of {}", package.name), || {
            let mut cargo = run::cargo(["test", "--package", &package.name, "--target-dir"]);
            run::run(cargo.arg(places::wasm_target()))?;
            Ok(Ended::Done)
        })?;
    }
    Ok(())
}

fn has_native_tests(package: &Package) -> anyhow::Result<bool> {
    for file in www::files(package.dir())? {
        let is_source = file.extension().is_some_and(|ending| ending == "rs");
        if is_source && fs::read_to_string(&file)?.contains("#[test]") {
            return Ok(true);
        }
    }
    Ok(false)
}

fn done(args: &[&str]) -> anyhow::Result<Ended> {
    run::run(&mut run::cargo(args))?;
    Ok(Ended::Done)
}
