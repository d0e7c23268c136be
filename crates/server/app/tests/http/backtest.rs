//! The backtest over HTTP and by its command, beside a running server and without one.

use crate::chat::open_as;
use crate::support::{Knock, batch, signal};
use knock_store::Scratch;
use serde_json::{Value, json};

/// Leads by number: each even one qualifies; each multiple of 3 has sent a form.
fn leads(knock: &Knock, numbers: std::ops::Range<u64>) {
    let (site, key) = (knock.site(), knock.admin_key());
    for number in numbers {
        let now = knock.now();
        if number % 3 == 0 {
            knock.post_signals(&batch(&site, number, now, &[signal(now, number, "form_submit", "/contact")]));
        }
        let chat = open_as(knock, &site, number);
        // The outcome is later than the activity.
        knock.advance(1_000);
        let action = if number % 2 == 0 { json!("open_deal") } else { json!({"reject": "No fit"}) };
        assert_eq!(chat.act(knock, &key, &action), 204);
    }
}

fn bucket(report: &Value, name: &str) -> Value {
    let buckets = report["buckets"].as_array().expect("a list");
    buckets.iter().find(|one| one["bucket"] == name).expect("a bucket")["outcomes"].clone()
}

fn printed(knock: &Knock, args: &[&str]) -> String {
    let output = knock.command(args);
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).expect("text")
}

#[test]
fn a_short_history_has_counts_and_no_rates() {
    let mut knock = Knock::start();
    leads(&knock, 1..7);
    let key = knock.admin_key();
    let report = knock.get("/api/v1/backtest", &key).body;
    assert_eq!(report["all"], json!({"leads": 6, "qualified": 3, "rate": null}), "{report}");
    assert_eq!(
        (&report["is_enough"], &report["is_cut"], &report["too_old"]),
        (&json!(false), &json!(false), &json!(0))
    );
    assert_eq!(bucket(&report, "High")["leads"], 2, "those who sent a form: {report}");
    assert_eq!(report["bands"].as_array().map(Vec::len), Some(10));

    for (query, code) in [("days=1", 200), ("days=3650", 200), ("days=0", 400), ("days=3651", 400)] {
        let reply = knock.get(&format!("/api/v1/backtest?{query}"), &key);
        assert_eq!(reply.code, code, "{query}");
        if code == 400 {
            assert_eq!(reply.body["errors"][0]["pointer"], "query/days");
        }
    }
    let beside = printed(&knock, &["backtest"]);
    assert!(beside.starts_with("6 leads became Qualified or Rejected within 365 days, 3 of them"), "{beside}");
    assert!(beside.contains("too few for a rate") && beside.contains("not fitted"), "{beside}");
    let refused = knock.command(&["backtest", "--days", "0"]);
    assert!(!refused.status.success());

    knock.kill();
    assert_eq!(printed(&knock, &["backtest"]), beside);
    let json: Value = serde_json::from_str(&printed(&knock, &["backtest", "--json", "--days", "1"])).expect("JSON");
    assert_eq!(json["all"]["leads"], 6);
}

#[test]
fn a_long_history_has_rates_with_their_intervals() {
    // Many chats, each a few commands: the results of both databases are compared elsewhere.
    let knock = Knock::start_in(Scratch::sqlite(), &[("KNOCK_CHAT_OPENS_PER_IP", "0")]);
    leads(&knock, 1..201);
    let key = knock.admin_key();
    let report = knock.get("/api/v1/backtest?days=30", &key).body;
    assert_eq!((&report["is_enough"], &report["all"]["leads"]), (&json!(true), &json!(200)), "{report}");
    let high = bucket(&report, "High");
    assert_eq!((&high["leads"], &high["qualified"]), (&json!(66), &json!(33)));
    assert_eq!(high["rate"], json!({"share": 0.5, "low": 0.3827, "high": 0.6173}));
    assert_eq!(bucket(&report, "Medium")["rate"], Value::Null);
    assert!(printed(&knock, &["backtest"]).contains("50.0 %   38.3 % to 61.7 %"));
}
