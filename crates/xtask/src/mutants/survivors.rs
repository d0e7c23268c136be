//! `tests/mutants.toml`: the changes that no test has to notice, each with its reason.

use std::fs;

use anyhow::{Context, bail};
use serde::Deserialize;

use crate::places;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Survivors {
    #[serde(default)]
    survivor: Vec<Survivor>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Survivor {
    file: String,
    change: String,
    reason: String,
}

impl Survivors {
    pub(super) fn load() -> anyhow::Result<Self> {
        Self::read(&fs::read_to_string(places::at("tests/mutants.toml"))?)
    }

    fn read(text: &str) -> anyhow::Result<Self> {
        let survivors: Self = toml::from_str(text).context("cannot read tests/mutants.toml")?;
        match survivors.survivor.iter().find(|survivor| survivor.reason.trim().is_empty()) {
            Some(survivor) => bail!("tests/mutants.toml: `{}` has no reason", survivor.change),
            None => Ok(survivors),
        }
    }

    /// The mutants that survived in a folder and are not listed, and the listed ones that did not survive.
    pub(super) fn differences(&self, folder: &str, missed: &[(String, String)]) -> Vec<String> {
        let listed = self.survivor.iter().map(|survivor| (survivor.file.clone(), survivor.change.clone()));
        let mut listed: Vec<(String, String)> = listed.filter(|(file, _)| file.starts_with(folder)).collect();
        let mut found = Vec::new();
        for (file, change) in missed {
            match listed.iter().position(|known| known.0 == *file && known.1 == *change) {
                // Once for each: two of the same description need two reasons.
                Some(place) => drop(listed.swap_remove(place)),
                None => found.push(format!("{file}: no test notices: {change}")),
            }
        }
        found.extend(listed.into_iter().map(|(file, change)| format!("{file}: listed, but noticed: {change}")));
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = r#"
        [[survivor]]
        file = "crates/a/x.rs"
        change = "replace < with <= in f"
        reason = "both are the same there"
    "#;

    fn differences(folder: &str, changes: &[&str]) -> Vec<String> {
        let missed: Vec<_> = changes.iter().map(|change| ("crates/a/x.rs".to_owned(), (*change).to_owned())).collect();
        Survivors::read(LIST).unwrap().differences(folder, &missed)
    }

    #[test]
    fn each_survivor_needs_its_own_entry() {
        let (known, other) = ("replace < with <= in f", "replace f with ()");
        assert_eq!(differences("crates/a/", &[known]), [""; 0]);
        assert_eq!(differences("crates/a/", &[known, known]).len(), 1);
        assert_eq!(differences("crates/a/", &[known, other]), [format!("crates/a/x.rs: no test notices: {other}")]);
    }

    #[test]
    fn an_entry_goes_when_a_test_notices() {
        let expected = "crates/a/x.rs: listed, but noticed: replace < with <= in f";
        assert_eq!(differences("crates/a/", &[]), [expected]);
        assert_eq!(differences("crates/b/", &[]), [""; 0]);
    }

    #[test]
    fn an_entry_without_a_reason_is_refused() {
        assert!(Survivors::read(&LIST.replace("both are the same there", " ")).is_err());
    }
}
