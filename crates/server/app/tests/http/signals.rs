//! `POST /v1/signals`: accepted and refused requests and signals.

use crate::support::{Knock, ORIGIN, batch, signal};
use knock_testing::JSON;
use serde_json::{Value, json};

/// Content type, origin, body, expected status code, expected pointer.
type Case<'a> = (&'a str, Option<&'a str>, Vec<u8>, u16, &'a str);

#[test]
fn bad_requests_get_a_problem_document_naming_the_field() {
    let knock = Knock::start();
    let (site, now) = (knock.site(), knock.now());
    let good = batch(&site, 1, now, &[signal(now, 1, "page_view", "/")]);
    let with = |field: &str, to: Value| {
        let mut body = good.clone();
        body[field] = to;
        body.to_string().into_bytes()
    };
    let many: Vec<Value> = (0..501).map(|n| signal(now, n, "page_view", "/")).collect();
    let json = "application/json";
    let cases: Vec<Case<'_>> = vec![
        (json, Some(ORIGIN), b"not json".to_vec(), 400, ""),
        (json, Some(ORIGIN), b"".to_vec(), 400, ""),
        (json, Some(ORIGIN), vec![0xff, 0xfe], 400, ""),
        (json, Some(ORIGIN), vec![b'['; 100_000], 400, ""),
        (json, Some(ORIGIN), with("v", json!(3)), 400, "/v"),
        (json, Some(ORIGIN), with("visitor", json!("x")), 400, "/visitor"),
        (json, Some(ORIGIN), with("visitor", json!("9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d")), 400, "/visitor"),
        (json, Some(ORIGIN), with("session", json!(1)), 400, "/session"),
        (json, Some(ORIGIN), with("signals", json!("x")), 400, "/signals"),
        (json, Some(ORIGIN), with("site", json!("unknown")), 403, "/site"),
        (json, Some("https://evil.example"), with("v", json!(1)), 403, "header/Origin"),
        (json, Some("http://127.0.0.1.evil.example"), with("v", json!(1)), 403, "header/Origin"),
        (json, Some("null"), with("v", json!(1)), 403, "header/Origin"),
        (json, None, with("v", json!(1)), 403, "header/Origin"),
        (json, Some(ORIGIN), with("signals", json!(many)), 413, "/signals"),
        (json, Some(ORIGIN), vec![b' '; 256 * 1024 + 1], 413, ""),
        ("application/xml", Some(ORIGIN), with("v", json!(1)), 415, "header/Content-Type"),
        ("", Some(ORIGIN), with("v", json!(1)), 415, "header/Content-Type"),
    ];
    for (content_type, origin, body, code, pointer) in cases {
        let mut headers = vec![("content-type", content_type)];
        headers.extend(origin.map(|origin| ("origin", origin)));
        let reply = knock.send("POST", "/v1/signals", &headers, Some(&body));
        let what = format!("{} {origin:?} {}", reply.body, String::from_utf8_lossy(&body[..body.len().min(80)]));
        assert_eq!(reply.code, code, "{what}");
        assert_eq!(reply.header("content-type"), Some("application/problem+json"), "{what}");
        assert_eq!(reply.body["status"], code, "{what}");
        assert_eq!(reply.body["errors"][0]["pointer"], pointer, "{what}");
        assert!(reply.body["errors"][0]["reason"].as_str().is_some_and(|reason| !reason.is_empty()), "{what}");
    }
}

#[test]
fn good_signals_of_a_batch_are_kept_and_bad_ones_listed() {
    let knock = Knock::start();
    let (site, now) = (knock.site(), knock.now());
    let day = 86_400_000;
    let mut foreign_id = signal(now, 3, "page_view", "/");
    foreign_id["id"] = json!("9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d");
    let mut wrong_time = signal(now, 4, "page_view", "/");
    wrong_time["at"] = json!(now - day);
    let signals = [
        signal(now, 1, "page_view", "/pricing"),
        json!("nonsense"),
        foreign_id,
        wrong_time,
        signal(now, 5, "no_such_type", "/"),
        // Instants of wrong clocks are corrected, not refused.
        signal(now + 400 * day, 6, "page_view", "/docs"),
        signal(now - 400 * day, 7, "page_view", "/blog"),
    ];
    let body = batch(&site, 1, now, &signals);
    let reply = knock.post_signals(&body);
    assert_eq!(reply.code, 202, "{}", reply.body);
    assert_eq!((&reply.body["accepted"], &reply.body["duplicate"]), (&json!(3), &json!(0)));
    let rejected: Vec<_> =
        reply.body["rejected"].as_array().expect("a list").iter().map(|one| &one["pointer"]).collect();
    assert_eq!(rejected, ["/signals/1", "/signals/2/id", "/signals/3/id", "/signals/4/type"]);

    let again = knock.post_signals(&body);
    assert_eq!((&again.body["accepted"], &again.body["duplicate"]), (&json!(0), &json!(3)));

    let admin = knock.admin_key();
    let timeline = knock.get("/api/v1/timeline", &admin).body;
    let entries = timeline["entries"].as_array().expect("a list");
    assert_eq!(entries.len(), 3);
    let entry = |category: &str| entries.iter().find(|entry| entry["category"] == category).expect(category);
    assert!(entry("Docs")["at"].as_i64().is_some_and(|at| at >= now && at <= now + 60_000));
    assert_eq!(entry("Blog")["clamped"], true);
    assert_eq!(entry("Pricing")["clamped"], false);
}

#[test]
fn a_batch_with_nothing_usable_is_still_acknowledged() {
    let knock = Knock::start();
    let reply = knock.post_signals(&batch(&knock.site(), 1, knock.now(), &[json!(1), json!(2)]));
    assert_eq!(reply.code, 202);
    assert_eq!(reply.body["accepted"], 0);
    assert_eq!(reply.body["rejected"].as_array().map(Vec::len), Some(2));
}

#[test]
fn an_ingest_key_sends_without_an_origin_and_reads_nothing() {
    let knock = Knock::start();
    let key = format!("Bearer {}", knock.key("ingest"));
    let now = knock.now();
    let body = batch(&knock.site(), 1, now, &[signal(now, 1, "page_view", "/")]).to_string();
    let send = |key: &str| {
        let headers = [("content-type", "application/json"), ("authorization", key)];
        knock.send("POST", "/v1/signals", &headers, Some(body.as_bytes())).code
    };
    assert_eq!(send(&key), 202);
    assert_eq!(send("Bearer knk_wrong"), 403);
    assert_eq!(knock.send("GET", "/api/v1/contacts", &[("authorization", &key)], None).code, 403);
}

#[test]
fn other_origins_may_read_the_answer_only_when_a_site_lists_them() {
    let knock = Knock::start();
    let ask = |origin: &str| {
        let headers = [
            ("origin", origin),
            ("access-control-request-method", "POST"),
            ("access-control-request-headers", "content-type"),
        ];
        knock.send("OPTIONS", "/v1/signals", &headers, None)
    };
    assert_eq!(ask(ORIGIN).header("access-control-allow-origin"), Some(ORIGIN));
    let evil = "https://evil.example";
    assert_eq!(ask(evil).header("access-control-allow-origin"), None);
    let body = batch(&knock.site(), 1, knock.now(), &[]).to_string();
    let headers = [("origin", evil), ("content-type", "text/plain")];
    let refused = knock.send("POST", "/v1/signals", &headers, Some(body.as_bytes()));
    assert_eq!(
        (refused.code, refused.header("access-control-allow-origin")),
        (403, Some(evil)),
        "it may read the refusal"
    );
}

#[test]
fn too_many_at_once_are_refused_with_retry_after() {
    let env = [("KNOCK_INGEST_RATE_PER_IP", "10")];
    let knock = Knock::start_in(knock_store::Scratch::new(), &env);
    let (site, now) = (knock.site(), knock.now());
    let many: Vec<Value> = (0..400).map(|n| signal(now, n, "page_view", "/")).collect();
    let first = knock.post_signals(&batch(&site, 1, now, &many));
    assert_eq!(first.code, 202, "{}", first.body);
    let second = knock.post_signals(&batch(&site, 2, now, &many));
    assert_eq!(second.code, 429);
    assert!(
        second.header("retry-after").and_then(|seconds| seconds.parse::<u64>().ok()).is_some_and(|seconds| seconds > 0)
    );
}

#[test]
fn a_browser_that_refuses_to_be_tracked_is_filtered_and_counted() {
    let knock = Knock::start();
    let (site, now) = (knock.site(), knock.now());
    let post = |n: u64, header: (&str, &str), ignore_dnt: bool| {
        let mut batch = batch(&site, 1, now, &[signal(now, n, "page_view", "/pricing")]);
        batch["ignore_dnt"] = ignore_dnt.into();
        let headers = [JSON, ("origin", ORIGIN), header];
        let reply = knock.send("POST", "/v1/signals", &headers, Some(batch.to_string().as_bytes()));
        (reply.code, reply.body["accepted"].as_i64(), reply.body["filtered"].as_i64())
    };
    let (stored, filtered) = ((202, Some(1), Some(0)), (202, Some(0), Some(1)));
    assert_eq!(post(1, ("sec-gpc", "1"), false), filtered);
    assert_eq!(post(2, ("dnt", "1"), false), filtered);
    assert_eq!(post(3, ("dnt", "0"), false), stored);
    assert_eq!(post(4, ("sec-gpc", "1"), true), stored);
    for reason in ["gpc", "dnt"] {
        let counted = format!("knock_signals_total{{site=\"1\",outcome=\"filtered\",reason=\"{reason}\"}}");
        assert!((knock.metric(&counted) - 1.0).abs() < 0.5, "{counted}");
    }
}
