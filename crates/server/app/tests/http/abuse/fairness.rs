//! One site that floods the server, and another that does not.

use crate::support::{Knock, ORIGIN, batch, signal};
use serde_json::json;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

const OTHER: &str = "https://quiet.example";

fn quiet_site(knock: &Knock) -> String {
    let bearer = format!("Bearer {}", knock.admin_key());
    let draft = json!({"name": "Quiet", "origins": [OTHER]}).to_string();
    let headers = [("content-type", "application/json"), ("authorization", bearer.as_str())];
    let made = knock.send("POST", "/api/v1/sites", &headers, Some(draft.as_bytes()));
    made.body["key"].as_str().expect("a key").to_owned()
}

#[test]
fn a_site_that_floods_the_queue_is_refused_alone() {
    let knock = Knock::start_with(&[("KNOCK_INGEST_WAITING_PER_SITE", "1"), ("KNOCK_INGEST_RATE_PER_IP", "0")]);
    let (loud, quiet, now) = (knock.site(), quiet_site(&knock), knock.now());
    let (refused, is_over) = (AtomicUsize::new(0), AtomicBool::new(false));
    std::thread::scope(|scope| {
        for sender in 1..=6 {
            let (knock, loud, refused, is_over) = (&knock, &loud, &refused, &is_over);
            scope.spawn(move || {
                for n in 0.. {
                    if is_over.load(Ordering::SeqCst) {
                        return;
                    }
                    let one = signal(now, sender * 1_000_000 + n, "page_view", "/");
                    let reply = knock.post_signals(&batch(loud, sender, now, &[one]));
                    assert!(matches!(reply.code, 202 | 429 | 503), "{}", reply.body);
                    if reply.code == 503 {
                        assert!(reply.header("retry-after").is_some());
                        refused.fetch_add(1, Ordering::SeqCst);
                    }
                }
            });
        }
        let send = |n: u64| {
            let body = batch(&quiet, 99, now, &[signal(now, n, "page_view", "/")]).to_string();
            let headers = [("content-type", "text/plain"), ("origin", OTHER)];
            knock.send("POST", "/v1/signals", &headers, Some(body.as_bytes())).code
        };
        // Until the flood was refused 20 times, and at least 20 batches.
        let codes: Vec<u16> = (0..)
            .map(send)
            .enumerate()
            .take_while(|(n, _)| *n < 20 || refused.load(Ordering::SeqCst) < 20)
            .map(|(_, code)| code)
            .collect();
        is_over.store(true, Ordering::SeqCst);
        assert!(codes.iter().all(|code| *code == 202), "{codes:?}");
    });
    let accepted = knock.get("/api/v1/timeline", &knock.admin_key());
    assert_eq!(accepted.code, 200);
    let headers = [("content-type", "text/plain"), ("origin", ORIGIN)];
    let body = batch(&loud, 1, now, &[]).to_string();
    assert_eq!(knock.send("POST", "/v1/signals", &headers, Some(body.as_bytes())).code, 202, "afterwards as before");
}
