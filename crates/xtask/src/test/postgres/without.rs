//! `tests/postgres.toml`: the tests of the server that a second database would not answer otherwise.

use std::fs;

use anyhow::Context;
use serde::Deserialize;

use crate::places;

/// The file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    without: Vec<Kind>,
}

/// Tests with one reason.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Kind {
    #[expect(dead_code, reason = "for the reader of the file")]
    why: String,
    tests: Vec<String>,
    /// Those of the tests that run again nevertheless.
    #[serde(default)]
    except: Vec<String>,
}

/// All these tests in nextest's language.
pub(super) fn filter() -> anyhow::Result<String> {
    let text = fs::read_to_string(places::at("tests/postgres.toml"))?;
    let document: Document = toml::from_str(&text).context("cannot read tests/postgres.toml")?;
    let kinds: Vec<String> = document.without.iter().map(Kind::filter).collect();
    Ok(format!("(binary_id(=knock::http) & ({}))", kinds.join(" + ")))
}

impl Kind {
    fn filter(&self) -> String {
        let (tests, except) = (any_of(&self.tests), any_of(&self.except));
        if self.except.is_empty() { tests } else { format!("({tests} - {except})") }
    }
}

/// A folder by the start of names, a test by its name.
fn any_of(names: &[String]) -> String {
    let tests = names
        .iter()
        .map(|name| if name.ends_with("::") { format!("test(/^{name}/)") } else { format!("test(={name})") });
    format!("({})", tests.collect::<Vec<_>>().join(" + "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::www;

    #[test]
    fn exceptions_are_taken_out_of_their_folders() {
        let texts = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect::<Vec<_>>();
        let kind = Kind { why: String::new(), tests: texts(&["crm::", "a::b"]), except: texts(&["crm::kills::"]) };
        assert_eq!(kind.filter(), "((test(/^crm::/) + test(=a::b)) - (test(/^crm::kills::/)))");
    }

    #[test]
    fn every_listed_name_is_in_the_tests_of_the_server() {
        let files = www::files(&places::at("crates/server/app/tests/http")).expect("a folder");
        let texts: String = files.iter().map(|file| fs::read_to_string(file).expect("a text")).collect();
        let text = fs::read_to_string(places::at("tests/postgres.toml")).expect("a file");
        let document: Document = toml::from_str(&text).expect("it is read");
        for name in document.without.iter().flat_map(|kind| kind.tests.iter().chain(&kind.except)) {
            let (is_folder, name) = (name.ends_with("::"), name.trim_end_matches("::"));
            let last = name.rsplit("::").next().unwrap_or(name);
            let wanted = if is_folder { format!("mod {last};") } else { last.to_owned() };
            assert!(texts.contains(&wanted), "{name}");
        }
    }
}
