//! Rules for every source file: a first line with its purpose, a length, no loose ends.

use super::{File, Finding};

/// Lines that one file may have.
const LONGEST: usize = 400;

const HAND_WRITTEN: [&str; 7] = ["rs", "js", "mjs", "ts", "css", "html", "sql"];

/// Loose ends and what to do instead. Written in two halves, so that this file passes.
const LOOSE_ENDS: [(&str, &str); 5] = [
    (concat!("todo", "!"), "finish it, or take it out"),
    (concat!("unimplemented", "!"), "finish it, or take it out"),
    (concat!("#[", "ignore"), "a test runs or is deleted"),
    (concat!("#[", "allow("), "use #[expect(..., reason = \"...\")]"),
    (concat!("#![", "allow("), "use #![expect(..., reason = \"...\")]"),
];

pub(super) fn check(files: &[File]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files {
        if file.ends_with(&HAND_WRITTEN) {
            findings.extend(length(file));
        }
        if file.ends_with(&["rs"]) {
            findings.extend(first_line(file));
            findings.extend(loose_ends(file));
        }
    }
    findings
}

fn length(file: &File) -> Option<Finding> {
    let lines = file.text.lines().count();
    let what = format!("{lines} lines; {LONGEST} are the most, split it by subject");
    (lines > LONGEST).then(|| Finding::new(&file.name, what))
}

fn first_line(file: &File) -> Option<Finding> {
    let says = file.text.starts_with("//! ");
    (!says).then(|| Finding::at(file, 1, "must begin with `//!` and what the file is for"))
}

fn loose_ends(file: &File) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (number, line) in file.lines() {
        for (end, instead) in LOOSE_ENDS {
            if line.contains(end) {
                findings.push(Finding::at(file, number, format!("`{end}`: {instead}")));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::file;

    #[test]
    fn rust_files_begin_with_their_purpose() {
        assert_eq!(first_line(&file("a.rs", "//! Reads signals.\n")), None);
        assert!(first_line(&file("a.rs", "use std::fs;\n")).is_some());
        assert!(first_line(&file("a.rs", "")).is_some());
    }

    #[test]
    fn long_files_are_found() {
        assert_eq!(length(&file("a.rs", &"x\n".repeat(LONGEST))), None);
        assert!(length(&file("a.rs", &"x\n".repeat(LONGEST + 1))).is_some());
    }

    #[test]
    fn data_may_be_long() {
        let data = file("tests/vectors/a.json", &"1\n".repeat(LONGEST + 1));
        assert_eq!(check(&[data]), []);
    }

    #[test]
    fn every_loose_end_is_found_with_its_line() {
        for (end, _) in LOOSE_ENDS {
            let source = file("a.rs", &format!("//! A.\n    {end}\n"));
            let found = loose_ends(&source);
            assert_eq!(found.len(), 1, "{end}");
            assert_eq!(found[0].place, "a.rs:2");
        }
    }
}
