//! Byte limits by address, site and workspace.

use crate::chat::open_as;
use crate::support::{Knock, ORIGIN, batch, signal};
use knock_store::Scratch;
use knock_testing::{eventually, stopwatch};
use serde_json::{Value, json};

/// A batch of this number of signals with properties of 4,000 bytes.
fn fat(knock: &Knock, site: &str, number: u64, signals: u64) -> Value {
    let now = knock.now();
    let signal = |n| {
        let mut signal = signal(now, 1_000 * number + n, "track", "/");
        signal["props"] = json!({"text": "x".repeat(3_900)});
        signal
    };
    batch(site, number, now, &(0..signals).map(signal).collect::<Vec<_>>())
}

fn post_from(knock: &Knock, address: &str, body: &Value, more: &[(&str, &str)]) -> knock_testing::Reply {
    let mut headers = vec![("content-type", "application/json"), ("origin", ORIGIN), ("x-forwarded-for", address)];
    headers.extend_from_slice(more);
    knock.send("POST", "/v1/signals", &headers, Some(body.to_string().as_bytes()))
}

#[test]
fn one_address_stores_5_mb_at_once_and_then_waits_while_others_go_on() {
    let knock = Knock::start_with(&[("KNOCK_HTTP_TRUSTED_PROXIES", "127.0.0.0/8")]);
    let site = knock.site();
    let (flood, other) = ("203.0.113.9", "198.51.100.7");
    let (mut taken, begun) = (0, stopwatch());
    let refused = (1..100).find_map(|number| {
        let body = fat(&knock, &site, number, 50);
        let reply = post_from(&knock, flood, &body, &[]);
        taken += if reply.code == 202 { body.to_string().len() } else { 0 };
        (reply.code != 202).then_some(reply)
    });
    let refused = refused.expect("sooner or later");
    assert_eq!(refused.code, 429, "{}", refused.body);
    assert_eq!(refused.text("detail"), "more bytes than this address may send");
    assert!(refused.header("retry-after").is_some());
    // The default limit of 400,000 bytes a second goes on meanwhile.
    let most = 6_000_000 + 400_000 * usize::try_from(begun.elapsed().as_secs()).expect("seconds");
    assert!((1_000_000..most).contains(&taken), "{taken}");
    let counted = "knock_signals_total{site=\"1\",outcome=\"rate_limited\",reason=\"address_bytes\"}";
    assert_eq!(knock.metric(counted), 50.0);
    let page = batch(&site, 500, knock.now(), &[signal(knock.now(), 900_000, "page_view", "/")]);
    assert_eq!(post_from(&knock, other, &page, &[]).code, 202, "a visitor elsewhere notices nothing");
    let key = format!("Bearer {}", knock.key("ingest"));
    let own = post_from(&knock, flood, &fat(&knock, &site, 600, 50), &[("authorization", &key)]);
    assert_eq!(own.code, 202, "a server of the customer's speaks for all of its visitors: {}", own.body);
}

#[test]
fn a_site_has_a_limit_of_its_own_over_all_clients() {
    let settings = [("KNOCK_INGEST_BYTES_PER_IP", "0"), ("KNOCK_INGEST_BYTES_PER_SITE", "1000")];
    let knock = Knock::start_with(&settings);
    let site = knock.site();
    let reply =
        (1..100).map(|number| knock.post_signals(&fat(&knock, &site, number, 50))).find(|reply| reply.code != 202);
    let reply = reply.expect("sooner or later");
    assert_eq!((reply.code, reply.text("detail").as_str()), (429, "more bytes than this site may send"));
}

#[test]
fn messages_of_one_address_have_a_limit_in_however_many_chats() {
    let knock = Knock::start_with(&[("KNOCK_CHAT_MESSAGES_PER_IP", "1")]);
    let site = knock.site();
    let chats: Vec<_> = (1..=10).map(|visitor| open_as(&knock, &site, visitor)).collect();
    let codes: Vec<_> = (0..30).map(|n| chats[n % 10].write(&knock, n as u64, "hello").code).collect();
    assert_eq!(codes[0], 201);
    assert!(codes.contains(&429), "{codes:?}");
}

#[test]
fn what_is_longer_than_useful_is_cut_and_said_so() {
    let knock = Knock::start();
    let (site, now, key) = (knock.site(), knock.now(), knock.admin_key());
    let mut long = signal(now, 1, "track", "/");
    long["title"] = json!("t".repeat(500));
    long["props"] = json!({"plan": "gold", "note": "x".repeat(9_000)});
    let reply = knock.post_signals(&batch(&site, 1, now, &[long, signal(now, 2, "page_view", "/")]));
    assert_eq!((reply.code, &reply.body["accepted"], &reply.body["cut"]), (202, &json!(2), &json!(1)));
    assert_eq!(knock.metric("knock_signals_cut_total"), 1.0);
    let timeline = knock.get("/api/v1/timeline", &key).body;
    let entries = timeline["entries"].as_array().expect("a list");
    let of = |kind: &str| entries.iter().find(|entry| entry["type"] == kind).expect("it is there");
    assert_eq!(of("track")["cut"], json!(["title", "props"]));
    assert_eq!(of("track")["title"].as_str().map(str::len), Some(300));
    assert_eq!(of("page_view").get("cut"), None);
}

#[test]
fn a_full_database_refuses_signals_and_keeps_chats() {
    // About the size of empty tables.
    let knock = Knock::start_with(&[("KNOCK_MAX_DATABASE_MB", "1")]);
    let site = knock.site();
    let mut number = 100;
    eventually("the database is full", || {
        number += 1;
        knock.post_signals(&fat(&knock, &site, number, 5)).code == 503
    });
    assert_eq!(knock.metric("knock_database_limit_bytes"), 1024.0 * 1024.0);
    let page = batch(&site, 1, knock.now(), &[signal(knock.now(), 1, "page_view", "/")]);
    let refused = knock.post_signals(&page);
    assert_eq!((refused.code, refused.text("detail").as_str()), (503, "The storage is full"));
    assert_eq!(refused.header("retry-after"), Some("30"));
    assert_eq!(readiness(&knock), "degraded: the storage is full, signals are refused");
    let chat = open_as(&knock, &site, 7);
    assert_eq!(chat.write(&knock, 1, "We need help").code, 201, "people are heard");
}

#[test]
fn a_database_that_fills_up_is_reported_before_it_is_full() {
    let settings = [
        ("KNOCK_MAX_DATABASE_MB", "16"),
        ("KNOCK_INGEST_BYTES_PER_IP", "0"),
        ("KNOCK_INGEST_BYTES_PER_SITE", "0"),
        ("KNOCK_INGEST_RATE_PER_IP", "0"),
    ];
    // PostgreSQL's size is looked up once a minute.
    let knock = Knock::start_in(Scratch::sqlite(), &settings);
    let site = knock.site();
    let mut number = 0;
    let mut send = || {
        number += 1;
        knock.post_signals(&fat(&knock, &site, number, 40));
    };
    let part = |name: &str| knock.metric(&format!("knock_database_bytes{{part=\"{name}\"}}"));
    eventually("the storage is nearly full", || {
        // The level is measured once a second: no more is sent than fits below the limit.
        if part("data") + part("log") < 0.85 * f64::from(16 << 20) {
            send();
        }
        readiness(&knock) == "degraded: the storage is nearly full"
    });
    assert!(knock.said().contains("the storage is nearly full: make room"), "{}", knock.said());
    eventually("the storage is full", || {
        send();
        readiness(&knock) == "degraded: the storage is full, signals are refused"
    });
    assert_eq!(knock.post_signals(&fat(&knock, &site, 100_000, 1)).code, 503);
}

fn readiness(knock: &Knock) -> String {
    knock.send("GET", "/readyz", &[], None).body.as_str().unwrap_or_default().to_owned()
}
