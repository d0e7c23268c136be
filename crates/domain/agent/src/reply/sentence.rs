//! A text of a playbook as a sentence: its places filled, its beginning in a capital; and the way back.

use alloc::string::{String, ToString};
use knock_model::catalogue::{Places, filled};

/// A text with its places filled. A sentence that begins with who answers can begin with a common noun: "Unser Team".
pub(super) fn sentence(text: &str, places: &Places<'_>) -> String {
    const REP: &str = "{rep}";
    let Some((_, rep)) = places.iter().find(|(name, _)| *name == "rep") else { return filled(text, places) };
    let mut text = text.to_string();
    let begins = |before: &str| before.is_empty() || [". ", "! ", "? "].iter().any(|end| before.ends_with(end));
    let mut from = 0;
    while let Some(at) = text[from..].find(REP).map(|at| from + at) {
        let name = if begins(&text[..at]) { capitalized(rep) } else { (*rep).to_string() };
        text.replace_range(at..at + REP.len(), &name);
        from = at + name.len();
    }
    filled(&text, places)
}

/// Whether a sentence was made of a text, with anything in its places.
pub(super) fn is_made_of(sentence: &str, text: &str) -> bool {
    let Some((first, rest)) = text.split_once('{') else { return sentence == text };
    let Some(mut sentence) = sentence.strip_prefix(first) else { return false };
    for part in rest.split('{') {
        let literal = part.split_once('}').map_or(part, |(_, literal)| literal);
        match sentence.find(literal) {
            Some(at) => sentence = &sentence[at + literal.len()..],
            None => return false,
        }
    }
    // A text that ends with a place may have anything at its end.
    sentence.is_empty() || text.ends_with('}')
}

fn capitalized(name: &str) -> String {
    let mut signs = name.chars();
    signs.next().map_or_else(String::new, |first| first.to_uppercase().chain(signs).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_begins_with_a_capital() {
        assert_eq!(sentence("{rep} reads along.", &[("rep", "unser Team")]), "Unser Team reads along.");
        assert_eq!(sentence("{answer}", &[("answer", "iPads too")]), "iPads too");
    }

    #[test]
    fn a_sentence_is_known_by_the_text_it_was_made_of() {
        for (sentence, text, expected) in [
            ("Our team is back.", "{rep} is back.", true),
            ("Did you mean jo@example.com?", "Did you mean {email}?", true),
            ("Did you mean jo@example.com? Yes", "Did you mean {email}?", false),
            ("See https://acme.example", "See {page}", true),
            ("Ann, or Bo?", "{rep}, or {name}?", true),
            ("Which number?", "Which number?", true),
            ("Which number? ", "Which number?", false),
            ("is back.", "{rep} was back.", false),
        ] {
            assert_eq!(is_made_of(sentence, text), expected, "{sentence} {text}");
        }
    }
}
