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

/// A rep of a site under a key, `who` or `with`: the team, while the rep has no name.
pub(crate) fn named(language: Language, key: &str, rep: &str, site: &str) -> String {
    let team = format!("{key}.team");
    of(language).filled(if rep.is_empty() { &team } else { key }, &[("rep", rep), ("site", site)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rep_without_a_name_is_the_team() {
        let said = |language, rep| (named(language, "who", rep, "Acme"), named(language, "with", rep, "Acme"));
        assert_eq!(said(Language::En, "Bo"), ("Bo of Acme".into(), "Bo of Acme".into()));
        assert_eq!(said(Language::En, ""), ("The team at Acme".into(), "the team at Acme".into()));
        assert_eq!(said(Language::De, ""), ("Das Team von Acme".into(), "dem Team von Acme".into()));
    }

    #[test]
    fn every_language_says_the_same_with_the_same_places() {
        assert!(!of(Language::En).outline().is_empty());
        for language in Language::ALL {
            assert_eq!(of(*language).outline(), of(Language::En).outline(), "{language:?}");
        }
    }
}
