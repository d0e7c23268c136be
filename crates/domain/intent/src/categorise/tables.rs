//! Looking a text up in the lists of the categories; by bytes, which weigh less in a browser than characters.

use super::lists::{Found, HOSTS, LABELS, PATHS};
use alloc::vec::Vec;

/// A longer label is a sentence, not a call to action.
const LABEL_MAX: usize = 40;

/// The category of a whole path segment, `.html` and the like taken off.
pub(super) fn of_segment(segment: &[u8]) -> Option<Found> {
    PATHS.find(before(segment, b'.'), <[u8]>::eq_ignore_ascii_case)
}

/// The category of the first word of a technical name (`contactForm`, `pricing-cta`) in the path lists.
pub(super) fn of_words(name: &str) -> Option<Found> {
    let name = name.as_bytes();
    let (mut start, mut previous_is_lower) = (0, false);
    for at in 0..=name.len() {
        let byte = name.get(at).copied().unwrap_or(b' ');
        let is_of_word = byte.is_ascii_alphanumeric();
        if !is_of_word || previous_is_lower && byte.is_ascii_uppercase() {
            let found = of_segment(name.get(start..at).unwrap_or_default());
            if found.is_some() {
                return found;
            }
            start = if is_of_word { at } else { at + 1 };
        }
        previous_is_lower = byte.is_ascii_lowercase();
    }
    None
}

/// The category of a label that holds one of the known phrases.
pub(super) fn of_label(label: &str) -> Option<Found> {
    if label.len() > LABEL_MAX {
        return None;
    }
    LABELS.find(&fold(label), holds)
}

/// The category of a host or of its parent domain.
// Twice in one function it would weigh twice.
#[inline(never)]
pub(super) fn of_host(host: &[u8]) -> Option<Found> {
    HOSTS.find(before(host, b':'), |host, domain| {
        host.strip_suffix(domain).is_some_and(|rest| rest.last().is_none_or(|last| *last == b'.'))
    })
}

/// The category of a channel that is named like a known host, with or without its ending.
pub(super) fn of_channel(channel: &str) -> Option<Found> {
    HOSTS.find(&fold(channel), |channel, domain| channel == domain || channel == before(domain, b'.'))
}

/// The text before the first `end`; all of it if there is none.
#[inline(never)]
pub(super) fn before(text: &[u8], end: u8) -> &[u8] {
    text.split(|byte| *byte == end).next().unwrap_or_default()
}

/// Small letters, one space between words.
///
/// The lists have no other letters than these; the tables of Unicode would weigh more in the browser
/// than all of this crate.
pub(crate) fn fold(label: &str) -> Vec<u8> {
    let mut folded = Vec::new();
    let mut rest = label.as_bytes();
    let mut is_space = false;
    while let Some(byte) = rest.first() {
        let space = space(rest);
        if space == 0 {
            if is_space && !folded.is_empty() {
                folded.push(b' ');
            }
            // The second byte of À to Þ.
            let is_capital = matches!(byte, 0x80..=0x9E) && folded.last() == Some(&0xC3);
            folded.push(if is_capital { byte + 32 } else { byte.to_ascii_lowercase() });
        }
        is_space = space > 0;
        rest = rest.get(space.max(1)..).unwrap_or_default();
    }
    folded
}

/// The number of bytes of the first character if it is white space, otherwise 0.
fn space(text: &[u8]) -> usize {
    match head(text) {
        0x09_0000..=0x0D_FFFF | 0x20_0000..=0x20_FFFF => 1,
        0xC2_8500..=0xC2_85FF | 0xC2_A000..=0xC2_A0FF => 2,
        0xE1_9A80 | 0xE2_8080..=0xE2_808A | 0xE2_80A8 | 0xE2_80A9 | 0xE2_80AF | 0xE2_819F | 0xE3_8080 => 3,
        _ => 0,
    }
}

/// Whether a text begins with a letter or a digit, roughly: U+C0 to U+1FFF, U+2C00 to U+2DFF and U+3040 to
/// U+FDFF are the blocks of scripts without those of punctuation, arrows and pictures.
fn is_letter(text: &[u8]) -> bool {
    let head = head(text);
    let [_, first, ..] = head.to_be_bytes();
    first.is_ascii_alphanumeric()
        || matches!(head, 0xC3_8000..=0xE1_FFFF | 0xE2_B000..=0xE2_B7FF | 0xE3_8100..=0xEF_B7FF)
}

/// The first three bytes of a text as one number.
#[inline(never)]
fn head(text: &[u8]) -> u32 {
    let byte = |at: usize| text.get(at).copied().unwrap_or(0);
    u32::from_be_bytes([0, byte(0), byte(1), byte(2)])
}

/// Whether `phrase` stands in `text` as whole words.
pub(crate) fn holds(text: &[u8], phrase: &[u8]) -> bool {
    let (mut before, mut rest): (&[u8], _) = (&[], text);
    while let Some(byte) = rest.first() {
        if phrase.first() == Some(byte)
            && !is_letter(before)
            && rest.strip_prefix(phrase).is_some_and(|after| !is_letter(after))
        {
            return true;
        }
        // The bytes of a character behind its first one belong to it.
        if !matches!(byte, 0x80..=0xBF) {
            before = rest;
        }
        rest = rest.get(1..).unwrap_or_default();
    }
    false
}
