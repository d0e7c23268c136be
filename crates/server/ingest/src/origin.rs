//! The origin of a request.

use url::{Host, Url};

/// A web origin in the form of browsers: scheme, host, and the port unless it is the default.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin(Url);

impl Origin {
    /// Parses an origin: http or https, one host without wildcards, no path, no control characters.
    pub fn parse(text: &str) -> Option<Origin> {
        // URL parsers silently drop line breaks, tabs and surrounding spaces.
        if text.chars().any(char::is_control) {
            return None;
        }
        let url = Url::parse(text).ok().filter(is_one_host)?;
        let is_web = matches!(url.scheme(), "http" | "https") && url.has_host();
        let is_bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
        let is_anonymous = url.username().is_empty() && url.password().is_none();
        (is_web && is_bare && is_anonymous).then_some(Origin(url))
    }

    /// Returns the form for storage and comparison.
    pub fn to_text(&self) -> String {
        self.0.origin().ascii_serialization()
    }

    pub(crate) fn host(&self) -> Option<Host<&str>> {
        self.0.host()
    }

    /// Whether the host is this machine.
    pub fn is_loopback(&self) -> bool {
        is_loopback(&self.0)
    }
}

fn is_one_host(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte)),
        Some(Host::Ipv4(_) | Host::Ipv6(_)) => true,
        None => false,
    }
}

/// Whether the host of an address is this machine.
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_names_one_host_and_nothing_else() {
        for (text, expected) in [
            ("https://Shop.example:443", "https://shop.example"),
            ("http://127.0.0.1:4000", "http://127.0.0.1:4000"),
            ("https://[::1]:8443/", "https://[::1]:8443"),
            ("https://b\u{fc}cher.example", "https://xn--bcher-kva.example"),
            ("https://my_shop.example", "https://my_shop.example"),
        ] {
            assert_eq!(Origin::parse(text).map(|origin| origin.to_text()).as_deref(), Some(expected), "{text}");
        }
        for text in [
            "https://*.example",
            "https://*",
            "https://shop.*.example",
            "https://sh\top.example",
            "https://shop.example\n",
            "\u{0}https://shop.example",
            "https://shop\r\n.example",
            "https://shop.example\u{7f}",
            "https://shop.example/de",
            "https://me@shop.example",
            "ftp://shop.example",
            "*",
        ] {
            assert!(Origin::parse(text).is_none(), "{text:?}");
        }
    }
}
