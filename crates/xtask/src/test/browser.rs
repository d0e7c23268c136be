//! The stages that drive a real browser.

use std::process::Command;

use anyhow::bail;

use super::native;
use crate::metadata::Workspace;
use crate::report::{Ended, step};
use crate::tools::{bindgen, browser::Browser, npm, other_browsers, python, rust};
use crate::{binary, places, run, www};

/// Clippy for the browser crates, and for those whose answers must be the same there.
pub(super) fn lint() -> anyhow::Result<()> {
    rust::ensure()?;
    let workspace = Workspace::load()?;
    step("clippy, browser", || {
        let mut cargo = run::cargo(["clippy", "--all-targets", "--target", rust::WASM]);
        cargo.arg("--target-dir").arg(places::wasm_target());
        for package in workspace.below("browser").chain(workspace.tested_in_browser()) {
            cargo.args(["--package", &package.name]);
        }
        run::run(cargo.args(["--", "-D", "warnings"]))?;
        Ok(Ended::Done)
    })
}

/// Compiles the tests of the browser crates: those that need no browser for this machine, the others for Chromium.
pub(super) fn compile() -> anyhow::Result<()> {
    rust::ensure()?;
    let workspace = Workspace::load()?;
    step("tests of browser crates, compiled", || {
        run::run_quietly(native::browser_tests(&workspace)?.arg("--no-run"))?;
        Ok(Ended::Done)
    })?;
    step("tests in Chromium, compiled", || {
        run::run_quietly(tests_in_chromium(&workspace).arg("--no-run"))?;
        Ok(Ended::Done)
    })
}

/// Installs what takes long and what other stages do without.
pub(super) fn prepare() -> anyhow::Result<()> {
    bindgen::test_runner().map(drop)
}

/// Runs the tests of the browser crates, and of those whose answers must be the same there, inside Chromium.
pub(super) fn test() -> anyhow::Result<()> {
    rust::ensure()?;
    let runner = bindgen::test_runner()?;
    let browser = Browser::ensure()?;
    let workspace = Workspace::load()?;
    let tested: Vec<&str> = workspace.tested_in_browser().map(|package| package.name.as_str()).collect();
    if tested.is_empty() {
        bail!("no crate has tests for a browser");
    }
    step(&format!("in Chromium: {}", tested.join(", ")), || {
        let mut cargo = tests_in_chromium(&workspace);
        cargo
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", &runner)
            .env("CHROMEDRIVER", &browser.driver)
            .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", browser.settings()?)
            .env("WASM_BINDGEN_TEST_TIMEOUT", "120")
            .env("WASM_BINDGEN_USE_BROWSER", "1");
        run::run(&mut cargo)?;
        Ok(Ended::Done)
    })
}

/// One run of cargo for all of them: their dependencies are compiled once.
fn tests_in_chromium(workspace: &Workspace) -> Command {
    let mut cargo = run::cargo(["test", "--tests", "--target", rust::WASM]);
    cargo.arg("--target-dir").arg(places::wasm_target());
    for package in workspace.tested_in_browser() {
        cargo.args(["--package", &package.name]);
    }
    cargo
}

/// Runs the scripts of `tests/e2e` against the server as it is built now.
pub(super) fn end_to_end() -> anyhow::Result<()> {
    let browser = Browser::ensure()?;
    let (firefox, webkit) = (other_browsers::firefox()?, other_browsers::webkit());
    npm::ensure()?;
    npm::ensure_in("tests/openapi")?;
    let python = python::ensure()?;
    let knock = binary::build_for_tests()?;
    let mut scripts = www::files(&places::at("tests/e2e"))?;
    scripts.retain(|path| path.to_string_lossy().ends_with(".test.mjs"));
    if scripts.is_empty() {
        bail!("tests/e2e has no *.test.mjs");
    }
    let name = if webkit.is_some() { "end to end" } else { "end to end, WITHOUT WebKitGTK" };
    step(name, || {
        let mut node = run::command("node");
        node.args(["--test", "--test-reporter=spec", "--test-concurrency=2"])
            .args(&scripts)
            .env("KNOCK_BIN", &knock)
            .env(python::VARIABLE, &python)
            .env("CHROMIUM", browser.for_scripts())
            .env("CHROMIUM_WHOLE", &browser.chromium)
            .env(other_browsers::FIREFOX, &firefox)
            .envs(webkit.iter().map(|driver| (other_browsers::WEBKIT_DRIVER, driver)));
        run::run(&mut node)?;
        Ok(Ended::Done)
    })
}
