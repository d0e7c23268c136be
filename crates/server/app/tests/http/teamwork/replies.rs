//! Saved replies: the team's and a member's own.

use super::{REP, Team};
use crate::members::Browser;
use crate::support::Reply;
use knock_model::Role;
use serde_json::{Value, json};

const PATH: &str = "/api/v1/replies";

impl Team {
    fn saves(&self, by: &Browser, name: &str, is_personal: bool) -> Reply {
        by.ask(
            &self.knock,
            "POST",
            PATH,
            &json!({"name": name, "text": "Hi {{name|there}}", "is_personal": is_personal}),
        )
    }

    fn names(&self, by: &Browser) -> Vec<String> {
        let list = by.get(&self.knock, PATH).body;
        let names = list["replies"].as_array().expect("a list").iter();
        names.map(|reply| reply["name"].as_str().expect("text").to_owned()).collect()
    }
}

#[test]
fn a_member_sees_the_teams_replies_and_their_own() {
    let team = Team::start();
    let (rep, admin) = (&team.rep, &team.admin);
    assert_eq!((team.saves(admin, "Pricing", false).code, team.saves(admin, "mine", true).code), (201, 201));
    let own = team.saves(rep, "Hours", true);
    assert_eq!((own.code, &own.body["is_personal"]), (201, &json!(true)));
    assert_eq!(team.names(admin), ["mine", "Pricing"]);
    assert_eq!(team.names(rep), ["Hours", "Pricing"]);
    let by_key = team.knock.get(PATH, &team.key).body;
    assert_eq!(by_key["replies"].as_array().map(Vec::len), Some(1), "a program sees the team's: {by_key}");
    let path = format!("{PATH}/{}", own.body["id"].as_str().expect("an id"));
    assert_eq!(admin.ask(&team.knock, "DELETE", &path, &Value::Null).code, 404, "only {REP} sees it");
    assert_eq!(rep.ask(&team.knock, "DELETE", &path, &Value::Null).code, 204);
    assert_eq!(team.names(rep), ["Pricing"]);
}

#[test]
fn the_teams_replies_are_those_of_managers_and_admins_to_change() {
    let team = Team::start();
    let manager = Browser::member(&team.knock, &team.admin, "mo@us.example", Role::Manager);
    let made = team.saves(&manager, "Pricing", false);
    assert_eq!(made.code, 201);
    let path = format!("{PATH}/{}", made.body["id"].as_str().expect("an id"));
    let change = |by: &Browser, body: &Value| by.ask(&team.knock, "PUT", &path, body);
    let mine = json!({"name": "Pricing", "text": "Mine now", "is_personal": true});
    for refused in [
        team.saves(&team.rep, "Hours", false),
        change(&team.rep, &mine),
        team.rep.ask(&team.knock, "DELETE", &path, &Value::Null),
    ] {
        let expected = (403, &json!("urn:knock:problem:not-permitted"));
        assert_eq!((refused.code, &refused.body["type"]), expected, "{}", refused.body);
    }
    assert_eq!(change(&team.admin, &json!({"name": "Prices", "text": "From $49", "language": "en"})).code, 200);
    assert_eq!(team.names(&team.rep), ["Prices"]);
    let entries = team.knock.get("/api/v1/audit?action=saved_reply.changed", &team.key).body;
    assert_eq!(entries["entries"][0]["after"]["text"], "From $49");
}

#[test]
fn what_cannot_be_saved_names_its_field() {
    let team = Team::start();
    assert_eq!(team.saves(&team.rep, "Hours", true).code, 201);
    for (body, pointer) in [
        (json!({"name": " ", "text": "x", "is_personal": true}), "/name"),
        (json!({"name": "HOURS", "text": "x", "is_personal": true}), "/name"),
        (json!({"name": "x".repeat(81), "text": "x", "is_personal": true}), "/name"),
        (json!({"name": "x", "text": "", "is_personal": true}), "/text"),
        (json!({"name": "x", "text": "Hi {{nmae}}", "is_personal": true}), "/text"),
        (json!({"name": "x", "text": "x", "language": "tlh", "is_personal": true}), "/language"),
    ] {
        let reply = team.rep.ask(&team.knock, "POST", PATH, &body);
        assert_eq!((reply.code, &reply.body["errors"][0]["pointer"]), (422, &json!(pointer)), "{}", reply.body);
    }
    let by_key = team.knock.ask("POST", PATH, &team.key, &json!({"name": "x", "text": "x", "is_personal": true}));
    assert_eq!((by_key.code, &by_key.body["errors"][0]["pointer"]), (422, &json!("/is_personal")));
    let nowhere = format!("{PATH}/06060606-0606-4606-8606-060606060606");
    assert_eq!(
        team.rep.ask(&team.knock, "PUT", &nowhere, &json!({"name": "y", "text": "y", "is_personal": true})).code,
        404
    );
}

#[test]
fn a_conversation_says_what_stands_in_the_places_of_a_reply() {
    let team = Team::start();
    let known = team.record()["places"].clone();
    assert_eq!((&known["name"], &known["company"]), (&json!(""), &json!("")));
    assert_eq!(team.chat.write(&team.knock, 1, "We need a quote, I am ann@first.example").code, 201);
    let known = team.record()["places"].clone();
    assert_eq!(known["company"], "first.example");
    assert!(known["site"].as_str().is_some_and(|site| !site.is_empty()), "{known}");
}
