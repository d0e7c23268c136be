//! Outcomes of signals, for the operator of the server and for the owner of the site.

use crate::support::{Knock, ORIGIN, batch, signal};
use serde_json::{Value, json};

/// The value of `knock_signals_total` of the first site.
fn total(knock: &Knock, outcome: &str, reason: &str) -> u64 {
    let text = knock.send("GET", "/metrics", &[], None).body;
    let text = text.as_str().expect("text").to_owned();
    let labels = ["site=\"1\"".to_owned(), format!("outcome=\"{outcome}\""), format!("reason=\"{reason}\"")];
    let mut lines = text.lines().filter(|line| line.starts_with("knock_signals_total{"));
    let line = lines.find(|line| labels.iter().all(|label| line.contains(label.as_str())));
    line.and_then(|line| line.rsplit(' ').next()?.parse().ok()).unwrap_or_default()
}

/// A line of the list: outcome, field, origin, page and how often.
type Line<'a> = (Option<&'a str>, Option<&'a str>, Option<&'a str>, Option<&'a str>, Option<u64>);

fn shown(list: &Value) -> Vec<Line<'_>> {
    fn line(one: &Value) -> Line<'_> {
        let text = |field: &str| one[field].as_str();
        (text("outcome"), text("pointer"), text("origin"), text("page"), one["count"].as_u64())
    }
    list["refused"].as_array().expect("a list").iter().map(line).collect()
}

#[test]
fn each_signal_has_one_outcome_and_owners_read_why() {
    let knock = Knock::start_with(&[("KNOCK_INGEST_RATE_PER_SITE", "1")]);
    let (site, key, now) = (knock.site(), knock.admin_key(), knock.now());
    let mut secret = signal(now, 2, "page_view", "/");
    secret["title"] = json!(4_111_111_111_111_111_u64);
    let mut identify = signal(now, 3, "identify", "/");
    identify["props"] = json!({"email": "not an address of ann"});
    let signals = [signal(now, 1, "page_view", "/"), secret.clone(), secret, identify, json!("hunter2")];
    let body = batch(&site, 1, now, &signals);
    assert_eq!(knock.post_signals(&body).code, 202);
    assert_eq!(knock.post_signals(&batch(&site, 1, now, &signals[..1])).code, 202);
    let text = body.to_string();
    let send = |origin: &str, agent: &str, body: &str| {
        let headers = [("content-type", "text/plain"), ("origin", origin), ("user-agent", agent)];
        knock.send("POST", "/v1/signals", &headers, Some(body.as_bytes())).code
    };
    assert_eq!(send("https://elsewhere.example", "", &text), 403);
    assert_eq!(send(ORIGIN, "Googlebot/2.1", &text), 202);
    let many: Vec<_> = (10..410).map(|n| signal(now, n, "page_view", "/")).collect();
    let many = batch(&site, 2, now, &many).to_string();
    assert_eq!((send(ORIGIN, "", &many), send(ORIGIN, "", &many)), (202, 429));

    let counted = [
        ("accepted", "", 401),
        ("duplicate", "", 1),
        ("invalid", "title", 2),
        ("invalid", "props", 1),
        ("invalid", "shape", 1),
        ("invalid", "origin", 5),
        ("filtered", "crawler", 5),
        ("rate_limited", "site", 400),
    ];
    for (outcome, reason, expected) in counted {
        assert_eq!(total(&knock, outcome, reason), expected, "{outcome} {reason}");
    }
    let path = format!("/api/v1/sites/{site}/refused");
    let list = knock.get(&path, &key).body;
    let expected = [
        (Some("rate_limited"), Some(""), None, None, Some(400)),
        (Some("filtered"), Some(""), None, None, Some(5)),
        (Some("invalid"), Some("header/Origin"), Some("https://elsewhere.example"), None, Some(5)),
        (Some("invalid"), Some(""), None, None, Some(1)),
        (Some("invalid"), Some("/props/email"), None, Some("/demo/"), Some(1)),
        (Some("invalid"), Some("/title"), None, Some("/demo/"), Some(2)),
    ];
    assert_eq!(shown(&list), expected, "{list}");
    for secret in ["4111111111111111", "ann", "hunter2"] {
        assert!(!list.to_string().contains(secret), "{secret}: {list}");
    }
    assert_eq!(knock.get("/api/v1/sites/unknown/refused", &key).code, 404);
    assert_eq!(knock.get(&path, &knock.key("ingest")).code, 403);
}
