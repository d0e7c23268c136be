//! The baseline: known words, counted. It answers where the model is left out.

use knock_model::IntentType;

static WORDS: &str = include_str!("../../data/messages.txt");

/// The types in the order of the list, which decides between equals: the rarer one wins.
const TYPES: [IntentType; 4] =
    [IntentType::JobSeeker, IntentType::Partnership, IntentType::Support, IntentType::Buying];

/// The type a message speaks for; none when it says nothing of it, such as "hi".
pub fn message_type(text: &str) -> Option<IntentType> {
    let folded = crate::categorise::fold(text);
    let mut best = (None, 0);
    for (kind, line) in TYPES.iter().zip(WORDS.lines()) {
        let words = line.split_once('\t').map_or("", |(_, words)| words);
        let count = words.split('|').filter(|word| crate::categorise::holds(&folded, word.as_bytes())).count();
        if count > best.1 {
            best = (Some(*kind), count);
        }
    }
    best.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_model::IntentType::{Buying, JobSeeker, Partnership, Support};

    #[test]
    fn every_line_of_the_list_is_of_its_type() {
        let labels = WORDS.lines().filter_map(|line| line.split_once('\t')).map(|(label, _)| IntentType::parse(label));
        assert!(labels.eq(TYPES.iter().map(|kind| Some(*kind))));
    }

    #[test]
    fn openers_are_told_apart() {
        let cases = [
            ("We are 200 people and need a quote", Some(Buying)),
            ("hi, how much is the team plan?", Some(Buying)),
            ("Was kostet das? Wir brauchen ein Angebot", Some(Buying)),
            ("My login is broken, please help", Some(Support)),
            ("No funciona mi contraseña", Some(Support)),
            ("I'd like to become a reseller", Some(Partnership)),
            ("Are you hiring backend engineers? Here is my CV", Some(JobSeeker)),
            ("hi", None),
            ("", None),
            ("ok thanks 👍", None),
        ];
        for (text, expected) in cases {
            assert_eq!(message_type(text), expected, "{text}");
        }
    }
}
