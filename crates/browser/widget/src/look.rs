//! The look of the site, as the panel draws it. What cannot be read of it is as Knock comes.

use knock_json::Value;
use std::cell::Cell;

/// The time of the form before the chat.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum FormTime {
    /// There is none.
    #[default]
    Never,
    /// Before the first message can be written.
    Before,
    /// After the first message.
    After,
}

/// What the panel draws of a [`ShownLook`](knock_wire::ShownLook). Empty texts are the standard ones.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Look {
    /// Its JSON, for the parts that are loaded when used.
    pub(crate) text: String,
    /// The code of the language of its texts.
    pub(crate) language: String,
    /// The name of the site.
    pub(crate) name: String,
    /// The path of the logo on the server.
    pub(crate) logo: String,
    pub(crate) title: String,
    pub(crate) subtitle: String,
    pub(crate) welcome: String,
    /// The address of the privacy policy.
    pub(crate) privacy: String,
    /// The line with a box to check before an address is sent.
    pub(crate) consent: String,
    pub(crate) hours: String,
    /// When the form is asked.
    pub(crate) form: FormTime,
    /// Whether a rating is asked for at the end.
    pub(crate) rating: bool,
    /// Whether the transcript can be mailed.
    pub(crate) transcript: bool,
    /// Whether the visitor can end the chat.
    pub(crate) can_end: bool,
    /// Whether earlier chats are listed.
    pub(crate) history: bool,
    /// Texts in place of those of the catalogues, by key.
    words: Vec<(String, String)>,
}

thread_local! {
    /// The look that was read last: all panels of a page have the same one.
    static LAST: Cell<&'static Look> = Cell::new(Box::leak(Box::default()));
}

impl Look {
    /// The look of a JSON text, kept until the page is left.
    pub(crate) fn of(text: String) -> &'static Look {
        let last = LAST.get();
        if last.text == text {
            return last;
        }
        let look = Box::leak(Box::new(Look::read(text)));
        LAST.set(look);
        look
    }

    fn read(text: String) -> Look {
        let mut value = Value::parse(&text).unwrap_or_default();
        let mut form = value.take("form");
        Look {
            language: value.text("language"),
            name: value.text("name"),
            logo: value.text("logo"),
            title: value.text("title"),
            subtitle: value.text("subtitle"),
            welcome: value.text("welcome"),
            // It may come from the storage of a page: no script may be an address.
            privacy: Some(value.text("privacy_url")).filter(|address| address.starts_with("http")).unwrap_or_default(),
            consent: value.text("consent"),
            hours: value.text("hours"),
            form: match &*form.text("when") {
                "before" => FormTime::Before,
                "after" => FormTime::After,
                _ => FormTime::Never,
            },
            rating: value.is_true("rating"),
            transcript: value.is_true("transcript"),
            can_end: value.is_true("can_end"),
            history: value.is_true("history"),
            words: value.pairs("words"),
            text,
        }
    }

    /// Whether the chat has anything of `extras.js`.
    pub(crate) fn has_extras(&self) -> bool {
        self.rating || self.transcript || self.can_end || self.history || self.form != FormTime::Never
    }

    /// The text in place of that of a catalogue, whose keys have a prefix.
    pub(crate) fn word(&'static self, prefix: &str, key: &str) -> Option<&'static str> {
        let (_, text) = self.words.iter().find(|(known, _)| known.strip_prefix(prefix) == Some(key))?;
        Some(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_wire::{ShownField, ShownForm, ShownLook};
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn what_the_server_writes_is_read() {
        let text = |text: &str| text.to_owned();
        let email = ShownField { field: text("email"), label: text("E-mail"), is_required: true, choices: Vec::new() };
        let shown = ShownLook {
            language: text("de"),
            name: text("Acme"),
            logo: text("/v1/look/pictures/1"),
            title: text("Hallo"),
            subtitle: text("Sub"),
            welcome: text("Willkommen"),
            privacy_url: text("https://acme.test/privacy"),
            consent: text("Ja"),
            hours: text("Mo"),
            form: Some(ShownForm { when: knock_wire::FormTime::After, fields: vec![email] }),
            rating: true,
            can_end: true,
            words: [(text("chat.send"), text("Los"))].into(),
            ..ShownLook::default()
        };
        let json = serde_json::to_string(&shown).expect("it can be written");
        let look = Look::of(json.clone());
        assert!(std::ptr::eq(look, Look::of(json)), "the same text is kept once");
        let texts = [&*look.language, &look.name, &look.logo, &look.title, &look.subtitle, &look.welcome, &look.hours];
        assert_eq!(texts, ["de", "Acme", "/v1/look/pictures/1", "Hallo", "Sub", "Willkommen", "Mo"]);
        assert_eq!((&*look.privacy, &*look.consent), ("https://acme.test/privacy", "Ja"));
        assert_eq!((look.form, look.rating, look.transcript, look.can_end), (FormTime::After, true, false, true));
        assert_eq!((look.word("chat.", "send"), look.word("booking.", "send")), (Some("Los"), None));
    }

    #[wasm_bindgen_test]
    fn what_cannot_be_read_is_the_standard() {
        for text in ["", "{", "[]", r#"{"title":7,"words":[],"form":"x","privacy_url":"javascript:alert(1)"}"#] {
            let look = Look { text: String::new(), ..Look::read(text.to_owned()) };
            assert_eq!(look, Look::default(), "{text}");
        }
    }
}
