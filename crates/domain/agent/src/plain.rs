//! Texts in their plainest form, for comparison.

use alloc::string::String;
use alloc::vec::Vec;
use knock_intent::folded;

/// The words of a text: one case, no accents, no signs.
pub(crate) fn words(text: &str) -> String {
    let plain: String = folded(text).chars().filter(|sign| *sign != '\'').collect();
    let words: Vec<&str> = plain.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}
