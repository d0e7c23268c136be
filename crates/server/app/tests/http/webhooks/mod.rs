//! Webhooks: events are delivered once and in order, through failures of receivers and of the server.

mod activity;
mod events;
mod failing;
mod meetings;
mod moving;
mod samples;
mod settings;
mod sharing;
mod telling;

use crate::support::{Knock, Reply};
use knock_testing::found;
use serde_json::{Value, json};

/// The settings of a server whose receivers are on this machine.
const SETTINGS: [(&str, &str); 2] =
    [("KNOCK_OUTBOUND_PRIVATE_NETWORKS", "127.0.0.0/8"), ("KNOCK_CHAT_OPENS_PER_IP", "0")];

/// A server that sends webhooks, with an API key of its admin.
struct Sender {
    knock: Knock,
    key: String,
}

impl Sender {
    fn start() -> Sender {
        Sender::by(Knock::start_with(&SETTINGS))
    }

    fn by(knock: Knock) -> Sender {
        let key = knock.admin_key();
        Sender { knock, key }
    }

    fn ask(&self, method: &str, path: &str, body: &Value) -> Reply {
        let bearer = format!("Bearer {}", self.key);
        let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
        self.knock.send(method, path, &headers, Some(body.to_string().as_bytes()))
    }

    fn add(&self, url: &str, events: &[&str]) -> Value {
        let made = self.ask("POST", "/api/v1/webhooks", &json!({"url": url, "events": events}));
        assert_eq!(made.code, 201, "{}", made.body);
        made.body
    }

    fn webhook(&self, id: &Value) -> Value {
        let all = self.knock.get("/api/v1/webhooks", &self.key).body;
        let found = all["webhooks"].as_array().expect("a list").iter().find(|webhook| webhook["id"] == *id).cloned();
        found.expect("the webhook")
    }

    /// The deliveries of a webhook, oldest first.
    fn deliveries(&self, id: &Value) -> Vec<Value> {
        let path = format!("/api/v1/webhooks/{}/deliveries?limit=200", id.as_str().expect("an id"));
        let page = self.knock.get(&path, &self.key);
        assert_eq!(page.code, 200, "{}", page.body);
        page.body["deliveries"].as_array().expect("a list").iter().rev().cloned().collect()
    }

    /// Waits until the deliveries of a webhook are as wanted.
    fn until(&self, id: &Value, is_so: impl Fn(&[Value]) -> bool) -> Vec<Value> {
        found("its deliveries are as wanted", || Some(self.deliveries(id)).filter(|all| is_so(all)))
    }

    fn advance(&self, ms: i64) {
        assert_eq!(self.knock.set_clock(&json!({"advance_ms": ms})).code, 200);
    }

    fn test(&self, id: &Value) {
        let path = format!("/api/v1/webhooks/{}/test", id.as_str().expect("an id"));
        assert_eq!(self.ask("POST", &path, &Value::Null).code, 202);
    }
}
