//! The confidence that a found text answers the question: the share of the question's words in it. Functions of words
//! and of their rarity alone.

/// The share of the asked words, weighted by rarity, that a passage must contain, in hundredths.
pub(crate) const ENOUGH_OF_ASKED: u8 = 50;
/// The number of passages up to which one shared word is enough to find a passage.
const FEW: u64 = 2;
/// The share of all passages up to which one shared word is rare enough to find a passage.
const RARE: f64 = 0.1;
/// The additional weight of a word in the heading: the passage is about it.
const IN_HEADING: f64 = 1.25;

/// A word of the question.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct AskedWord {
    /// The number of passages that contain it.
    pub(crate) holders: u64,
    /// The position of the word in this passage.
    pub(crate) held: Held,
}

/// The position of a word in a passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Held {
    Nowhere,
    /// In its text, or in the title of its page.
    InText,
    /// In the heading of the passage.
    InHeading,
}

/// The confidence that a passage, one of so many, answers the question, 0 to 100. None if that is too low, or if the
/// only common word is contained in many passages.
pub(crate) fn of_passage(asked: &[AskedWord], passages: u64) -> Option<u8> {
    let held = || asked.iter().filter(|word| word.held != Held::Nowhere);
    let tells = match (held().next(), held().count()) {
        (Some(word), 1) => word.holders <= FEW.max((passages as f64 * RARE) as u64),
        (_, count) => count > 1,
    };
    let whole: f64 = asked.iter().map(|word| rarity(word.holders, passages)).sum();
    let part: f64 = asked.iter().map(|word| rarity(word.holders, passages) * share(word.held)).sum();
    enough(percent(part.min(whole), whole), ENOUGH_OF_ASKED).filter(|_| tells)
}

/// The inverse document frequency of a word (as in BM25) that `holders` of the passages contain. A word of no passage
/// weighs as much as a word of one: visitors use many words that no handbook contains.
pub(crate) fn rarity(holders: u64, passages: u64) -> f64 {
    let (holders, passages) = (holders.max(1) as f64, passages as f64);
    libm::log(1.0 + (passages - holders + 0.5).max(0.5) / (holders + 0.5))
}

const fn share(held: Held) -> f64 {
    match held {
        Held::Nowhere => 0.0,
        Held::InText => 1.0,
        Held::InHeading => IN_HEADING,
    }
}

fn percent(part: f64, whole: f64) -> u8 {
    if whole > 0.0 { (part / whole * 100.0).round() as u8 } else { 0 }
}

fn enough(confidence: u8, least: u8) -> Option<u8> {
    (confidence >= least).then_some(confidence)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_is_found_by_rare_words_more_than_by_frequent_ones() {
        let held = |holders| AskedWord { holders, held: Held::InText };
        let headed = |holders| AskedWord { holders, held: Held::InHeading };
        let missing = |holders| AskedWord { holders, held: Held::Nowhere };
        for (asked, passages, is_found) in [
            (vec![held(1)], 20, true),
            (vec![held(2)], 20, true),
            (vec![held(9)], 20, false),
            (vec![held(30)], 1_000, true),
            (vec![held(1)], 1, true),
            (vec![held(9), held(8)], 20, true),
            (vec![held(1), missing(9)], 20, true),
            (vec![held(9), missing(1)], 20, false),
            (vec![held(2), held(3), missing(0)], 20, true),
            (vec![held(2), missing(0), missing(0)], 20, false),
            (vec![held(2), missing(0)], 20, false),
            (vec![headed(2), missing(0)], 20, true),
            (vec![headed(9)], 20, false),
            (vec![missing(0)], 20, false),
            (vec![], 20, false),
            (vec![], 0, false),
        ] {
            assert_eq!(of_passage(&asked, passages).is_some(), is_found, "{asked:?} of {passages}");
        }
        assert_eq!(of_passage(&[held(3), headed(4)], 20), Some(100));
    }
}
