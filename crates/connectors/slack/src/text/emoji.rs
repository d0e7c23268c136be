//! Emoji by their names in Slack, as characters.

use super::Names;
use emojis::{Emoji, SkinTone};
use std::collections::HashMap;
use std::sync::LazyLock;

/// The longest name.
const LONGEST: usize = 100;

/// Names that Slack has of emoji which Unicode and GitHub call differently, a line each.
const OWN: &str = include_str!("emoji.txt");

/// A text whose emoji are characters. Names that are not known (a workspace has its own), and all in code, stay.
pub(super) fn replaced(text: &str, names: &Names) -> String {
    let mut replaced = String::with_capacity(text.len());
    for (index, part) in code(text).into_iter().enumerate() {
        // Every second part is code.
        if index % 2 == 1 { replaced.push_str(part) } else { in_prose(part, names, &mut replaced) }
    }
    replaced
}

/// Prose and code in turn, the marks with the code.
fn code(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut from, mut at) = (0, 0);
    while let Some(found) = text[at..].find('`') {
        let start = at + found;
        let mark = if text[start..].starts_with("```") { "```" } else { "`" };
        let inside = start + mark.len();
        let end = text[inside..].find(mark).filter(|end| mark.len() > 1 || !text[inside..inside + end].contains('\n'));
        at = inside;
        if let Some(end) = end {
            at = inside + end + mark.len();
            parts.extend([&text[from..start], &text[start..at]]);
            from = at;
        }
    }
    parts.push(&text[from..]);
    parts
}

fn in_prose(text: &str, names: &Names, replaced: &mut String) {
    let mut rest = text;
    let mut before = None;
    while let Some(start) = rest.find(':') {
        before = rest[..start].chars().next_back().or(before);
        replaced.push_str(&rest[..start]);
        rest = &rest[start..];
        // `10:30:00` holds no emoji.
        let is_within = before.is_some_and(char::is_alphanumeric);
        let named = Some(rest).filter(|_| !is_within).and_then(name);
        let found = named.and_then(|name| Some((name, character(name, names)?)));
        match found {
            Some((name, character)) => {
                rest = &rest[name.len() + 2..];
                let (toned, length) = toned(&character, rest);
                replaced.push_str(&toned);
                rest = &rest[length..];
                before = None;
            }
            None => {
                replaced.push(':');
                before = Some(':');
                rest = &rest[1..];
            }
        }
    }
    replaced.push_str(rest);
}

/// The name between the colon at the beginning and the next one.
fn name(text: &str) -> Option<&str> {
    let inside = &text[1..];
    let name = &inside[..inside.find(':')?];
    let is_name = |character: char| character.is_alphanumeric() || "_-+'".contains(character);
    (!name.is_empty() && name.len() <= LONGEST && name.chars().all(is_name)).then_some(name)
}

fn character(name: &str, names: &Names) -> Option<String> {
    let came_with = names.emoji.get(name).cloned();
    came_with.or_else(|| flag(name)).or_else(|| known(name).map(str::to_owned))
}

/// By Slack's own name, by GitHub's or by Unicode's.
fn known(name: &str) -> Option<&'static str> {
    static KNOWN: LazyLock<Known> = LazyLock::new(Known::new);
    let own = KNOWN.own.get(name).copied();
    let by_github = || emojis::get_by_shortcode(name).map(Emoji::as_str);
    own.or_else(by_github).or_else(|| KNOWN.unicode.get(&letters(name)).copied())
}

struct Known {
    own: HashMap<&'static str, &'static str>,
    unicode: HashMap<String, &'static str>,
}

impl Known {
    fn new() -> Known {
        Known {
            own: OWN.lines().filter_map(|line| line.split_once(' ')).collect(),
            unicode: emojis::iter().map(|emoji| (letters(emoji.name()), emoji.as_str())).collect(),
        }
    }
}

/// `flag-de`, by the letters of the country.
fn flag(name: &str) -> Option<String> {
    let country = name.strip_prefix("flag-").filter(|country| country.len() == 2)?;
    let letter = |letter: char| {
        let place = u32::from(letter).checked_sub(u32::from('a')).filter(|_| letter.is_ascii_lowercase())?;
        char::from_u32(u32::from('\u{1f1e6}') + place)
    };
    let flag = country.chars().map(letter).collect::<Option<String>>()?;
    // Not every pair of letters is a country.
    emojis::get(&flag).map(|emoji| emoji.as_str().to_owned())
}

/// A name without what Unicode and Slack write differently between its words.
fn letters(name: &str) -> String {
    name.chars().filter(|letter| letter.is_alphanumeric()).map(|letter| letter.to_ascii_lowercase()).collect()
}

/// The character in the colour of skin that follows it, and the bytes of that.
fn toned(character: &str, after: &str) -> (String, usize) {
    let tones = [
        (":skin-tone-2:", SkinTone::Light),
        (":skin-tone-3:", SkinTone::MediumLight),
        (":skin-tone-4:", SkinTone::Medium),
        (":skin-tone-5:", SkinTone::MediumDark),
        (":skin-tone-6:", SkinTone::Dark),
    ];
    let Some((mark, tone)) = tones.into_iter().find(|(mark, _)| after.starts_with(mark)) else {
        return (character.to_owned(), 0);
    };
    let toned = emojis::get(character).and_then(|emoji| emoji.with_skin_tone(tone));
    (toned.map_or(character, Emoji::as_str).to_owned(), mark.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(replaced(text, &Names::default()), expected, "{text}");
    }

    #[test]
    fn names_become_characters() {
        check("hi :wave: :+1::tada:", "hi \u{1f44b} \u{1f44d}\u{1f389}");
        check(":thinking_face:", "\u{1f914}");
        check(":flag-de:", "\u{1f1e9}\u{1f1ea}");
        check(":wave::skin-tone-6:!", "\u{1f44b}\u{1f3ff}!");
        check(":tada::skin-tone-6:", "\u{1f389}");
    }

    #[test]
    fn names_of_slacks_own_are_known() {
        for line in OWN.lines() {
            let (name, character) = line.split_once(' ').expect("a name and a character");
            assert!(emojis::get(character).is_some(), "{line}");
            check(&format!(":{name}:"), character);
        }
        check(":flag-cd: :flag-tv: :flag-zz: :flag-DE:", "\u{1f1e8}\u{1f1e9} \u{1f1f9}\u{1f1fb} :flag-zz: :flag-DE:");
    }

    #[test]
    fn what_is_none_stays() {
        for text in
            [":party_parrot:", "10:30:00", "at 10:100:05", ":", "::", ": :", ":no end", "a:b", ":\u{e9}t\u{e9}:"]
        {
            check(text, text);
        }
    }

    #[test]
    fn code_stays() {
        for text in ["`:wave:`", "```\n:wave:\n```", "a `b` `:wave:` c"] {
            check(text, text);
        }
        check("` :wave:", "` \u{1f44b}");
        check("`a\n:wave:`", "`a\n\u{1f44b}`");
        check("`a` :wave: `b`", "`a` \u{1f44b} `b`");
    }

    #[test]
    fn what_came_with_the_message_is_first() {
        let emoji = [("wave".to_owned(), "\u{1f30a}".to_owned())].into_iter().collect();
        assert_eq!(replaced(":wave:", &Names { emoji, ..Names::default() }), "\u{1f30a}");
    }
}
