//! The quoted sentences of a passage.

use unicode_segmentation::UnicodeSegmentation;

/// The longest excerpt, in characters.
pub(crate) const LONGEST: usize = 300;
/// The longest heading that is quoted, in characters.
const LONGEST_HEADING: usize = 60;

/// Quotes sentences of a text by their numbers, the most important first, in the order of the text; the heading comes
/// before a fragment, such as "29 € a month", that says nothing without it.
pub(crate) fn quote(text: &str, heading: &str, numbers: &[usize]) -> String {
    let sentences: Vec<&str> = sentences(text).collect();
    let Some(best) = numbers.first().and_then(|at| sentences.get(*at)) else { return String::new() };
    let mut quoted = vec![numbers[0]];
    if let Some(other) = numbers.get(1).filter(|at| **at < sentences.len()) {
        quoted.push(*other);
        quoted.sort_unstable();
    }
    let pair = joined(&quoted.iter().map(|at| sentences[*at]).collect::<Vec<_>>());
    let text = if length(&pair) <= LONGEST { pair } else { shortened(best) };
    let is_named = is_fragment(&text) && !heading.is_empty() && !heading.ends_with('?');
    let heading = heading.trim_end_matches(':');
    if is_named && length(heading) <= LONGEST_HEADING && length(heading) + 2 + length(&text) <= LONGEST {
        return format!("{heading}: {text}");
    }
    text
}

/// Splits a text into sentences, which end at line ends too.
pub(crate) fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.lines().flat_map(|line| line.unicode_sentences()).map(str::trim).filter(|sentence| !sentence.is_empty())
}

/// Whether a text begins with a number, such as "From 29 €", or with a small letter.
fn is_fragment(text: &str) -> bool {
    let has_digit = |word: &str| word.contains(|sign: char| sign.is_ascii_digit());
    text.split_whitespace().take(2).any(has_digit)
        || text.starts_with(|sign: char| sign.is_ascii_digit() || sign.is_lowercase() || "€$£+".contains(sign))
}

/// Joins sentences; one without an end gets a full stop.
fn joined(sentences: &[&str]) -> String {
    let mut out = String::new();
    for sentence in sentences {
        if !out.is_empty() {
            out.push_str(if out.ends_with(|sign: char| sign.is_alphanumeric() || "€$£%)".contains(sign)) {
                ". "
            } else {
                " "
            });
        }
        out.push_str(sentence);
    }
    out
}

fn length(text: &str) -> usize {
    text.chars().count()
}

/// Returns the words that fit, without a cut word.
fn shortened(sentence: &str) -> String {
    if length(sentence) <= LONGEST {
        return sentence.to_owned();
    }
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

    #[test]
    fn sentences_are_quoted_in_the_order_of_the_text() {
        let text = "We ship on weekdays. Returns are free.\nUse the label. Ask us.";
        assert_eq!(quote(text, "Returns", &[1, 0]), "We ship on weekdays. Returns are free.");
        assert_eq!(quote(text, "Returns", &[1, 3]), "Returns are free. Ask us.");
        assert_eq!(quote(text, "Returns", &[2]), "Use the label.");
        assert_eq!(quote(text, "Returns", &[]), "");
        assert_eq!(quote(text, "Returns", &[9]), "");
    }

    #[test]
    fn a_fragment_has_its_heading_and_a_line_its_end() {
        let text = "49 € a month\nFor two users\nNo contract.";
        assert_eq!(quote(text, "Solo", &[0]), "Solo: 49 € a month");
        assert_eq!(quote(text, "Solo", &[1, 0]), "Solo: 49 € a month. For two users");
        assert_eq!(quote(text, "What is it?", &[0]), "49 € a month");
        assert_eq!(quote(text, "Solo", &[1]), "For two users");
    }

    #[test]
    fn no_quotation_is_longer_than_is_shown() {
        let long = "word ".repeat(200);
        let cut = quote(&long, "One", &[0]);
        assert!(length(&cut) <= LONGEST && cut.ends_with("word…"), "{cut}");
        let both = format!("{}.\nThis one is short.", "Long ".repeat(80).trim_end());
        assert_eq!(quote(&both, "One", &[1, 0]), "This one is short.");
    }
}
