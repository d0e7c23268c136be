//! The stages that drive a real browser.

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;
use std::process::Command;

use anyhow::bail;

use super::Run;
use super::runner::{Libtest, Node, Only};
use super::selection::Group;
use crate::metadata::Workspace;
use crate::profile::Profile;
use crate::report::{Ended, step};
use crate::tools::{browser::Browser, in_browser, npm, other_browsers, python, rust};
use crate::{binary, places, run, www};

/// The name under which green tests in Chromium are remembered.
const STAGE: &str = "wasm";

/// Compiles the tests of the browser crates for Chromium.
pub(super) fn compile(run: &Run) -> anyhow::Result<()> {
    rust::ensure()?;
    let workspace = Workspace::load()?;
    let tested: Vec<&str> = workspace.tested_in_browser().map(|package| package.name.as_str()).collect();
    // Those alone that will run: with others beside them, some dependency has other features and is compiled again.
    let wanted = run.selection.packages(&tested)?.into_iter().filter(|group| run.selection.wants(STAGE, group));
    let wanted: Vec<String> = wanted.map(|group| group.name).collect();
    step("tests in Chromium, compiled", || {
        if wanted.is_empty() {
            return Ok(Ended::Fresh);
        }
        run::run_quietly(tests_in_chromium(&wanted).arg("--no-run"))?;
        Ok(Ended::Done)
    })?;
    // Those without tests in a browser: nothing else compiles them for one with lints.
    let mut cargo = in_wasm_target(&["build", "--lib"]);
    for package in workspace.below("browser").filter(|package| !tested.contains(&package.name.as_str())) {
        cargo.args(["--package", &package.name]);
    }
    step("browser crates without tests in Chromium, compiled", || {
        run::run_quietly(&mut cargo)?;
        Ok(Ended::Done)
    })
}

/// Runs the tests of the browser crates, and of those whose answers must be the same there, inside Chromium.
pub(super) fn test(run: &Run) -> anyhow::Result<()> {
    let workspace = Workspace::load()?;
    let tested: Vec<&str> = workspace.tested_in_browser().map(|package| package.name.as_str()).collect();
    if tested.is_empty() {
        bail!("no crate has tests for a browser");
    }
    let groups = run.selection.packages(&tested)?;
    step("tests in Chromium", || {
        run.tests(STAGE, groups, |groups| {
            rust::ensure()?;
            let runner = in_browser::command()?;
            let browser = Browser::ensure()?;
            let settings = browser.settings()?;
            let packages: Vec<String> = groups.iter().map(|group| group.name.clone()).collect();
            let command = move |only: Only<'_>| {
                let mut cargo = tests_in_chromium(&packages);
                cargo
                    .arg("--no-fail-fast")
                    .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", &runner)
                    .env("CHROMEDRIVER", &browser.driver)
                    .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", &settings)
                    .env("WASM_BINDGEN_TEST_TIMEOUT", "120")
                    .env("WASM_BINDGEN_USE_BROWSER", "1");
                if let Only::One(name) = only {
                    cargo.args(["--", name]);
                }
                Ok(cargo)
            };
            Ok(Libtest { suite: "in Chromium", command })
        })?;
        Ok(Ended::Done)
    })
}

/// One run of cargo for all of them: their dependencies are compiled once.
fn tests_in_chromium<S: AsRef<OsStr>>(packages: &[S]) -> Command {
    let mut cargo = in_wasm_target(&["test", "--tests"]);
    for package in packages {
        cargo.arg("--package").arg(package);
    }
    cargo
}

fn in_wasm_target(args: &[&str]) -> Command {
    let mut cargo = run::linting_cargo(args);
    cargo.args(["--target", rust::WASM, "--target-dir"]).arg(places::wasm_target());
    cargo
}

/// Runs the scripts of `tests/e2e` against the server as it is built now.
pub(super) fn end_to_end(run: &Run) -> anyhow::Result<()> {
    let scripts = scripts()?;
    let webkit = other_browsers::webkit();
    let name = if webkit.is_some() { "end to end" } else { "end to end, WITHOUT WebKitGTK" };
    step(name, || {
        run.tests("e2e", run.selection.scripts(&scripts)?, |groups| {
            let scripts = groups.iter().filter_map(Group::script).map(str::to_owned).collect();
            Ok(Node { scripts, env: variables(run, webkit)?, late: run.late })
        })?;
        Ok(Ended::Done)
    })
}

/// Makes sure that everything is there which scripts use; the variables in which they find it.
fn variables(run: &Run, webkit: Option<PathBuf>) -> anyhow::Result<Vec<(String, OsString)>> {
    let browser = Browser::ensure()?;
    let for_scripts = browser.for_scripts();
    let firefox = other_browsers::firefox()?;
    npm::ensure()?;
    npm::ensure_in("tests/openapi")?;
    let variables = [
        ("KNOCK_BIN", binary::build_for_tests()?),
        (python::VARIABLE, python::ensure()?),
        ("CHROMIUM", for_scripts),
        ("CHROMIUM_WHOLE", browser.chromium),
        (other_browsers::FIREFOX, firefox),
    ];
    let variables = variables.into_iter().map(|(name, path)| (name, path.into_os_string()));
    let webkit = webkit.map(|driver| (other_browsers::WEBKIT_DRIVER, driver.into_os_string()));
    // A release runs every scenario of the tracker with each engine.
    let engines = (run.profile == Profile::Release).then(|| ("KNOCK_ENGINES", "all".into()));
    Ok(variables.chain(webkit).chain(engines).map(|(name, value)| (name.to_owned(), value)).collect())
}

/// The scripts with tests, by their slash-separated names.
fn scripts() -> anyhow::Result<Vec<String>> {
    let files = www::files(&places::at("tests/e2e"))?;
    let names = files.iter().filter_map(|file| file.strip_prefix(places::root()).ok());
    let names = names.map(|name| name.to_string_lossy().into_owned());
    let scripts: Vec<String> = names.filter(|name| name.ends_with(".test.mjs")).collect();
    if scripts.is_empty() {
        bail!("tests/e2e has no *.test.mjs");
    }
    Ok(scripts)
}
