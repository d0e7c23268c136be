//! The trusted addresses, as a table.

use super::*;
use axum::http::HeaderValue;

const PEER: &str = "10.0.0.1";

fn client(proxies: &str, header: ProxyHeader, headers: &[(&'static str, &str)]) -> String {
    let proxies = TrustedProxies::try_from(proxies.to_owned()).expect("good");
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        map.append(*name, HeaderValue::from_str(value).expect("a header"));
    }
    proxies.client(PEER.parse().expect("an address"), header, &map).to_string()
}

/// The setting, the headers that came, the address that counts.
type Case<'a> = (&'a str, &'a [(&'static str, &'a str)], &'a str);

#[test]
fn only_what_a_trusted_proxy_wrote_counts() {
    let cases: [Case<'_>; 16] = [
        ("", &[("x-forwarded-for", "1.2.3.4")], PEER),
        ("", &[("forwarded", "for=1.2.3.4")], PEER),
        ("10.0.0.1", &[], PEER),
        ("10.0.0.1", &[("x-forwarded-for", "1.2.3.4")], "1.2.3.4"),
        ("10.0.0.0/8, ::1", &[("x-forwarded-for", "1.2.3.4")], "1.2.3.4"),
        ("192.168.0.0/16", &[("x-forwarded-for", "1.2.3.4")], PEER),
        // The visitor wrote the first one.
        ("10.0.0.0/8", &[("x-forwarded-for", "9.9.9.9, 1.2.3.4")], "1.2.3.4"),
        ("10.0.0.0/8", &[("x-forwarded-for", "1.2.3.4, 10.9.9.9")], "1.2.3.4"),
        ("10.0.0.0/8", &[("x-forwarded-for", "9.9.9.9"), ("x-forwarded-for", "1.2.3.4")], "1.2.3.4"),
        ("1", &[("x-forwarded-for", "9.9.9.9, 1.2.3.4")], "1.2.3.4"),
        ("2", &[("x-forwarded-for", "9.9.9.9, 1.2.3.4, 5.6.7.8")], "1.2.3.4"),
        ("3", &[("x-forwarded-for", "1.2.3.4")], "1.2.3.4"),
        // What a visitor wrote into a header that the proxy does not write.
        ("1", &[("forwarded", "for=9.9.9.9"), ("x-forwarded-for", "1.2.3.4")], "1.2.3.4"),
        ("1", &[("forwarded", "for=9.9.9.9")], PEER),
        ("10.0.0.1", &[("x-forwarded-for", "not an address")], PEER),
        ("10.0.0.1", &[("x-forwarded-for", "::ffff:1.2.3.4")], "1.2.3.4"),
    ];
    for (proxies, headers, expected) in cases {
        assert_eq!(client(proxies, ProxyHeader::XForwardedFor, headers), expected, "{proxies} {headers:?}");
    }
}

#[test]
fn a_proxy_may_write_the_standard_header() {
    let cases: [Case<'_>; 5] = [
        ("1", &[("forwarded", "for=9.9.9.9, For=\"[2001:db8::1]:4711\";proto=https")], "2001:db8::1"),
        ("1", &[("forwarded", "for=1.2.3.4:99"), ("x-forwarded-for", "9.9.9.9")], "1.2.3.4"),
        ("1", &[("forwarded", "for=unknown"), ("x-forwarded-for", "9.9.9.9")], PEER),
        ("1", &[("x-forwarded-for", "9.9.9.9")], PEER),
        ("", &[("forwarded", "for=1.2.3.4")], PEER),
    ];
    for (proxies, headers, expected) in cases {
        assert_eq!(client(proxies, ProxyHeader::Forwarded, headers), expected, "{proxies} {headers:?}");
    }
}

#[test]
fn the_setting_is_read_and_written_back() {
    let cases = [("", ""), ("0", ""), ("2", "2"), ("::1,10.0.0.0/8", "::1/128, 10.0.0.0/8")];
    for (text, expected) in cases {
        let read = TrustedProxies::try_from(text.to_owned()).expect(text);
        assert_eq!(String::from(read), expected, "{text}");
    }
    for text in ["10.0.0.0/33", "proxy.example", "-1"] {
        assert!(TrustedProxies::try_from(text.to_owned()).is_err(), "{text}");
    }
}

#[test]
fn a_network_of_64_bits_is_one_neighbour() {
    let cases =
        [("192.0.2.7", "192.0.2.7"), ("::ffff:192.0.2.7", "192.0.2.7"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::")];
    for (address, expected) in cases {
        assert_eq!(neighbourhood(address.parse().expect("an address")).to_string(), expected);
    }
}
