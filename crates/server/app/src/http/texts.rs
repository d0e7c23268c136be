//! Texts of the pages that visitors see outside of the widget, in each language.

use crate::http::language::language;
use axum::http::HeaderMap;
use knock_agent::Language;
use knock_model::catalogue::Catalogue;

/// The language of a page: that which its address names, else the first of the browser's that is spoken, else English.
pub(super) fn language_of(named: Option<&str>, headers: &HeaderMap) -> Language {
    match named.filter(|named| !named.is_empty()) {
        Some(named) => Language::of_tag(named).unwrap_or(Language::En),
        None => language(headers),
    }
}

/// A page with its texts in a language: `__LANG__` and `__key__` of each text are places in it.
pub(super) fn spoken<'t>(page: &str, language: Language, said: impl Fn(&'static str) -> &'t str) -> String {
    let page = page.replace("__LANG__", language.as_str());
    texts(language).texts().fold(page, |page, (key, _)| page.replace(&format!("__{key}__"), &escaped(said(key))))
}

/// A text as it may stand in HTML, between tags and in quotes.
pub(super) fn escaped(text: &str) -> String {
    text.chars().fold(String::new(), |mut out, c| {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
        out
    })
}

pub(super) const fn texts(language: Language) -> Catalogue {
    Catalogue(match language {
        Language::En => include_str!("../../texts/en.txt"),
        Language::De => include_str!("../../texts/de.txt"),
        Language::Fr => include_str!("../../texts/fr.txt"),
        Language::Es => include_str!("../../texts/es.txt"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::{HeaderValue, header};

    #[test]
    fn every_language_has_the_same_texts() {
        assert!(!texts(Language::En).outline().is_empty());
        for language in Language::ALL {
            assert_eq!(texts(*language).outline(), texts(Language::En).outline(), "{language:?}");
        }
    }

    #[test]
    fn no_place_of_a_page_stays_empty() {
        for page in [
            include_str!("../../../../../www/link.html"),
            include_str!("../../../../../www/mail-stop.html"),
            include_str!("../../../../../www/meeting-confirm.html"),
            include_str!("../../../../../www/meeting-unconfirmed.html"),
            include_str!("../../../../../www/meeting.html"),
            include_str!("../../../../../www/notice.html"),
            include_str!("../../../../../www/workflow-mail.html"),
        ] {
            let spoken = spoken(page, Language::De, |key| texts(Language::De).text(key));
            assert!(spoken.contains("<html lang=\"de\""), "{spoken}");
            let left: Vec<_> = spoken.split("__").skip(1).step_by(2).filter(|name| name.contains('.')).collect();
            assert_eq!(left, [""; 0], "{spoken}");
        }
    }

    #[test]
    fn the_address_outweighs_the_browser() {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_LANGUAGE, HeaderValue::from_static("fr-CH,de;q=0.5"));
        for (named, expected) in
            [(None, Language::Fr), (Some(""), Language::Fr), (Some("es-MX"), Language::Es), (Some("ja"), Language::En)]
        {
            assert_eq!(language_of(named, &headers), expected, "{named:?}");
        }
    }
}
