//! Texts with places such as `{rep}`.

use alloc::string::String;

/// What stands for the places of a text.
pub(crate) type Places<'a> = [(&'static str, &'a str)];

/// A text with its places filled, each once; a place that is not known is left out.
pub(crate) fn filled(text: &str, places: &Places<'_>) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, end)) = after.split_once('}') else { break };
        filled.push_str(before);
        filled.push_str(places.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value));
        rest = end;
    }
    filled.push_str(rest);
    // A text can begin with a name that is a common noun in its language.
    let mut signs = filled.chars();
    match signs.next() {
        Some(first) if first.is_lowercase() && text.starts_with("{rep}") => first.to_uppercase().chain(signs).collect(),
        _ => filled,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_filled_once_and_a_sentence_begins_with_a_capital() {
        assert_eq!(filled("Hi {rep}, {n}!", &[("rep", "{n}"), ("n", "2")]), "Hi {n}, 2!");
        assert_eq!(filled("{rep} reads along.", &[("rep", "unser Team")]), "Unser Team reads along.");
        assert_eq!(filled("{answer}", &[("answer", "iPads too")]), "iPads too");
        assert_eq!(filled("a {b", &[]), "a {b");
    }
}
