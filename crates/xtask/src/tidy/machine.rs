//! No file of the repository contains a path of the machine or the folder in which it was written.

use std::env;
use std::fs;
use std::path::Path;

use super::{File, Finding};
use crate::places;

/// A folder beside the checkout that only some machines have. In two halves, so that this file passes.
const BESIDE: &str = concat!("../", "shared");

pub(super) fn check(files: &[File]) -> Vec<Finding> {
    let places = this_machine();
    let mut findings = Vec::new();
    for file in files {
        for (number, line) in file.lines() {
            if let Some(place) = pointing(line, &places) {
                let what = format!("points at `{place}`, which is not part of the repository");
                findings.push(Finding::at(file, number, what));
            }
        }
    }
    findings
}

/// The checkout, what lies beside it, and the home directory, as this machine writes them.
fn this_machine() -> Vec<String> {
    let mut found = vec![BESIDE.to_owned()];
    found.extend(env::home_dir().map(|home| shown(&home)));
    if let Some(parent) = places::root().parent()
        && let Ok(entries) = fs::read_dir(parent)
    {
        found.extend(entries.flatten().map(|entry| shown(&entry.path())));
    }
    // A root directory is part of every path.
    found.retain(|place| place.len() > 1);
    found
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

fn pointing<'a>(line: &str, places: &'a [String]) -> Option<&'a str> {
    places
        .iter()
        .map(String::as_str)
        .find(|place| line.match_indices(place).any(|(start, _)| stands_alone(line, start, place)))
}

/// Whether what was found is the whole path, not a part of a longer name.
fn stands_alone(line: &str, start: usize, place: &str) -> bool {
    let is_name = |letter: char| letter.is_alphanumeric() || "-_.".contains(letter);
    let before = line[..start].chars().next_back();
    let after = line[start + place.len()..].chars().next();
    // More steps up are as bad as one; the path of an address is no path of a machine.
    let opened = place.starts_with('.') || !before.is_some_and(|letter| is_name(letter) || letter == '}');
    opened && !after.is_some_and(is_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_the_machine_are_found() {
        let places = [BESIDE.to_owned(), "/somewhere/checkout".to_owned()];
        let check = |line: &str, expected| {
            assert_eq!(pointing(line, &places).is_some(), expected, "{line}");
        };
        check("see /somewhere/checkout/README.md", true);
        check("`/somewhere/checkout`", true);
        check(&format!("include_str!(\"../{BESIDE}/a.json\")"), true);
        check("see /somewhere/checkouts", false);
        check("https://example.com/somewhere/checkout", false);
        check("/somewhere/else", false);
    }
}
