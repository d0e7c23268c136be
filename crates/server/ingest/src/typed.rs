//! Origins as people type them: with or without a scheme, a path or `www`.

use crate::origin::Origin;
use url::Host;

/// Second-level names under which domains of a country are registered, as in `example.co.uk`.
const REGISTRIES: [&str; 9] = ["ac", "co", "com", "edu", "gov", "ne", "net", "or", "org"];

impl Origin {
    /// Parses a typed origin: `www.example.com`, `example.com/pricing`, `HTTPS://Example.com/`. The default scheme is
    /// https, for this machine http; everything after host and port is ignored. A name of one word needs its scheme, as
    /// it may be anything else.
    pub fn typed(text: &str) -> Option<Origin> {
        let text = text.trim_matches(' ');
        let (scheme, rest) = match text.split_once("://") {
            Some((scheme, rest)) => (Some(scheme), rest),
            None => (None, text.strip_prefix("//").unwrap_or(text)),
        };
        let (host, behind) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
        // Not ignored: such a text is no typed address.
        if host.contains('@') || behind.contains(char::is_control) {
            return None;
        }
        if let Some(scheme) = scheme {
            return Origin::parse(&format!("{scheme}://{host}"));
        }
        let local = Origin::parse(&format!("http://{host}"))?;
        if local.is_loopback() {
            return Some(local);
        }
        let is_address = !matches!(local.host(), Some(Host::Domain(name)) if !name.contains('.'));
        Origin::parse(&format!("https://{host}")).filter(|_| is_address)
    }

    /// Returns the same site with `www` before its name, or without it; none for hosts without such a variant.
    pub fn twin(&self) -> Option<Origin> {
        let Some(Host::Domain(name)) = self.host() else { return None };
        let twin = match name.strip_prefix("www.") {
            Some(bare) if bare.contains('.') => bare.to_owned(),
            None if is_registered(name) && !self.is_loopback() => format!("www.{name}"),
            Some(_) | None => return None,
        };
        Origin::parse(&self.to_text().replacen(name, &twin, 1))
    }
}

/// Whether a name looks like a registered domain, without a subdomain.
fn is_registered(name: &str) -> bool {
    match *name.split('.').collect::<Vec<_>>().as_slice() {
        [_, _] => true,
        [_, registry, country] => country.len() == 2 && REGISTRIES.contains(&registry),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str) -> Option<String> {
        Origin::typed(text).map(|origin| origin.to_text())
    }

    #[test]
    fn an_address_as_it_is_typed_becomes_an_exact_origin() {
        let cases = [
            ("www.example.com", "https://www.example.com"),
            ("example.com/pricing", "https://example.com"),
            ("example.com/pricing?plan=team#faq", "https://example.com"),
            ("example.com?plan=team", "https://example.com"),
            ("HTTPS://Example.com/", "https://example.com"),
            ("  https://example.com  ", "https://example.com"),
            ("//example.com", "https://example.com"),
            ("https://example.com:443", "https://example.com"),
            ("http://example.com", "http://example.com"),
            ("HTTP://example.com:80/de", "http://example.com"),
            ("example.com:8443", "https://example.com:8443"),
            ("example.com:8443/shop", "https://example.com:8443"),
            ("b\u{fc}cher.example", "https://xn--bcher-kva.example"),
            ("https://intranet", "https://intranet"),
            ("localhost:3000", "http://localhost:3000"),
            ("LOCALHOST", "http://localhost"),
            ("shop.localhost:3000/cart", "http://shop.localhost:3000"),
            ("https://localhost:3000", "https://localhost:3000"),
            ("127.0.0.1:4000", "http://127.0.0.1:4000"),
            ("[::1]:4000", "http://[::1]:4000"),
            ("192.168.1.5:3000", "https://192.168.1.5:3000"),
            ("https://example.com/a?next=https://other.example", "https://example.com"),
        ];
        for (text, expected) in cases {
            assert_eq!(typed(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_names_no_host_or_more_than_one_is_not_guessed_at() {
        let cases = [
            "",
            " ",
            "/",
            "https://",
            "shop",
            "my shop",
            "a.example, b.example",
            "a.example b.example",
            "*.example.com",
            "https://*.example.com",
            "ftp://example.com",
            "file:///home",
            "mailto:ann@example.com",
            "ann@example.com",
            "https://ann@example.com",
            "javascript:alert(1)",
            "example.com\n",
            "exam\tple.com",
            "example.com/a\nb",
            "example.com:port",
            "next=https://example.com",
        ];
        for text in cases {
            assert_eq!(typed(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_twin_is_the_same_site_with_www_or_without() {
        let cases = [
            ("https://example.com", Some("https://www.example.com")),
            ("https://www.example.com", Some("https://example.com")),
            ("http://example.com:8080", Some("http://www.example.com:8080")),
            ("https://www.shop.example.com", Some("https://shop.example.com")),
            ("https://example.co.uk", Some("https://www.example.co.uk")),
            ("https://www.example.co.uk", Some("https://example.co.uk")),
            ("https://shop.example.com", None),
            ("https://shop.example.de", None),
            ("https://www.com", None),
            ("https://intranet", None),
            ("http://localhost:3000", None),
            ("http://shop.localhost", None),
            ("https://192.168.1.5", None),
            ("http://[::1]:4000", None),
        ];
        for (origin, expected) in cases {
            let twin = Origin::parse(origin).expect("an origin").twin();
            assert_eq!(twin.map(|twin| twin.to_text()).as_deref(), expected, "{origin}");
        }
    }
}
