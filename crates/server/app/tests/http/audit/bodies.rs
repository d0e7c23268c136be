//! Bodies of requests that create something.

use crate::support::Knock;
use serde_json::{Value, json};

pub(super) fn hook(url: &str) -> Value {
    json!({"url": url, "events": ["webhook.test"], "is_active": true})
}

pub(super) fn answer(site: &str) -> Value {
    json!({"site": site, "question": "Is there an API?", "answer": "Yes"})
}

/// A page of an address where no server responds.
pub(super) fn page(site: &str, number: u8) -> Value {
    json!({"site": site, "kind": "page", "address": format!("http://127.0.0.1:9/{number}")})
}

pub(super) fn view(name: &str) -> Value {
    json!({"page": "contacts", "name": name, "query": "score=High"})
}

pub(super) fn custom_field(name: &str) -> Value {
    json!({"fields": [{"name": name, "label": "Plan", "value_type": "text", "sources": ["api"]}]})
}

pub(super) fn template(name: &str) -> Value {
    json!({"name": name, "when": {"field": "intent.score", "op": "eq", "value": "High"}})
}

pub(super) fn workflow(name: &str) -> Value {
    json!({
        "name": name,
        "definition": {"trigger": {"on": "form"}, "steps": [{"id": "a", "do": "task"}]},
        "contents": {"a": {"do": "task", "text": "Call", "due_in_ms": 0}},
    })
}

pub(super) fn rejections() -> Value {
    let free = json!({"field": "email.is_free", "op": "eq", "value": true});
    json!({"agents": [{"kind": "hiring", "is_on": true, "when": free, "reason": "Job seeker"}]})
}

pub(super) fn reply(name: &str) -> Value {
    json!({"name": name, "text": "Hi {{name|there}}"})
}

pub(super) fn site(name: &str) -> Value {
    json!({"name": name, "origins": ["https://shop.example"]})
}

pub(super) fn rule(name: &str, knock: &Knock, key: &str) -> Value {
    let rules = knock.get("/api/v1/rules", key).body;
    let rep = &rules["rules"][0]["fallback"]["assign"]["rep"];
    json!({"name": name, "funnel": "chat", "segments": [], "fallback": {"assign": {"rep": rep}}})
}
