//! What every place says of a lead, and what changed there since the last look.

use super::scene::Scene;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

const VIEWS: [&str; 6] = ["unassigned", "mine", "waiting", "open", "done", "spam"];

/// What was seen at the last look.
#[derive(Default)]
pub(super) struct Places {
    email: &'static str,
    /// The properties of the contact in the CRM.
    contact: Map<String, Value>,
    /// Those of the contact's company.
    company: Map<String, Value>,
    /// The texts in Slack, by channel and time.
    posts: BTreeMap<(String, String), String>,
    events: usize,
    mails: usize,
}

impl Places {
    /// Follows another lead; what is there already is known.
    pub(super) fn follow(&mut self, scene: &Scene, email: &'static str) {
        self.email = email;
        self.contact.clear();
        self.company.clear();
        self.changed(scene);
    }

    pub(super) fn changed(&mut self, scene: &Scene) -> Value {
        json!({
            "contacts": self.row(scene),
            "inbox": self.views(scene),
            "counts": counts(scene),
            "slack": self.slack(scene),
            "webhooks": self.webhooks(scene),
            "crm": self.crm(scene),
            "company": self.company(scene),
            "mail": self.mail(scene),
        })
    }

    /// The row of the table of contacts; null without one.
    fn row(&self, scene: &Scene) -> Value {
        let page = scene.of(&format!("contacts?q={}", self.email));
        let row = &page["contacts"][0];
        if row.is_null() {
            return Value::Null;
        }
        let (intent, progress) = (&row["intent"], &row["progress"]);
        let mut shown = json!({
            "score": intent["bucket"], "type": intent["type"], "chat_status": progress["chat_status"],
            "meeting_status": progress["meeting_status"], "owner": progress["owner"],
            "account": row["account"]["domain"], "signals": row["signals"],
        });
        drop_empty(&mut shown);
        shown
    }

    /// The views of the inbox that have a conversation of the lead.
    fn views(&self, scene: &Scene) -> Vec<&'static str> {
        let is_in = |view: &&str| {
            let page = scene.admin.get(&scene.knock, &format!("/api/v1/conversations?view={view}")).body;
            let rows = page["conversations"].as_array().expect("a list");
            rows.iter().any(|row| row["contact"]["email"] == self.email)
        };
        VIEWS.into_iter().filter(is_in).collect()
    }

    /// New and changed messages in Slack.
    fn slack(&mut self, scene: &Scene) -> Vec<String> {
        let mut changed = Vec::new();
        for message in scene.slack.messages() {
            let of = |name: &str| message[name].as_str().unwrap_or_default().to_owned();
            let status = status_on(&message["blocks"]).map(|status| format!(" [{status}]")).unwrap_or_default();
            let (place, text) = ((of("channel"), of("ts")), of("text") + &status);
            let before = self.posts.insert(place, text.clone());
            if before.as_ref() != Some(&text) {
                let kind = if of("channel").starts_with('D') { "direct message" } else { "channel" };
                let change = if before.is_some() { ", changed" } else { "" };
                changed.push(format!("{kind}{change}: {text}"));
            }
        }
        changed.sort();
        changed
    }

    /// New events, with what they say.
    fn webhooks(&mut self, scene: &Scene) -> Vec<String> {
        let mut events: Vec<Value> = scene.receiver.all().iter().map(knock_testing::Heard::body).collect();
        events.sort_by_key(|event| event["sequence"].as_i64());
        let new = events.split_off(self.events.min(events.len()));
        self.events += new.len();
        new.iter().filter(|event| !is_of_look_up(event)).map(said).collect()
    }

    /// The properties of the contact in the CRM that changed; null without a contact.
    fn crm(&mut self, scene: &Scene) -> Value {
        let Some(properties) = self.contact_in(scene) else { return Value::Null };
        let mut changed = changed_of(&self.contact, &properties);
        self.contact = properties;
        if let Some(minutes) = changed.get_mut("knock_rep_response_time").filter(|value| !value.is_null()) {
            // It contains the milliseconds of this run.
            *minutes = json!("some minutes");
        }
        Value::Object(changed)
    }

    /// The same of the company of the contact.
    fn company(&mut self, scene: &Scene) -> Value {
        let id = self.contact_in(scene).and_then(|contact| contact.get("associatedcompanyid").cloned());
        let Some(properties) = id.and_then(|id| record(scene, "companies", |record| record["id"] == id)) else {
            return Value::Null;
        };
        let mut changed = changed_of(&self.company, &properties);
        self.company = properties;
        // A look-up in the background says at its own time that the CRM knows them.
        changed.retain(|name, value| name != "knock_funnel_stage" || *value != "Existing" && *value != "First Seen");
        Value::Object(changed)
    }

    fn contact_in(&self, scene: &Scene) -> Option<Map<String, Value>> {
        record(scene, "contacts", |record| record["properties"]["email"] == self.email)
    }

    /// New mails, by recipient and subject.
    fn mail(&mut self, scene: &Scene) -> Vec<String> {
        let all = scene.mails.all();
        let new = &all[self.mails.min(all.len())..];
        let mut new: Vec<String> = new
            .iter()
            .map(|mail| format!("{}: {}", mail.0["rcpt"][0].as_str().expect("one"), mail.header("Subject")))
            .collect();
        new.sort();
        self.mails = all.len();
        new
    }
}

/// The properties of a record in the CRM.
fn record(scene: &Scene, object: &str, is_it: impl Fn(&Value) -> bool) -> Option<Map<String, Value>> {
    let records = scene.hubspot.control("GET", &format!("records/{object}"), &Value::Null);
    let found = records.as_array()?.iter().find(|record| is_it(record))?;
    found["properties"].as_object().cloned()
}

/// The properties of Knock that are others than before.
fn changed_of(before: &Map<String, Value>, now: &Map<String, Value>) -> Map<String, Value> {
    let of_knock = now.iter().filter(|(name, _)| name.starts_with("knock_"));
    let changed = of_knock.filter(|(name, value)| before.get(*name) != Some(value));
    changed.map(|(name, value)| (name.clone(), value.clone())).collect()
}

/// The status on a card.
fn status_on(blocks: &Value) -> Option<String> {
    let all = blocks.as_array()?.iter().filter_map(|block| block["fields"].as_array()).flatten();
    all.filter_map(|field| field["text"].as_str()?.strip_prefix("*Status*\n")).next().map(ToOwned::to_owned)
}

/// Whether an event says only that the CRM knows somebody: a look-up in the background says so, at its own time.
fn is_of_look_up(event: &Value) -> bool {
    let data = &event["data"];
    data["now"]["stage"] == "Existing" && data["now"]["score"] == data["previous"]["score"]
}

/// The type of an event, and the few values that say what happened.
fn said(event: &Value) -> String {
    const VALUES: [&str; 8] = ["previous", "status", "score", "type", "assignee", "author", "reason", "stage"];
    let data = &event["data"];
    let values = VALUES.iter().filter(|name| data[**name].is_string() || data[**name].is_number());
    let mut values: Vec<String> = values.map(|name| format!("{name} {}", data[*name])).collect();
    for (name, state) in
        [("previous", &data["previous"]), ("now", &data["now"])].iter().filter(|(_, state)| state.is_object())
    {
        values.push(format!("{name} {} {}", state["score"], state["stage"]));
    }
    format!("{}: {}", event["type"].as_str().expect("a type"), values.join(", "))
}

/// The numbers that the team reads.
fn counts(scene: &Scene) -> Value {
    let mut inbox = scene.admin.get(&scene.knock, "/api/v1/conversations?view=open").body["counts"].clone();
    drop_empty(&mut inbox);
    let rows = |path: &str, list: &str| scene.of(path)[list].as_array().map(Vec::len);
    json!({"inbox": inbox, "contacts": rows("contacts?limit=200", "contacts"), "accounts": rows("accounts", "accounts"),
        "meetings": rows("meetings?limit=200", "meetings")})
}

/// Drops what is missing or zero.
fn drop_empty(object: &mut Value) {
    if let Some(object) = object.as_object_mut() {
        object.retain(|_, value| !value.is_null() && *value != 0);
    }
}
