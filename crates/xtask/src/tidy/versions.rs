//! wasm-bindgen's crate, library and test runner are of one version.

use super::{File, Finding};
use crate::tools::bindgen;

pub(super) fn check(files: &[File]) -> Vec<Finding> {
    let text = |name: &str| {
        let file = files.iter().find(|file| file.name == name);
        file.map(|file| file.text.as_str()).unwrap_or_default()
    };
    let pin = match bindgen::pin(text("Cargo.toml")) {
        Ok(pin) => pin,
        Err(error) => return vec![Finding::new("Cargo.toml", error.to_string())],
    };
    let mut findings = Vec::new();
    for name in ["wasm-bindgen", "wasm-bindgen-cli", "wasm-bindgen-cli-support"] {
        let locked = locked(text("Cargo.lock"), name);
        if locked != [pin.as_str()] {
            let what = format!("{name} is locked at {locked:?}, Cargo.toml pins wasm-bindgen at {pin}");
            findings.push(Finding::new("Cargo.lock", what));
        }
    }
    findings.extend(repeated(files, &pin));
    findings
}

/// The versions of a package in a lock file.
fn locked<'a>(lock: &'a str, name: &str) -> Vec<&'a str> {
    let name = format!("\nname = \"{name}\"\n");
    lock.split("[[package]]")
        .filter(|package| package.contains(&name))
        .filter_map(|package| {
            let (_, after) = package.split_once("\nversion = \"")?;
            Some(after.split_once('"')?.0)
        })
        .collect()
}

/// Places where the pinned version stands a second time.
fn repeated(files: &[File], pin: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files {
        let is_tooling = ["crates/xtask/", ".ci/", ".cargo/"].iter().any(|folder| file.name.starts_with(folder));
        if !is_tooling && file.name != "package.json" {
            continue;
        }
        for (number, line) in file.lines().filter(|(_, line)| line.contains(pin)) {
            let what = format!("repeats the pin of Cargo.toml: {}", line.trim());
            findings.push(Finding::at(file, number, what));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::file;

    fn lock(version: &str) -> String {
        let package =
            |name: &str, version: &str| format!("\n[[package]]\nname = \"{name}\"\nversion = \"{version}\"\n");
        let others = package("wasm-bindgen-cli", "1.2.3") + &package("wasm-bindgen-cli-support", "1.2.3");
        let others = others + &package("wasm-bindgen-macro", "9.9.9");
        format!("version = 4\n{}{others}", package("wasm-bindgen", version))
    }

    fn check_with(lock: &str, script: &str) -> Vec<Finding> {
        check(&[
            file("Cargo.toml", "[workspace.dependencies]\nwasm-bindgen = \"=1.2.3\"\n"),
            file("Cargo.lock", lock),
            file(".ci/run", script),
        ])
    }

    #[test]
    fn one_version_in_both_files_is_fine() {
        assert_eq!(check_with(&lock("1.2.3"), "cargo xtask test\n"), []);
    }

    #[test]
    fn another_or_a_missing_version_is_found() {
        assert_eq!(check_with(&lock("1.2.4"), "").len(), 1);
        assert_eq!(check_with("", "").len(), 3);
    }

    #[test]
    fn repeating_the_version_is_found() {
        let found = check_with(&lock("1.2.3"), "cargo install wasm-bindgen-cli@1.2.3\n");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].place, ".ci/run:1");
    }
}
