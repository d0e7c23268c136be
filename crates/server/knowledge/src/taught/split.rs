//! The parts of a message: its sentences, and the clauses of a sentence, as a situation often stands before the question.

/// The shortest clause that is read by itself, in words.
const SHORTEST: usize = 2;

/// The sentences of a message that are read.
const MOST: usize = 8;

/// The sentences of a message in their order; of a long one the last.
pub(super) fn sentences(text: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut signs = text.char_indices().peekable();
    while let Some((at, sign)) = signs.next() {
        let is_last = signs.peek().is_none_or(|(_, next)| next.is_whitespace());
        if sign == '\n' || matches!(sign, '?' | '!' | ';') || (matches!(sign, '.' | ':') && is_last) {
            let end = at + sign.len_utf8();
            sentences.push(text[start..end].trim());
            start = end;
        }
    }
    sentences.push(text[start..].trim());
    sentences.retain(|sentence| sentence.chars().any(char::is_alphanumeric));
    sentences.split_off(sentences.len().saturating_sub(MOST))
}

/// The clauses of a sentence, as far as it has more than one.
pub(super) fn clauses(sentence: &str) -> Vec<&str> {
    let clauses = sentence.split([',', '(', ')', '–', '—']).map(str::trim);
    let clauses: Vec<&str> = clauses.filter(|clause| clause.split_whitespace().count() >= SHORTEST).collect();
    if clauses.len() > 1 { clauses } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_split_at_the_ends_of_sentences() {
        for (text, expected) in [
            ("We are five. Is v1.2 free? yes", &["We are five.", "Is v1.2 free?", "yes"][..]),
            ("one line\nanother", &["one line", "another"]),
            ("?! ...", &[]),
            ("", &[]),
        ] {
            assert_eq!(sentences(text), expected, "{text}");
        }
        assert_eq!(sentences(&"again. ".repeat(100)).len(), MOST);
        assert_eq!(clauses("we run two shops, what would we pay"), ["we run two shops", "what would we pay"]);
        assert!(clauses("one, two").is_empty());
    }
}
