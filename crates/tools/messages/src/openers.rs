//! Own first messages and their split: the test part is chosen by a hash and frozen.

use std::collections::BTreeSet;
use std::fs;

use anyhow::{Context, ensure};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::places;

/// The two passes, each written without sight of the other.
pub(crate) const PASSES: [&str; 2] = ["tests/eval/messages/pass-a.jsonl", "tests/eval/messages/pass-b.jsonl"];

const FROZEN: &str = "tests/eval/messages/frozen.sha256";

/// First bytes below this are test: 66 of 256, about 26 %.
const TEST_BELOW: u8 = 66;

/// The class of a message.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub(crate) enum Class {
    Buying,
    Partnership,
    Support,
    #[serde(rename = "Job seeker")]
    JobSeeker,
    #[serde(rename = "No content")]
    NoContent,
    Spam,
}

/// In the order of the model's columns.
pub(crate) const CLASSES: [Class; 6] =
    [Class::Buying, Class::Partnership, Class::Support, Class::JobSeeker, Class::NoContent, Class::Spam];

impl Class {
    pub(crate) const fn index(self) -> usize {
        self as usize
    }

    pub(crate) const fn name(self) -> &'static str {
        ["Buying", "Partnership", "Support", "Job seeker", "No content", "Spam"][self as usize]
    }
}

/// A line of a pass.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Opener {
    pub(crate) text: String,
    pub(crate) language: String,
    pub(crate) class: Class,
    /// The label of a second reader who did not see the first one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) second: Option<Class>,
    /// The pass of [`PASSES`] that it belongs to.
    #[serde(skip)]
    pub(crate) pass: usize,
}

impl Opener {
    /// Letters and digits in small letters: what makes two messages the same one.
    pub(crate) fn normal(&self) -> String {
        let small = self.text.to_lowercase();
        let words = small.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let normal = words.collect::<Vec<_>>().join(" ");
        if normal.is_empty() { small.split_whitespace().collect() } else { normal }
    }

    /// A number that says nothing of the message and never changes.
    pub(crate) fn digest(&self) -> [u8; 32] {
        Sha256::digest(self.normal()).into()
    }

    fn is_test(&self) -> bool {
        self.digest()[0] < TEST_BELOW
    }
}

/// All lines of both passes, as they stand there.
pub(crate) fn load() -> anyhow::Result<Vec<Opener>> {
    let mut openers = Vec::new();
    for (pass, name) in PASSES.iter().enumerate() {
        let text = fs::read_to_string(places::at(name)).with_context(|| format!("cannot read {name}"))?;
        for (line, number) in text.lines().zip(1..) {
            let opener: Opener = serde_json::from_str(line).with_context(|| format!("{name}:{number}"))?;
            openers.push(Opener { pass, ..opener });
        }
    }
    Ok(openers)
}

/// The two parts, every message once.
pub(crate) struct Split {
    pub(crate) development: Vec<Opener>,
    pub(crate) test: Vec<Opener>,
}

impl Split {
    /// Reads and splits the passes.
    ///
    /// # Errors
    /// When the test part is not the frozen one.
    pub(crate) fn load() -> anyhow::Result<Split> {
        let split = Split::of(load()?);
        let frozen = fs::read_to_string(places::at(FROZEN)).with_context(|| format!("cannot read {FROZEN}"))?;
        let found = digest_of(&split.test);
        ensure!(frozen.trim() == found, "the test part is not the frozen one: {FROZEN} differs from {found}");
        Ok(split)
    }

    /// Splits by the hash; of messages that are the same, the first stays.
    pub(crate) fn of(openers: Vec<Opener>) -> Split {
        let mut seen = BTreeSet::new();
        let once = openers.into_iter().filter(|opener| seen.insert(opener.normal()));
        let (test, development) = once.partition(Opener::is_test);
        Split { development, test }
    }
}

/// The sha256 of texts, languages and classes, whatever the order of the lines and the second labels.
pub(crate) fn digest_of<'a>(openers: impl IntoIterator<Item = &'a Opener>) -> String {
    let line = |opener: &Opener| {
        format!("{}\t{}\t{}\n", opener.class.name(), opener.language, serde_json::Value::from(opener.text.as_str()))
    };
    let lines: BTreeSet<String> = openers.into_iter().map(line).collect();
    sha256(lines.into_iter().collect::<String>().as_bytes())
}

/// A sha256 in hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opener(text: &str) -> Opener {
        Opener { text: text.to_owned(), language: "en".to_owned(), class: Class::Buying, second: None, pass: 0 }
    }

    #[test]
    fn case_spaces_and_signs_make_no_other_message() {
        assert_eq!(opener("  Hi THERE!!").normal(), opener("hi, there").normal());
        assert_ne!(opener("👍").normal(), opener("😀").normal());
    }

    #[test]
    fn the_parts_share_no_message() {
        let split = Split::load().unwrap();
        let normals = |part: &[Opener]| part.iter().map(Opener::normal).collect::<BTreeSet<_>>();
        assert!(normals(&split.test).is_disjoint(&normals(&split.development)));
    }
}
