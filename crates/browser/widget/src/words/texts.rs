//! The texts of the panel in each language: a file of `texts`, and a line here.

use knock_model::catalogue::{Catalogue, Places, filled};

use crate::look::Look;

/// Every language with its code; the first is the default.
const LANGUAGES: [(&str, Catalogue); 4] = [
    ("en", Catalogue(include_str!("../../texts/en.txt"))),
    ("de", Catalogue(include_str!("../../texts/de.txt"))),
    ("fr", Catalogue(include_str!("../../texts/fr.txt"))),
    ("es", Catalogue(include_str!("../../texts/es.txt"))),
];

/// The codes of all languages.
#[cfg(test)]
pub(crate) const CODES: [&str; 4] = [LANGUAGES[0].0, LANGUAGES[1].0, LANGUAGES[2].0, LANGUAGES[3].0];

/// Declares the texts with their keys, in the order of the files: a text is identified by its line.
macro_rules! texts {
    ($($text:ident = $key:literal,)+) => {
        /// A text of the panel.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Text { $($text),+ }

        #[cfg(test)]
        const KEYS: &[&str] = &[$($key),+];
    };
}

texts! {
    Title = "title",
    WhomAgent = "whom.agent",
    WhomPerson = "whom.person",
    WhomRep = "whom.rep",
    You = "you",
    Agent = "agent",
    Team = "team",
    Close = "close",
    Log = "log",
    News = "news",
    Answers = "answers",
    Offered = "offered",
    Message = "message",
    Write = "write",
    Send = "send",
    Attach = "attach",
    TooLarge = "too_large",
    NotTaken = "not_taken",
    NoRoom = "no_room",
    LeftOne = "left.one",
    LeftOther = "left.other",
    OverOne = "over.one",
    OverOther = "over.other",
    Connecting = "connecting",
    Reconnecting = "reconnecting",
    Offline = "offline",
    Refused = "refused",
    NotListed = "not_listed",
    Reopen = "reopen",
    Sent = "sent",
    Sending = "sending",
    Waiting = "waiting",
    Late = "late",
    NotSent = "not_sent",
    Retry = "retry",
    Typing = "typing",
    Book = "book",
    Meeting = "meeting",
    NotOpened = "not_opened",
    Outdated = "outdated",
    Reload = "reload",
    Choose = "choose",
    Booked = "booked",
    Privacy = "privacy",
    NoConsent = "consent.missing",
}

/// The texts of a language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Words {
    code: &'static str,
    texts: Catalogue,
    look: Option<&'static Look>,
}

impl Words {
    /// The texts of a tag such as `de-AT`; English for an unknown language.
    pub(crate) fn of_tag(tag: &str) -> Words {
        let code = tag.split(['-', '_']).next().unwrap_or_default();
        let known = LANGUAGES.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(code));
        let (code, texts) = known.unwrap_or(LANGUAGES[0]);
        Words { code, texts, look: None }
    }

    /// The texts in the language of a look, with its own in place of some; without a language in it those of a tag.
    pub(crate) fn of_look(tag: &str, look: &'static Look) -> Words {
        let tag = if look.language.is_empty() { tag } else { &look.language };
        Words { look: Some(look), ..Words::of_tag(tag) }
    }

    /// The code of the language (ISO 639-1).
    pub(crate) const fn code(self) -> &'static str {
        self.code
    }

    pub(crate) fn say(self, text: Text) -> &'static str {
        let (key, text) = self.texts.texts().nth(text as usize).unwrap_or_default();
        self.look.and_then(|look| look.word("chat.", key)).unwrap_or(text)
    }

    /// A text with its placeholders filled, the last of which may be empty.
    pub(crate) fn fill(self, text: Text, places: &Places<'_>) -> String {
        let mut text = filled(self.say(text), places);
        text.truncate(text.trim_end().len());
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn every_language_says_the_same_with_the_same_places() {
        for (code, texts) in LANGUAGES {
            let keys: Vec<_> = texts.texts().map(|(key, _)| key).collect();
            assert_eq!(keys, KEYS, "{code}");
            assert_eq!(texts.outline(), LANGUAGES[0].1.outline(), "{code}");
        }
    }

    #[wasm_bindgen_test]
    fn a_language_is_that_of_its_tag() {
        for (tag, expected) in
            [("de-AT", "de"), ("FR", "fr"), ("es_MX", "es"), ("en", "en"), ("pt-BR", "en"), ("", "en")]
        {
            assert_eq!(Words::of_tag(tag).code(), expected, "{tag}");
        }
        assert_eq!(Words::of_tag("de").say(Text::Retry), "Jetzt erneut senden");
        assert_eq!(Words::of_tag("de").fill(Text::LeftOther, &[("n", "7")]), "Noch 7 Zeichen");
    }
}
