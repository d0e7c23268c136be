//! Looking into words byte by byte: the library's text search would weigh more than all of these rules.

/// Whether `word` stands anywhere in `text`, whatever the case of its letters.
pub(crate) fn holds(text: &str, word: &str) -> bool {
    text.as_bytes().windows(word.len()).any(|part| part.eq_ignore_ascii_case(word.as_bytes()))
}

/// Whether a word is an e-mail address, perhaps in brackets, perhaps with a percent-encoded `@`.
pub(crate) fn is_email(word: &str) -> bool {
    let bytes = word.as_bytes();
    (1..bytes.len()).any(|at| {
        let (Some(before), Some(from)) = (bytes.get(at - 1), bytes.get(at..)) else { return false };
        let Some(domain) = from.strip_prefix(b"@").or_else(|| from.strip_prefix(b"%40")) else { return false };
        let has_dot = domain.windows(2).any(|pair| matches!(pair, [b'.', next] if is_letter(*next)));
        (is_letter(*before) || b"_-+.".contains(before)) && domain.first().is_some_and(|c| is_letter(*c)) && has_dot
    })
}

/// Letters and digits; what is not ASCII counts as a letter.
fn is_letter(c: u8) -> bool {
    c.is_ascii_alphanumeric() || !c.is_ascii()
}
