//! A webhook receiver, while the server that sends to it dies again and again.

use crate::server::Server;
use knock_testing::{Answer, Heard, Receiver};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Longer than any claim holds.
const PAST_CLAIMS: i64 = 61_000;

pub(crate) struct Hearing {
    receiver: Receiver,
    webhook: String,
}

impl Hearing {
    /// Subscribes to all events at a server without faults.
    pub(crate) fn begin(server: &Server, key: &str) -> Hearing {
        // Now and then it fails by itself.
        let receiver = Receiver::start(|_, before| Answer::Code(if before % 7 == 3 { 503 } else { 200 }));
        let draft = json!({"url": receiver.url("/"), "events": ["chat.status_changed", "contact.score_changed"]});
        let made = server.ask("POST", "/api/v1/webhooks", key, &draft);
        Hearing { receiver, webhook: made.text("id") }
    }

    /// Waits until every event is delivered; how far the clock advanced meanwhile.
    pub(crate) fn until_all_is_delivered(&self, server: &Server, key: &str) -> i64 {
        // What was claimed by the server that died is free afterwards, and holds up nothing that is new.
        server.advance(PAST_CLAIMS);
        let mut passed = PAST_CLAIMS;
        loop {
            let open: Vec<Value> = self.deliveries(server, key);
            let is_due = |one: &Value| one["due_at"].is_i64();
            let open: Vec<&Value> = open.iter().filter(|one| one["state"] != "delivered").collect();
            if open.is_empty() {
                return passed;
            }
            assert!(open.iter().all(|one| one["state"] != "parked"), "{open:?}");
            // All that can be tried now was tried: what is left waits for a failure, or for a server that died.
            if open.iter().filter(|one| is_due(one)).all(|one| one["attempts"] != 0) {
                server.advance(PAST_CLAIMS);
                passed += PAST_CLAIMS;
            }
        }
    }

    /// Every event was delivered, in order per person, and nothing else; duplicates have the same id.
    pub(crate) fn check(&self, server: &Server, key: &str) {
        let mut sent: BTreeMap<i64, Vec<Heard>> = BTreeMap::new();
        for heard in self.receiver.all() {
            sent.entry(heard.body()["sequence"].as_i64().expect("a number")).or_default().push(heard);
        }
        for delivery in self.deliveries(server, key) {
            let number = delivery["number"].as_i64().expect("a number");
            let heard = sent.remove(&number).unwrap_or_else(|| panic!("never sent: {delivery}"));
            let attempts = delivery["attempts"].as_u64().expect("a number");
            assert!(heard.len() as u64 <= attempts, "{} times: {delivery}", heard.len());
            for one in &heard {
                assert_eq!(one.header("webhook-id"), heard[0].header("webhook-id"), "{delivery}");
                assert_eq!((&one.body()["data"], &one.body()["type"]), (&delivery["data"], &delivery["event"]));
            }
        }
        assert!(sent.is_empty(), "sent and not stored: {sent:?}");
        self.check_order();
    }

    /// The number of deliveries, for a person to read.
    pub(crate) fn summary(&self) -> String {
        let heard = self.receiver.all();
        let ids: BTreeSet<&str> = heard.iter().map(|one| one.header("webhook-id")).collect();
        format!("{} deliveries were sent, in {} requests", ids.len(), heard.len())
    }

    /// The first time of each, person by person.
    fn check_order(&self) {
        let (mut last, mut statuses) = (BTreeMap::<String, i64>::new(), BTreeMap::<String, Value>::new());
        for heard in self.receiver.all() {
            let body = heard.body();
            let who = if body["data"]["lead"].is_null() { &body["data"]["contact"] } else { &body["data"]["lead"] };
            let (who, number) = (who["id"].to_string(), body["sequence"].as_i64().expect("a number"));
            let before = last.get(&who).copied().unwrap_or_default();
            if number <= before {
                assert_eq!(number, before, "an older one after a newer one: {body}");
                continue;
            }
            last.insert(who.clone(), number);
            if body["type"] == "chat.status_changed" {
                let before = statuses.insert(who, body["data"]["status"].clone()).unwrap_or_default();
                assert!(body["data"]["previous"] == before || body["data"]["previous"].is_null(), "{body}");
            }
        }
    }

    fn deliveries(&self, server: &Server, key: &str) -> Vec<Value> {
        let (mut all, mut before) = (Vec::new(), i64::MAX.to_string());
        loop {
            let path = format!("/api/v1/webhooks/{}/deliveries?limit=200&before={before}", self.webhook);
            let page = server.get(&path, key).body;
            all.extend(page["deliveries"].as_array().unwrap_or_else(|| panic!("{page}")).iter().cloned());
            match page["next"].as_i64() {
                Some(next) => before = next.to_string(),
                None => return all,
            }
        }
    }
}
