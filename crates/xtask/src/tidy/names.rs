//! Names that say nothing about what a thing is for.

use std::path::Path;

use super::{File, Finding};

const BANNED: [&str; 9] = ["util", "utils", "helper", "helpers", "common", "misc", "manager", "service", "base"];

pub(super) fn check(files: &[File]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files.iter().filter(|file| file.name.starts_with("crates/")) {
        if let Some(name) = in_path(&file.name) {
            findings.push(Finding::new(&file.name, says_nothing(name)));
        }
        if file.ends_with(&["rs"]) {
            findings.extend(file.lines().filter_map(|(number, line)| {
                let name = module(line)?;
                Some(Finding::at(file, number, says_nothing(name)))
            }));
        }
    }
    findings
}

fn says_nothing(name: &str) -> String {
    format!("the name `{name}` says nothing; name it after its subject, or leave it inline")
}

fn in_path(path: &str) -> Option<&str> {
    Path::new(path).iter().filter_map(|part| Path::new(part).file_stem()?.to_str()).find(|stem| BANNED.contains(stem))
}

/// The banned name of the module that a line opens, if it opens one.
fn module(line: &str) -> Option<&str> {
    let (before, after) = line.trim().split_once("mod ")?;
    let is_declaration = before.is_empty() || before.starts_with("pub");
    let name = after.trim_end_matches([';', '{', '}', ' ']);
    (is_declaration && BANNED.contains(&name)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn banned_names_are_found_in_paths() {
        assert_eq!(in_path("crates/wire/src/utils.rs"), Some("utils"));
        assert_eq!(in_path("crates/wire/src/common/text.rs"), Some("common"));
        assert_eq!(in_path("crates/wire/src/database.rs"), None);
        assert_eq!(in_path("crates/browser/dom/src/service_worker.rs"), None);
    }

    #[test]
    fn banned_names_are_found_in_module_declarations() {
        assert_eq!(module("mod util;"), Some("util"));
        assert_eq!(module("    pub(crate) mod helpers {"), Some("helpers"));
        assert_eq!(module("mod utility;"), None);
        assert_eq!(module("// a mod util"), None);
    }
}
