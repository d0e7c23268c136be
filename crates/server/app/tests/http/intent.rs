//! From signals to a scored person and company, and the effect of the clock on them.

use crate::support::{Knock, batch, identify, signal};
use knock_testing::Binary;
use serde_json::{Value, json};
use std::process::Stdio;

const MINUTE: i64 = 60_000;

/// The signals of a buyer, two minutes ago, with an address.
fn journey(now: i64) -> Vec<Value> {
    let start = now - 2 * MINUTE;
    vec![
        signal(start, 1, "page_view", "/"),
        signal(start + 5_000, 2, "page_view", "/pricing"),
        signal(start + 15_000, 3, "page_view", "/product"),
        signal(start + 25_000, 4, "page_view", "/pricing"),
        signal(start + 35_000, 5, "form_start", "/contact"),
        signal(start + 45_000, 6, "form_submit", "/contact"),
        identify(start + 45_000, 7, "ann@hollis.example.com"),
    ]
}

fn contact(knock: &Knock, key: &str) -> Value {
    let contacts = knock.get("/api/v1/contacts", key).body;
    contacts["contacts"][0].clone()
}

fn explain(case: &Value) -> Value {
    let mut child = Binary::built()
        .command(&["explain", "intent"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    serde_json::to_writer(child.stdin.take().expect("piped"), case).expect("it reads");
    let output = child.wait_with_output().expect("it ends");
    assert!(output.status.success());
    serde_json::from_slice(&output.stdout).expect("JSON")
}

fn instant(ms: i64) -> String {
    jiff::Timestamp::from_millisecond(ms).expect("in the calendar").to_string()
}

#[test]
fn a_visitor_becomes_a_scored_contact_with_an_account() {
    let knock = Knock::start();
    let (site, key, now) = (knock.site(), knock.admin_key(), knock.now());
    let signals = journey(now);
    assert_eq!(knock.post_signals(&batch(&site, 1, now, &signals)).body["accepted"], 7);

    let contact = contact(&knock, &key);
    assert_eq!(contact["email"], "ann@hollis.example.com");
    assert_eq!(contact["name"], "Ann Lee");
    assert_eq!(contact["account"]["domain"], "example.com");
    assert_eq!(contact["signals"], 7);
    assert_eq!(contact["intent"]["bucket"], "High");
    assert_eq!(contact["intent"]["type"], "Buying", "they have sent a form");
    assert_eq!(contact["intent"]["provisional_type"], "Buying");

    let id = contact["id"].as_str().expect("an id");
    let timeline = knock.get(&format!("/api/v1/timeline?contact={id}"), &key).body;
    let entries = timeline["entries"].as_array().expect("a list");
    let categories: Vec<_> = entries.iter().rev().map(|entry| entry["category"].as_str().expect("a word")).collect();
    assert_eq!(
        categories,
        [
            "Home/Other",
            "Pricing",
            "Product",
            "Pricing",
            "Demo/Contact sales",
            "Demo/Contact sales",
            "Demo/Contact sales"
        ]
    );

    // The same signals give the same score and contributions by the domain's function alone.
    let at = contact["intent"]["at"].as_i64().expect("an instant");
    let case = json!({"now": instant(at), "signals": entries.iter().map(|entry| json!({
        "id": entry["id"], "at": instant(entry["at"].as_i64().expect("an instant")),
        "type": entry["type"], "category": entry["category"],
    })).collect::<Vec<_>>()});
    let answer = explain(&case);
    assert_eq!(answer["score"], contact["intent"]["score"]);
    assert_eq!(answer["bucket"], contact["intent"]["bucket"]);
    for (entry, contribution) in entries.iter().zip(answer["contributions"].as_array().expect("a list")) {
        let off = entry["points"].as_f64().expect("points") - contribution["points"].as_f64().expect("points");
        assert!(off.abs() <= 0.011, "{entry} {contribution}");
    }

    let account =
        knock.get(&format!("/api/v1/accounts/{}", contact["account"]["id"].as_str().expect("an id")), &key).body;
    assert_eq!(account["account"]["contacts"], 1);
    assert_eq!(account["account"]["intent"]["bucket"], "High");
    assert_eq!(account["contacts"][0]["id"], contact["id"]);
}

#[test]
fn a_bucket_falls_at_its_due_instant_also_while_the_server_is_down() {
    let mut knock = Knock::start();
    let (site, key, now) = (knock.site(), knock.admin_key(), knock.now());
    knock.post_signals(&batch(&site, 1, now, &journey(now)));
    let due = contact(&knock, &key)["intent"]["next_change_at"].as_i64().expect("it will fall");

    // To Medium by the clock worker, to Low while no server runs.
    knock.set_clock(&json!({"now": instant(due + 5 * MINUTE)}));
    let after = contact(&knock, &key);
    assert_eq!(after["intent"]["bucket"], "Medium");
    let next_due = after["intent"]["next_change_at"].as_i64().expect("it will fall again");
    knock.kill();
    let offset = knock.data().join("test-clock");
    let steps: i64 = std::fs::read_to_string(&offset).expect("kept").trim().parse().expect("a number");
    std::fs::write(&offset, (steps + next_due - due + 86_400_000).to_string()).expect("written");
    let knock = knock.kill_and_restart();

    let contact = contact(&knock, &key);
    assert_eq!(contact["intent"]["bucket"], "Low");
    let record = knock.get(&format!("/api/v1/contacts/{}", contact["id"].as_str().expect("an id")), &key).body;
    let changes = record["changes"].as_array().expect("a list");
    let falls: Vec<_> = changes.iter().filter(|change| change["signal"].is_null()).collect();
    assert_eq!(falls.len(), 2, "{changes:?}");
    assert_eq!((&falls[0]["at"], &falls[0]["to"]), (&json!(due), &json!("Medium")));
    assert_eq!((&falls[1]["at"], &falls[1]["to"]), (&json!(next_due), &json!("Low")));
}

#[test]
fn the_order_in_which_signals_arrive_changes_nothing() {
    let mut seen = Vec::new();
    for turn in 0..3 {
        let knock = Knock::start();
        let (site, key) = (knock.site(), knock.admin_key());
        let now = 1_780_315_200_000;
        let mut signals = journey(now);
        signals.rotate_left(turn * 3);
        for signal in signals {
            // However slow the machine is, each is received at the instant of its sending.
            knock.set_clock(&json!({"now": "2026-06-01T12:00:00Z"}));
            assert_eq!(knock.post_signals(&batch(&site, 1, now, &[signal])).code, 202);
        }
        let id = contact(&knock, &key)["id"].as_str().expect("an id").to_owned();
        let mut record = knock.get(&format!("/api/v1/contacts/{id}"), &key).body;
        for change in record["changes"].as_array_mut().expect("a list") {
            // The clock goes on until it is received, by less than two seconds.
            change["at"] = json!(((change["at"].as_f64().expect("an instant") - now as f64) / 5_000.0).round());
        }
        seen.push((
            record["changes"].clone(),
            record["contact"]["signals"].clone(),
            record["contact"]["intent"]["bucket"].clone(),
        ));
    }
    assert_eq!(seen[0], seen[1]);
    assert_eq!(seen[0], seen[2]);
}

#[test]
fn one_person_on_two_devices_is_one_contact_and_free_mail_has_no_account() {
    let knock = Knock::start();
    let (site, key, now) = (knock.site(), knock.admin_key(), knock.now());
    for visitor in [1, 2] {
        let n = visitor * 10;
        let signals = [signal(now, n, "page_view", "/docs"), identify(now, n + 1, "Ann@GMAIL.com")];
        knock.post_signals(&batch(&site, visitor, now, &signals));
    }
    let contacts = knock.get("/api/v1/contacts", &key).body;
    assert_eq!(contacts["contacts"].as_array().map(Vec::len), Some(1));
    let contact = &contacts["contacts"][0];
    assert_eq!(
        (&contact["email"], &contact["account"], &contact["signals"]),
        (&json!("ann@gmail.com"), &Value::Null, &json!(4))
    );
    let record = knock.get(&format!("/api/v1/contacts/{}", contact["id"].as_str().expect("an id")), &key).body;
    assert_eq!(record["visitors"], 2);
}

#[test]
fn a_second_address_in_one_browser_owns_only_what_follows() {
    let knock = Knock::start();
    let (site, key, now) = (knock.site(), knock.admin_key(), knock.now());
    let start = now - 10 * MINUTE;
    let signals = [
        signal(start, 1, "page_view", "/pricing"),
        identify(start + MINUTE, 2, "ann@first.example"),
        signal(start + 2 * MINUTE, 3, "page_view", "/docs"),
        identify(start + 3 * MINUTE, 4, "bob@second.example"),
        signal(start + 4 * MINUTE, 5, "page_view", "/careers"),
    ];
    // The last first: the order of arrival does not matter.
    for signal in signals.iter().rev() {
        knock.post_signals(&batch(&site, 1, now, std::slice::from_ref(signal)));
    }
    let of = |email: &str| {
        let found = knock.get(&format!("/api/v1/contacts?q={email}"), &key).body;
        found["contacts"][0]["signals"].clone()
    };
    assert_eq!((of("ann@"), of("bob@")), (json!(3), json!(2)));
}

#[test]
fn visible_time_counts_once_for_its_page_view() {
    let knock = Knock::start();
    let (site, key, now) = (knock.site(), knock.admin_key(), knock.now());
    let view = signal(now - MINUTE, 1, "page_view", "/pricing");
    let engagement = |n: u64, ms: i64| {
        let mut signal = signal(now - MINUTE + ms, n, "engagement", "/");
        signal["props"] = json!({"ms": ms});
        signal["view"] = view["id"].clone();
        signal
    };
    let signals = [
        view.clone(),
        engagement(2, 29_999),
        engagement(3, 30_000),
        engagement(4, 45_000),
        identify(now, 5, "a@b.example"),
    ];
    knock.post_signals(&batch(&site, 1, now, &signals));
    let id = contact(&knock, &key)["id"].as_str().expect("an id").to_owned();
    let timeline = knock.get(&format!("/api/v1/timeline?contact={id}"), &key).body;
    let points: Vec<_> =
        timeline["entries"].as_array().expect("a list").iter().rev().map(|entry| entry["points"].as_f64()).collect();
    // 35 * (1 - e^(-1.5/4)), shared 2:1 between the view and its visible time.
    assert_eq!(points, [Some(7.3), Some(0.0), Some(3.65), Some(0.0), Some(0.0)]);
}

#[test]
fn the_order_of_a_session_is_the_browsers_own_whatever_the_delays_on_the_way() {
    let knock = Knock::start();
    let (site, key, now) = (knock.site(), knock.admin_key(), knock.now());
    let numbered = |seq: u64, kind: &str, path: &str| {
        let mut signal = signal(now - 5_000 + i64::try_from(seq).expect("small") * 10, seq, kind, path);
        signal["seq"] = json!(seq);
        signal
    };
    // The click's beacon takes two seconds longer than the next page view, and arrives after it.
    knock.post_signals(&batch(&site, 1, now, &[numbered(1, "page_view", "/")]));
    knock.post_signals(&batch(&site, 1, now, &[numbered(3, "page_view", "/pricing")]));
    knock.post_signals(&batch(&site, 1, now - 2_000, &[numbered(2, "click", "/")]));
    // And the other way round.
    knock.post_signals(&batch(&site, 1, now - 2_000, &[numbered(4, "click", "/pricing")]));
    knock.post_signals(&batch(&site, 1, now, &[numbered(5, "page_view", "/docs"), identify(now, 9, "a@b.example")]));
    let id = contact(&knock, &key)["id"].as_str().expect("an id").to_owned();
    let timeline = knock.get(&format!("/api/v1/timeline?contact={id}"), &key).body;
    let seen: Vec<_> = timeline["entries"]
        .as_array()
        .expect("a list")
        .iter()
        .rev()
        .map(|entry| entry["type"].as_str().expect("a word"))
        .collect();
    assert_eq!(seen, ["page_view", "click", "page_view", "click", "page_view", "identify"]);
}
