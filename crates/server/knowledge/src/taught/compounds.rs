//! Compound words of German: "Versandkosten" is "Versand" and "Kosten".

use crate::words::Word;
use std::collections::HashMap;

/// The shortest part of a compound, in letters.
const SHORTEST: usize = 4;
/// What stands between two parts.
const LINKS: [&str; 6] = ["", "s", "n", "en", "es", "er"];

/// Known words that may be parts, by spelling.
#[derive(Default)]
pub(crate) struct Parts {
    known: HashMap<String, Word>,
}

/// What is known of a compound.
pub(crate) enum Compound {
    /// All its parts.
    Whole(Vec<Word>),
    /// One end of it.
    End(Word),
}

impl Parts {
    pub(crate) fn new(words: impl Iterator<Item = Word>) -> Parts {
        let mut known = HashMap::new();
        for word in words.filter(|word| word.folded.len() >= SHORTEST) {
            known.entry(word.stem.clone()).or_insert_with(|| word.clone());
            known.entry(word.folded.clone()).or_insert(word);
        }
        Parts { known }
    }

    /// The known parts of a word; none where it has none.
    pub(crate) fn of(&self, word: &str) -> Option<Compound> {
        if !word.is_ascii() || word.len() < 2 * SHORTEST {
            return None;
        }
        if let Some(parts) = self.split(word) {
            return Some(Compound::Whole(parts));
        }
        let ends = SHORTEST + 1..=word.len() - SHORTEST;
        let tail = ends.clone().rev().find_map(|length| self.known.get(&word[word.len() - length..]));
        let head = || ends.clone().rev().find_map(|length| self.known.get(&word[..length]));
        tail.or_else(head).cloned().map(Compound::End)
    }

    /// The parts of a word that consists of known ones, the longest first part first.
    fn split(&self, word: &str) -> Option<Vec<Word>> {
        let ends = (SHORTEST..=word.len().checked_sub(SHORTEST)?).rev();
        ends.filter_map(|end| Some((self.known.get(&word[..end])?, &word[end..]))).find_map(|(first, rest)| {
            LINKS.iter().filter_map(|link| rest.strip_prefix(link)).find_map(|rest| {
                let last = self.known.get(rest).map(|word| vec![word.clone()]);
                let rest = last.or_else(|| self.split(rest))?;
                Some([first.clone()].into_iter().chain(rest).collect())
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::read_words;
    use knock_agent::Language;

    #[test]
    fn a_compound_is_split_into_known_words() {
        let known = read_words("Versand Kosten Garantie Zeit Lieferung Termin", Language::De);
        let parts = Parts::new(known.into_iter());
        for (word, expected) in [
            ("versandkosten", "versand kosten"),
            ("garantiezeit", "garantie zeit"),
            ("lieferungstermin", "lieferung termin"),
            ("garantieschein", "(garantie)"),
            ("fixtermin", ""),
            ("wochentermin", "(termin)"),
            ("kosten", ""),
            ("haus", ""),
        ] {
            let split = match parts.of(word) {
                Some(Compound::Whole(parts)) => parts.into_iter().map(|part| part.folded).collect::<Vec<_>>().join(" "),
                Some(Compound::End(end)) => format!("({})", end.folded),
                None => String::new(),
            };
            assert_eq!(split, expected, "{word}");
        }
    }
}
