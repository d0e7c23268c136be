//! Typing errors: the known word that a misspelt one is probably meant to be.

use crate::words::Word;
use knock_agent::Language;

/// The shortest word that is corrected.
const SHORTEST: usize = 4;
/// Shorter sounds have one error at most, longer ones two.
const SHORT_SOUND: usize = 7;

/// Known words by their sounds.
pub(crate) struct Spelling {
    known: Vec<Known>,
}

struct Known {
    sound: Vec<char>,
    /// A bit for each letter.
    letters: u32,
    word: Word,
}

impl Spelling {
    /// Known words; of equally close ones the first is meant.
    pub(crate) fn new(words: impl Iterator<Item = Word>, language: Language) -> Spelling {
        let known = words.filter(|word| word.folded.len() >= SHORTEST).map(|word| {
            let sound = sound(&word.folded, language);
            Known { letters: letters(&sound), sound, word }
        });
        Spelling { known: known.collect() }
    }

    /// The word that an unknown one is probably meant to be, and how sure that is, 0 to 1.
    pub(crate) fn corrected(&self, word: &str, language: Language) -> Option<(&Word, f32)> {
        if word.chars().count() < SHORTEST || word.chars().any(|sign| sign.is_numeric()) {
            return None;
        }
        let typed = sound(word, language);
        let most = if typed.len() < SHORT_SOUND { 1 } else { 2 };
        let set = letters(&typed);
        let near = self.known.iter().filter(|known| {
            known.sound.len().abs_diff(typed.len()) <= most && (known.letters ^ set).count_ones() <= 2 * most as u32
        });
        let distances = near.filter_map(|known| Some((distance(&typed, &known.sound, most)?, known)));
        let (distance, known) = distances.min_by_key(|(distance, known)| {
            // Errors are rare in the first letter.
            (*distance, known.sound.first() != typed.first())
        })?;
        let sure = match distance {
            0 => 0.95,
            1 if known.sound.first() == typed.first() => 0.85,
            1 if typed.len() >= 5 => 0.7,
            2 if known.sound.first() == typed.first() => 0.65,
            _ => return None,
        };
        Some((&known.word, sure))
    }
}

fn letters(sound: &[char]) -> u32 {
    sound.iter().fold(0, |set, letter| set | 1 << ((*letter as u32) % 32))
}

/// How a word sounds, roughly: letters that are confused with each other are one.
fn sound(word: &str, language: Language) -> Vec<char> {
    let mut word = word.replace("ph", "f").replace("ck", "k").replace("th", "t").replace('y', "i");
    if language == Language::Es {
        word = word.replace("ll", "i").replace('v', "b").replace("qu", "k").replace("ce", "se").replace("ci", "si");
        word = word.replace('z', "s").replace("ge", "je").replace("gi", "ji");
    }
    if language == Language::Fr {
        word = word.replace("qu", "k").replace("eau", "o").replace("au", "o").replace("ai", "e").replace("ei", "e");
        word = word.replace('z', "s");
    }
    if language == Language::De {
        word = word.replace("tz", "z").replace("dt", "t").replace('v', "f");
    }
    let mut sound: Vec<char> = word.chars().map(|letter| if letter == 'c' { 'k' } else { letter }).collect();
    if language != Language::En {
        sound.retain(|letter| *letter != 'h');
    }
    sound.dedup();
    sound
}

/// The number of letters to insert, drop, replace or exchange with the next one; none above `most`.
fn distance(one: &[char], other: &[char], most: usize) -> Option<usize> {
    let width = other.len() + 1;
    let (mut before, mut last): (Vec<usize>, Vec<usize>) = (Vec::new(), (0..width).collect());
    for (at, letter) in one.iter().enumerate() {
        let mut row = vec![at + 1];
        for to in 1..width {
            let is_same = usize::from(*letter != other[to - 1]);
            let mut cost = (last[to - 1] + is_same).min(last[to] + 1).min(row[to - 1] + 1);
            if at > 0 && to > 1 && *letter == other[to - 2] && one[at - 1] == other[to - 1] {
                cost = cost.min(before[to - 2] + 1);
            }
            row.push(cost);
        }
        if row.iter().all(|cost| *cost > most) {
            return None;
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().filter(|cost| *cost <= most)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::read_words;

    #[test]
    fn a_misspelt_word_is_corrected_and_another_one_is_not() {
        for (language, known, typed, expected) in [
            (Language::En, "cancel delivery invoice", "cancle", Some("cancel")),
            (Language::En, "cancel delivery invoice", "delivry", Some("delivery")),
            (Language::En, "cancel delivery invoice", "candle", None),
            (Language::En, "cancel delivery invoice", "dog", None),
            (Language::En, "model a100", "a101", None),
            (Language::De, "Rücksendung", "ruksendung", Some("rucksendung")),
            (Language::Fr, "livraison", "livrezon", Some("livraison")),
            (Language::Es, "envío", "embio", Some("envio")),
        ] {
            let spelling = Spelling::new(read_words(known, language).into_iter(), language);
            let meant = spelling.corrected(typed, language).map(|(word, _)| word.folded.as_str());
            assert_eq!(meant, expected, "{typed}");
        }
    }
}
