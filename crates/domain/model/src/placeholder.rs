//! Places in a saved reply: `{{name}}`, or `{{name|there}}` with what stands there when nothing is known.

use crate::{spelled, vocabulary};
use alloc::string::String;

vocabulary! {
    /// The value that a placeholder stands for.
    Placeholder {
        /// The name of the lead.
        Name = "name",
        /// The first name of the lead.
        FirstName = "first_name",
        /// The company of the lead.
        Company = "company",
        /// The member who writes.
        Rep = "rep",
        /// The site of the chat.
        Site = "site",
    }
}
spelled!(Placeholder);

/// The place for the id of a meeting, in texts of meetings alone: a conference address with it is a room for each
/// meeting.
pub const MEETING: &str = "meeting";

/// Titles that stand before names, without their point.
const TITLES: [&str; 17] =
    ["dr", "prof", "mr", "mrs", "ms", "miss", "mx", "sir", "herr", "frau", "hr", "fr", "mme", "mlle", "m", "sr", "sra"];

/// The first name in the name of a person: its first word that is no title, the one after the comma of `Lee, Ann`. An
/// address is no name and has none.
pub fn first_name(name: &str) -> &str {
    let name = name.split_once(',').map_or(name, |(_, first)| first);
    let is_title = |word: &&str| {
        let word = word.trim_end_matches('.');
        TITLES.iter().any(|title| title.eq_ignore_ascii_case(word))
    };
    let mut words = name.split_whitespace().filter(|word| !word.contains('@'));
    words.find(|word| !is_title(word)).unwrap_or_default()
}

/// A place in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place<'t> {
    /// The placeholder in the text, with its braces.
    pub text: &'t str,
    pub name: &'t str,
    /// The text for an unknown value; may be empty.
    pub fallback: &'t str,
}

/// The first place in a text, with what stands before and after it.
fn first(text: &str) -> Option<(&str, Place<'_>, &str)> {
    let start = text.find("{{")?;
    let length = text[start..].find("}}")? + 2;
    // The last braces before the end begin it: "{{{{name}}" is a place after two braces.
    let start = start + text[start..start + length].rfind("{{").unwrap_or(0);
    let end = start + text[start..].find("}}")? + 2;
    let place = &text[start..end];
    let (name, fallback) = place[2..place.len() - 2].split_once('|').unwrap_or((&place[2..place.len() - 2], ""));
    Some((&text[..start], Place { text: place, name: name.trim(), fallback: fallback.trim() }, &text[end..]))
}

/// All places of a text, in order.
pub fn places(text: &str) -> impl Iterator<Item = Place<'_>> {
    let mut rest = text;
    core::iter::from_fn(move || {
        let (_, place, after) = first(rest)?;
        rest = after;
        Some(place)
    })
}

/// The text with what is known in its places. A place of which nothing is known, not even a fallback, stays as it is.
pub fn fill(text: &str, known: impl Fn(Placeholder) -> String) -> String {
    fill_by(text, |name| Placeholder::parse(name).map(&known).unwrap_or_default())
}

/// The text with what is known by the names of its places, as [`fill`]: an empty value is unknown.
pub fn fill_by(text: &str, known: impl Fn(&str) -> String) -> String {
    let (mut filled, mut rest) = (String::new(), text);
    while let Some((before, place, after)) = first(rest) {
        let value = known(place.name);
        let value = [value.trim(), place.fallback, place.text].into_iter().find(|value| !value.is_empty());
        filled.push_str(before);
        filled.push_str(value.unwrap_or_default());
        rest = after;
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::borrow::ToOwned;
    use alloc::vec::Vec;

    fn check(text: &str, expected: &str) {
        let known = |place| match place {
            Placeholder::Name => "Ann Lee".to_owned(),
            Placeholder::FirstName => first_name("Ann Lee").to_owned(),
            Placeholder::Company => String::new(),
            Placeholder::Rep => " Bo ".to_owned(),
            Placeholder::Site => "{{name}}".to_owned(),
        };
        assert_eq!(fill(text, known), expected, "{text}");
    }

    #[test]
    fn places_are_filled_with_what_is_known_else_with_their_fallback() {
        check("Hi {{name}}, {{ rep }} here", "Hi Ann Lee, Bo here");
        check("Hi {{first_name|there}}", "Hi Ann");
        check("Hi {{company|your team}}!", "Hi your team!");
        check("At {{company}}", "At {{company}}");
        check("{{age|7}} {{age}}", "7 {{age}}");
        check("no place", "no place");
        check("{{name", "{{name");
        check("{{{{name}}}}", "{{Ann Lee}}");
        check("\u{1f600}{{name}}\u{1f600}", "\u{1f600}Ann Lee\u{1f600}");
    }

    #[test]
    fn places_are_filled_by_their_names() {
        let known = |name: &str| if name == MEETING { "0197".to_owned() } else { String::new() };
        let filled = fill_by("https://meet.example/{{ meeting }}?{{rep|bo}}&{{site}}", known);
        assert_eq!(filled, "https://meet.example/0197?bo&{{site}}");
    }

    #[test]
    fn the_first_name_is_the_first_word_that_is_no_title() {
        for (name, first) in [
            ("Björn Andersen", "Björn"),
            ("Andersen, Björn", "Björn"),
            ("Dr. Ann Lee", "Ann"),
            ("Herr Prof. Dr. Max Muster", "Max"),
            ("ann", "ann"),
            ("Mr.", ""),
            ("ann@globex.test", ""),
            ("", ""),
        ] {
            assert_eq!(first_name(name), first, "{name}");
        }
    }

    #[test]
    fn what_is_known_is_no_template() {
        check("{{site}}", "{{name}}");
    }

    #[test]
    fn places_are_found_in_order() {
        let found: Vec<_> =
            places("{{name|a b}} and {{x}} and {{}}").map(|place| (place.name, place.fallback)).collect();
        assert_eq!(found, [("name", "a b"), ("x", ""), ("", "")]);
    }
}
