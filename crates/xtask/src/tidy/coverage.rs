//! `docs/coverage.md` names a test that exists for each promise.

use super::{File, Finding};

const DOCUMENT: &str = "docs/coverage.md";

pub(super) fn check(files: &[File]) -> Vec<Finding> {
    let Some(document) = files.iter().find(|file| file.name == DOCUMENT) else {
        return vec![Finding::new(DOCUMENT, "is missing")];
    };
    let mut findings = Vec::new();
    for (number, line) in promises(document) {
        let tests: Vec<_> = tests(line).collect();
        if tests.is_empty() {
            findings.push(Finding::at(document, number, "names no test"));
        }
        let missing =
            tests.into_iter().filter(|(name, test)| !files.iter().any(|file| file.name == *name && has(file, test)));
        findings.extend(
            missing.map(|(name, test)| Finding::at(document, number, format!("`{name}` has no test `{test}`"))),
        );
    }
    findings
}

/// The rows of the tables, without their heads.
fn promises(document: &File) -> impl Iterator<Item = (usize, &str)> {
    let mut is_row = false;
    document.lines().filter(move |(_, line)| {
        let was_row = is_row;
        is_row = line.starts_with("|---") || (was_row && line.starts_with('|'));
        was_row && is_row
    })
}

/// The file and the test of each reference in backticks.
fn tests(line: &str) -> impl Iterator<Item = (&str, &str)> {
    line.split('`').skip(1).step_by(2).filter_map(|code| code.split_once("::"))
}

/// Whether a file has a test: a function in Rust, a title in JavaScript.
fn has(file: &File, test: &str) -> bool {
    if file.ends_with(&["rs"]) {
        return file.text.contains(&format!("fn {test}("));
    }
    ['"', '\'', '`'].iter().any(|quote| file.text.contains(&format!("test({quote}{test}{quote}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::file;

    #[test]
    fn each_promise_names_a_test_that_exists() {
        let table = "| Promise | Held by |\n|---|---|\n| a | `x.rs::one` |\n| b | `x.rs::two`, `y.mjs::A title` |\n| `c` | |\n\nd\n";
        let files = [
            file(DOCUMENT, table),
            file("x.rs", "#[test]\nfn one() {}\n"),
            file("y.mjs", "test(\"A title\", () => {});\n"),
        ];
        let lacking = [
            Finding::new("docs/coverage.md:4", "`x.rs` has no test `two`"),
            Finding::new("docs/coverage.md:5", "names no test"),
        ];
        assert_eq!(check(&files), lacking);
    }
}
