//! Segment templates: the built-in ones and the team's own.

use super::refused;
use crate::routing::Team;
use serde_json::{Value, json};

const ALL: &str = "/api/v1/segment-templates";

fn score(op: &str, value: &str) -> Value {
    json!({"field": "intent.score", "op": op, "value": value})
}

fn names(team: &Team) -> Vec<Value> {
    let list = team.knock.get(ALL, &team.key).body;
    list["templates"].as_array().expect("a list").iter().map(|template| template["name"].clone()).collect()
}

#[test]
fn knock_comes_with_one_without_low_and_one_for_each_intent_type() {
    let team = Team::start();
    let list = team.knock.get(ALL, &team.key).body["templates"].clone();
    let built_in = ["Clean CRM", "Buying", "Partnership", "Support", "Job seeker"];
    assert_eq!(names(&team), built_in);
    let clean = json!({"id": "clean_crm", "name": "Clean CRM", "when": score("neq", "Low"), "is_built_in": true});
    assert_eq!(list[0], clean);
    assert_eq!(list[4]["when"], json!({"field": "intent.type", "op": "eq", "value": "Job seeker"}));
    for (method, body) in [("PUT", json!({"name": "Mine", "when": score("eq", "High")})), ("DELETE", Value::Null)] {
        let reply = team.ask(method, &format!("{ALL}/clean_crm"), &body);
        assert_eq!((reply.code, &reply.body["type"]), (409, &json!("urn:knock:problem:built-in")));
    }
    assert_eq!(names(&team), built_in);
}

#[test]
fn the_team_s_own_are_saved_changed_and_deleted() {
    let team = Team::start();
    let made = team.ask("POST", ALL, &json!({"name": " Hot ", "when": score("eq", "High")}));
    assert_eq!((made.code, &made.body["name"], &made.body["is_built_in"]), (201, &json!("Hot"), &json!(false)));
    assert_eq!(team.ask("POST", ALL, &json!({"name": "Cold", "when": score("eq", "Low")})).code, 201);
    assert_eq!(names(&team)[5..], ["Cold", "Hot"], "by name, after those that Knock comes with");
    let path = format!("{ALL}/{}", made.body["id"].as_str().expect("an id"));
    let changed = team.ask("PUT", &path, &json!({"name": "Warm", "when": score("in", "High")}));
    assert_eq!(refused(&changed, 400, "/when"), "`intent.score in` expects a list of texts");
    let when = json!({"any": [score("eq", "High"), score("eq", "Medium")]});
    let changed = team.ask("PUT", &path, &json!({"name": "Warm", "when": when}));
    assert_eq!((changed.code, &changed.body["when"]), (200, &when));
    assert_eq!(team.ask("DELETE", &path, &Value::Null).code, 204);
    assert_eq!(names(&team)[5..], ["Cold"]);
    for method in ["PUT", "DELETE"] {
        assert_eq!(team.ask(method, &path, &json!({"name": "Warm", "when": when})).code, 404);
    }
}

#[test]
fn a_template_without_a_name_of_its_own_is_refused() {
    let team = Team::start();
    let reply = |name: &str| team.ask("POST", ALL, &json!({"name": name, "when": score("eq", "High")}));
    for name in ["", "  ", "a\nb", &"x".repeat(101)] {
        assert_eq!(refused(&reply(name), 422, "/name"), "must have 1 to 100 characters, on one line");
    }
    assert_eq!(reply("Hot").code, 201);
    for name in ["hot", "clean crm", "Job Seeker"] {
        assert_eq!(refused(&reply(name), 422, "/name"), "is the name of another template");
    }
    let unknown = team.ask("POST", ALL, &json!({"name": "X", "when": {"field": "intent.kind", "op": "is_set"}}));
    assert!(refused(&unknown, 400, "/when/field").contains("is not a field"));
    assert_eq!(team.ask("POST", ALL, &json!({"name": "X", "when": {"all": []}, "more": 1})).code, 400);
}
