//! What the agent says, in each language: a file of lines with a key and a text, several for what is said more than once.

use crate::language::Language;
use alloc::string::String;
use alloc::vec::Vec;

static EN: &str = include_str!("../data/en.txt");
static DE: &str = include_str!("../data/de.txt");
static FR: &str = include_str!("../data/fr.txt");
static ES: &str = include_str!("../data/es.txt");

/// What stands for something in a text.
pub(crate) type Places<'a> = [(&'static str, &'a str)];

/// The texts of a language under a key, in their order.
pub(crate) fn all(language: Language, key: &str) -> impl Iterator<Item = &'static str> {
    let file = match language {
        Language::En => EN,
        Language::De => DE,
        Language::Fr => FR,
        Language::Es => ES,
    };
    file.lines().filter_map(|line| line.split_once('\t')).filter(move |(known, _)| *known == key).map(|(_, text)| text)
}

/// The first text under a key; empty where there is none.
pub(crate) fn one(language: Language, key: &str, places: &Places<'_>) -> String {
    filled(all(language, key).next().unwrap_or_default(), places)
}

/// The first text under a key that was not said yet, word for word.
pub(crate) fn unsaid(language: Language, key: &str, places: &Places<'_>, said: &[&str]) -> Option<String> {
    let texts: Vec<String> = all(language, key).map(|text| filled(text, places)).collect();
    texts.into_iter().find(|text| !said.contains(&text.as_str()))
}

fn filled(text: &str, places: &Places<'_>) -> String {
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
        Some(first) if first.is_lowercase() && text.starts_with('{') => first.to_uppercase().chain(signs).collect(),
        _ => filled,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(language: Language) -> Vec<&'static str> {
        let file = match language {
            Language::En => EN,
            Language::De => DE,
            Language::Fr => FR,
            Language::Es => ES,
        };
        file.lines().map(|line| line.split_once('\t').expect("a key and a text").0).collect()
    }

    #[test]
    fn every_language_says_the_same_with_the_same_places() {
        for language in Language::ALL {
            assert_eq!(keys(*language), keys(Language::En), "{language:?}");
            for key in keys(Language::En) {
                let places = |language| {
                    let mut names: Vec<&str> = all(language, key)
                        .flat_map(|text| {
                            text.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|part| part.0)
                        })
                        .collect();
                    names.sort_unstable();
                    names.dedup();
                    names
                };
                assert_eq!(places(*language), places(Language::En), "{language:?} {key}");
            }
        }
    }

    #[test]
    fn places_are_filled_once_and_a_sentence_begins_with_a_capital() {
        assert_eq!(filled("Hi {rep}, {n}!", &[("rep", "{n}"), ("n", "2")]), "Hi {n}, 2!");
        assert_eq!(filled("{rep} reads along.", &[("rep", "unser Team")]), "Unser Team reads along.");
        assert_eq!(filled("a {b", &[]), "a {b");
    }
}
