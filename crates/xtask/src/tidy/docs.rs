//! Documents name only paths that exist, and the change log is open.

use super::{File, Finding};
use crate::places;

const ROOTS: [&str; 5] = ["crates/", "www/", "tests/", "docs/", ".ci/"];

pub(super) fn check(files: &[File]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files.iter().filter(|file| is_document(&file.name)) {
        for (number, line) in prose(file) {
            findings.extend(
                paths(line)
                    .filter(|path| !places::at(path).exists())
                    .map(|path| Finding::at(file, number, format!("`{path}` does not exist"))),
            );
        }
    }
    let log = files.iter().find(|file| file.name == "CHANGELOG.md");
    if !log.is_some_and(|log| is_open(&log.text)) {
        findings.push(Finding::new("CHANGELOG.md", "has no section `Unreleased`"));
    }
    findings
}

fn is_document(name: &str) -> bool {
    matches!(name, "ARCHITECTURE.md" | "README.md" | "CONTRIBUTING.md")
        || (name.starts_with("docs/") && name.ends_with(".md"))
}

/// The lines outside fenced blocks, where backticks mark a name.
fn prose(file: &File) -> impl Iterator<Item = (usize, &str)> {
    let mut fenced = false;
    file.lines().filter(move |(_, line)| {
        let fence = line.trim_start().starts_with("```");
        fenced ^= fence;
        !fence && !fenced
    })
}

/// The paths of the repository that a line names in backticks, up to their first placeholder.
fn paths(line: &str) -> impl Iterator<Item = &str> {
    line.split('`').skip(1).step_by(2).filter_map(|code| {
        let first = code.split_whitespace().next()?;
        if !ROOTS.iter().any(|root| first.starts_with(root)) {
            return None;
        }
        let path = match first.find(['*', '{', '<', '$', '[']) {
            Some(end) => first[..end].rsplit_once('/')?.0,
            None => first.split(':').next()?,
        };
        Some(path.trim_end_matches([',', '.', ';']))
    })
}

fn is_open(log: &str) -> bool {
    log.lines().any(|line| line.starts_with('#') && line.contains("Unreleased"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::file;

    fn check(line: &str, expected: &[&str]) {
        assert_eq!(paths(line).collect::<Vec<_>>(), expected, "{line}");
    }

    #[test]
    fn paths_in_backticks_are_read() {
        check("see `crates/wire` and `tests/e2e/chat.test.mjs`", &["crates/wire", "tests/e2e/chat.test.mjs"]);
        check("see `crates/wire/src/lib.rs:12`", &["crates/wire/src/lib.rs"]);
        check("run `.ci/run native`", &[".ci/run"]);
    }

    #[test]
    fn placeholders_end_a_path() {
        check("`crates/domain/*` and `docs/adr/NNNN-{title}.md`", &["crates/domain", "docs/adr"]);
    }

    #[test]
    fn other_code_is_no_path() {
        check("`cargo xtask`, `/v1/signals`, `target/www`, crates/none", &[]);
    }

    #[test]
    fn fenced_blocks_are_skipped() {
        let document = file("README.md", "a\n```\nb\n```\nc\n");
        let lines: Vec<_> = prose(&document).collect();
        assert_eq!(lines, [(1, "a"), (5, "c")]);
    }

    #[test]
    fn change_log_needs_an_open_section() {
        assert!(is_open("# Changes\n\n## [Unreleased]\n"));
        assert!(!is_open("# Changes\n\nUnreleased things\n"));
    }
}
