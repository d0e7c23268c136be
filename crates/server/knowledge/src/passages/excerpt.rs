//! The sentences of a passage that best match a question.

use crate::words::words;
use knock_agent::Language;
use std::collections::BTreeMap;
use unicode_segmentation::UnicodeSegmentation;

/// The longest excerpt, in characters.
pub(crate) const LONGEST: usize = 300;

/// Returns the best sentence of a passage, with the next one, or with the previous one if that matches better.
/// `rarities` are the words of the question with the inverse document frequency of each.
pub(crate) fn excerpt(text: &str, rarities: &BTreeMap<String, f64>, language: Language) -> String {
    let sentences: Vec<&str> = sentences(text).collect();
    let scores: Vec<f64> = sentences.iter().map(|sentence| score(sentence, rarities, language)).collect();
    // The first of the best: later ones often only add to it.
    let fitting = (0..sentences.len()).filter(|at| length(sentences[*at]) <= LONGEST);
    let best = fitting.fold(None, |best: Option<usize>, at| match best {
        Some(best) if scores[best] >= scores[at] => Some(best),
        _ => Some(at),
    });
    let Some(best) = best else { return shortened(sentences.first().copied().unwrap_or_default()) };
    let fits = |pair: (usize, usize)| length(sentences[pair.0]) + 1 + length(sentences[pair.1]) <= LONGEST;
    let after = (best + 1 < sentences.len()).then_some((best, best + 1)).filter(|pair| fits(*pair));
    let before = best.checked_sub(1).map(|at| (at, best)).filter(|pair| fits(*pair));
    // The previous sentence must match better than the next one, which continues the best one anyway.
    let before = before.filter(|(at, _)| scores[*at] > after.map_or(0.0, |(_, at)| scores[at]));
    match before.or(after) {
        Some((first, second)) => format!("{} {}", sentences[first], sentences[second]),
        None => sentences[best].to_owned(),
    }
}

/// Splits a text into sentences, which end at line ends too.
pub(crate) fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.lines().flat_map(|line| line.unicode_sentences()).map(str::trim).filter(|sentence| !sentence.is_empty())
}

fn score(sentence: &str, rarities: &BTreeMap<String, f64>, language: Language) -> f64 {
    let held: std::collections::BTreeSet<String> = words(sentence, language).into_iter().collect();
    rarities.iter().filter(|(word, _)| held.contains(*word)).map(|(_, rarity)| rarity).sum()
}

fn length(text: &str) -> usize {
    text.chars().count()
}

/// Returns the words that fit, without a cut word.
fn shortened(sentence: &str) -> String {
    let mut out = String::new();
    for word in sentence.split_whitespace() {
        if length(&out) + 1 + length(word) >= LONGEST {
            break;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out.push('…');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str, asked: &[&str]) -> String {
        let rarities = asked.iter().flat_map(|word| words(word, Language::En)).map(|word| (word, 1.0)).collect();
        excerpt(text, &rarities, Language::En)
    }

    #[test]
    fn the_best_sentence_is_taken_with_a_neighbour() {
        let text = "We ship on weekdays. Returns are free within 30 days. Use the label in the box. Ask us for more.";
        assert_eq!(of(text, &["returns", "free"]), "Returns are free within 30 days. Use the label in the box.");
        assert_eq!(
            of(text, &["weekdays", "shipping", "label"]),
            "We ship on weekdays. Returns are free within 30 days."
        );
        assert_eq!(of("Only this one", &["nothing"]), "Only this one");
    }

    #[test]
    fn lines_end_sentences_and_none_is_longer_than_is_shown() {
        assert_eq!(of("Starter: 49 €\nTeam: 99 €", &["team"]), "Team: 99 €");
        assert_eq!(of("Starter: 49 €\nTeam: 99 €", &["starter"]), "Starter: 49 € Team: 99 €");
        let long = "word ".repeat(200);
        let cut = of(&long, &["word"]);
        assert!(length(&cut) <= LONGEST && cut.ends_with("word…"), "{cut}");
        let both = format!("{} This one is short about refunds.", "Long ".repeat(80).trim_end().to_owned() + ".");
        assert_eq!(of(&both, &["refund"]), "This one is short about refunds.");
        assert_eq!(of("", &["x"]), "…");
    }
}
