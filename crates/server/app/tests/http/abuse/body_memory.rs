//! Many bodies: together they use no more than the body budget.

use super::bodies::{LIMIT, gzip, post};
use super::raw::{Raw, head};
use crate::support::{Knock, Reply, batch, signal};
use knock_testing::eventually;

/// The bytes of a large body that count against the budget of large bodies.
const LARGE: usize = LIMIT - 16 * 1024;
/// There is room for three of them in three quarters of a MiB.
const _: () = assert!(3 * LARGE < 768 * 1024 && 4 * LARGE > 768 * 1024);

/// Waits until bodies hold this number of bytes.
fn until_held(knock: &Knock, bytes: usize) {
    eventually("bodies hold as much", || knock.metric("knock_bodies_bytes") == bytes as f64);
}

/// A request whose body of spaces lacks its last byte.
fn begun(knock: &Knock) -> Raw {
    let mut raw = Raw::open(knock);
    raw.say(&head(&format!("content-length: {LIMIT}\r\n")));
    raw.say(&vec![b' '; LIMIT - 1]);
    raw
}

fn is_refused(reply: &Reply) -> bool {
    let kind = reply.body["type"].as_str();
    (reply.code, kind, reply.header("retry-after")) == (503, Some("urn:knock:problem:unavailable"), Some("1"))
}

#[test]
fn bodies_that_come_slowly_cost_no_more_than_their_memory() {
    let env = [("KNOCK_HTTP_BODY_MEMORY_MB", "1"), ("KNOCK_HTTP_BODY_TIMEOUT_MS", "600000")];
    let knock = Knock::start_with(&env);
    let (site, now, spaces) = (knock.site(), knock.now(), vec![b' '; LIMIT]);
    assert_eq!(post(&knock, "identity", &spaces).code, 400, "alone it is read");
    let mut slow = [begun(&knock), begun(&knock), begun(&knock)];
    until_held(&knock, 3 * (LIMIT - 1));

    assert!(is_refused(&post(&knock, "identity", &spaces)));
    assert!(is_refused(&post(&knock, "gzip", &gzip(&spaces))), "as inflated");
    let kept_out = knock.send("POST", "/v1/chat", &[("content-type", "application/json")], Some(&spaces));
    assert!(is_refused(&kept_out), "{}", kept_out.body);
    assert_eq!(knock.metric("knock_bodies_refused_total"), 3.0);
    let small = knock.post_signals(&batch(&site, 1, now, &[signal(now, 1, "page_view", "/")]));
    assert_eq!(small.code, 202, "large ones keep no small one out: {}", small.body);

    for raw in &mut slow {
        raw.say(b" ");
        assert!(raw.one_answer().starts_with("HTTP/1.1 400"), "what was begun is read to its end");
    }
    until_held(&knock, 0);
    assert_eq!(post(&knock, "identity", &spaces).code, 400, "afterwards as before");
}

#[test]
fn who_goes_away_in_the_middle_holds_nothing() {
    let knock = Knock::start();
    let gone = begun(&knock);
    until_held(&knock, LIMIT - 1);
    drop(gone);
    until_held(&knock, 0);
}
