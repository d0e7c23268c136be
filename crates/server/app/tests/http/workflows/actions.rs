//! What steps do to records, chats, members and webhooks: as a member would, once, and under the name of the workflow.

use super::PATH;
use crate::chat::open_as;
use crate::members::Browser;
use crate::office::Office;
use crate::support::Knock;
use knock_model::Role;
use knock_testing::{Answer, Chat, Heard, Receiver, eventually, found};
use serde_json::{Value, json};

const HOUR: i64 = 3_600_000;
const REP: &str = "bo@us.example";

/// A workflow of the first message of a lead with these steps, an action each, switched on.
fn begin(knock: &Knock, admin: &Browser, actions: &[(&str, Value)]) -> String {
    let steps: Vec<Value> = actions.iter().map(|(id, content)| json!({"id": id, "do": content["do"]})).collect();
    let contents: serde_json::Map<String, Value> =
        actions.iter().map(|(id, content)| ((*id).to_owned(), content.clone())).collect();
    switch_on(
        knock,
        admin,
        &json!({
            "name": "Follow Up",
            "definition": {"trigger": {"on": "message", "by": "lead"}, "steps": steps},
            "contents": contents,
        }),
    )
}

/// Saves a workflow and switches it on; its id.
fn switch_on(knock: &Knock, admin: &Browser, draft: &Value) -> String {
    let saved = admin.ask(knock, "POST", PATH, draft);
    assert_eq!(saved.code, 201, "{}", saved.body);
    let id = saved.text("id");
    let on = admin.ask(knock, "PUT", &format!("{PATH}/{id}/state"), &json!({"enabled": true}));
    assert_eq!(on.code, 200, "{}", on.body);
    id
}

/// The log of the first run of a lead: step, outcome and reason of each entry.
fn log(knock: &Knock, admin: &Browser, lead: &str) -> Vec<[String; 3]> {
    let shown = admin.get(knock, &format!("/api/v1/contacts/{lead}/workflows")).body;
    let entries = shown["workflows"][0]["runs"][0]["log"].as_array().cloned().unwrap_or_default();
    let text = |entry: &Value, name: &str| entry[name].as_str().unwrap_or_default().to_owned();
    entries.iter().map(|entry| ["step", "outcome", "reason"].map(|name| text(entry, name))).collect()
}

fn lead_of(knock: &Knock, key: &str, chat: &Chat) -> String {
    chat.record(knock, key)["conversation"]["lead"].as_str().expect("a lead").to_owned()
}

/// What the timeline of a lead says that workflows did: the action, its words, and the author.
fn acted(knock: &Knock, key: &str, lead: &str) -> Vec<(Value, Value, Value)> {
    let events = knock.get(&format!("/api/v1/timeline?contact={lead}"), key).body["events"].clone();
    let events = events.as_array().cloned().unwrap_or_default().into_iter();
    let ours = events.filter(|event| event["kind"] == "workflow_action");
    ours.map(|event| (event["to"].clone(), event["text"].clone(), event["by"].clone())).collect()
}

#[test]
fn steps_tag_set_a_field_assign_remind_and_call_a_webhook_once_in_the_name_of_the_workflow() {
    let private = [("KNOCK_OUTBOUND_PRIVATE_NETWORKS", "127.0.0.0/8"), ("KNOCK_CHAT_OPENS_PER_IP", "0")];
    let (knock, receiver) = (Knock::start_with(&private), Receiver::start(|_, _| Answer::Code(200)));
    let (key, admin) = (knock.admin_key(), Browser::admin(&knock));
    let bo = Browser::member(&knock, &admin, REP, Role::Rep);
    let rep = admin.id_of(&knock, REP);
    let tag = admin.ask(&knock, "POST", "/api/v1/tags", &json!({"name": "Hot", "color": "teal"})).text("id");
    let field = json!({"name": "stage", "label": "Stage", "value_type": "text", "sources": ["identify"]});
    assert_eq!(admin.ask(&knock, "PUT", "/api/v1/custom-fields", &json!({"fields": [field]})).code, 200);
    let hook = json!({"url": receiver.url("/"), "events": ["message.created"]});
    let hook = admin.ask(&knock, "POST", "/api/v1/webhooks", &hook).text("id");
    let workflow = begin(
        &knock,
        &admin,
        &[
            ("a", json!({"do": "tag", "tag": tag})),
            ("b", json!({"do": "set_field", "field": "stage", "value": "trial"})),
            ("c", json!({"do": "assign", "rep": rep})),
            ("d", json!({"do": "task", "text": "Call {{first_name|them}}", "due_in_ms": HOUR})),
            ("e", json!({"do": "webhook", "webhook": hook})),
        ],
    );
    let chat = open_as(&knock, &knock.site(), 1);
    for n in 1..=2 {
        assert_eq!(chat.write(&knock, n, "We are 200 people and need a quote").code, 201);
    }
    let lead = lead_of(&knock, &key, &chat);
    let done = ["a", "b", "c", "d", "e"].map(|step| [step, "done", ""].map(str::to_owned));
    assert_eq!(log(&knock, &admin, &lead), done);

    let contact = knock.get(&format!("/api/v1/contacts/{lead}"), &key).body;
    assert_eq!(contact["contact"]["tags"][0]["name"], "Hot");
    let custom = &contact["custom"][0];
    assert_eq!((&custom["value"], &custom["source"]), (&json!("trial"), &json!("workflow")), "{custom}");
    assert_eq!(contact["owner"], REP);
    let reminders = bo.get(&knock, &format!("/api/v1/contacts/{lead}/reminders")).body;
    assert_eq!(reminders["reminders"].as_array().map(Vec::len), Some(1), "{reminders}");
    assert_eq!(reminders["reminders"][0]["text"], "Call them (workflow Follow Up)");

    let heard = receiver.until(|heard| heard.iter().any(|one| one.body()["type"] == "workflow.action"));
    let ours: Vec<Value> = heard.iter().map(Heard::body).filter(|body| body["type"] == "workflow.action").collect();
    assert_eq!(ours.len(), 1, "{ours:?}");
    let data = &ours[0]["data"];
    assert_eq!((&data["workflow"], &data["name"]), (&json!(workflow), &json!("Follow Up")), "{data}");
    assert_eq!((&data["step"], &data["run"], &data["lead"]["id"]), (&json!("e"), &json!(1), &json!(lead)), "{data}");

    let by = json!("workflow Follow Up");
    let said = [("webhook", ""), ("task", "Call them"), ("set_field", "stage: trial"), ("tag", "Hot")];
    let mut expected = said.map(|(action, text)| (json!(action), json!(text), by.clone())).to_vec();
    let mut shown = acted(&knock, &key, &lead);
    // Of one instant, their order is that of their ids.
    for events in [&mut expected, &mut shown] {
        events.iter_mut().for_each(|(_, text, _)| *text = json!(text.as_str().unwrap_or_default()));
        events.sort_by_key(|(action, ..)| action.to_string());
    }
    assert_eq!(shown, expected);
    let events = knock.get(&format!("/api/v1/timeline?contact={lead}"), &key).body["events"].clone();
    let events = events.as_array().expect("events");
    assert!(events.iter().any(|event| event["kind"] == "assigned" && event["by"] == by), "{events:?}");
    let audit = admin.get(&knock, "/api/v1/audit?action=lead.tagged").body;
    let actor = &audit["entries"][0]["actor"];
    assert_eq!((&actor["kind"], &actor["name"]), (&json!("workflow"), &json!("Follow Up")), "{audit}");
}

#[test]
fn what_is_gone_is_named_with_the_run_and_stops_nothing() {
    let knock = Knock::start();
    let (key, admin) = (knock.admin_key(), Browser::admin(&knock));
    let made =
        |name: &str| admin.ask(&knock, "POST", "/api/v1/tags", &json!({"name": name, "color": "teal"})).text("id");
    let (gone, kept) = (made("Gone"), made("Kept"));
    begin(
        &knock,
        &admin,
        &[
            ("a", json!({"do": "tag", "tag": gone})),
            ("b", json!({"do": "mail", "subject": {"en": "Hello"}, "body": {"en": "Hello"}})),
            ("c", json!({"do": "task", "text": "Call", "due_in_ms": HOUR})),
            ("d", json!({"do": "tag", "tag": kept})),
        ],
    );
    assert_eq!(admin.ask(&knock, "DELETE", &format!("/api/v1/tags/{gone}"), &Value::Null).code, 204);
    let rule = json!({"name": "Agent", "funnel": "chat", "segments": [], "fallback": {"assign": {"ai_agent": "auto"}}});
    assert_eq!(admin.ask(&knock, "PUT", "/api/v1/rules/default_chat", &rule).code, 200);
    // Without an address the mail is skipped, before any rule of a mail server.
    let chat = open_as(&knock, &knock.site(), 1);
    assert_eq!(chat.write(&knock, 1, "hi").code, 201);
    let lead = lead_of(&knock, &key, &chat);
    let expected =
        [["a", "done", "tag_gone"], ["b", "skipped", "no_address"], ["c", "done", "no_owner"], ["d", "done", ""]];
    assert_eq!(log(&knock, &admin, &lead), expected.map(|entry| entry.map(str::to_owned)));
    let shown = acted(&knock, &key, &lead);
    assert_eq!(shown.len(), 1, "what was not done is no event: {shown:?}");
}

#[test]
fn members_get_leads_by_turns_and_the_decision_names_the_workflow() {
    let office = Office::open("2030-01-08T09:00:00Z");
    office.rule(&json!({"ai_agent": "auto"}));
    let pool = [office.id("bo@us.example"), office.id("cy@us.example")];
    begin(&office.knock, &office.admin, &[("a", json!({"do": "assign", "pool": pool}))]);
    let mut owners = Vec::new();
    for visitor in 1..=4 {
        let chat = office.writes(visitor, "hi");
        let (conversation, decision) = office.record(&chat);
        owners.push(conversation["state"]["rep_owner"].as_str().unwrap_or_default().to_owned());
        assert_eq!(decision["rule"], "Follow Up", "{decision}");
    }
    let [bo, cy] = ["bo@us.example", "cy@us.example"].map(str::to_owned);
    assert_eq!(owners, [bo.clone(), cy.clone(), bo, cy]);
    // While no one of them is available the owner stays.
    for who in [&office.bo, &office.cy] {
        office.sets(who, &json!({"state": "away"}));
    }
    let chat = office.writes(5, "We are 200 people and need a quote");
    assert_eq!(office.owner(&chat), "AI Agent");
    let lead = lead_of(&office.knock, &office.key, &chat);
    let expected = ["a", "done", "nobody_free"].map(str::to_owned);
    assert_eq!(log(&office.knock, &office.admin, &lead), [expected]);
}

#[test]
fn the_agent_writes_in_the_open_chat_in_the_language_of_the_lead() {
    let knock = Knock::start_with(&[("KNOCK_CHAT_OPENS_PER_IP", "0")]);
    let (key, admin) = (knock.admin_key(), Browser::admin(&knock));
    switch_on(
        &knock,
        &admin,
        &json!({
            "name": "Still there",
            "definition": {"trigger": {"on": "message", "by": "lead"},
                "steps": [{"id": "w", "wait": {"for_ms": HOUR}}, {"id": "m", "do": "message"}]},
            "contents": {"m": {"do": "message", "text": {"en": "Still there, {{first_name|friend}}?",
                "de": "Sind Sie noch da, {{first_name|Gast}}?"}}},
        }),
    );
    let [open, over] = [1, 2].map(|visitor| open_as(&knock, &knock.site(), visitor));
    for (n, chat) in [(1, &open), (2, &over)] {
        assert_eq!(chat.write(&knock, n, "Guten Tag, was kostet das?").code, 201);
    }
    assert_eq!(over.act(&knock, &key, &json!("done")), 204);
    knock.advance(HOUR);
    let said = |chat: &Chat| {
        let messages = chat.messages(&knock, 0).into_iter();
        messages.filter(|message| message["text"] == "Sind Sie noch da, Gast?").collect::<Vec<Value>>()
    };
    let message = found("the agent writes", || said(&open).pop());
    assert_eq!(message["author"], "ai_agent");
    let lead = lead_of(&knock, &key, &over);
    let failed = [["w", "waited", ""], ["m", "done", "no_open_chat"]].map(|entry| entry.map(str::to_owned));
    eventually("the other run has ended", || log(&knock, &admin, &lead) == failed);
    assert_eq!((said(&open).len(), said(&over).len()), (1, 0));
}
