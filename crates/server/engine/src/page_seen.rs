//! A page that somebody saw, with the page that led to it, as attribution reads them.

use knock_routing::PageSeen;
use url::{Host, Url};

/// The page with its referrer; without one from another host of the same registrable domain: from `www.` to `app.` somebody goes
/// within one's own pages.
pub(crate) fn page_seen<'p>(url: &'p str, referrer: &'p str) -> PageSeen<'p> {
    let is_own = domain(referrer).is_some_and(|from| domain(url).is_some_and(|to| from == to));
    PageSeen { url, referrer: if is_own { "" } else { referrer } }
}

/// The registrable domain of an address; none for numbers and for names without one.
fn domain(address: &str) -> Option<String> {
    match Url::parse(address).ok()?.host()? {
        Host::Domain(host) => psl::domain_str(host).map(str::to_owned),
        Host::Ipv4(_) | Host::Ipv6(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::page_seen;

    #[test]
    fn hosts_of_one_registrable_domain_are_ones_own() {
        for (url, referrer, is_own) in [
            ("https://app.acme.example/start", "https://www.acme.example/", true),
            ("https://acme.example/", "https://docs.help.acme.example/a?b=1", true),
            ("https://shop.acme.co.uk/", "https://www.acme.co.uk/", true),
            ("https://acme.co.uk/", "https://rival.co.uk/", false),
            ("https://acme.github.io/", "https://rival.github.io/", false),
            ("https://acme.example/", "https://acme.example.org/", false),
            ("https://app.acme.example/", "https://www.g2.com/", false),
            ("http://127.0.0.1/", "http://127.0.0.2/", false),
            ("https://acme.example/", "", false),
            ("not an address", "nor this", false),
        ] {
            let expected = if is_own { "" } else { referrer };
            assert_eq!(page_seen(url, referrer).referrer, expected, "{url} {referrer}");
        }
    }
}
