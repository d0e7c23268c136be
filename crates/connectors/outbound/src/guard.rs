//! Addresses that outgoing requests may reach: those of the public internet, and those that the operator allows.

use ipnet::IpNet;
use std::net::{IpAddr, SocketAddr};
use url::{Host, Url};

/// Networks that are not the public internet: IANA's registries of special-purpose addresses, and multicast.
const SPECIAL: [&str; 29] = [
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.88.99.0/24",
    "192.168.0.0/16",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/4",
    "240.0.0.0/4",
    // Unspecified, loopback, and the old form of IPv4 addresses.
    "::/96",
    // Addresses that lead to IPv4 ones: translated (RFC 2765, 6052, 8215), tunnelled (Teredo, 6to4).
    "::ffff:0:0:0/96",
    "64:ff9b::/96",
    "64:ff9b:1::/48",
    "100::/64",
    "2001::/23",
    "2001:db8::/32",
    "2002::/16",
    "3fff::/20",
    "5f00::/16",
    "fc00::/7",
    "fe80::/10",
    "fec0::/10",
    "ff00::/8",
];

/// Ports from here on belong to no well-known service (RFC 6335).
const FIRST_FREE_PORT: u16 = 1_024;
/// Those of the web below.
const WEB_PORTS: [u16; 2] = [80, 443];

const OTHER_SERVICE: &str = "names a port below 1024 other than 80 and 443, where another service may listen";
const OTHER_PORT: &str = "names another port of a host of which one port is allowed";

/// Judges addresses.
#[derive(Clone, Debug)]
pub struct Guard {
    special: Vec<IpNet>,
    allowed: Vec<IpNet>,
    /// Places that may be asked wherever they are.
    places: Vec<Place>,
}

/// A host and a port.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Place {
    host: Host<String>,
    port: u16,
}

impl Place {
    fn of(url: &Url) -> Option<Place> {
        Some(Place { host: url.host()?.to_owned(), port: url.port_or_known_default()? })
    }
}

impl Guard {
    /// One that lets these networks be asked too.
    pub fn new(allowed: Vec<IpNet>) -> Guard {
        let special = SPECIAL.iter().filter_map(|network| network.parse().ok()).collect();
        Guard { special, allowed, places: Vec::new() }
    }

    /// One that lets the host and port of an address be asked too, in whatever network they are: the operator has named
    /// them. Other ports of that host may not be asked then, unless the host is an address of the public internet.
    #[must_use]
    pub fn with_place(mut self, url: &Url) -> Guard {
        self.places.extend(Place::of(url));
        self
    }

    /// Whether the operator has named this host and port.
    fn has_place(&self, url: &Url) -> bool {
        Place::of(url).is_some_and(|place| self.places.contains(&place))
    }

    /// Whether a name is that of a host that the operator has named: its port was judged with the URL.
    pub(crate) fn has_host(&self, name: &str) -> bool {
        self.places.iter().any(|place| matches!(&place.host, Host::Domain(host) if host.eq_ignore_ascii_case(name)))
    }

    /// Whether an address may be asked.
    pub fn allows(&self, address: IpAddr) -> bool {
        self.is_own(address) || !is_in(&self.special, address)
    }

    /// Whether the address of a URL is in a network that the operator has named.
    pub fn has_named(&self, url: &Url) -> bool {
        match url.host() {
            Some(Host::Ipv4(address)) => self.is_own(IpAddr::V4(address)),
            Some(Host::Ipv6(address)) => self.is_own(IpAddr::V6(address)),
            Some(Host::Domain(_)) | None => false,
        }
    }

    /// Whether the operator has named its network.
    pub fn is_own(&self, address: IpAddr) -> bool {
        is_in(&self.allowed, address)
    }

    /// Those of the answers of a name server that may be asked.
    pub(crate) fn allowed(&self, found: impl Iterator<Item = SocketAddr>) -> Vec<SocketAddr> {
        found.filter(|address| self.allows(address.ip())).collect()
    }

    /// The reason for which a URL is not permitted, as far as the URL shows it: a name may still resolve to any
    /// address.
    ///
    /// # Errors
    /// The reason, for the author of the URL.
    pub fn check(&self, url: &Url) -> Result<(), &'static str> {
        if !matches!(url.scheme(), "https" | "http") {
            return Err("is not an address such as https://example.com/hook");
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err("has a user name or a password, which would stand in logs");
        }
        if self.has_place(url) {
            return Ok(());
        }
        let is_web =
            url.port_or_known_default().is_some_and(|port| port >= FIRST_FREE_PORT || WEB_PORTS.contains(&port));
        // Numbers in any spelling are addresses by now: `0x7f.1` is 127.0.0.1.
        let address = match url.host() {
            Some(Host::Ipv4(address)) => IpAddr::V4(address),
            Some(Host::Ipv6(address)) => IpAddr::V6(address),
            // Where it leads is not known yet.
            Some(Host::Domain(name)) if self.has_host(name) => return Err(OTHER_PORT),
            Some(Host::Domain(_)) => return if is_web { Ok(()) } else { Err(OTHER_SERVICE) },
            None => return Err("has no host"),
        };
        if !self.allows(address) {
            return Err("leads into a private network, see `outbound.private_networks`");
        }
        // In a network of their own operators know what answers where.
        if is_web || self.is_own(address) { Ok(()) } else { Err(OTHER_SERVICE) }
    }
}

fn is_in(networks: &[IpNet], address: IpAddr) -> bool {
    // `::ffff:127.0.0.1` is 127.0.0.1.
    let address = address.to_canonical();
    networks.iter().any(|network| network.contains(&address))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(guard: &Guard, url: &str, expected: bool) {
        let url = Url::parse(url).expect("a URL");
        assert_eq!(guard.check(&url).is_ok(), expected, "{url}");
    }

    #[test]
    fn every_network_can_be_read() {
        assert_eq!(Guard::new(Vec::new()).special.len(), SPECIAL.len());
    }

    #[test]
    fn addresses_of_the_house_are_refused_in_every_spelling() {
        let guard = Guard::new(Vec::new());
        for host in [
            "127.0.0.1",
            "127.1",
            "0x7f.0.0.1",
            "017700000001",
            "2130706433",
            "0.0.0.0",
            "10.1.2.3",
            "172.31.255.255",
            "192.168.0.1",
            "169.254.169.254",
            "100.64.0.1",
            "192.0.0.192",
            "224.0.0.1",
            "255.255.255.255",
            "[::1]",
            "[::]",
            "[::127.0.0.1]",
            "[::ffff:127.0.0.1]",
            "[::ffff:a9fe:a9fe]",
            "[fd00:ec2::254]",
            "[fe80::1]",
            "[64:ff9b::7f00:1]",
            "[64:ff9b::a00:1]",
            "[64:ff9b:1::7f00:1]",
            "[64:ff9b:1:ffff::a00:1]",
            "[::ffff:0:127.0.0.1]",
            "[::ffff:0:a00:1]",
            "[2002:7f00:1::]",
            "[2002:a00:1::1]",
            "[2001:0:4136:e378:8000:63bf:3fff:fdd2]",
            "[ff02::1]",
        ] {
            check(&guard, &format!("https://{host}/hook"), false);
        }
    }

    #[test]
    fn public_addresses_and_names_may_be_asked() {
        let guard = Guard::new(Vec::new());
        for host in ["example.com", "8.8.8.8", "172.32.0.1", "100.128.0.1", "[2606:4700::1111]", "localhost.example"] {
            check(&guard, &format!("https://{host}/hook"), true);
        }
    }

    #[test]
    fn an_allowed_network_may_be_asked_and_no_other() {
        let guard = Guard::new(vec!["10.1.0.0/16".parse().expect("a network")]);
        check(&guard, "http://10.1.2.3/", true);
        check(&guard, "http://[::ffff:10.1.2.3]/", true);
        check(&guard, "http://10.2.2.3/", false);
        let named = |url| guard.has_named(&Url::parse(url).expect("a URL"));
        assert!(named("http://10.1.2.3/") && named("http://[::ffff:10.1.2.3]/"));
        assert!(!named("http://10.2.2.3/") && !named("http://8.8.8.8/") && !named("http://localhost/"));
    }

    #[test]
    fn a_port_of_another_service_is_refused() {
        let guard = Guard::new(vec!["10.1.0.0/16".parse().expect("a network")]);
        for port in [0, 1, 22, 25, 79, 81, 442, 444, 587, 1023] {
            check(&guard, &format!("https://example.com:{port}/"), false);
            check(&guard, &format!("http://8.8.8.8:{port}/"), false);
        }
        for port in [80, 443, 1024, 8443, 65_535] {
            check(&guard, &format!("https://example.com:{port}/"), true);
        }
        check(&guard, "http://10.1.2.3:81/", true);
        check(&guard, "http://10.2.2.3:81/", false);
    }

    #[test]
    fn a_named_place_may_be_asked_and_no_other_port_of_its_host() {
        let place = |url: &str| Guard::new(Vec::new()).with_place(&Url::parse(url).expect("a URL"));
        let guard = place("http://127.0.0.1:8081/api/");
        check(&guard, "http://127.0.0.1:8081/elsewhere", true);
        check(&guard, "http://0x7f.1:8081/", true);
        for url in ["http://127.0.0.1:8082/", "http://127.0.0.1/", "http://127.0.0.2:8081/", "http://[::1]:8081/"] {
            check(&guard, url, false);
        }
        let guard = place("https://slack.internal/api/");
        assert!(guard.has_host("slack.internal") && guard.has_host("SLACK.internal") && !guard.has_host("internal"));
        check(&guard, "https://slack.internal/", true);
        check(&guard, "http://slack.internal/", false);
        check(&guard, "https://slack.internal:8443/", false);
        check(&guard, "https://other.internal:8443/", true);
    }

    #[test]
    fn what_is_no_web_address_is_refused() {
        let guard = Guard::new(Vec::new());
        for url in
            ["file:///etc/passwd", "gopher://example.com/", "ftp://example.com/", "https://me:secret@example.com/"]
        {
            check(&guard, url, false);
        }
    }
}
