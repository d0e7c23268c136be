//! Texts of mails to leads, in each language.

use knock_agent::Language;
use knock_model::catalogue::Catalogue;

/// The texts of a language.
pub(crate) const fn of(language: Language) -> Catalogue {
    Catalogue(match language {
        Language::En => include_str!("../texts/en.txt"),
        Language::De => include_str!("../texts/de.txt"),
        Language::Fr => include_str!("../texts/fr.txt"),
        Language::Es => include_str!("../texts/es.txt"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_says_the_same_with_the_same_places() {
        assert!(!of(Language::En).outline().is_empty());
        for language in Language::ALL {
            assert_eq!(of(*language).outline(), of(Language::En).outline(), "{language:?}");
        }
    }
}
