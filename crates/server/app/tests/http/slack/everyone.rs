//! All of Slack may answer chats: people become members by themselves, and the list of them is searched page by page.

use super::{Office, SETTINGS};
use contract_slack::seed;
use knock_testing::found;
use serde_json::{Value, json};

const USERS: &str = "/api/v1/slack/users";

impl Office {
    fn lets(&self, everyone: &Value) {
        let draft = json!({"monitoring_channel": seed::GENERAL, "note_mark": "//", "everyone": everyone});
        let reply = self.ask("PUT", SETTINGS, &draft);
        assert_eq!(reply.code, 200, "{}", reply.body);
    }

    fn members(&self) -> Vec<String> {
        let list = self.knock.get("/api/v1/members", &self.key).body;
        let members = list["members"].as_array().expect("a list").iter();
        members.filter_map(|member| member["email"].as_str().map(str::to_owned)).collect()
    }

    fn users(&self, query: &str) -> Value {
        let reply = self.knock.get(&format!("{USERS}?{query}"), &self.key);
        assert_eq!(reply.code, 200, "{}", reply.body);
        reply.body
    }
}

#[test]
fn people_become_members_by_themselves_and_can_be_assigned_chats_before_they_sign_in() {
    let office = Office::configured();
    office.until("the people are listed", |settings| settings["users"] == 4);
    let before = office.members().len();
    office.lets(&json!({"is_on": true, "role": "rep", "domains": ["acme.example"]}));
    found("Bob is a member", || office.members().contains(&"bob@acme.example".to_owned()).then_some(()));
    let assignees = office.knock.get("/api/v1/assignees", &office.key).body.to_string();
    assert!(assignees.contains("bob@acme.example"), "{assignees}");
    // Who is removed does not come back, and who comes to Slack does.
    let bob = office.member("bob@acme.example");
    assert_eq!(office.ask("DELETE", &format!("/api/v1/members/{bob}"), &Value::Null).code, 204);
    let person = |id: &str, email: &str, kind: &str| {
        office.slack.control("POST", "users", &json!({"id": id, "name": "New", "email": email, "kind": kind}));
    };
    person("U9NEW0001", "new@acme.example", "member");
    found("who is new is a member", || office.members().contains(&"new@acme.example".to_owned()).then_some(()));
    person("U9NEW0002", "guest@acme.example", "guest");
    person("U9NEW0003", "other@elsewhere.example", "member");
    person("U9NEW0004", "last@acme.example", "member");
    found("the last one is a member", || office.members().contains(&"last@acme.example".to_owned()).then_some(()));
    let members = office.members();
    for email in ["bob@acme.example", "guest@acme.example", "other@elsewhere.example"] {
        assert!(!members.contains(&email.to_owned()), "{email}: {members:?}");
    }
    assert!(members.len() > before);
    let log = office.knock.get("/api/v1/audit?limit=200", &office.key).body;
    let entries = log["entries"].as_array().expect("a list");
    assert!(entries.iter().any(|entry| entry["action"] == "member.invited"), "{log}");
    // Without the field it stays as it is.
    assert_eq!(office.ask("PUT", SETTINGS, &json!({"note_mark": "//"})).body["everyone"]["is_on"], true);
}

#[test]
fn what_is_wrong_with_the_choice_is_said_at_its_field() {
    let office = Office::configured();
    for (everyone, pointer) in [
        (json!({"is_on": true, "role": "admin"}), "/everyone/role"),
        (json!({"is_on": true, "role": "ingest"}), "/everyone/role"),
        (json!({"is_on": true, "domains": ["acme"]}), "/everyone/domains"),
        (json!({"is_on": true, "domains": ["a b.example"]}), "/everyone/domains"),
    ] {
        let reply = office.ask("PUT", SETTINGS, &json!({"note_mark": "//", "everyone": everyone}));
        assert_eq!((reply.code, &reply.body["errors"][0]["pointer"]), (422, &json!(pointer)), "{}", reply.body);
    }
}

#[test]
fn people_are_searched_and_listed_page_by_page() {
    let office = Office::configured();
    office.until("the people are listed", |settings| settings["users"] == 4);
    let all = office.users("limit=200");
    let ids = |list: &Value| -> Vec<String> {
        let users = list["users"].as_array().expect("a list").iter();
        users.map(|user| user["id"].as_str().expect("an id").to_owned()).collect()
    };
    assert_eq!((ids(&all).len(), &all["next"]), (4, &Value::Null));
    let first = office.users("limit=3");
    let next = first["next"].as_str().expect("another page").to_owned();
    let second = office.users(&format!("limit=3&after={next}"));
    assert_eq!([ids(&first), ids(&second)].concat(), ids(&all));
    assert_eq!(second["next"], Value::Null);
    let found = office.users("query=BOB");
    assert_eq!(ids(&found), [seed::BOB]);
    assert_eq!(ids(&office.users("query=no%20one%20here")), Vec::<String>::new());
    assert_eq!(office.knock.get(&format!("{USERS}?after=U0"), &office.key).code, 400);
    assert_eq!(office.knock.get(&format!("{USERS}?limit=0"), &office.key).code, 400);
}
