//! Members and rules have names in the vectors, ids and addresses in a server.

use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Ids of members and of rules by their names in the vectors.
#[derive(Default)]
pub(super) struct Names {
    pub(super) reps: BTreeMap<String, String>,
    pub(super) rules: BTreeMap<String, String>,
}

pub(super) fn email(name: &str) -> String {
    format!("{name}@us.example")
}

pub(super) fn object(value: &Value) -> &Map<String, Value> {
    value.as_object().expect("an object")
}

impl Names {
    /// A rule that names members by their ids.
    pub(super) fn with_ids(&self, value: &Value) -> Value {
        let id = |name: &Value| json!(self.reps[name.as_str().expect("a name")]);
        match value {
            Value::Array(parts) => parts.iter().map(|part| self.with_ids(part)).collect(),
            Value::Object(parts) => {
                let part = |(key, part): (&String, &Value)| {
                    let part = match (key.as_str(), part) {
                        ("rep", name) => id(name),
                        ("pool" | "reps", Value::Array(names)) => names.iter().map(id).collect(),
                        (_, other) => self.with_ids(other),
                    };
                    (key.clone(), part)
                };
                Value::Object(parts.iter().map(part).collect())
            }
            other => other.clone(),
        }
    }

    /// Compares a decision of the server with what a case expects.
    pub(super) fn check(&self, vectors: &Value, case: &Value, decision: &Value) {
        let expect = &case["expect"];
        let notified = |target: &Value| match target.as_str().and_then(|target| target.strip_prefix("dm:")) {
            Some(name) => json!(format!("dm:{}", email(name))),
            None => target.clone(),
        };
        let expected = json!({
            "rule_id": self.rules[expect["rule"].as_str().expect("a rule")],
            "segment": segment(vectors, expect),
            "outcome": expect["outcome"],
            "assignee": assignee(&expect["assignee"]),
            "reason": expect["reason"],
            "notes": expect.get("notes").cloned().unwrap_or_else(|| json!([])),
            "notify": expect["notify"].as_array().expect("a list").iter().map(notified).collect::<Vec<_>>(),
        });
        let part = |key: &String| (key.clone(), decision.get(key).cloned().unwrap_or_else(|| json!([])));
        let got: Map<String, Value> = object(&expected).keys().map(part).collect();
        assert_eq!(Value::Object(got), expected, "{case}");
    }
}

/// The assignee as the API names it.
pub(super) fn assignee(expected: &Value) -> Value {
    let name = |name: &Value| email(name.as_str().expect("a name"));
    match expected["type"].as_str() {
        Some("rep") => json!(name(&expected["id"])),
        Some("ai_agent") if expected["id"] == "general" => json!("AI Agent"),
        Some("ai_agent") => json!(format!("AI Agent ({})", expected["id"].as_str().expect("a kind"))),
        Some(_) => {
            let reps: Vec<String> = expected["reps"].as_array().expect("reps").iter().map(name).collect();
            json!(format!("{} of {}", expected["mode"].as_str().expect("a mode"), reps.join(", ")))
        }
        None => json!(""),
    }
}

fn segment(vectors: &Value, expect: &Value) -> Value {
    match expect["segment"].as_str() {
        None => json!(""),
        Some("fallback") => json!("Fallback Segment"),
        Some(id) => {
            let segments = vectors["rules"][expect["rule"].as_str().expect("a rule")]["segments"].as_array();
            let found = segments.and_then(|segments| segments.iter().find(|segment| segment["id"] == id));
            found.expect("a segment")["name"].clone()
        }
    }
}
