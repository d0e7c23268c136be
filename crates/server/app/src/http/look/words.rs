//! The texts that a look can replace: those of all catalogues for visitors' pages, by a prefix and their key.

use crate::http::texts::texts;
use knock_agent::Language;
use knock_model::catalogue::Catalogue;
use knock_wire::{Look, LookWord};

/// The texts of a catalogue in each language, in the order of [`Language::ALL`].
type Texts = [Catalogue; 4];

static LAUNCHER: Texts = [
    Catalogue(include_str!("../../../../../../www/texts/en.txt")),
    Catalogue(include_str!("../../../../../../www/texts/de.txt")),
    Catalogue(include_str!("../../../../../../www/texts/fr.txt")),
    Catalogue(include_str!("../../../../../../www/texts/es.txt")),
];

static FAILURE: Texts = [
    Catalogue(include_str!("../../../../../../www/texts/failure/en.txt")),
    Catalogue(include_str!("../../../../../../www/texts/failure/de.txt")),
    Catalogue(include_str!("../../../../../../www/texts/failure/fr.txt")),
    Catalogue(include_str!("../../../../../../www/texts/failure/es.txt")),
];

static CHAT: Texts = [
    Catalogue(include_str!("../../../../../browser/widget/texts/en.txt")),
    Catalogue(include_str!("../../../../../browser/widget/texts/de.txt")),
    Catalogue(include_str!("../../../../../browser/widget/texts/fr.txt")),
    Catalogue(include_str!("../../../../../browser/widget/texts/es.txt")),
];

static BOOKING: Texts = [
    Catalogue(include_str!("../../../../../browser/widget/texts/booking/en.txt")),
    Catalogue(include_str!("../../../../../browser/widget/texts/booking/de.txt")),
    Catalogue(include_str!("../../../../../browser/widget/texts/booking/fr.txt")),
    Catalogue(include_str!("../../../../../browser/widget/texts/booking/es.txt")),
];

static EXTRAS: Texts = [
    Catalogue(include_str!("../../../../../browser/widget/texts/extras/en.txt")),
    Catalogue(include_str!("../../../../../browser/widget/texts/extras/de.txt")),
    Catalogue(include_str!("../../../../../browser/widget/texts/extras/fr.txt")),
    Catalogue(include_str!("../../../../../browser/widget/texts/extras/es.txt")),
];

static PAGE: Texts = [texts(Language::En), texts(Language::De), texts(Language::Fr), texts(Language::Es)];

/// The catalogues by the prefix of their keys.
static CATALOGUES: [(&str, &Texts); 6] = [
    ("launcher", &LAUNCHER),
    ("failure", &FAILURE),
    ("chat", &CHAT),
    ("extras", &EXTRAS),
    ("booking", &BOOKING),
    ("page", &PAGE),
];

/// All texts with their standard in each language.
pub(crate) fn all_words() -> Vec<LookWord> {
    let each = CATALOGUES.iter().flat_map(|(prefix, texts)| {
        texts[0].texts().map(move |(key, _)| LookWord {
            key: format!("{prefix}.{key}"),
            texts: Language::ALL
                .iter()
                .map(|language| (language.as_str().to_owned(), texts[language.index()].text(key).to_owned()))
                .collect(),
        })
    });
    each.collect()
}

/// The standard text under a key with its prefix; none for an unknown key.
pub(crate) fn standard(key: &str, language: Language) -> Option<&'static str> {
    let (prefix, key) = key.split_once('.')?;
    let (_, texts) = CATALOGUES.iter().find(|(known, _)| *known == prefix)?;
    Some(texts[language.index()].text(key)).filter(|text| !text.is_empty())
}

/// The text under a key with its prefix: that of the look, else the standard one.
pub(crate) fn text<'l>(look: &'l Look, language: Language, key: &str) -> &'l str {
    let own = look.words.get(language.as_str()).and_then(|words| words.get(key));
    own.map_or_else(|| standard(key, language).unwrap_or_default(), String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_has_a_key_of_its_own_in_all_languages() {
        let words = all_words();
        for (place, word) in words.iter().enumerate() {
            assert_eq!(word.texts.len(), Language::ALL.len(), "{}", word.key);
            assert!(word.texts.values().all(|text| !text.is_empty()), "{}", word.key);
            assert!(words[..place].iter().all(|other| other.key != word.key), "{}", word.key);
        }
    }

    #[test]
    fn a_text_of_the_look_comes_before_the_standard_one() {
        let mut look = Look::default();
        assert_eq!(text(&look, Language::De, "chat.send"), "Nachricht senden");
        look.words.entry("de".into()).or_default().insert("chat.send".into(), "Los".into());
        assert_eq!(text(&look, Language::De, "chat.send"), "Los");
        assert_eq!(text(&look, Language::En, "chat.send"), "Send message");
        assert_eq!(text(&look, Language::En, "chat.nothing"), "");
    }
}
