//! Texts of one language in a file: lines of a key and a text, `send: Send message`. A text may have places, `{name}`.

use alloc::string::String;
use alloc::vec::Vec;

/// The values of placeholders in a text, by name.
pub type Places<'a> = [(&'a str, &'a str)];

/// The texts of a language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Catalogue(pub &'static str);

impl Catalogue {
    /// The keys and their texts, in order.
    pub fn texts(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        // A search for one sign: one for two would bring kilobytes of code into a browser.
        self.0
            .lines()
            .filter_map(|line| line.split_once(':'))
            .map(|(key, text)| (key, text.strip_prefix(' ').unwrap_or(text)))
    }

    /// The text under a key; empty where there is none.
    pub fn text(self, key: &str) -> &'static str {
        self.texts().find(|(known, _)| *known == key).map_or("", |(_, text)| text)
    }

    /// The text under a key, with something in its places.
    pub fn filled(self, key: &str, places: &Places<'_>) -> String {
        filled(self.text(key), places)
    }

    /// Every key with the names of its places, as `key {name}`: alike in all languages.
    pub fn outline(self) -> Vec<String> {
        let line = |(key, text): (&str, &'static str)| {
            let mut names: Vec<&str> =
                text.split('{').skip(1).filter_map(|part| Some(part.split_once('}')?.0)).collect();
            names.sort_unstable();
            names.dedup();
            names.iter().fold(String::from(key), |line, name| line + " {" + name + "}")
        };
        self.texts().map(line).collect()
    }
}

/// A text with something in its places; nothing stands for a place that is not named.
pub fn filled(text: &str, places: &Places<'_>) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, end)) = after.split_once('}') else { break };
        filled.push_str(before);
        filled.push_str(places.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value));
        rest = end;
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXTS: Catalogue = Catalogue("hello: Hello {name}: {rep}, {name}!\nend: The end\n");

    #[test]
    fn a_text_is_found_by_its_key_and_its_places_are_filled_once() {
        assert_eq!(TEXTS.text("end"), "The end");
        assert_eq!(TEXTS.text("nothing"), "");
        assert_eq!(TEXTS.filled("hello", &[("name", "{rep}"), ("rep", "Bo")]), "Hello {rep}: Bo, {rep}!");
        assert_eq!(TEXTS.filled("hello", &[]), "Hello : , !");
        assert_eq!(filled("a {b", &[]), "a {b");
    }

    #[test]
    fn an_outline_has_every_key_with_its_places() {
        assert_eq!(TEXTS.outline(), ["hello {name} {rep}", "end"]);
    }
}
