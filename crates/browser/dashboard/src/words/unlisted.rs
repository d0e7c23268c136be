//! Unlisted origins on which a site's snippet runs.

use knock_model::Millis;
use knock_wire::{Refused, Site};

/// The time for which an unlisted origin is shown for a site that receives signals: mostly it is a copy made by a third
/// party.
const LATELY: Millis = Millis(3_600_000);
/// The maximum number of named ones.
const MOST: usize = 3;

/// The origins of refused signals that are not listed, the latest first: all of them while a site waits for its first
/// signal, later those of the last hour.
pub(crate) fn unlisted(site: &Site, refused: &[Refused], has_signals: bool, now: Millis) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for one in refused {
        let Some(origin) = one.origin.as_ref().filter(|_| one.pointer == "header/Origin") else { continue };
        let is_late = has_signals && now - one.last_at > LATELY;
        if !is_late && !site.origins.contains(origin) && !found.contains(origin) {
            found.push(origin.clone());
        }
    }
    found.truncate(MOST);
    found
}

/// Whether an address belongs to an origin.
pub(crate) fn is_of_origin(url: &str, origin: &str) -> bool {
    url.strip_prefix(origin).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;
    use knock_wire::RefusedOutcome;
    use wasm_bindgen_test::wasm_bindgen_test;

    fn refused(pointer: &str, origin: Option<&str>, last_at: i64) -> Refused {
        Refused {
            outcome: RefusedOutcome::Invalid,
            pointer: pointer.to_owned(),
            reason: "is wrong".to_owned(),
            page: None,
            origin: origin.map(str::to_owned),
            count: 1,
            first_at: Millis(0),
            last_at: Millis(last_at),
        }
    }

    #[wasm_bindgen_test]
    fn only_origins_that_are_not_listed_are_named() {
        let kinds = [
            refused("header/Origin", Some("https://new.test"), 3),
            refused("header/Origin", Some("https://shop.test"), 2),
            refused("header/Origin", None, 2),
            refused("/title", None, 2),
            refused("header/Origin", Some("https://old.test"), 1),
        ];
        let hour = LATELY.0;
        let check = |has_signals, now: i64, expected: &[&str]| {
            assert_eq!(unlisted(&sample::site(), &kinds, has_signals, Millis(now)), expected, "{has_signals} {now}");
        };
        check(false, 2 * hour, &["https://new.test", "https://old.test"]);
        check(true, 4, &["https://new.test", "https://old.test"]);
        check(true, hour + 2, &["https://new.test"]);
        check(true, 2 * hour, &[]);
    }

    #[wasm_bindgen_test]
    fn a_flood_of_copies_does_not_fill_the_page() {
        let kinds: Vec<_> = (0..9).map(|n| refused("header/Origin", Some(&format!("https://{n}.test")), n)).collect();
        assert_eq!(unlisted(&sample::site(), &kinds, false, Millis(9)).len(), MOST);
    }

    #[wasm_bindgen_test]
    fn a_page_is_of_its_own_origin_only() {
        for (url, expected) in [
            ("https://a.test/pricing", true),
            ("https://a.test", true),
            ("https://a.test?x", true),
            ("https://a.test.evil/", false),
            ("https://a.test:8443/", false),
            ("http://a.test/", false),
        ] {
            assert_eq!(is_of_origin(url, "https://a.test"), expected, "{url}");
        }
    }
}
