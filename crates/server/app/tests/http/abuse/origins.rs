//! Origins that may send to a site, and those that may read the response.

use crate::support::{Knock, batch};
use serde_json::json;

fn site(knock: &Knock) -> String {
    let bearer = format!("Bearer {}", knock.admin_key());
    let origins = ["https://shop.example.com", "https://bücher.example", "http://dev.example.com:8080"];
    let draft = json!({"name": "Shop", "origins": origins}).to_string();
    let headers = [("content-type", "application/json"), ("authorization", bearer.as_str())];
    let made = knock.send("POST", "/api/v1/sites", &headers, Some(draft.as_bytes()));
    assert_eq!(made.code, 201, "{}", made.body);
    made.body["key"].as_str().expect("a key").to_owned()
}

#[test]
fn only_the_very_origins_of_a_site_may_send_to_it() {
    let knock = Knock::start();
    let site = site(&knock);
    let cases = [
        ("https://shop.example.com", 202),
        ("https://shop.example.com:443", 202),
        ("https://xn--bcher-kva.example", 202),
        ("http://dev.example.com:8080", 202),
        ("http://shop.example.com", 403),
        ("https://shop.example.com:8443", 403),
        ("http://dev.example.com", 403),
        ("https://evil-shop.example.com", 403),
        ("https://shop.example.com.evil.example", 403),
        ("https://evilshop.example.com", 403),
        ("https://a.shop.example.com", 403),
        ("https://example.com", 403),
        ("https://shop.example.com@evil.example", 403),
        ("https://user@shop.example.com", 403),
        ("https://bucher.example", 403),
        ("https://shop.example.com/", 202),
        ("https://shop.example.com/path", 403),
        ("null", 403),
        ("", 403),
        ("*", 403),
        ("file://", 403),
        ("http://127.0.0.1:4000", 403),
        ("http://localhost", 403),
    ];
    let body = batch(&site, 1, knock.now(), &[]).to_string();
    for (origin, code) in cases {
        let headers = [("content-type", "text/plain"), ("origin", origin)];
        let reply = knock.send("POST", "/v1/signals", &headers, Some(body.as_bytes()));
        assert_eq!(reply.code, code, "{origin} {}", reply.body);
        assert_eq!(reply.header("access-control-allow-credentials"), None, "{origin}");
        assert_ne!(reply.header("access-control-allow-origin"), Some("*"), "{origin}");
        let asked = [("origin", origin), ("access-control-request-method", "POST")];
        let allowed = knock.send("OPTIONS", "/v1/chat/x/messages", &asked, None);
        let is_listed = code == 202;
        let loopback = origin.starts_with("http://127.0.0.1") || origin == "http://localhost";
        let allowed = allowed.header("access-control-allow-origin").map(str::to_owned);
        assert_eq!(allowed.as_deref(), Some(origin).filter(|_| is_listed || loopback), "{origin}");
    }
}

#[test]
fn an_unknown_key_gets_the_same_answer_whatever_it_is() {
    let knock = Knock::start();
    let long = "k".repeat(10_000);
    let mut bodies: Vec<_> = ["", "unknown", "' OR 1=1", "\0", "\u{202e}", &long]
        .map(|key| {
            let body = batch(key, 1, 0, &[]).to_string();
            let headers = [("content-type", "text/plain"), ("origin", crate::support::ORIGIN)];
            let reply = knock.send("POST", "/v1/signals", &headers, Some(body.as_bytes()));
            assert_eq!(reply.code, 403, "{key:.20}");
            reply.body.to_string()
        })
        .into();
    bodies.dedup();
    assert_eq!(bodies.len(), 1, "{bodies:?}");
}
