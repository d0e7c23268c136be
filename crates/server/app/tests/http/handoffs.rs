//! Handoffs of visitors from one site of the workspace to another: permission, effect and lifetime of a token.

use crate::support::{Knock, ORIGIN, Reply, batch, id, identify, signal};
use serde_json::{Value, json};

const PLAIN: (&str, &str) = ("content-type", "text/plain");
const SHOP: &str = "https://shop.example";

/// The key of a new site at `SHOP`.
fn shop(knock: &Knock) -> String {
    let bearer = format!("Bearer {}", knock.admin_key());
    let headers = [("content-type", "application/json"), ("authorization", bearer.as_str())];
    let draft = json!({"name": "Shop", "origins": [SHOP]}).to_string();
    let made = knock.send("POST", "/api/v1/sites", &headers, Some(draft.as_bytes()));
    made.body["key"].as_str().expect("a key").to_owned()
}

fn post(knock: &Knock, path: &str, origin: &str, body: &Value) -> Reply {
    knock.send("POST", path, &[PLAIN, ("origin", origin)], Some(body.to_string().as_bytes()))
}

fn token(knock: &Knock, site: &str, visitor: &str) -> String {
    let started = post(knock, "/v1/handoffs", ORIGIN, &json!({"site": site, "visitor": visitor}));
    assert_eq!(started.code, 201, "{}", started.body);
    started.body["token"].as_str().expect("a token").to_owned()
}

#[test]
fn a_visitor_stays_the_same_on_the_other_site_and_a_token_is_redeemed_once() {
    let knock = Knock::start();
    let (site, shop, visitor) = (knock.site(), shop(&knock), id(knock.now(), 1));
    let started = post(&knock, "/v1/handoffs", ORIGIN, &json!({"site": site, "visitor": visitor}));
    assert_eq!((started.code, started.header("access-control-allow-origin")), (201, Some(ORIGIN)));
    let left = started.body["expires_at"].as_i64().expect("an instant") - knock.now();
    assert!((595_000..=600_000).contains(&left), "{left}");
    let arrival = json!({"site": shop, "token": started.body["token"]});
    let arrived = post(&knock, "/v1/handoffs/redeem", SHOP, &arrival);
    assert_eq!((arrived.code, &arrived.body), (200, &json!({"visitor": visitor})));
    assert_eq!(arrived.header("access-control-allow-origin"), Some(SHOP));
    let refused = |knock: &Knock, reason: &str| {
        let reply = post(knock, "/v1/handoffs/redeem", SHOP, &arrival);
        assert_eq!((reply.code, &reply.body["errors"][0]), (422, &json!({"pointer": "/token", "reason": reason})));
    };
    refused(&knock, "was redeemed before");
    let knock = knock.kill_and_restart();
    refused(&knock, "was redeemed before");
    knock.set_clock(&json!({"advance_ms": 600_000}));
    refused(&knock, "has expired");
}

#[test]
fn who_says_their_name_on_one_site_is_known_on_the_other() {
    let knock = Knock::start();
    let (site, shop, now) = (knock.site(), shop(&knock), knock.now());
    let admin = knock.admin_key();
    let viewed = |key: &str, origin: &str, n: u64| {
        let body = batch(key, 1, now, &[signal(now, n, "page_view", "/pricing")]);
        assert_eq!(post(&knock, "/v1/signals", origin, &body).code, 202);
    };
    viewed(&site, ORIGIN, 1);
    viewed(&shop, SHOP, 2);
    let said = post(&knock, "/v1/signals", SHOP, &batch(&shop, 1, now, &[identify(now, 3, "ann@acme.example")]));
    assert_eq!(said.code, 202);
    viewed(&site, ORIGIN, 4);
    let contacts = knock.get("/api/v1/contacts", &admin).body["contacts"].clone();
    assert_eq!((contacts.as_array().map(Vec::len), &contacts[0]["signals"]), (Some(1), &json!(4)));
    let rebuilt = knock.command(&["rebuild"]);
    assert!(String::from_utf8_lossy(&rebuilt.stdout).lines().all(|line| line.ends_with(" 0 changed")), "{rebuilt:?}");
}

#[test]
fn every_refusal_names_the_field() {
    let (knock, stranger) = (Knock::start(), Knock::start());
    let (site, shop, visitor) = (knock.site(), shop(&knock), id(knock.now(), 1));
    let good = token(&knock, &site, &visitor);
    let foreign = token(&stranger, &stranger.site(), &visitor);
    let forged = format!("{}{}", &good[..good.len() - 2], if good.ends_with("AA") { "BB" } else { "AA" });
    let (start, redeem) = ("/v1/handoffs", "/v1/handoffs/redeem");
    let evil = "https://evil.example";
    let cases = [
        (start, ORIGIN, json!({"site": "unknown", "visitor": visitor}), 403, "/site"),
        (start, evil, json!({"site": site, "visitor": visitor}), 403, "header/Origin"),
        (start, SHOP, json!({"site": site, "visitor": visitor}), 403, "header/Origin"),
        (start, "null", json!({"site": site, "visitor": visitor}), 403, "header/Origin"),
        (start, ORIGIN, json!({"site": site, "visitor": "me"}), 400, "/visitor"),
        (start, ORIGIN, json!({"site": site, "visitor": "9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d"}), 400, "/visitor"),
        (start, ORIGIN, json!({"site": site}), 400, "/visitor"),
        (start, ORIGIN, json!({"site": 1, "visitor": visitor}), 400, "/site"),
        (start, ORIGIN, json!([]), 400, ""),
        (redeem, SHOP, json!({"site": "unknown", "token": good}), 403, "/site"),
        (redeem, evil, json!({"site": shop, "token": good}), 403, "header/Origin"),
        (redeem, "http://127.0.0.1:4000", json!({"site": shop, "token": good}), 403, "header/Origin"),
        (redeem, SHOP, json!({"site": shop}), 400, "/token"),
        (redeem, SHOP, json!({"site": shop, "token": 7}), 400, "/token"),
        (redeem, SHOP, json!({"site": shop, "token": ""}), 422, "/token"),
        (redeem, SHOP, json!({"site": shop, "token": visitor}), 422, "/token"),
        (redeem, SHOP, json!({"site": shop, "token": forged}), 422, "/token"),
        (redeem, SHOP, json!({"site": shop, "token": foreign}), 422, "/token"),
    ];
    for (path, origin, body, code, pointer) in cases {
        let reply = post(&knock, path, origin, &body);
        let what = format!("{path} {origin} {body}: {}", reply.body);
        assert_eq!((reply.code, reply.header("content-type")), (code, Some("application/problem+json")), "{what}");
        assert_eq!(reply.body["errors"][0]["pointer"], pointer, "{what}");
    }
    let other_type = knock.send("POST", start, &[("content-type", "image/png"), ("origin", ORIGIN)], Some(b"{}"));
    assert_eq!((other_type.code, &other_type.body["errors"][0]["pointer"]), (415, &json!("header/Content-Type")));
}

#[test]
fn handoffs_are_limited_as_signals_are() {
    let env = [("KNOCK_INGEST_RATE_PER_IP", "1")];
    let knock = Knock::start_in(knock_store::Scratch::new(), &env);
    let body = json!({"site": knock.site(), "visitor": id(knock.now(), 1)});
    // The limit allows as many at once as a batch has signals.
    let refused = (0..600).map(|_| post(&knock, "/v1/handoffs", ORIGIN, &body)).find(|reply| reply.code != 201);
    let refused = refused.expect("a limit");
    assert_eq!(refused.code, 429);
    assert!(refused.header("retry-after").is_some());
}
