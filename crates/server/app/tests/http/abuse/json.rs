//! JSON that parsers handle differently.

use crate::support::{Knock, ORIGIN, batch, id, signal};
use serde_json::{Value, json};

fn post(knock: &Knock, body: &[u8]) -> crate::support::Reply {
    knock.send("POST", "/v1/signals", &[("content-type", "application/json"), ("origin", ORIGIN)], Some(body))
}

#[test]
fn what_is_no_batch_is_refused_as_a_whole() {
    let knock = Knock::start();
    let (site, now) = (knock.site(), knock.now());
    let good = batch(&site, 1, now, &[signal(now, 1, "page_view", "/")]).to_string();
    let with = |field: &str, value: &str| format!("{}, \"{field}\": {value}}}", &good[..good.len() - 1]).into_bytes();
    let replaced = |from: &str, to: &str| good.replacen(from, to, 1).into_bytes();
    let keys: String = (0..10_000).map(|n| format!("\"k{n}\": 0, ")).collect();
    let mut bad_bytes = with("x", "\"?\"");
    let place = bad_bytes.iter().position(|byte| *byte == b'?').expect("there");
    bad_bytes[place] = 0xff;
    let cases: Vec<(&str, Vec<u8>, u16)> = vec![
        ("site twice", with("site", "\"other\""), 400),
        ("signals twice", with("signals", "[]"), 400),
        ("NaN", replaced(&format!("\"sent_at\":{now}"), "\"sent_at\":NaN"), 400),
        ("Infinity", replaced(&format!("\"sent_at\":{now}"), "\"sent_at\":Infinity"), 400),
        ("1e999", replaced(&format!("\"sent_at\":{now}"), "\"sent_at\":1e999"), 400),
        ("u64::MAX", replaced(&format!("\"sent_at\":{now}"), "\"sent_at\":18446744073709551615"), 400),
        ("-0 as a version", replaced("\"v\":1", "\"v\":-0"), 400),
        ("a version too many", replaced("\"v\":1", "\"v\":4294967297"), 400),
        ("invalid UTF-8", bad_bytes, 400),
        ("a lone surrogate in the key", replaced(&site, "\\ud800"), 400),
        ("NUL in the key", replaced(&site, "\\u0000"), 403),
        ("deep", vec![b'['; 200_000], 400),
        ("deep within", replaced("\"signals\":[", &format!("\"x\":{}, \"signals\":[", "[".repeat(100_000))), 400),
        ("something behind", [good.as_bytes(), b"{}"].concat(), 400),
        ("many keys", replaced("{", &format!("{{{keys}")), 202),
    ];
    for (what, body, code) in cases {
        let reply = post(&knock, &body);
        assert_eq!(reply.code, code, "{what}: {}", reply.body);
    }
}

/// The result of one signal: its rejected field, or none.
fn rejected(knock: &Knock, site: &str, signal: &str) -> Option<String> {
    let visitor = id(1_700_000_000_000, 1);
    let body = format!(
        "{{\"v\": 1, \"site\": \"{site}\", \"visitor\": \"{visitor}\", \"session\": \"{visitor}\", \"signals\": [{signal}]}}"
    );
    let reply = post(knock, body.as_bytes());
    assert_eq!(reply.code, 202, "{signal:.200} {}", reply.body);
    reply.body["rejected"][0]["pointer"].as_str().map(str::to_owned)
}

#[test]
fn a_signal_that_cannot_be_kept_is_refused_alone() {
    let knock = Knock::start();
    let (site, now) = (knock.site(), knock.now());
    let good = signal(now, 1, "track", "/").to_string();
    let with = |field: &str, value: &str| format!("{}, \"{field}\": {value}}}", &good[..good.len() - 1]);
    let at = |value: &str| good.replacen(&format!("\"at\":{now}"), &format!("\"at\":{value}"), 1);
    let deep = format!("{}1{}", "{\"a\":".repeat(600), "}".repeat(600));
    let cases = [
        (good.clone(), None),
        (at("1e999"), Some("/signals/0/at")),
        (at("-0"), Some("/signals/0/at")),
        (at("18446744073709551615"), Some("/signals/0/at")),
        (at("-9223372036854775808"), Some("/signals/0/id")),
        (at("9223372036854775807"), Some("/signals/0/id")),
        (with("seq", "-1"), Some("/signals/0/seq")),
        (with("id", "\"x\""), Some("/signals/0/id")),
        (with("props", &deep), Some("/signals/0/props")),
        (with("props", "{\"a\": 1e999}"), Some("/signals/0/props")),
        (with("props", "{\"a\": \"\\ud800\"}"), Some("/signals/0/props")),
        (with("props", "{\"a\": \"\\u0000\"}"), Some("/signals/0/props")),
        (with("props", "{\"a\": 1, \"a\": 2}"), Some("/signals/0/props")),
        (with("props", "{\"a\": [18446744073709551615, -0, 5e-324]}"), None),
        (with("title", "\"\\ud800\""), Some("/signals/0/title")),
    ];
    for (signal, expected) in cases {
        assert_eq!(rejected(&knock, &site, &signal).as_deref(), expected, "{signal:.300}");
    }
}

#[test]
fn titles_are_kept_without_what_nobody_can_see_or_should() {
    let knock = Knock::start();
    let (site, now) = (knock.site(), knock.now());
    let titled = |n: u64, title: &str| {
        let mut one = signal(now, n, "page_view", "/");
        one["title"] = json!(title);
        one
    };
    let long = "ü".repeat(30_000);
    let cases = [
        ("a\0b\u{1b}[31mc", "ab[31mc".to_owned()),
        ("exe.\u{202e}gpj", "exe.gpj".to_owned()),
        ("می\u{200c}خواهم 👩\u{200d}💻", "می\u{200c}خواهم 👩\u{200d}💻".to_owned()),
        (&long, "ü".repeat(300)),
    ];
    let signals: Vec<Value> = (1..).zip(&cases).map(|(n, (title, _))| titled(n, title)).collect();
    let reply = knock.post_signals(&batch(&site, 1, now, &signals));
    assert_eq!(reply.body["accepted"], cases.len(), "{}", reply.body);
    let timeline = knock.get("/api/v1/timeline", &knock.admin_key()).body;
    let shown = timeline["entries"].to_string();
    for (title, expected) in cases {
        assert!(shown.contains(&json!(expected).to_string()), "{title:.40}: {shown:.400}");
    }
}
