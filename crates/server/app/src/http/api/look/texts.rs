//! Validation of the texts of a look: their languages, lengths and places.

use crate::http::look::standard;
use knock_agent::Language;
use knock_wire::{FieldError, Texts};
use std::collections::{BTreeMap, BTreeSet};

/// The longest text in place of one of a catalogue, in characters.
const LONGEST_WORD: usize = 300;

/// The invalid fields so far.
#[derive(Default)]
pub(super) struct Wrong(Vec<FieldError>);

impl Wrong {
    pub(super) fn push(&mut self, pointer: impl Into<String>, reason: impl Into<String>) {
        self.0.push(FieldError { pointer: pointer.into(), reason: reason.into() });
    }

    pub(super) fn into_errors(self) -> Vec<FieldError> {
        self.0
    }
}

/// The length of a text.
#[derive(Clone, Copy)]
pub(super) struct Length {
    most: usize,
    has_lines: bool,
}

impl Length {
    /// A text on one line, of so many characters at most.
    pub(super) const fn line(most: usize) -> Length {
        Length { most, has_lines: false }
    }

    /// A text that may have lines.
    pub(super) const fn lines(most: usize) -> Length {
        Length { most, has_lines: true }
    }

    fn check(self, text: &str) -> Result<(), String> {
        let is_control = |sign: char| sign.is_control() && !(self.has_lines && sign == '\n');
        if text.chars().count() > self.most {
            return Err(format!("has more than {} characters", self.most));
        }
        if text.chars().any(is_control) {
            let lines = if self.has_lines { "" } else { " or more than one line" };
            return Err(format!("has control characters{lines}"));
        }
        Ok(())
    }
}

pub(super) fn is_language(code: &str) -> bool {
    Language::parse(code).is_some()
}

/// Trims texts by language, and leaves out empty ones.
pub(super) fn checked_texts(pointer: &str, texts: &mut Texts, length: Length, wrong: &mut Wrong) {
    for (code, text) in texts.iter_mut() {
        let at = format!("{pointer}/{}", escaped(code));
        if !is_language(code) {
            wrong.push(at, "is none of en, de, fr, es");
            continue;
        }
        *text = trimmed(text);
        if let Err(reason) = length.check(text) {
            wrong.push(at, reason);
        }
    }
    texts.retain(|_, text| !text.is_empty());
}

/// Trims texts in place of those of catalogues, and leaves out empty ones and those that are the standard.
pub(super) fn checked_words(words: &mut BTreeMap<String, Texts>, wrong: &mut Wrong) {
    for (code, texts) in words.iter_mut() {
        let at = format!("/words/{}", escaped(code));
        let Some(language) = Language::parse(code) else {
            wrong.push(at, "is none of en, de, fr, es");
            continue;
        };
        for (key, text) in texts.iter_mut() {
            *text = trimmed(text);
            if text.is_empty() {
                continue;
            }
            if let Err(reason) = check_word(key, text, language) {
                wrong.push(format!("{at}/{}", escaped(key)), reason);
            }
        }
        texts.retain(|key, text| !text.is_empty() && standard(key, language) != Some(text.as_str()));
    }
    words.retain(|_, texts| !texts.is_empty());
}

fn check_word(key: &str, text: &str, language: Language) -> Result<(), String> {
    let standard = standard(key, language).ok_or("is the key of no text")?;
    Length::line(LONGEST_WORD).check(text)?;
    let (own, needed) = (places(text), places(standard));
    if own == needed {
        return Ok(());
    }
    if needed.is_empty() {
        return Err("has a place in braces, which nothing fills".to_owned());
    }
    let needed: Vec<String> = needed.iter().map(|name| format!("{{{name}}}")).collect();
    Err(format!("needs these places and no others: {}", needed.join(", ")))
}

/// The names of the places of a text.
fn places(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|part| Some(part.split_once('}')?.0)).collect()
}

fn trimmed(text: &str) -> String {
    text.trim().replace("\r\n", "\n")
}

/// A key in a JSON pointer (RFC 6901).
fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}
