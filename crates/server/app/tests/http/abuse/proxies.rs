//! The rate limit by address behind a proxy.

use crate::support::{Knock, ORIGIN, batch, signal};

/// Posts a batch of 400 signals with these headers of a proxy; the status code.
fn post(knock: &Knock, site: &str, n: u64, notes: &[(&str, &str)]) -> u16 {
    let now = knock.now();
    let many: Vec<_> = (0..400).map(|one| signal(now, n * 1_000 + one, "page_view", "/")).collect();
    let body = batch(site, n, now, &many).to_string();
    let mut headers = vec![("content-type", "application/json"), ("origin", ORIGIN)];
    headers.extend_from_slice(notes);
    knock.send("POST", "/v1/signals", &headers, Some(body.as_bytes())).code
}

#[test]
fn behind_a_trusted_proxy_each_visitor_has_a_rate_of_their_own() {
    let knock = Knock::start_with(&[("KNOCK_INGEST_RATE_PER_IP", "10"), ("KNOCK_HTTP_TRUSTED_PROXIES", "127.0.0.0/8")]);
    let site = knock.site();
    let cases = [
        ("x-forwarded-for", "1.2.3.4", 202),
        ("x-forwarded-for", "1.2.3.5", 202),
        ("x-forwarded-for", "1.2.3.4", 429),
        // An address that the visitor wrote before it is ignored.
        ("x-forwarded-for", "9.9.9.9, 1.2.3.5", 429),
    ];
    for (n, (name, value, code)) in (1..).zip(cases) {
        assert_eq!(post(&knock, &site, n, &[(name, value)]), code, "{name}: {value}");
    }
}

#[test]
fn headers_of_untrusted_peers_are_ignored() {
    let knock = Knock::start_with(&[("KNOCK_INGEST_RATE_PER_IP", "10"), ("KNOCK_HTTP_TRUSTED_PROXIES", "10.0.0.0/8")]);
    let site = knock.site();
    assert_eq!(post(&knock, &site, 1, &[("x-forwarded-for", "1.2.3.4")]), 202);
    assert_eq!(post(&knock, &site, 2, &[("x-forwarded-for", "1.2.3.5")]), 429);
}

#[test]
fn a_visitor_chooses_no_address_by_a_header_that_the_proxy_does_not_write() {
    let settings = [("KNOCK_INGEST_RATE_PER_IP", "10"), ("KNOCK_HTTP_TRUSTED_PROXIES", "127.0.0.0/8")];
    let knock = Knock::start_with(&settings);
    let site = knock.site();
    let by_proxy = ("x-forwarded-for", "1.2.3.4");
    assert_eq!(post(&knock, &site, 1, &[by_proxy, ("forwarded", "for=5.6.7.8")]), 202);
    assert_eq!(post(&knock, &site, 2, &[by_proxy, ("forwarded", "for=9.9.9.9")]), 429);
}

#[test]
fn a_proxy_that_writes_the_standard_header_is_named() {
    let settings = [
        ("KNOCK_INGEST_RATE_PER_IP", "10"),
        ("KNOCK_HTTP_TRUSTED_PROXIES", "127.0.0.0/8"),
        ("KNOCK_HTTP_PROXY_HEADER", "forwarded"),
    ];
    let knock = Knock::start_with(&settings);
    let site = knock.site();
    let cases = [("for=\"[2001:db8:1:2:3::4]\";proto=https", 202), ("for=\"[2001:db8:1:2:5::6]:99\"", 429)];
    for (n, (value, code)) in (1..).zip(cases) {
        assert_eq!(post(&knock, &site, n, &[("forwarded", value)]), code, "{value}");
    }
}
