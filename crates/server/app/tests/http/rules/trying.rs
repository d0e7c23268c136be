//! Trying a draft: its inputs, the number of matching leads, and the decisions for leads.

use super::{lead, refused};
use crate::routing::Team;
use serde_json::{Value, json};

const JOBS: &str = "Are you hiring backend engineers? I'd like to send my CV";
const QUOTE: &str = "How much is a licence for 200 people? We need a quote";

fn field<'a>(inputs: &'a Value, name: &str) -> &'a Value {
    let fields = inputs["fields"].as_array().expect("fields");
    fields.iter().find(|field| field["field"] == name).unwrap_or_else(|| panic!("no {name}"))
}

#[test]
fn inputs_are_the_catalogue_with_what_was_seen_and_who_can_be_assigned() {
    let team = Team::start();
    lead(&team, 1, "ann@globex.example", JOBS);
    lead(&team, 2, "bob@globex.example", JOBS);
    lead(&team, 3, "cyd@acme.example", QUOTE);
    let inputs = team.knock.get("/api/v1/rules/inputs?funnel=chat", &team.key).body;

    let kind = field(&inputs, "intent.type");
    assert_eq!((&kind["values"], &kind["value_type"]), (&json!(["Job seeker", "Buying"]), &json!("text")));
    assert_eq!((&kind["has_source"], &kind["label"]), (&json!(true), &json!(null)));
    let operators = ["eq", "neq", "in", "not_in", "contains", "not_contains", "starts_with", "ends_with"];
    assert_eq!(kind["operators"], json!([&operators[..], &["is_set", "is_not_set"]].concat()));
    assert_eq!(field(&inputs, "company.domain")["values"], json!(["globex.example", "acme.example"]));
    let number = field(&inputs, "session.page_count");
    assert_eq!((&number["value_type"], &number["values"]), (&json!("number"), &json!([])));
    assert_eq!(field(&inputs, "email.is_free")["value_type"], "boolean");
    assert_eq!(field(&inputs, "signals.categories")["value_type"], "list");
    for unknown in ["company.employees", "session.country", "crm.hubspot.owner", "person.title"] {
        assert_eq!(field(&inputs, unknown)["has_source"], false, "{unknown}");
    }
    assert_eq!(inputs["crm"], Value::Null);
    assert_eq!(inputs["agents"], json!(["auto", "buying", "support", "hiring", "partnership", "general"]));
    let admin = &inputs["reps"][0];
    assert_eq!((&admin["id"], &admin["email"]), (&json!(team.rep), &json!("admin@localhost")));
    assert_eq!((&admin["state"], &admin["is_full"]), (&json!("active"), &json!(false)));

    // No meeting was requested; the catalogue is the same.
    let of_meetings = team.knock.get("/api/v1/rules/inputs?funnel=meeting", &team.key).body;
    assert_eq!(field(&of_meetings, "intent.type")["values"], json!([]));
    // Values from longer ago are no longer suggested.
    team.knock.set_clock(&json!({"advance_ms": 31 * 86_400_000_i64}));
    let later = team.knock.get("/api/v1/rules/inputs", &team.key).body;
    assert_eq!(field(&later, "intent.type")["values"], json!([]));
    assert_eq!(team.knock.get("/api/v1/rules/inputs?funnel=mail", &team.key).code, 400);
}

#[test]
fn turns_of_pools_are_given_to_who_decides_in_the_browser() {
    let team = Team::start();
    let pool = json!({"name": "Pool", "funnel": "chat", "segments": [], "fallback": {"assign": {"pool": [team.rep]}}});
    assert_eq!(team.ask("PUT", "/api/v1/rules/default_chat", &pool).code, 200);
    lead(&team, 1, "ann@globex.example", QUOTE);
    lead(&team, 2, "bob@globex.example", QUOTE);
    let inputs = team.knock.get("/api/v1/rules/inputs", &team.key).body;
    let turn = json!({"rule": "default_chat", "segment": "fallback", "rep": team.rep, "number": 2});
    assert_eq!(inputs["turns"], json!([turn]));
}

#[test]
fn matches_count_each_lead_once_and_the_first_segment_gets_it() {
    let team = Team::start();
    lead(&team, 1, "ann@globex.example", JOBS);
    lead(&team, 2, "bob@globex.example", QUOTE);
    lead(&team, 3, "cyd@acme.example", QUOTE);
    // A lead whose type changed has two decisions, and still counts as one lead, with the latest values.
    assert_eq!(team.ask("PUT", "/api/v1/rules/default_chat", &team.rule("Default Routing Rule")).code, 200);
    let twice = team.chat(4, &[QUOTE, "I'm looking for a job, are you hiring? I want to apply with my CV"]);
    assert_eq!(twice["decisions"].as_array().map(Vec::len), Some(2));
    let when = |field: &str, value: &str| json!({"field": field, "op": "eq", "value": value});
    let segment = |id: &str, when: Value| json!({"id": id, "name": id, "when": when, "assign": {"rep": "anybody"}});
    let mut off = segment("off", json!({"all": []}));
    off["enabled"] = json!(false);
    let mut draft = team.rule("Draft");
    draft["segments"] = json!([
        off,
        segment("jobs", when("intent.type", "Job seeker")),
        segment("globex", when("company.domain", "globex.example")),
    ]);
    let ask = json!({"rule": draft, "days": 30});
    let counts = team.ask("POST", "/api/v1/rules/matches", &ask).body;
    let count = |id: &str, matches: u32, gets: u32| json!({"id": id, "matches": matches, "gets": gets});
    let segments = json!([count("off", 4, 0), count("jobs", 2, 2), count("globex", 2, 1)]);
    assert_eq!(counts, json!({"leads": 4, "segments": segments, "fallback": 1, "is_cut": false}));

    team.knock.set_clock(&json!({"advance_ms": 31 * 86_400_000_i64}));
    let later = team.ask("POST", "/api/v1/rules/matches", &ask).body;
    let none = json!([count("off", 0, 0), count("jobs", 0, 0), count("globex", 0, 0)]);
    assert_eq!(later, json!({"leads": 0, "segments": none, "fallback": 0, "is_cut": false}));
    for days in [0, 91] {
        let reply = team.ask("POST", "/api/v1/rules/matches", &json!({"rule": draft, "days": days}));
        assert_eq!(refused(&reply, 422, "/days"), "is not between 1 and 90");
    }
    let mut wrong = ask.clone();
    wrong["rule"]["segments"][1]["when"]["field"] = json!("intent.kind");
    let reply = team.ask("POST", "/api/v1/rules/matches", &wrong);
    assert!(refused(&reply, 400, "/rule/segments/1/when/field").contains("is not a field"));
}

#[test]
fn the_tester_has_past_leads_as_they_were_decided_about() {
    let team = Team::start();
    lead(&team, 1, "ann@globex.example", JOBS);
    team.chat(2, &[QUOTE]);
    lead(&team, 3, "cyd@acme.example", QUOTE);
    let leads = team.knock.get("/api/v1/rules/tester", &team.key).body["leads"].clone();
    let addresses = [0, 2].map(|at: usize| &leads[at]["contact"]["email"]);
    assert_eq!(addresses, ["cyd@acme.example", "ann@globex.example"]);
    assert_eq!((&leads[1]["contact"], &leads[0]["link"]), (&Value::Null, &json!("Website")));
    assert_eq!(leads[0]["label"], "Ann Lee", "the name that pages gave");
    assert!(!leads[1]["label"].as_str().expect("a text").is_empty());
    let ann = &leads[2];
    assert_eq!(ann["fields"]["intent.type"], "Job seeker");
    assert_eq!(ann["fields"]["email"], "ann@globex.example");
    assert_eq!(ann["fields"]["link.id"], "Website");
    assert_eq!((&ann["decision"]["rule_id"], &ann["at"]), (&json!("default_chat"), &ann["decision"]["at"]));

    let found = |query: &str| team.knock.get(&format!("/api/v1/rules/tester?{query}"), &team.key);
    let addresses = |query: &str| -> Vec<Value> {
        let leads = found(query).body["leads"].clone();
        leads.as_array().expect("a list").iter().map(|lead| lead["contact"]["email"].clone()).collect()
    };
    assert_eq!(addresses("q=globex"), ["ann@globex.example"]);
    assert_eq!(addresses("q=example&limit=1"), ["cyd@acme.example"]);
    assert_eq!(addresses("q=initech"), [Value::Null; 0]);
    assert_eq!(addresses("funnel=meeting"), [Value::Null; 0]);
    assert_eq!(refused(&found("limit=0"), 400, "query/limit"), "is not between 1 and 100");
    assert_eq!(refused(&found("limit=101"), 400, "query/limit"), "is not between 1 and 100");
}
