//! Laws of cutting.

use super::{cut, trimmed};
use alloc::string::String;
use alloc::vec::Vec;
use proptest::prelude::*;

/// Lines that mean something to cutting, and others.
const LINES: [&str; 20] = [
    "",
    "Yes, that fits.",
    "Thank you",
    "> Can we meet?",
    "> > deeper",
    ">",
    "On 3 Feb 2025, at 10:11, Bo Bell <bo@first.example> wrote:",
    "On Mon, 3 Feb 2025 at 10:11 Bo Bell",
    "<bo@first.example> wrote:",
    "Am 03.02.2025 um 10:11 schrieb Bo Bell:",
    "-----Original Message-----",
    "________________________________",
    "From: Bo Bell <bo@first.example>",
    "Sent: Monday, 3 February 2025 10:11",
    "Subject: Prices",
    "---------- Forwarded message ---------",
    "--",
    "Ann Able, Acme",
    "Sent from my iPhone",
    "\u{a0}",
];

fn said(text: &str) -> Vec<&str> {
    text.lines().map(trimmed).filter(|line| !line.is_empty()).collect()
}

/// Whether a list is the two others, each in its order, put together.
fn is_merge(all: &[&str], one: &[&str], other: &[&str]) -> bool {
    // Lines are the same text in many places, so both ways are followed.
    let mut reached: Vec<bool> = (0..=other.len()).map(|at| all.get(..at) == other.get(..at)).collect();
    for (taken, line) in one.iter().enumerate() {
        let mut next = alloc::vec![false; other.len() + 1];
        for at in 0..=other.len() {
            let by_one = reached[at] && all.get(taken + at) == Some(line);
            let by_other = at > 0 && next[at - 1] && all.get(taken + at) == other.get(at - 1);
            next[at] = by_one || by_other;
        }
        reached = next;
    }
    all.len() == one.len() + other.len() && reached[other.len()]
}

proptest! {
    #[test]
    fn nothing_is_lost_and_nothing_is_cut_twice(lines in prop::collection::vec(prop::sample::select(&LINES[..]), 0..14)) {
        let text = lines.join("\n");
        let parted = cut(&text);
        prop_assert!(is_merge(&said(&text), &said(&parted.text), &said(&parted.rest)), "{parted:?}");
        prop_assert_eq!(said(&text).is_empty(), parted.text.is_empty());
        let again = cut(&parted.text);
        prop_assert_eq!(&again.text, &parted.text);
        prop_assert_eq!(again.rest, String::new());
    }

    #[test]
    fn any_text_is_cut(text in any::<String>()) {
        let parted = cut(&text);
        prop_assert_eq!(cut(&parted.text).text, parted.text);
    }
}
