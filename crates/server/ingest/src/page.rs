//! The page of a signal, as an example for the owner of its site: without anything that may belong to a person.

use serde::Deserialize;
use serde_json::value::RawValue;
use std::borrow::Cow;
use url::Url;

/// Longest reported path, in characters.
const LONGEST: usize = 100;
/// The limits of a part of a path: a longer one, or one with more digits, may be a name, a key or a number of a person.
const LONGEST_PART: usize = 40;
const MOST_DIGITS: usize = 5;

#[derive(Deserialize)]
struct Sent<'a> {
    #[serde(borrow)]
    url: Cow<'a, str>,
}

/// Returns the path of the page, if the signal contains one.
pub(crate) fn page(raw: &RawValue) -> Option<String> {
    let sent: Sent<'_> = serde_json::from_str(raw.get()).ok()?;
    let url = Url::parse(&sent.url).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    let parts = url.path().split('/').map(|part| if is_harmless(part) { part } else { "*" });
    Some(parts.collect::<Vec<_>>().join("/").chars().take(LONGEST).collect())
}

fn is_harmless(part: &str) -> bool {
    let digits = part.bytes().filter(u8::is_ascii_digit).count();
    let is_plain = part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
    is_plain && part.len() <= LONGEST_PART && digits <= MOST_DIGITS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_reported_without_personal_data() {
        let cases = [
            (r#"{"url":"https://shop.example/docs/api-v2?email=ann@x.example#top"}"#, Some("/docs/api-v2")),
            (r#"{"url":"https://shop.example/"}"#, Some("/")),
            (r#"{"url":"https://ann:pw@shop.example/u/ann@x.example/orders/4111111111111111"}"#, Some("/u/*/orders/*")),
            (r#"{"url":"https://shop.example/u/ann%40x.example/Zo\u00eb"}"#, Some("/u/*/*")),
            (r#"{"url":"javascript:alert(1)"}"#, None),
            (r#"{"url":7}"#, None),
            (r#""hunter2""#, None),
        ];
        for (raw, expected) in cases {
            let raw: Box<RawValue> = serde_json::from_str(raw).expect("JSON");
            assert_eq!(page(&raw).as_deref(), expected, "{raw}");
        }
    }
}
