//! The files of the repository with their hashes, and which of them a group of tests depends on.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::process::Stdio;

use anyhow::{Context, bail};
use sha2::{Digest, Sha256};

use crate::metadata::{Kind, Package, Workspace};
use crate::{places, run};

/// What every group depends on: versions, flags, settings of the runner.
const EVERYWHERE: [&str; 5] = ["Cargo.toml", "Cargo.lock", "rust-toolchain.toml", ".cargo/", ".config/"];

/// Data that tests read. Not listed: packages, and what only benches, sizes and times are about.
const DATA: [&str; 11] = [
    "tests/addresses.json",
    "tests/conversations/",
    "tests/eval/",
    "tests/fuzz/",
    "tests/openapi/",
    "tests/postgres.toml",
    "tests/smtp/",
    "tests/types/",
    "tests/upgrade/",
    "tests/vectors/",
    "tests/wire/",
];

/// Folders of a package that others do not link.
const OF_TESTS: [&str; 5] = ["tests/", "benches/", "src/tests/", "in_browser/", "fuzz/"];

/// The tracked and the new files of the repository.
#[derive(Default)]
pub(super) struct Inputs {
    /// The hash of each file's content, by its slash-separated name.
    hashes: BTreeMap<String, String>,
    pub(super) workspace: Workspace,
}

/// What one group depends on.
pub(super) struct Recipe<'i> {
    inputs: &'i Inputs,
    chosen: BTreeSet<&'i str>,
}

impl Inputs {
    pub(super) fn load() -> anyhow::Result<Self> {
        let list =
            run::output(run::command("git").args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]))?;
        let names: BTreeSet<&str> = list.split('\0').filter(|name| places::at(name).is_file()).collect();
        Ok(Self { hashes: hashes(&names)?, workspace: Workspace::load()? })
    }

    /// The names of all files.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.hashes.keys().map(String::as_str)
    }

    /// A recipe with what every group depends on.
    pub(super) fn recipe(&self) -> Recipe<'_> {
        let mut recipe = Recipe { inputs: self, chosen: BTreeSet::new() };
        EVERYWHERE.iter().chain(&DATA).for_each(|place| recipe.take(place));
        recipe
    }

    pub(super) fn package(&self, name: &str) -> Option<&Package> {
        self.workspace.packages.iter().find(|package| package.name == name)
    }

    /// A package and all of ours that its tests link.
    fn linked(&self, name: &str) -> BTreeSet<&str> {
        let mut found = BTreeSet::new();
        let mut open: Vec<&Package> = self.package(name).into_iter().collect();
        while let Some(package) = open.pop() {
            if !found.insert(package.name.as_str()) {
                continue;
            }
            let is_tested = package.name == name;
            let dependencies = package.dependencies.iter().filter(|it| is_tested || it.kind != Some(Kind::Dev));
            open.extend(dependencies.filter_map(|it| self.package(&it.name)));
        }
        found
    }
}

impl<'i> Recipe<'i> {
    /// Takes a file, or a folder by its name with a slash at the end.
    pub(super) fn take(&mut self, place: &str) {
        self.take_if(|name| if place.ends_with('/') { name.starts_with(place) } else { name == place });
    }

    /// Takes the files whose name fits.
    pub(super) fn take_if(&mut self, fits: impl Fn(&str) -> bool) {
        self.chosen.extend(self.inputs.names().filter(|name| fits(name)));
    }

    /// Takes what the tests of a package link, `without` some packages: of the package itself all but its benches, of
    /// others what is not theirs alone.
    pub(super) fn link(&mut self, package: &str, without: &[&str]) {
        for name in self.inputs.linked(package) {
            let Some(linked) = self.inputs.package(name).filter(|_| !without.contains(&name)) else { continue };
            let folder = linked.path();
            self.take_if(|file| file.strip_prefix(&folder).is_some_and(|inside| name == package || is_linked(inside)));
        }
    }

    /// The folder of a package of ours, with a slash at the end.
    pub(super) fn folder_of(&self, package: &str) -> Option<String> {
        self.inputs.package(package).map(Package::path)
    }

    /// Leaves out what fits.
    pub(super) fn leave_out(&mut self, fits: impl Fn(&str) -> bool) {
        self.chosen.retain(|name| !fits(name));
    }

    /// The hash of all taken files.
    pub(super) fn fingerprint(self) -> String {
        let mut hash = Sha256::new();
        for name in self.chosen {
            hash.update(format!("{name} {}\n", self.inputs.hashes[name]));
        }
        hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// Whether a file of a package, by its name inside, is in what others link.
fn is_linked(inside: &str) -> bool {
    let is_of_tests = inside.ends_with("/tests.rs") || inside.contains("/tests/");
    !is_of_tests && !OF_TESTS.iter().any(|folder| inside.starts_with(folder))
}

/// Lets git hash the files as they are on the disk.
fn hashes(names: &BTreeSet<&str>) -> anyhow::Result<BTreeMap<String, String>> {
    let mut git = run::command("git");
    git.args(["hash-object", "--no-filters", "--stdin-paths"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut running = git.spawn().context("cannot run git")?;
    let mut input = running.stdin.take().context("git has no input")?;
    let lines: String = names.iter().map(|name| format!("{name}\n")).collect();
    let writer = std::thread::spawn(move || input.write_all(lines.as_bytes()));
    let output = running.wait_with_output()?;
    writer.join().map_err(|_| anyhow::anyhow!("the thread that writes to git panicked"))??;
    let hashes = String::from_utf8(output.stdout)?;
    let hashes: Vec<&str> = hashes.lines().collect();
    if !output.status.success() || hashes.len() != names.len() {
        bail!("git hashed {} of {} files", hashes.len(), names.len());
    }
    Ok(names.iter().zip(hashes).map(|(name, hash)| ((*name).to_owned(), hash.to_owned())).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_of_a_linked_package_are_its_own() {
        let check = |inside: &str, expected| assert_eq!(is_linked(inside), expected, "{inside}");
        check("src/lib.rs", true);
        check("Cargo.toml", true);
        check("tests/http/main.rs", false);
        check("src/codec/tests.rs", false);
        check("src/codec/tests/long.rs", false);
        check("benches/load.rs", false);
    }

    #[test]
    fn a_change_reaches_those_who_link_it_and_no_others() {
        let mut inputs = Inputs::load().expect("the repository");
        let fingerprint = |inputs: &Inputs, package: &str| {
            let mut recipe = inputs.recipe();
            recipe.link(package, &[]);
            recipe.fingerprint()
        };
        let before = ["knock-status", "knock-model", "knock"].map(|package| fingerprint(&inputs, package));
        inputs.hashes.insert("crates/domain/status/src/new.rs".into(), "1".into());
        inputs.hashes.insert("crates/domain/model/tests/new.rs".into(), "1".into());
        let after = ["knock-status", "knock-model", "knock"].map(|package| fingerprint(&inputs, package));
        assert_ne!(before[0], after[0], "its own source");
        assert_ne!(before[1], after[1], "its own test");
        assert_ne!(before[2], after[2], "a crate that it links");
        inputs.hashes.remove("crates/domain/status/src/new.rs");
        assert_eq!(before[0], fingerprint(&inputs, "knock-status"), "the test of a crate that it links");
        let text = inputs.recipe();
        assert_eq!(text.fingerprint(), Inputs::load().expect("the repository").recipe().fingerprint());
    }
}
