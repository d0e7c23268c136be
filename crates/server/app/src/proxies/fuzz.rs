//! Any setting and any headers: the address that counts is one that a trusted proxy wrote, or the connection's own.

use super::*;
use axum::http::HeaderValue;

/// A value that a visitor may send before all that proxies add.
const FORGED: &str = "203.0.113.77";

/// The setting on the first line, a header on each further one.
#[test]
fn proxies() {
    knock_fuzz::target("proxies", |bytes| {
        let mut lines = bytes.split(|byte| *byte == b'\n');
        let setting = lines.next().and_then(|line| String::from_utf8(line.to_vec()).ok());
        let Some(Ok(proxies)) = setting.map(TrustedProxies::try_from) else { return };
        assert_eq!(TrustedProxies::try_from(String::from(proxies.clone())).as_ref(), Ok(&proxies));
        let headers: Vec<_> = lines.filter_map(header).collect();
        for peer in ["10.0.0.1", "::ffff:10.0.0.1", "2001:db8::1"] {
            check(&proxies, peer.parse().expect("an address"), &headers);
        }
    });
}

fn header(line: &[u8]) -> Option<(HeaderName, HeaderValue)> {
    let place = line.iter().position(|byte| *byte == b':')?;
    let name = HeaderName::from_bytes(&line[..place]).ok()?;
    Some((name, HeaderValue::from_bytes(line[place + 1..].trim_ascii()).ok()?))
}

fn check(proxies: &TrustedProxies, peer: IpAddr, headers: &[(HeaderName, HeaderValue)]) {
    for header in [ProxyHeader::XForwardedFor, ProxyHeader::Forwarded] {
        check_header(proxies, peer, header, headers);
    }
}

fn map(headers: &[(HeaderName, HeaderValue)]) -> HeaderMap {
    let mut map = HeaderMap::new();
    headers.iter().for_each(|(name, value)| {
        map.append(name, value.clone());
    });
    map
}

fn check_header(proxies: &TrustedProxies, peer: IpAddr, header: ProxyHeader, headers: &[(HeaderName, HeaderValue)]) {
    let client = proxies.client(peer, header, &map(headers));
    // One address has one spelling: limits count by it.
    assert_eq!(client, client.to_canonical());
    assert_eq!(neighbourhood(neighbourhood(client)), neighbourhood(client));
    let is_own = client == peer.to_canonical();
    assert!(is_own || proxies.trusts(peer), "{client}");
    // Addresses before an untrusted one are ignored.
    if matches!(proxies, TrustedProxies::Networks(_)) && !proxies.trusts(client) {
        let forged = [
            (axum::http::header::FORWARDED, HeaderValue::from_str(&format!("for={FORGED}")).expect("a header")),
            (FORWARDED_FOR, HeaderValue::from_static(FORGED)),
        ];
        // Of the header that is read only in front of what is there; of the other one always.
        let forged = forged.into_iter().filter(|(name, _)| {
            let is_read = (*name == FORWARDED_FOR) == (header == ProxyHeader::XForwardedFor);
            !is_read || headers.iter().any(|(known, _)| known == name)
        });
        let longer: Vec<_> = forged.chain(headers.iter().cloned()).collect();
        assert_eq!(proxies.client(peer, header, &map(&longer)), client);
    }
}
