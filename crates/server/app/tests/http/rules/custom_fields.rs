//! Custom fields: defined, set by pages, by answers and by programs, and used by rules.

use super::refused;
use crate::routing::Team;
use crate::support::{batch, id, identify};
use serde_json::{Value, json};

const FIELDS: &str = "/api/v1/custom-fields";
const QUOTE: &str = "How much is a licence for 200 people? We need a quote";

fn field(name: &str, value_type: &str, sources: &[&str]) -> Value {
    json!({"name": name, "label": name.to_uppercase(), "value_type": value_type, "sources": sources})
}

fn define(team: &Team, fields: &[Value]) {
    let reply = team.ask("PUT", FIELDS, &json!({"fields": fields}));
    assert_eq!(reply.code, 200, "{}", reply.body);
}

/// Sends an `identify` of a visitor with more properties.
fn says(team: &Team, visitor: u64, email: &str, more: &Value) {
    let now = team.knock.now();
    let mut said = identify(now, visitor, email);
    said["props"].as_object_mut().expect("properties").extend(more.as_object().expect("an object").clone());
    let mut sent = batch(&team.knock.site(), visitor, now, &[said]);
    sent["session"] = json!(id(1_700_000_000_000, visitor));
    assert_eq!(team.knock.post_signals(&sent).code, 202);
}

fn contact(team: &Team, email: &str) -> Value {
    let found = team.knock.get(&format!("/api/v1/contacts?q={email}"), &team.key).body;
    let id = found["contacts"][0]["id"].as_str().unwrap_or_else(|| panic!("{found}"));
    team.knock.get(&format!("/api/v1/contacts/{id}"), &team.key).body
}

/// Name, value and source of the custom fields of a contact.
fn known(record: &Value) -> Vec<(Value, Value, Value)> {
    let rows = record["custom"].as_array().cloned().unwrap_or_default();
    rows.iter().map(|row| (row["name"].clone(), row["value"].clone(), row["source"].clone())).collect()
}

fn row(name: &str, value: Value, source: &str) -> (Value, Value, Value) {
    (json!(name), value, json!(source))
}

#[test]
fn what_a_page_says_is_kept_with_where_and_when_and_rules_ask_it() {
    let team = Team::start();
    define(&team, &[field("plan", "text", &["identify"]), field("seats", "number", &["identify", "api"])]);
    let mut rule = team.rule("Default Routing Rule");
    let gold = json!({"field": "custom.plan", "op": "eq", "value": "gold"});
    let large = json!({"field": "custom.seats", "op": "gte", "value": 100});
    rule["segments"][0]["when"] = json!({"all": [gold, large]});
    assert_eq!(team.ask("PUT", "/api/v1/rules/default_chat", &rule).code, 200);
    let before = team.knock.now();
    says(&team, 1, "ann@globex.example", &json!({"plan": "Gold", "seats": "200", "mood": "good"}));
    says(&team, 2, "bob@globex.example", &json!({"plan": "gold", "seats": "many"}));
    let record = contact(&team, "ann@globex.example");
    assert_eq!(known(&record), [row("plan", json!("Gold"), "identify"), row("seats", json!(200), "identify")]);
    assert_eq!(record["custom"][0]["label"], "PLAN");
    let at = record["custom"][0]["at"].as_i64().expect("an instant");
    assert!((before..=team.knock.now()).contains(&at), "{at}");
    assert_eq!(known(&contact(&team, "bob@globex.example")), [row("plan", json!("gold"), "identify")]);

    assert_eq!(team.chat(1, &[QUOTE])["decisions"][0]["segment"], "Job seekers", "the segment that asks both");
    assert_eq!(team.chat(2, &[QUOTE])["decisions"][0]["segment"], "Fallback Segment");
    let leads = team.knock.get("/api/v1/rules/tester?q=ann@globex", &team.key).body["leads"].clone();
    assert_eq!(leads[0]["fields"]["custom.seats"], 200);
    let inputs = team.knock.get("/api/v1/rules/inputs", &team.key).body;
    let last = inputs["fields"].as_array().expect("a list").iter().rev().take(2).collect::<Vec<_>>();
    assert_eq!((&last[1]["field"], &last[1]["label"]), (&json!("custom.plan"), &json!("PLAN")));
    assert_eq!((&last[1]["values"], &last[1]["has_source"]), (&json!(["Gold", "gold"]), &json!(true)));
    assert!(last[1]["operators"].as_array().expect("a list").contains(&json!("within_last")));
    assert_eq!((&last[0]["field"], &last[0]["value_type"]), (&json!("custom.seats"), &json!("number")));
    let numbers = ["eq", "neq", "gt", "gte", "lt", "lte", "between", "is_set", "is_not_set"];
    assert_eq!(last[0]["operators"], json!(numbers));

    // A field that is no longer defined is neither used nor shown, until it is defined again.
    define(&team, &[field("seats", "text", &["identify"])]);
    assert_eq!(known(&contact(&team, "ann@globex.example")), [row("seats", json!("200"), "identify")]);
}

#[test]
fn the_newest_value_counts_whichever_source_it_has() {
    let team = Team::start();
    define(&team, &[field("plan", "text", &["identify", "api"]), field("vip", "boolean", &["api"])]);
    says(&team, 1, "ann@globex.example", &json!({"plan": "gold", "vip": true}));
    let email = "ann@globex.example";
    let contact_id = contact(&team, email)["contact"]["id"].as_str().expect("an id").to_owned();
    let path = format!("/api/v1/contacts/{contact_id}/custom-fields");
    let sets = |values: Value| team.ask("PUT", &path, &json!({"values": values}));
    assert_eq!(known(&contact(&team, email)), [row("plan", json!("gold"), "identify")], "`vip` is not said by pages");
    team.knock.advance(1_000);
    assert_eq!(sets(json!({"plan": "silver", "vip": "yes"})).code, 204);
    assert_eq!(known(&contact(&team, email)), [row("plan", json!("silver"), "api"), row("vip", json!(true), "api")]);
    team.knock.advance(1_000);
    says(&team, 1, email, &json!({"plan": "bronze"}));
    assert_eq!(known(&contact(&team, email))[0], row("plan", json!("bronze"), "identify"));
    team.knock.advance(1_000);
    assert_eq!(sets(json!({"plan": null, "vip": false})).code, 204);
    assert_eq!(known(&contact(&team, email)), [row("vip", json!(false), "api")]);

    let entries = team.knock.get("/api/v1/audit", &team.key).body["entries"].clone();
    assert_eq!((&entries[0]["action"], &entries[0]["before"]["vip"]), (&json!("contact.fields_changed"), &json!(true)));
    assert_eq!(sets(json!({"vip": false})).code, 204);
    assert_eq!(team.knock.get("/api/v1/audit", &team.key).body["entries"][0], entries[0], "nothing changed");

    let reply = sets(json!({"plan": "x", "mood": "good"}));
    assert_eq!(refused(&reply, 422, "/values/mood"), "is no custom field with the source `api`");
    assert!(refused(&sets(json!({"vip": "maybe"})), 422, "/values/vip").contains("not of the type"));
    assert!(refused(&sets(json!({"plan": "x".repeat(501)})), 422, "/values/plan").contains("500"));
    assert_eq!(known(&contact(&team, email)), [row("vip", json!(false), "api")], "all or nothing");
    let none = "/api/v1/contacts/00000000-0000-4000-8000-000000000000/custom-fields";
    assert_eq!(team.ask("PUT", none, &json!({"values": {"vip": true}})).code, 404);
    let exported = team.ask("POST", "/api/v1/persons/export", &json!({"email": email})).body;
    assert_eq!(exported["custom_values"].as_array().map(Vec::len), Some(2), "{}", exported["custom_values"]);
}

#[test]
fn answers_to_questions_of_a_link_fill_the_fields_that_ask_for_them() {
    let team = Team::start();
    let mut size = field("size", "number", &["form"]);
    size["form_field"] = json!("team_size");
    define(&team, &[size, field("tool", "text", &["form"])]);
    let question = |id: &str, field: &str| json!({"id": id, "label": "?", "kind": "text", "field": field});
    let link = json!({"slug": "demo", "name": "Demo", "funnel": "meeting", "site": team.knock.site(),
        "questions": [question("q1", "team_size"), question("q2", "tool"), question("q3", "budget")]});
    assert_eq!(team.ask("POST", "/api/v1/links", &link).code, 201);
    let email = "lee@globex.example";
    let step = json!({"link": "demo", "visitor": id(team.knock.now(), 8), "email": email,
        "answers": {"q1": "40", "q2": "Excel", "q3": "none"}});
    let reply = team.knock.post("/v1/meetings/email", &step);
    assert_eq!(reply.code, 200, "{}", reply.body);
    assert_eq!(known(&contact(&team, email)), [row("size", json!(40), "form"), row("tool", json!("Excel"), "form")]);
    let inputs = team.knock.get("/api/v1/rules/inputs?funnel=meeting", &team.key).body;
    let names: Vec<_> =
        inputs["fields"].as_array().expect("a list").iter().map(|field| field["field"].clone()).collect();
    let last = ["custom.size", "custom.tool", "custom.budget", "custom.team_size"];
    assert_eq!(names[names.len() - 4..], last.map(|name| json!(name)), "and what else links ask");
}

#[test]
fn a_field_that_cannot_be_is_refused_by_its_place() {
    let team = Team::start();
    let plan = || field("plan", "text", &["api"]);
    let with = |part: &str, value: Value| {
        let mut field = plan();
        field[part] = value;
        team.ask("PUT", FIELDS, &json!({"fields": [field]}))
    };
    for name in ["", "Plan", "a b", "é", &"x".repeat(41)] {
        assert!(refused(&with("name", json!(name)), 422, "/fields/0/name").contains("a-z, 0-9 and _"), "{name}");
    }
    for label in ["", " ", "a\nb", &"x".repeat(81)] {
        assert!(refused(&with("label", json!(label)), 422, "/fields/0/label").contains("1 to 80"), "{label}");
    }
    assert!(refused(&with("sources", json!([])), 422, "/fields/0/sources").contains("is empty"));
    assert!(refused(&with("form_field", json!("Plan")), 422, "/fields/0/form_field").contains("`form`"));
    assert_eq!(with("value_type", json!("date")).code, 400);
    assert_eq!(with("sources", json!(["crm"])).code, 400);
    let twice = team.ask("PUT", FIELDS, &json!({"fields": [plan(), plan()]}));
    assert_eq!(refused(&twice, 422, "/fields/1/name"), "is the name of another field");
    let many: Vec<Value> = (0..51).map(|n| field(&format!("f{n}"), "text", &["api"])).collect();
    assert_eq!(refused(&team.ask("PUT", FIELDS, &json!({"fields": many})), 422, "/fields"), "has more than 50");
    assert_eq!(team.knock.get(FIELDS, &team.key).body, json!({"fields": []}));
    define(&team, &[plan()]);
    assert_eq!(team.knock.get(FIELDS, &team.key).body["fields"], json!([plan()]));
}

#[test]
fn a_condition_that_is_the_same_for_every_lead_is_refused() {
    let team = Team::start();
    define(&team, &[field("plan", "text", &["identify"])]);
    let saves = |name: &str, value: &str| {
        let mut rule = team.rule("Default Routing Rule");
        rule["segments"][0]["when"] = json!({"field": name, "op": "eq", "value": value});
        team.ask("PUT", "/api/v1/rules/default_chat", &rule)
    };
    for (name, value, expected) in [
        ("custom.paln", "gold", "`custom.paln` is no custom field: add it in Settings > Custom fields"),
        ("intent.type", "Byuing", "`intent.type` is never `Byuing`: it is one of Buying, Partnership"),
        ("intent.score", "Hihg", "`intent.score` is never `Hihg`: it is one of Low, Medium, High"),
    ] {
        let reason = refused(&saves(name, value), 422, "/segments/0/when");
        assert!(reason.starts_with(expected), "{reason}");
        let template = json!({"name": "Never", "when": {"field": name, "op": "eq", "value": value}});
        let reply = team.ask("POST", "/api/v1/segment-templates", &template);
        assert!(refused(&reply, 422, "/when").starts_with(expected), "{}", reply.body);
    }
    assert_eq!(saves("intent.score", "high").code, 200);
    assert_eq!(saves("custom.plan", "gold").code, 200);
    // What was saved is kept when the field is removed.
    define(&team, &[]);
    assert_eq!(saves("custom.plan", "silver").code, 200);
}
