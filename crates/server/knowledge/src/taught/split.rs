//! The parts of a message: its sentences, and the clauses of a sentence, as a situation often stands before the question.

use knock_agent::is_question;

/// The shortest clause that is read by itself, in words.
const SHORTEST: usize = 2;

/// The sentences of a message that are read.
const MOST: usize = 8;

/// What stands between two questions.
const JOINING: [&str; 5] = [" and ", " und ", " et ", " y ", ", "];

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
    let mut sentences: Vec<&str> = sentences.into_iter().flat_map(questions).collect();
    sentences.split_off(sentences.len().saturating_sub(MOST))
}

/// The questions that "and" or a comma joins: "How much is it, and is there a trial?"
fn questions(sentence: &str) -> Vec<&str> {
    let mut rest = sentence;
    let mut questions = Vec::new();
    while questions.len() < MOST {
        // The first of them: the longest rest has the others.
        let joined = JOINING.iter().filter_map(|and| joined(rest, and)).max_by_key(|(_, other)| other.len());
        let Some((one, other)) = joined else { break };
        questions.push(one.trim_end_matches(','));
        rest = other;
    }
    questions.push(rest);
    questions
}

/// Two questions that something joins; none where one of the sides asks nothing.
fn joined<'t>(text: &'t str, and: &str) -> Option<(&'t str, &'t str)> {
    let asks = |part: &str| is_question(part.trim_end_matches(['?', ' ']));
    text.split_once(and).filter(|(one, other)| asks(one) && asks(other))
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
            ("How much is it, and is there a trial?", &["How much is it", "is there a trial?"]),
            (
                "can I pay later, is there a trial, and do you ship to Malta?",
                &["can I pay later", "is there a trial", "do you ship to Malta?"],
            ),
            ("bread and butter?", &["bread and butter?"]),
            ("one line\nanother", &["one line", "another"]),
            ("?! ...", &[]),
            ("", &[]),
        ] {
            assert_eq!(sentences(text), expected, "{text}");
        }
        assert_eq!(sentences(&"again. ".repeat(100)).len(), MOST);
        assert_eq!(sentences(&"is it free, ".repeat(1_000)).len(), MOST);
        assert_eq!(clauses("we run two shops, what would we pay"), ["we run two shops", "what would we pay"]);
        assert!(clauses("one, two").is_empty());
    }
}
