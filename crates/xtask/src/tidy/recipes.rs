//! `docs/extending.md` lists all files that an addition touches, and no others: its examples are looked for in the code.

use std::collections::BTreeSet;

use super::{File, Finding};

const DOCUMENT: &str = "docs/extending.md";
/// The start of the line that lists the words of an example.
const WORDS: &str = "Words of the example:";
/// The kinds of files that an addition may touch.
const CODE: [&str; 5] = ["rs", "sql", "toml", "css", "mjs"];
/// Tests follow what they test, and documents what they describe.
const ELSEWHERE: [&str; 5] = ["tests/", "/tests/", "/in_browser/", "/benches/", "/fuzz/"];

/// A section with an example.
#[derive(Debug, PartialEq)]
struct Recipe<'d> {
    line: usize,
    words: Vec<&'d str>,
    /// Files, and folders with a slash at their end.
    places: BTreeSet<&'d str>,
}

pub(super) fn check(files: &[File]) -> Vec<Finding> {
    let Some(document) = files.iter().find(|file| file.name == DOCUMENT) else {
        return vec![Finding::new(DOCUMENT, "is missing")];
    };
    let recipes = recipes(&document.text);
    if recipes.is_empty() {
        return vec![Finding::new(DOCUMENT, "has no example")];
    }
    recipes.iter().flat_map(|recipe| recipe.check(document, files)).collect()
}

impl Recipe<'_> {
    fn check(&self, document: &File, files: &[File]) -> Vec<Finding> {
        let touched: BTreeSet<&str> =
            files.iter().filter(|file| is_code(file) && self.is_in(&file.text)).map(|file| &*file.name).collect();
        let is_listed = |name: &str| self.places.iter().any(|place| name == *place || is_folder_of(place, name));
        let missing = touched.iter().filter(|name| !is_listed(name));
        let missing = missing.map(|name| format!("the example is in `{name}`, which the list lacks"));
        let idle = self.places.iter().filter(|place| !place.ends_with('/') && !touched.contains(*place));
        let idle = idle.map(|place| format!("`{place}` is listed and has no word of the example"));
        missing.chain(idle).map(|what| Finding::at(document, self.line, what)).collect()
    }

    fn is_in(&self, text: &str) -> bool {
        self.words.iter().any(|word| text.contains(word))
    }
}

fn is_folder_of(place: &str, name: &str) -> bool {
    place.ends_with('/') && name.starts_with(place)
}

fn is_code(file: &File) -> bool {
    let is_elsewhere = ELSEWHERE
        .iter()
        .any(|part| if part.starts_with('/') { file.name.contains(part) } else { file.name.starts_with(part) });
    file.ends_with(&CODE) && !is_elsewhere && !file.name.ends_with("recipes.rs")
}

fn recipes(text: &str) -> Vec<Recipe<'_>> {
    let (mut recipes, mut places) = (Vec::new(), BTreeSet::new());
    for (line, number) in text.lines().zip(1..) {
        if line.starts_with("## ") {
            places.clear();
        } else if let Some(words) = line.strip_prefix(WORDS) {
            let words = words.split('`').skip(1).step_by(2).collect();
            recipes.push(Recipe { line: number, words, places: std::mem::take(&mut places) });
        } else if let Some(row) = line.strip_prefix("| `") {
            places.extend(row.split('`').next());
        }
    }
    recipes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::file;

    const TEXT: &str = "# Extending\n\n## A thing\n\n| file | |\n|---|---|\n| `crates/a.rs` | says |\n| `crates/b/` | new |\n\n\
                        Words of the example: `Thing`, `thing_of`\n";

    fn check_with(text: &str, files: &[(&str, &str)]) -> Vec<String> {
        let files = files.iter().map(|(name, text)| file(name, text));
        let files: Vec<File> = files.chain([file(DOCUMENT, text)]).collect();
        check(&files).into_iter().map(|finding| finding.what).collect()
    }

    #[test]
    fn a_list_that_names_every_file_of_its_example_is_right() {
        let files =
            [("crates/a.rs", "Thing"), ("crates/b/c.rs", "thing_of"), ("crates/a/tests/t.rs", "Thing"), ("x.rs", "")];
        assert_eq!(check_with(TEXT, &files), [""; 0]);
    }

    #[test]
    fn what_it_lacks_and_what_it_has_too_many_is_said() {
        let found = check_with(TEXT, &[("crates/a.rs", ""), ("crates/d.rs", "Thing")]);
        assert_eq!(
            found,
            [
                "the example is in `crates/d.rs`, which the list lacks",
                "`crates/a.rs` is listed and has no word of the example",
            ]
        );
        assert_eq!(check_with("# Nothing\n", &[]), ["has no example"]);
    }
}
