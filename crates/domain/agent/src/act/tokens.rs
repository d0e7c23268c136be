//! The words of a message as the patterns of acts compare them.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;
use knock_intent::folded;

/// The words of a message that are looked at.
const MOST_WORDS: usize = 160;
/// What separates the sentences of a message.
pub(super) const STOP: &str = ".";

/// The words: one case, no accents, digits as zeros, letters that are drawn out once, the end of a sentence as a dot.
pub(super) fn tokens(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for word in folded(text).split(' ') {
        if found.len() >= MOST_WORDS {
            break;
        }
        let is_address = word.contains('@') || word.contains("://") || word.starts_with("www.");
        if !is_address {
            push_parts(word, &mut found);
        }
    }
    while found.last().is_some_and(|last| last == STOP) {
        found.pop();
    }
    found
}

fn push_parts(word: &str, found: &mut Vec<String>) {
    let mut part = String::new();
    for sign in word.chars() {
        match sign {
            '\'' if is_elided(&part) => flush(&mut part, found),
            '\'' => {}
            sign if sign.is_alphanumeric() => part.push(sign),
            sign => {
                flush(&mut part, found);
                let is_apart = found.last().is_some_and(|last| last != STOP);
                if is_apart && matches!(sign, '.' | '?' | '!' | ';' | '…') {
                    found.push(STOP.to_owned());
                }
            }
        }
    }
    flush(&mut part, found);
}

fn flush(part: &mut String, found: &mut Vec<String>) {
    if !part.is_empty() {
        found.push(shortened(part));
        part.clear();
    }
}

/// Whether a word before an apostrophe is one of its own in French: `l'appel`, `qu'est`.
fn is_elided(part: &str) -> bool {
    matches!(part, "c" | "d" | "j" | "l" | "m" | "n" | "s" | "t" | "qu" | "jusqu" | "lorsqu" | "aujourd" | "quelqu")
}

/// A word without drawn-out letters: `hiiii` is `hi`.
fn shortened(word: &str) -> String {
    let mut short = String::new();
    let mut signs = word.chars().peekable();
    while let Some(sign) = signs.next() {
        let mut count = 1;
        while sign.is_alphabetic() && signs.peek() == Some(&sign) {
            signs.next();
            count += 1;
        }
        short.extend(core::iter::repeat_n(sign, if count > 2 { 1 } else { count }));
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_model::is_near;

    #[test]
    fn words_are_compared_in_one_form() {
        for (text, expected) in [
            ("Hiiii there!!", "hi there"),
            ("J'ai reçu l’appel.", "j ai recu l appel"),
            ("I can't log in", "i cant log in"),
            ("What? No 12/2026.", "what . no 00 0000"),
            ("ann@example.com www.example.com", ""),
        ] {
            assert_eq!(tokens(text).join(" "), expected, "{text}");
        }
    }

    #[test]
    fn one_slip_of_the_finger_is_near() {
        for (one, other) in [("cancle", "cancel"), ("bonjou", "bonjour"), ("thnaks", "thanks"), ("graciass", "gracias")]
        {
            assert!(is_near(one, other), "{one}");
        }
        for (one, other) in [("order", "offer"), ("hello", "help"), ("abcd", "badc")] {
            assert!(!is_near(one, other), "{one}");
        }
    }
}
