//! Headers of responses for browsers, and headers that requests must have.

use crate::abuse::raw::Raw;
use crate::support::{Knock, batch, signal};
use serde_json::json;
use std::net::TcpStream;

#[test]
fn a_session_cookie_lasts_as_long_as_the_session() {
    let knock = Knock::start();
    let reply = knock.sign_in(&knock.token);
    let cookie = reply.header("set-cookie").expect("a cookie");
    assert!(cookie.contains(&format!("Max-Age={}", 30 * 86_400)), "{cookie}");
}

#[test]
fn answers_of_the_api_are_not_cached() {
    let knock = Knock::start();
    let key = knock.admin_key();
    let bearer = format!("Bearer {key}");
    for (path, headers) in [
        ("/api/v1/contacts", vec![("authorization", bearer.as_str())]),
        ("/api/v1/contacts", vec![]),
        ("/api/v1/sites", vec![("authorization", bearer.as_str())]),
        ("/v1/chat/x/messages", vec![]),
    ] {
        let reply = knock.send("GET", path, &headers, None);
        assert_eq!(reply.header("cache-control"), Some("no-store"), "{path}: {}", reply.body);
    }
    let page = batch(&knock.site(), 1, knock.now(), &[signal(knock.now(), 1, "page_view", "/")]);
    assert_eq!(knock.post_signals(&page).header("cache-control"), Some("no-store"));
    assert_ne!(knock.send("GET", "/k.js", &[], None).header("cache-control"), Some("no-store"));
}

#[test]
fn without_https_no_hsts_header_is_sent() {
    let knock = Knock::start();
    assert_eq!(knock.send("GET", "/app/", &[], None).header("strict-transport-security"), None);
}

#[test]
fn a_host_that_is_missing_or_given_twice_is_refused() {
    let knock = Knock::start();
    let code = |head: &str| {
        let mut raw = Raw::open(&knock);
        raw.say(head.as_bytes());
        let answer = raw.all();
        answer.split(' ').nth(1).and_then(|code| code.parse::<u16>().ok()).unwrap_or_else(|| panic!("{answer}"))
    };
    assert_eq!(code("GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"), 200);
    assert_eq!(code("GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n"), 400);
    assert_eq!(code("GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n"), 400);
    assert_eq!(code("GET /healthz HTTP/1.0\r\n\r\n"), 200, "old monitors leave it out");
}

#[test]
fn only_pages_of_the_sites_may_frame_the_hosted_page() {
    let knock = Knock::start();
    let draft = json!({"name": "Shop", "origins": ["https://shop.example"]});
    assert_eq!(knock.ask("POST", "/api/v1/sites", &knock.admin_key(), &draft).code, 201);
    let reply = knock.send("GET", "/l/chat", &[], None);
    let policy = reply.header("content-security-policy").expect("a policy");
    let ancestors = policy.split("frame-ancestors ").nth(1).expect("named");
    assert!(ancestors.starts_with("'self'") && ancestors.contains(" https://shop.example"), "{policy}");
    assert!(!ancestors.contains(" * ") && !ancestors.contains("https: "), "{policy}");
}

#[test]
fn the_page_of_a_link_may_be_framed_by_its_own_site_alone() {
    let knock = Knock::start();
    let key = knock.admin_key();
    let made = |name: &str, origin: &str| {
        let draft = json!({"name": name, "origins": [origin]});
        let made = knock.ask("POST", "/api/v1/sites", &key, &draft);
        assert_eq!(made.code, 201, "{}", made.body);
        made.text("key")
    };
    let (shop, other) = (made("Shop", "https://shop.example"), made("Other", "https://other.example"));
    let of_shop = json!({"slug": "shop", "name": "Shop", "funnel": "chat", "site": shop});
    assert_eq!(knock.ask("POST", "/api/v1/links", &key, &of_shop).code, 201);
    let ancestors = |path: &str| {
        let reply = knock.send("GET", path, &[], None);
        let policy = reply.header("content-security-policy").expect("a policy").to_owned();
        policy.split("frame-ancestors ").nth(1).expect("named").to_owned()
    };
    assert_eq!(ancestors("/l/shop"), "'self' https://shop.example");
    assert_eq!(ancestors(&format!("/l/Website?site={other}")), "'self' https://other.example");
    // A link of no site may stand on a page of any of them, the demo site's on this machine among them.
    let all = ancestors("/l/chat");
    for origin in ["https://shop.example", "https://other.example", "http://localhost:*"] {
        assert!(all.contains(origin), "{origin}: {all}");
    }
}

#[test]
fn the_frame_of_a_chat_is_for_pages_of_its_site_alone() {
    let knock = Knock::start();
    let draft = json!({"name": "Shop", "origins": ["https://shop.example", "https://www.shop.example"]});
    let made = knock.ask("POST", "/api/v1/sites", &knock.admin_key(), &draft);
    assert_eq!(made.code, 201, "{}", made.body);
    let reply = knock.send("GET", &format!("/frame/{}?lang=de", made.text("key")), &[], None);
    let policy = reply.header("content-security-policy").expect("a policy");
    assert!(policy.ends_with("frame-ancestors 'self' https://shop.example https://www.shop.example"), "{policy}");
    assert!(policy.contains("'wasm-unsafe-eval'") && !policy.contains("unsafe-inline"), "{policy}");
    assert_eq!(reply.header("cross-origin-resource-policy"), Some("cross-origin"), "for isolated pages");
    let page = reply.body.as_str().expect("a page");
    let pages = "data-pages=\" https://shop.example https://www.shop.example\"";
    assert!(page.contains("lang=\"de\"") && page.contains(pages), "{page}");
    assert!(page.contains("src=\"../t/") && !page.contains("=\"/"), "it may be below a path: {page}");
    assert!(!page.contains("__"), "{page}");
    assert_eq!(knock.send("GET", "/frame/none", &[], None).code, 404);
}

#[test]
fn the_preview_of_a_look_may_be_framed_by_the_dashboard_alone() {
    let knock = Knock::start();
    let policy = |path: &str| {
        let reply = knock.send("GET", path, &[], None);
        assert_eq!(reply.code, 200, "{path}");
        reply.header("content-security-policy").expect("a policy").to_owned()
    };
    let preview = policy("/app/preview");
    assert!(preview.contains("default-src 'self'") && !preview.contains("unsafe-inline"), "{preview}");
    assert!(preview.contains("frame-ancestors 'self'"), "{preview}");
    assert!(policy("/app/settings/look").contains("frame-ancestors 'none'"));
}

#[test]
fn the_demo_has_a_policy_and_repeats_no_host() {
    let knock = Knock::start();
    let evil = "evil.example";
    let reply = knock.send("GET", "/demo/", &[("host", evil)], None);
    assert_eq!(reply.code, 200);
    let page = reply.body.as_str().expect("a page");
    assert!(!page.contains(evil));
    assert!(page.contains("src=\"/k.js\"") && page.contains(&knock.site()), "the snippet is there");
    let policy = reply.header("content-security-policy").expect("a policy");
    assert!(policy.contains("default-src 'self'") && !policy.contains("unsafe-inline"), "{policy}");
}

#[test]
fn metrics_can_move_to_a_listener_of_their_own() {
    let knock = Knock::start();
    let site = knock.site();
    let public = knock.send("GET", "/metrics", &[], None).body;
    let public = public.as_str().expect("text");
    assert!(!public.contains(&site), "anybody can read them: no key of a site");
    assert!(public.contains("knock_signals_total{site=\"1\""), "{public}");

    let knock = Knock::start_with(&[("KNOCK_METRICS_LISTEN", "127.0.0.1:0")]);
    let site = knock.site();
    assert_eq!(knock.send("GET", "/metrics", &[], None).code, 404);
    let said = knock.said();
    let address = said.lines().find_map(|line| line.trim().strip_prefix("Metrics      http://")).expect("it is said");
    let ask = |path: &str| {
        let stream = TcpStream::connect(address.trim_end_matches("/metrics")).expect("it listens");
        let mut raw = Raw(stream);
        raw.say(format!("GET {path} HTTP/1.1\r\nhost: knock\r\nconnection: close\r\n\r\n").as_bytes());
        raw.all()
    };
    assert!(ask("/metrics").contains(&format!("site=\"{site}\"")), "{}", ask("/metrics"));
    assert!(ask("/api/v1/session").starts_with("HTTP/1.1 404"));
}
