//! The language that a visitor's browser asks for.

use axum::http::{HeaderMap, header};
use knock_agent::Language;

/// The first of `Accept-Language` that the agent speaks; English where there is none.
pub(crate) fn language(headers: &HeaderMap) -> Language {
    let wanted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut tags = wanted.split(',').map(|part| part.split(';').next().unwrap_or_default());
    tags.find_map(Language::of_tag).unwrap_or(Language::En)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn the_first_language_that_is_spoken_counts() {
        for (wanted, expected) in [
            ("de-AT,de;q=0.9,en;q=0.8", Language::De),
            ("pt-BR, es;q=0.5", Language::Es),
            ("ja", Language::En),
            ("", Language::En),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_LANGUAGE, HeaderValue::from_static(wanted));
            assert_eq!(language(&headers), expected, "{wanted}");
        }
        assert_eq!(language(&HeaderMap::new()), Language::En);
    }
}
