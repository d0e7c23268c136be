//! Links between documents name headings that exist.

use super::{File, Finding};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

pub(super) fn check(files: &[File]) -> Vec<Finding> {
    let documents: Vec<&File> = files.iter().filter(|file| file.name.ends_with(".md")).collect();
    let headings: BTreeMap<PathBuf, BTreeSet<String>> =
        documents.iter().map(|file| (PathBuf::from(&file.name), headings(file))).collect();
    let mut findings = Vec::new();
    for file in documents {
        for (number, line) in file.lines() {
            for (path, anchor) in links(line) {
                let target = beside(&file.name, path);
                let is_missing = headings.get(&target).is_some_and(|known| !known.contains(anchor));
                if is_missing {
                    findings.push(Finding::at(file, number, format!("`{path}#{anchor}`: no such heading")));
                }
            }
        }
    }
    findings
}

/// The path and the anchor of each link of a line that has one.
fn links(line: &str) -> impl Iterator<Item = (&str, &str)> {
    let targets = line.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    targets.filter(|target| !target.contains("://")).filter_map(|target| target.split_once('#'))
}

/// The document that a path in another one leads to; that one for an empty path.
fn beside(name: &str, path: &str) -> PathBuf {
    if path.is_empty() {
        return PathBuf::from(name);
    }
    let mut all = PathBuf::new();
    for part in Path::new(name).with_file_name(path).components() {
        match part {
            Component::ParentDir => drop(all.pop()),
            other => all.push(other),
        }
    }
    all
}

/// The anchors of a document's headings.
fn headings(file: &File) -> BTreeSet<String> {
    let titles = file.lines().filter_map(|(_, line)| line.strip_prefix('#'));
    titles.map(|title| anchor(title.trim_start_matches('#').trim())).collect()
}

/// The anchor of a heading: lower case, hyphens for spaces, without punctuation.
fn anchor(title: &str) -> String {
    let kept = title
        .to_lowercase()
        .chars()
        .filter(|letter| letter.is_alphanumeric() || " -_".contains(*letter))
        .collect::<String>();
    kept.replace(' ', "-")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::file;

    #[test]
    fn a_heading_that_does_not_exist_is_found() {
        let files = [
            file(
                "docs/a.md",
                "# One\n[x](#one) [y](../README.md#the-start-s-end) [z](https://a.example/#no)\n[no](b.md#two)\n",
            ),
            file("docs/b.md", "## The second `two`\n"),
            file("README.md", "### The start s end\n[a](docs/a.md#one) [b](docs/b.md#the-second-two) [c](docs/a.md)\n"),
        ];
        assert_eq!(check(&files), [Finding::new("docs/a.md:3", "`b.md#two`: no such heading")]);
    }
}
