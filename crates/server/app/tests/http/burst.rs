//! In a burst signals are stored first and processed afterwards.

use crate::chat::open_as;
use crate::support::{Knock, batch, id, signal};
use serde_json::{Value, json};

/// A page view with its number in a session of today.
fn view(knock: &Knock, site: &str, number: u64) -> Value {
    let now = knock.now();
    let mut view = signal(now, number, "page_view", "/pricing");
    view["seq"] = json!(number);
    let mut batch = batch(site, 1, now, &[view]);
    batch["session"] = json!(id(now - now % 86_400_000, 7));
    batch
}

#[test]
fn what_is_deferred_is_acknowledged_shown_and_part_of_the_session() {
    let knock = Knock::start_with(&[("KNOCK_INGEST_BURST", "1")]);
    let (site, key) = (knock.site(), knock.admin_key());
    for number in 1..=5 {
        let reply = knock.post_signals(&view(&knock, &site, number));
        assert_eq!((reply.code, &reply.body["accepted"]), (202, &json!(1)), "{}", reply.body);
    }
    let first = view(&knock, &site, 1);
    let again = knock.post_signals(&first);
    assert_eq!((again.code, &again.body["accepted"]), (202, &json!(1)), "another id is another signal");
    assert_eq!(knock.post_signals(&first).body["duplicate"], 1);
    let is_shared = knock.get("/healthz", &key).code == 200 && std::env::var_os("KNOCK_TEST_POSTGRES").is_some();
    // Servers that could share a database defer no signals.
    assert_eq!(knock.metric("knock_signals_put_off_total"), if is_shared { 0.0 } else { 5.0 });
    open_as(&knock, &site, 1);
    let listed = || knock.get("/api/v1/timeline", &key).body["entries"].as_array().map_or(0, Vec::len);
    // A chat includes the signals of its browser before it.
    assert_eq!(listed(), 7);
    assert_eq!(knock.backlog(), 0);
}
