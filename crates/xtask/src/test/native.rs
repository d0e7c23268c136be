//! The stages that need no browser.

use std::fs;
use std::process::Command;

use super::runner::{Libtest, Nextest, Only};
use super::{Run, flaky, selection};
use crate::metadata::{Package, Workspace};
use crate::report::{Ended, step};
use crate::tools::{deny, dovecot, python};
use crate::{run, www};

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

/// This program, which cargo builds alone when it is called: so it is tested alone, with the dependencies of that build.
const XTASK: &str = "xtask";

/// Compiles the server and the tests of the default members, and those of this program.
pub(super) fn compile() -> anyhow::Result<()> {
    www::prepare()?;
    let args: &[&str] = if Nextest::is_here() { &["nextest", "run", "--no-run"] } else { &["test", "--no-run"] };
    step("tests of xtask, compiled", || done(run::linting_cargo(args).args(["--package", XTASK])))?;
    step("tests, compiled", || done(&mut run::linting_cargo(args)))?;
    step("faults, compiled", || done(&mut run::linting_cargo(["test", "--test", "faults", "--no-run"])))?;
    step("benches, compiled", || done(&mut run::linting_cargo(["test", "--bench", "*", "--no-run"])))
}

/// Tests of the default members and of this program.
pub(super) fn test(run: &Run) -> anyhow::Result<()> {
    www::prepare()?;
    let servers = || {
        let (python, dovecot) = (python::ensure()?.display().to_string(), dovecot::ensure()?.display().to_string());
        anyhow::Ok([(python::VARIABLE, python), (dovecot::VARIABLE, dovecot)])
    };
    if !Nextest::is_here() {
        return without_nextest(run, servers);
    }
    let (own, others): (Vec<_>, Vec<_>) =
        run.selection.native()?.into_iter().partition(|group| group.package() == Some(XTASK));
    let tests = |package, groups: &[_]| {
        let env = servers()?.into_iter().chain([run.late.of_native()]).collect();
        Ok(Nextest { filter: selection::filter(groups), package, env, threads: run.late.threads() })
    };
    step("tests", || {
        run.tests("native", others, |groups| tests(None, groups))?;
        Ok(Ended::Done)
    })?;
    step("tests of xtask", || {
        run.tests("native", own, |groups| tests(Some(XTASK), groups))?;
        Ok(Ended::Done)
    })?;
    // The one thing that nextest leaves out, and minutes of rustdoc where there are none.
    if any_source(Workspace::load()?.default_members(), has_example)? {
        step("tests in documentation", || done(&mut run::linting_cargo(["test", "--doc", "--quiet"])))?;
    }
    Ok(())
}

/// The same by cargo's own runner, which cannot select.
fn without_nextest(run: &Run, servers: impl Fn() -> anyhow::Result<[(&'static str, String); 2]>) -> anyhow::Result<()> {
    for package in [None, Some(XTASK)] {
        step("tests, WITHOUT nextest", || {
            let command = |only: Only<'_>| {
                let mut cargo = run::linting_cargo(["test", "--no-fail-fast"]);
                cargo.args(package.iter().flat_map(|package| ["--package", *package])).envs(servers()?);
                match only {
                    Only::One(name) => cargo.args(["--", "--exact", name]),
                    Only::All => cargo.envs([run.late.of_native()]),
                };
                Ok(cargo)
            };
            flaky::passed(&flaky::run(&Libtest { suite: "cargo test", command }, run.retries)?)?;
            Ok(Ended::Done)
        })?;
    }
    Ok(())
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
