//! The parts of a message: its sentences, and the clauses of a sentence, as a situation often stands before the question.

/// The shortest clause that is read by itself, in words.
const SHORTEST: usize = 2;

/// The sentences of a message in their order.
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
    sentences
}

/// The clauses of a sentence, as far as it has more than one.
pub(super) fn clauses(sentence: &str) -> Vec<&str> {
    let clauses = sentence.split([',', '(', ')', '–', '—']).map(str::trim);
    let clauses: Vec<&str> = clauses.filter(|clause| clause.split_whitespace().count() >= SHORTEST).collect();
    if clauses.len() > 1 { clauses } else { Vec::new() }
}
