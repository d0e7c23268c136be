//! The stages that need no browser.

use std::fs;
use std::process::Command;

use super::runner::{Libtest, Nextest, Only};
use super::{Run, flaky, selection};
use crate::metadata::{Package, Workspace};
use crate::report::{Ended, step};
use crate::tools::{bindgen, deny, dovecot, python};
use crate::{places, run, www};

/// Format, clippy, licences and sources.
pub(super) fn lint() -> anyhow::Result<()> {
    www::prepare()?;
    step("format", || done(&mut run::cargo(["fmt", "--all", "--check"])))?;
    match deny::ensure() {
        Ok(deny) => {
            step("cargo deny", || {
                let what = ["--log-level", "error", "--color", "never", "check", "bans", "licenses", "sources"];
                run::run(run::command(&deny).args(what))?;
                Ok(Ended::Done)
            })?;
            step("advisories", || deny::advisories(&deny).map(|()| Ended::Done))
        }
        Err(error) => {
            println!("\nLICENCES, SOURCES AND ADVISORIES ARE NOT CHECKED: {error:#}\n");
            Ok(())
        }
    }
}

/// Compiles the server and the tests of the default members.
pub(super) fn compile() -> anyhow::Result<()> {
    www::prepare()?;
    let args: &[&str] = if Nextest::is_here() { &["nextest", "run", "--no-run"] } else { &["test", "--no-run"] };
    step("tests, compiled", || done(&mut run::linting_cargo(args)))?;
    step("faults, compiled", || done(&mut run::linting_cargo(["test", "--test", "faults", "--no-run"])))?;
    bindgen::test_runner(run::linting_cargo([""; 0]))?;
    step("benches, compiled", || done(&mut run::linting_cargo(["test", "--bench", "*", "--no-run"])))
}

/// Tests of the default members.
pub(super) fn test(run: &Run) -> anyhow::Result<()> {
    www::prepare()?;
    let servers = || {
        let (python, dovecot) = (python::ensure()?.display().to_string(), dovecot::ensure()?.display().to_string());
        anyhow::Ok([(python::VARIABLE, python), (dovecot::VARIABLE, dovecot)])
    };
    let workspace = Workspace::load()?;
    if !Nextest::is_here() {
        return step("tests, WITHOUT nextest", || {
            let command = |only: Only<'_>| {
                let mut cargo = run::linting_cargo(["test", "--no-fail-fast"]);
                cargo.envs(servers()?);
                match only {
                    Only::One(name) => cargo.args(["--", "--exact", name]),
                    Only::All => cargo.envs([run.late.of_native()]),
                };
                Ok(cargo)
            };
            flaky::passed(&flaky::run(&Libtest { suite: "cargo test", command }, run.retries)?)?;
            Ok(Ended::Done)
        });
    }
    step("tests", || {
        let tests = |groups: &[_]| {
            let env = servers()?.into_iter().chain([run.late.of_native()]).collect();
            Ok(Nextest { filter: selection::filter(groups), env, threads: run.late.threads() })
        };
        run.tests("native", run.selection.native()?, tests)?;
        Ok(Ended::Done)
    })?;
    let command = |only: Only<'_>| {
        let mut cargo = browser_tests(&workspace)?;
        cargo.arg("--no-fail-fast");
        if let Only::One(name) = only {
            cargo.args(["--", "--exact", name]);
        }
        Ok(cargo)
    };
    step("tests of browser crates, without a browser", || {
        let groups = run.selection.packages(&plain_browser_crates(&workspace)?)?;
        run.tests("native", groups, |_| Ok(Libtest { suite: "browser crates", command }))?;
        Ok(Ended::Done)
    })?;
    // The one thing that nextest leaves out, and minutes of rustdoc where there are none.
    if any_source(workspace.default_members(), has_example)? {
        step("tests in documentation", || done(&mut run::linting_cargo(["test", "--doc", "--quiet"])))?;
    }
    Ok(())
}

/// The tests of the browser crates that need no browser, in one run of cargo.
pub(super) fn browser_tests(workspace: &Workspace) -> anyhow::Result<Command> {
    let mut cargo = run::linting_cargo(["test", "--target-dir"]);
    cargo.arg(places::wasm_target());
    for package in plain_browser_crates(workspace)? {
        cargo.args(["--package", package]);
    }
    Ok(cargo)
}

/// The browser crates with tests for this machine: those without Leptos, which takes minutes to compile.
fn plain_browser_crates(workspace: &Workspace) -> anyhow::Result<Vec<&str>> {
    let mut found = Vec::new();
    for package in workspace.below("browser") {
        if any_source([package], |text| text.contains("#[test]"))? {
            found.push(package.name.as_str());
        }
    }
    Ok(found)
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

fn done(cargo: &mut Command) -> anyhow::Result<Ended> {
    run::run(cargo)?;
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
