//! Words that the glossary (`docs/glossary.md`) replaced, and limits on words that usually stand for a missing term.

use super::{File, Finding};

/// Replaced by a term of the glossary; they do not come back.
const RETIRED: [&str; 4] = ["teller", "let_go", "put_off", "neighbours"];

/// The maximum number of uses of a word in all Rust files together: the limits only go down.
const LIMITED: [(&str, usize); 3] = [("told", 15), ("nobody", 10), ("whoever", 2)];

/// The list itself.
const OWN: &str = "crates/xtask/src/tidy/words.rs";

pub(super) fn check(files: &[File]) -> Vec<Finding> {
    let sources = || files.iter().filter(|file| file.ends_with(&["rs"]) && file.name != OWN);
    let mut findings: Vec<Finding> = sources().flat_map(retired).collect();
    for (word, most) in LIMITED {
        let count: usize =
            sources().map(|file| words(&file.text).filter(|it| it.eq_ignore_ascii_case(word)).count()).sum();
        if count > most {
            let what = format!("`{word}` stands {count} times in Rust files, {most} at most: name what is meant");
            findings.push(Finding::new("docs/glossary.md", what));
        }
    }
    findings
}

fn retired(file: &File) -> impl Iterator<Item = Finding> {
    file.lines().flat_map(move |(number, line)| {
        let found = words(line).filter_map(|word| RETIRED.into_iter().find(|it| word.eq_ignore_ascii_case(it)));
        found.map(move |word| Finding::at(file, number, format!("`{word}` has a term in docs/glossary.md")))
    })
}

/// Identifiers and words: `put_off` is one, and so is `knock_signals_put_off_total`.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|it: char| !it.is_alphanumeric() && it != '_').filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> File {
        File { name: "crates/a/src/lib.rs".into(), text: text.into() }
    }

    #[test]
    fn a_retired_word_is_found_with_its_line_and_no_longer_name_is() {
        let found = check(&[file("//! A.\nfn put_off() {}\nconst METRIC: &str = \"knock_signals_put_off_total\";")]);
        assert_eq!(found, [Finding::new("crates/a/src/lib.rs:2", "`put_off` has a term in docs/glossary.md")]);
    }

    #[test]
    fn a_limited_word_is_counted_over_all_files() {
        assert_eq!(check(&[file(&"// told\n".repeat(LIMITED[0].1))]), []);
        assert_eq!(check(&[file(&"// told\n".repeat(LIMITED[0].1)), file("// Told")]).len(), 1);
    }
}
