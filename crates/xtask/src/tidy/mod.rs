//! `tidy`: what the compiler does not check. Each subject is one file, each rule one function.

mod anchors;
mod browser_tests;
mod circles;
mod contracts;
mod coverage;
mod direction;
mod docs;
mod domain;
mod layers;
mod machine;
mod names;
mod reactions;
mod recipes;
mod sources;
mod vendors;
mod versions;
mod words;

use std::fmt::{self, Display};
use std::fs;
use std::path::Path;

use anyhow::bail;

use crate::metadata::Workspace;
use crate::{places, run};

/// A file of the repository, by its slash-separated name, with its text.
struct File {
    name: String,
    text: String,
}

/// One thing to put right.
#[derive(Debug, PartialEq)]
struct Finding {
    place: String,
    what: String,
}

impl Finding {
    fn new(place: impl Into<String>, what: impl Into<String>) -> Self {
        Self { place: place.into(), what: what.into() }
    }

    /// A finding at a line, counted from one.
    fn at(file: &File, line: usize, what: impl Into<String>) -> Self {
        Self::new(format!("{}:{line}", file.name), what)
    }
}

impl Display for Finding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.place, self.what)
    }
}

/// Prints every finding and fails when there is one.
pub(crate) fn tidy() -> anyhow::Result<()> {
    let files = tracked()?;
    let workspace = Workspace::load()?;
    let mut findings = Vec::new();
    findings.extend(layers::check(&workspace)?);
    findings.extend(names::check(&files));
    findings.extend(words::check(&files));
    findings.extend(sources::check(&files));
    findings.extend(browser_tests::check(&files));
    findings.extend(circles::check(&files));
    findings.extend(contracts::check(&files));
    findings.extend(coverage::check(&files));
    findings.extend(direction::check(&files));
    findings.extend(docs::check(&files));
    findings.extend(anchors::check(&files));
    findings.extend(reactions::check(&files));
    findings.extend(recipes::check(&files));
    findings.extend(vendors::check(&files));
    findings.extend(versions::check(&files));
    findings.extend(machine::check(&files));
    findings.extend(domain::check(&workspace, &files));
    for finding in &findings {
        println!("{finding}");
    }
    match findings.len() {
        0 => Ok(()),
        count => bail!("{count} finding(s)"),
    }
}

/// Every text file that git knows or would take, so that a new file is checked before its commit.
fn tracked() -> anyhow::Result<Vec<File>> {
    let list = run::output(run::command("git").args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]))?;
    let names = list.split('\0').filter(|name| !name.is_empty());
    Ok(names
        .filter_map(|name| {
            // Deleted but not yet committed, or not text: nothing to check.
            let text = fs::read_to_string(places::at(name)).ok()?;
            let name = name.to_owned();
            Some(File { name, text })
        })
        .collect())
}

impl File {
    fn ends_with(&self, endings: &[&str]) -> bool {
        let ending = Path::new(&self.name).extension();
        endings.iter().any(|one| ending.is_some_and(|it| it == *one))
    }

    /// Lines with their numbers, counted from one.
    fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().zip(1..).map(|(line, number)| (number, line))
    }
}

#[cfg(test)]
fn file(name: &str, text: &str) -> File {
    File { name: name.to_owned(), text: text.to_owned() }
}
