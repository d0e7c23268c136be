//! The domain needs no operating system: it says so, and it builds where there is none.

use super::{File, Finding};
use crate::metadata::Workspace;
use crate::tools::rust;
use crate::{places, run};

pub(super) fn check(workspace: &Workspace, files: &[File]) -> Vec<Finding> {
    let mut findings: Vec<Finding> = files.iter().filter_map(without_std).collect();
    findings.extend(builds(workspace));
    findings
}

fn without_std(file: &File) -> Option<Finding> {
    let is_root = file.name.starts_with("crates/domain/") && file.name.ends_with("/src/lib.rs");
    let says = file.lines().any(|(_, line)| line.trim() == "#![no_std]");
    (is_root && !says).then(|| Finding::new(&file.name, "must say `#![no_std]`"))
}

/// Builds the domain for a target that has no `std`, without features and with all of them.
fn builds(workspace: &Workspace) -> Option<Finding> {
    let check = |features: &str| {
        let mut cargo = run::cargo(["check", "--quiet", features, "--target", rust::BARE]);
        cargo.arg("--target-dir").arg(places::wasm_target());
        for package in workspace.below("domain") {
            cargo.args(["--package", &package.name]);
        }
        run::run(&mut cargo)
    };
    let built = rust::ensure_target(rust::BARE)
        .and_then(|()| check("--no-default-features"))
        .and_then(|()| check("--all-features"));
    built.err().map(|error| Finding::new("crates/domain", error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::file;

    #[test]
    fn domain_crates_say_no_std() {
        let check = |name, text, expected| {
            assert_eq!(without_std(&file(name, text)).is_none(), expected, "{name} {text}");
        };
        check("crates/domain/model/src/lib.rs", "//! M.\n#![no_std]\n", true);
        check("crates/domain/model/src/lib.rs", "//! M.\n", false);
        check("crates/domain/model/src/email.rs", "//! E.\n", true);
        check("crates/wire/src/lib.rs", "//! W.\n", true);
    }
}
