//! Refused signals in words: reason and advice.

use knock_wire::{Refused, RefusedOutcome};

/// A reason with advice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RefusedWords {
    /// The reason.
    pub(crate) title: String,
    pub(crate) advice: String,
}

/// The words for a kind of refusal.
pub(crate) fn refused_words(refused: &Refused) -> RefusedWords {
    match refused.outcome {
        RefusedOutcome::Filtered => filtered_words(&refused.reason),
        RefusedOutcome::RateLimited => limited_words(&refused.reason),
        RefusedOutcome::Invalid => invalid_words(refused),
    }
}

fn words(title: &str, advice: &str) -> RefusedWords {
    RefusedWords { title: title.to_owned(), advice: advice.to_owned() }
}

fn filtered_words(reason: &str) -> RefusedWords {
    match reason {
        "prefetch" => words(
            "Prefetched pages that were never shown",
            "Nothing to do: when a person opens the page, its signals are stored.",
        ),
        "crawler" => words("Search engines and previews of links", "Nothing to do: they are no visitors."),
        "gpc" => words(
            "Visitors who refuse to be tracked (Global Privacy Control)",
            "Nothing to do: their signals are not stored. data-ignore-dnt on the snippet stores them.",
        ),
        "dnt" => words(
            "Visitors who refuse to be tracked (Do Not Track)",
            "Nothing to do: their signals are not stored. data-ignore-dnt on the snippet stores them.",
        ),
        "automation" => {
            words("Automated browsers", "Nothing to do, unless these were people: tests and monitors look like this.")
        }
        _ => words("Left out on purpose", "Nothing to do."),
    }
}

fn limited_words(reason: &str) -> RefusedWords {
    match reason {
        "address" => words(
            "Too many at once from one network address",
            "Browsers send them again. If many visitors share an address, raise ingest.rate_per_ip; behind a proxy, set http.trusted_proxies.",
        ),
        "site" => words(
            "Too many at once from this site",
            "Browsers send them again. If that is its usual traffic, raise ingest.rate_per_site.",
        ),
        "address_bytes" => words(
            "Too much at once from one network address",
            "Browsers send it again. If many visitors share an address, raise ingest.bytes_per_ip; behind a proxy, set http.trusted_proxies.",
        ),
        "site_bytes" => words(
            "Too much at once from this site",
            "Browsers send it again. If that is its usual traffic, raise ingest.bytes_per_site.",
        ),
        "storage" => words(
            "The database has reached its limit",
            "Browsers keep signals for a while. Make room on the disk, keep signals for a shorter time, or raise max_database_mb.",
        ),
        "share" => words(
            "More than the server could write in time",
            "Browsers send them again. If it goes on, the server's disk or database is too slow for this site.",
        ),
        _ => words("The server could not store them", "Browsers send them again. The server's log says what failed."),
    }
}

fn invalid_words(refused: &Refused) -> RefusedWords {
    let field = refused.pointer.trim_start_matches('/');
    match field.split('/').next().unwrap_or_default() {
        "header" if refused.origin.is_some() => words(
            "Sent from an unlisted address",
            "If it is yours, add it to the addresses of the site. If not, it has a copy of your snippet: nothing to do.",
        ),
        "header" => words(
            "Sent without an address of a site",
            "A server sends signals with an API key of the role ingest: knock api-key create --role ingest.",
        ),
        "proof" => words(
            "Invalid proof of the visitor's identity",
            "Create it on your server with the site's current identify secret, for the same address, shortly before use.",
        ),
        "props" => words(
            "Invalid properties",
            "Look at your calls of knock('identify') and knock('track'): properties must be small, and e-mail addresses valid.",
        ),
        "" => words(
            "Not a signal",
            "Something other than the snippet sends to this site: a program of yours, or an altered script.",
        ),
        _ => words(
            "An invalid field",
            "The snippet does not send this. Look for a program of your own, or a very old copy of the script.",
        ),
    }
}

/// The rejected field by its name for the sender; none if the rejection concerns no field.
pub(crate) fn refused_field(refused: &Refused) -> Option<String> {
    let name = refused.pointer.trim_start_matches('/').trim_start_matches("header/").replace('/', ".");
    let is_of_field = refused.outcome == RefusedOutcome::Invalid && !name.is_empty();
    is_of_field.then(|| format!("{name} {}", refused.reason))
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_model::Millis;
    use wasm_bindgen_test::wasm_bindgen_test;

    fn refused(outcome: RefusedOutcome, pointer: &str, reason: &str) -> Refused {
        let (pointer, reason) = (pointer.to_owned(), reason.to_owned());
        let (first_at, last_at) = (Millis(1), Millis(2));
        Refused { outcome, pointer, reason, origin: None, page: None, count: 1, first_at, last_at }
    }

    #[wasm_bindgen_test]
    fn every_reason_has_words_of_its_own() {
        use RefusedOutcome::{Filtered, Invalid, RateLimited};
        let mut origin = refused(Invalid, "header/Origin", "is not one of the origins of this site");
        origin.origin = Some("https://a.test".to_owned());
        let kinds = [
            origin,
            refused(Invalid, "header/Origin", "is missing"),
            refused(Invalid, "/proof", "has expired"),
            refused(Invalid, "/props/email", "is not an e-mail address"),
            refused(Invalid, "", "is not an object"),
            refused(Invalid, "/title", "is not a string"),
            refused(Filtered, "", "prefetch"),
            refused(Filtered, "", "crawler"),
            refused(Filtered, "", "gpc"),
            refused(Filtered, "", "dnt"),
            refused(Filtered, "", "automation"),
            refused(RateLimited, "", "address"),
            refused(RateLimited, "", "site"),
            refused(RateLimited, "", "share"),
            refused(RateLimited, "", "store"),
        ];
        let mut titles: Vec<_> = kinds.iter().map(|kind| refused_words(kind).title).collect();
        titles.sort();
        titles.dedup();
        assert_eq!(titles.len(), kinds.len());
        assert!(kinds.iter().all(|kind| !refused_words(kind).advice.is_empty()));
    }

    #[wasm_bindgen_test]
    fn a_field_is_named_as_its_sender_knows_it() {
        let check = |outcome, pointer: &str, expected: Option<&str>| {
            assert_eq!(refused_field(&refused(outcome, pointer, "is wrong")).as_deref(), expected, "{pointer}");
        };
        check(RefusedOutcome::Invalid, "/props/email", Some("props.email is wrong"));
        check(RefusedOutcome::Invalid, "header/Origin", Some("Origin is wrong"));
        check(RefusedOutcome::Invalid, "", None);
        check(RefusedOutcome::Filtered, "", None);
    }
}
