//! Tests of the crates with Leptos: they run in the browser only, so that it is never compiled for this machine.

use super::{File, Finding};

const WITH_LEPTOS: [&str; 2] = ["crates/browser/dashboard/", "crates/browser/widget/"];

const NATIVE_TEST: &str = "#[test]";

pub(super) fn check(files: &[File]) -> Vec<Finding> {
    let is_with_leptos = |file: &&File| WITH_LEPTOS.iter().any(|folder| file.name.starts_with(folder));
    files.iter().filter(|file| file.ends_with(&["rs"])).filter(is_with_leptos).flat_map(native_tests).collect()
}

fn native_tests(file: &File) -> impl Iterator<Item = Finding> {
    let native = file.lines().filter(|(_, line)| line.contains(NATIVE_TEST));
    native.map(|(number, _)| {
        Finding::at(file, number, format!("`{NATIVE_TEST}` compiles Leptos for this machine: use #[wasm_bindgen_test]"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::file;

    #[test]
    fn a_native_test_is_refused_where_leptos_is_used() {
        let source = |name: &str, line: &str| file(name, &format!("//! A.\n\n    {line}\n"));
        for folder in WITH_LEPTOS {
            let found = check(&[source(&format!("{folder}src/parts/a.rs"), NATIVE_TEST)]);
            assert_eq!(found.len(), 1, "{folder}");
            assert_eq!(found[0].place, format!("{folder}src/parts/a.rs:3"));
        }
        let passes = [
            source("crates/browser/dashboard/src/a.rs", "#[wasm_bindgen_test]"),
            source("crates/browser/tracker/src/a.rs", NATIVE_TEST),
            source("crates/wire/src/a.rs", NATIVE_TEST),
        ];
        assert_eq!(check(&passes), []);
    }
}
