//! The metrics of the server at `/metrics`.

mod exposition;
mod families;

use crate::support::{Knock, batch, signal};
use serde_json::{Value, json};

fn numbered(now: i64, seq: u64) -> Value {
    let mut signal = signal(now, seq, "page_view", "/");
    signal["seq"] = json!(seq);
    signal
}

/// The value of a metric of the demo site; none if there is none.
fn metric(knock: &Knock, name: &str) -> Option<f64> {
    let text = knock.send("GET", "/metrics", &[], None).body;
    let line = format!("{name}{{site=\"1\"}} ");
    text.as_str()?.lines().find_map(|sample| sample.strip_prefix(&line)?.parse().ok())
}

#[test]
fn signals_lost_in_browsers_are_counted_by_site() {
    let knock = Knock::start();
    let (site, now) = (knock.site(), knock.now());
    let send = |seqs: &[u64], fields: Value| {
        let signals: Vec<_> = seqs.iter().map(|seq| numbered(now, *seq)).collect();
        let mut body = batch(&site, 1, now, &signals);
        // A session of today: its id begins with its instant.
        body["session"] = json!(crate::support::id(now, 7));
        for (name, value) in fields.as_object().expect("an object") {
            body[name] = value.clone();
        }
        assert_eq!(knock.post_signals(&body).code, 202);
    };
    let all = [
        "knock_signals_numbered",
        "knock_signals_missing",
        "knock_tracker_errors_total",
        "knock_signals_given_up_total",
    ];
    let check = |expected: [f64; 4]| assert_eq!(all.map(|name| metric(&knock, name)), expected.map(Some));
    send(&[1, 2], json!({}));
    check([2.0, 0.0, 0.0, 0.0]);
    send(&[5], json!({"errors": 1, "lost": 2}));
    check([5.0, 2.0, 1.0, 2.0]);
    // Late signals close their gap; running totals are sent repeatedly.
    send(&[4], json!({"errors": 1, "lost": 2}));
    check([5.0, 1.0, 1.0, 2.0]);
    let day = 86_400_000;
    knock.set_clock(&json!({"advance_ms": day + 1}));
    check([0.0, 0.0, 1.0, 2.0]);
}
