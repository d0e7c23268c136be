//! The texts of the booking in the visitor's language: a file of `texts/booking`, fetched with the booking.

use knock_model::catalogue::{Catalogue, Places, filled};

use crate::look::Look;

/// The texts of a language, each under its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Words {
    /// The code of the language (ISO 639-1).
    pub(crate) code: &'static str,
    texts: Catalogue,
    look: &'static Look,
}

impl Words {
    /// The texts of a language, kept until the page is left. The look has its own in place of some.
    pub(crate) fn new(code: &'static str, texts: String, look: &'static Look) -> Words {
        Words { code, texts: Catalogue(texts.leak()), look }
    }

    /// A text.
    pub(crate) fn say(self, key: &str) -> &'static str {
        self.look.word("booking.", key).unwrap_or_else(|| self.texts.text(key))
    }

    /// A text with its placeholders filled.
    pub(crate) fn fill(self, key: &str, places: &Places<'_>) -> String {
        filled(self.say(key), places)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::CODES;
    use wasm_bindgen_test::wasm_bindgen_test;

    const LANGUAGES: [(&str, Catalogue); 4] = [
        ("en", Catalogue(include_str!("../../texts/booking/en.txt"))),
        ("de", Catalogue(include_str!("../../texts/booking/de.txt"))),
        ("fr", Catalogue(include_str!("../../texts/booking/fr.txt"))),
        ("es", Catalogue(include_str!("../../texts/booking/es.txt"))),
    ];

    #[wasm_bindgen_test]
    fn every_language_of_the_panel_has_texts_for_the_booking() {
        assert_eq!(LANGUAGES.map(|(code, _)| code), CODES);
    }

    /// All sources that use texts.
    const SOURCES: [&str; 12] = [
        include_str!("parts/booked.rs"),
        include_str!("parts/cancel.rs"),
        include_str!("parts/confirm.rs"),
        include_str!("parts/day.rs"),
        include_str!("parts/email.rs"),
        include_str!("parts/field.rs"),
        include_str!("parts/frame.rs"),
        include_str!("parts/month.rs"),
        include_str!("parts/refused.rs"),
        include_str!("parts/slots.rs"),
        include_str!("parts/zone.rs"),
        include_str!("state.rs"),
    ];

    #[wasm_bindgen_test]
    fn every_language_says_the_same_with_the_same_places() {
        for (code, texts) in LANGUAGES {
            assert_eq!(texts.outline(), LANGUAGES[0].1.outline(), "{code}");
            assert!(texts.texts().all(|(_, text)| !text.is_empty()), "{code}");
        }
    }

    #[wasm_bindgen_test]
    fn every_text_is_said_somewhere_and_what_is_said_has_a_text() {
        for (key, _) in LANGUAGES[0].1.texts() {
            let quoted = format!("\"{key}\"");
            assert!(SOURCES.iter().any(|source| source.contains(&quoted)), "{key} is never said");
        }
        for source in SOURCES {
            for call in source.split(".say(\"").skip(1).chain(source.split(".fill(\"").skip(1)) {
                let key = call.split('"').next().unwrap_or_default();
                assert!(!LANGUAGES[0].1.text(key).is_empty(), "{key} has no text");
            }
        }
    }
}
