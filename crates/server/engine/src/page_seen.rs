//! A page that somebody saw, with the page that led to it, as attribution reads them.

use knock_ports::{StoreError, View};
use knock_routing::PageSeen;
use url::{Host, Url};

/// The registrable domains of the workspace's own pages.
#[derive(Debug, Default)]
pub(crate) struct OwnDomains(Vec<String>);

impl OwnDomains {
    /// Those of the origins of all sites in use.
    pub(crate) fn load(view: &(impl View + ?Sized)) -> Result<OwnDomains, StoreError> {
        let sites = view.sites()?.into_iter().filter(|site| site.removed_at.is_none());
        Ok(OwnDomains(sites.flat_map(|site| site.origins).filter_map(|origin| domain(&origin)).collect()))
    }

    /// The page with its referrer; without one from another host of the same registrable domain, or of another site: from
    /// `www.` to `app.`, or from `acme.com` to `acme.de`, a visit is internal.
    pub(crate) fn page_seen<'p>(&self, url: &'p str, referrer: &'p str) -> PageSeen<'p> {
        let to = domain(url);
        let is_own = domain(referrer).is_some_and(|from| to.as_ref() == Some(&from) || self.0.contains(&from));
        PageSeen { url, referrer: if is_own { "" } else { referrer } }
    }
}

/// The registrable domain of an address; none for numbers and for names without one.
fn domain(address: &str) -> Option<String> {
    match Url::parse(address).ok()?.host()? {
        Host::Domain(host) => psl::domain_str(host.trim_end_matches('.')).map(str::to_owned),
        Host::Ipv4(_) | Host::Ipv6(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::OwnDomains;

    #[test]
    fn hosts_of_ones_domains_are_ones_own() {
        let own = OwnDomains(vec!["acme.de".to_owned(), "acme-shop.example".to_owned()]);
        for (url, referrer, is_own) in [
            ("https://app.acme.example/start", "https://www.acme.example/", true),
            ("https://acme.example/", "https://docs.help.acme.example/a?b=1", true),
            ("https://shop.acme.co.uk/", "https://www.acme.co.uk/", true),
            ("https://acme.example/", "https://www.acme.de/preise", true),
            ("https://acme.example/", "https://pay.acme-shop.example/", true),
            ("https://acme.example:8443/", "http://www.acme.example/", true),
            ("https://ACME.example/", "https://www.acme.example./", true),
            ("https://müller.example/", "https://www.xn--mller-kva.example/", true),
            ("https://acme.co.uk/", "https://rival.co.uk/", false),
            ("https://acme.github.io/", "https://rival.github.io/", false),
            ("https://acme.myshopify.com/", "https://rival.myshopify.com/", false),
            ("https://acme.example/", "https://acme.example.org/", false),
            ("https://acme.example/", "https://notacme.de/", false),
            ("https://acme.example/", "https://acme.de.rival.example/", false),
            ("https://app.acme.example/", "https://www.g2.com/", false),
            ("https://acme.example/", "android-app://com.google.android.gm/", false),
            ("http://127.0.0.1/", "http://127.0.0.2/", false),
            ("https://acme.example/", "", false),
            ("not an address", "nor this", false),
        ] {
            let expected = if is_own { "" } else { referrer };
            assert_eq!(own.page_seen(url, referrer).referrer, expected, "{url} {referrer}");
        }
    }
}
