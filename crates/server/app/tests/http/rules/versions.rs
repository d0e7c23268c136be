//! Versions of a rule, how rules are used, and deleting one.

use crate::members::Browser;
use crate::routing::Team;
use serde_json::{Value, json};

fn made(team: &Team, name: &str) -> String {
    team.ask("POST", "/api/v1/rules", &team.rule(name)).body["id"].as_str().expect("an id").to_owned()
}

#[test]
fn every_version_is_kept_with_who_saved_it_and_an_old_one_can_be_saved_again() {
    let team = Team::start();
    let admin = Browser::admin(&team.knock);
    let rule = made(&team, "First");
    let path = format!("/api/v1/rules/{rule}");
    assert_eq!(team.ask("PUT", "/api/v1/links/Website/rule", &json!({"rule": rule})).code, 204);
    team.chat(1, &["How much is a licence for 200 people? We need a quote"]);
    let mut second = team.rule("Second");
    second["segments"] = json!([]);
    second["version"] = json!(1);
    team.knock.advance(1_000);
    assert_eq!(admin.ask(&team.knock, "PUT", &path, &second).code, 200);
    team.chat(2, &["Are you hiring backend engineers? I'd like to send my CV"]);
    team.chat(3, &["Are you hiring backend engineers? I'd like to send my CV"]);

    let versions = team.knock.get(&format!("{path}/versions"), &team.key).body;
    let row = |at: usize| {
        let row = &versions["versions"][at];
        (row["rule"]["version"].clone(), row["rule"]["name"].clone(), row["decisions"].clone(), row["saved_by"].clone())
    };
    assert_eq!(row(0), (json!(2), json!("Second"), json!(2), json!("admin@localhost")));
    assert_eq!(row(1), (json!(1), json!("First"), json!(1), Value::Null));
    assert!(versions["versions"][0]["saved_at"].as_i64() > versions["versions"][1]["saved_at"].as_i64());
    assert_eq!((&versions["deleted_at"], versions["versions"].as_array().map(Vec::len)), (&Value::Null, Some(2)));

    // Back to the first: its content follows the second.
    let mut back = versions["versions"][1]["rule"].clone();
    back["version"] = json!(2);
    let saved = admin.ask(&team.knock, "PUT", &path, &back).body;
    assert_eq!(
        (&saved["version"], &saved["name"], &saved["segments"]),
        (&json!(3), &json!("First"), &back["segments"])
    );
    assert_eq!(team.knock.get("/api/v1/rules/none/versions", &team.key).code, 404);
}

#[test]
fn an_edit_of_an_older_version_is_refused_and_names_the_saved_one() {
    let team = Team::start();
    let path = format!("/api/v1/rules/{}", made(&team, "First"));
    let saves = |name: &str, version: Value| {
        let mut rule = team.rule(name);
        rule["version"] = version;
        team.ask("PUT", &path, &rule)
    };
    assert_eq!(saves("Second", json!(1)).body["version"], 2);
    let lost = saves("Third", json!(1));
    assert_eq!((lost.code, &lost.body["type"]), (409, &json!("urn:knock:problem:changed-meanwhile")));
    assert!(lost.body["detail"].as_str().expect("text").contains("Version 2 was saved meanwhile"), "{}", lost.body);
    assert_eq!(saves("Third", json!(3)).code, 409, "nor one that is not there yet");
    // Without a version it follows whichever there is.
    assert_eq!(saves("Third", json!(0)).body["version"], 3);
    assert_eq!(team.ask("PUT", &path, &team.rule("Fourth")).body["version"], 4);
}

#[test]
fn the_list_says_how_each_rule_is_used() {
    let team = Team::start();
    let admin = Browser::admin(&team.knock);
    let rule = admin.ask(&team.knock, "POST", "/api/v1/rules", &team.rule("Web")).body;
    let id = rule["id"].as_str().expect("an id");
    let uses = |of: &str| team.knock.get("/api/v1/rules", &team.key).body["uses"][of].clone();
    let unused = uses(id);
    assert_eq!((&unused["links"], &unused["leads_30_days"]), (&json!([]), &json!(0)));
    assert_eq!(unused["saved_by"], "admin@localhost");
    assert_eq!(team.ask("PUT", "/api/v1/links/chat/rule", &json!({"rule": id})).code, 204);
    let names = uses(id)["links"].clone();
    assert_eq!((names.as_array().map(Vec::len), &names[0]["slug"]), (Some(1), &json!("chat")), "{names}");
    assert_eq!(uses("default_chat")["links"], json!([]));

    team.chat(1, &["We need a quote for your product", "I'm looking for a job, are you hiring? Here is my CV"]);
    team.chat(2, &["How much is a licence for 200 people? We need a quote"]);
    assert_eq!(uses("default_chat")["leads_30_days"], 2, "each lead once");
    team.knock.set_clock(&json!({"advance_ms": 31 * 86_400_000_i64}));
    assert_eq!(uses("default_chat")["leads_30_days"], 0);
}

#[test]
fn a_rule_that_links_have_is_not_deleted_and_a_deleted_one_can_still_be_read() {
    let team = Team::start();
    let rule = made(&team, "Web");
    let path = format!("/api/v1/rules/{rule}");
    let delete = |path: &str| team.ask("DELETE", path, &Value::Null);
    let gives = |rule: &Value| team.ask("PUT", "/api/v1/links/Website/rule", &json!({"rule": rule})).code;
    assert_eq!(gives(&json!(rule)), 204);
    team.chat(1, &["Are you hiring backend engineers? I'd like to send my CV"]);
    let refused = delete(&path);
    assert_eq!((refused.code, &refused.body["type"]), (409, &json!("urn:knock:problem:in-use")));
    assert_eq!(refused.body["detail"], "It is the rule of Website");
    assert_eq!(delete("/api/v1/rules/default_chat").code, 409);
    assert_eq!(delete("/api/v1/rules/none").code, 404);

    assert_eq!(gives(&Value::Null), 204);
    assert_eq!(delete(&path).code, 204);
    let list = team.knock.get("/api/v1/rules", &team.key).body;
    assert!(!list["rules"].as_array().expect("a list").iter().any(|known| known["id"] == rule), "{list}");
    assert_eq!(list["uses"].get(&rule), None);
    let versions = team.knock.get(&format!("{path}/versions"), &team.key).body;
    let deleted_at = versions["deleted_at"].as_i64().expect("an instant");
    assert!(versions["versions"][0]["saved_at"].as_i64().expect("an instant") <= deleted_at, "{versions}");
    assert_eq!(versions["versions"][0]["decisions"], 1);
    let decisions = team.knock.get("/api/v1/decisions", &team.key).body;
    assert_eq!(decisions["decisions"][0]["decision"]["rule"], "Web");
    for gone in [delete(&path), team.ask("PUT", &path, &team.rule("Web"))] {
        assert_eq!(gone.code, 404);
    }
    assert_eq!(gives(&json!(rule)), 422);
    let next = team.chat(2, &["How much is a licence for 200 people? We need a quote"]);
    assert_eq!(next["decisions"][0]["rule_id"], "default_chat");
}
