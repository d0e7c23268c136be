//! Saved views of the team and of a member.

use crate::members::Browser;
use crate::support::Knock;
use knock_model::Role;
use serde_json::{Value, json};

fn draft(page: &str, name: &str, is_personal: bool) -> Value {
    json!({"page": page, "name": name, "query": "view=open&score=High", "is_personal": is_personal})
}

fn names(knock: &Knock, browser: &Browser) -> Vec<String> {
    let list = browser.get(knock, "/api/v1/views").body;
    let views = list["views"].as_array().expect("a list");
    views.iter().map(|view| view["name"].as_str().expect("a name").to_owned()).collect()
}

#[test]
fn a_personal_view_is_there_for_the_member_who_saved_it_alone() {
    let knock = Knock::start();
    let key = knock.admin_key();
    let admin = Browser::admin(&knock);
    let bo = Browser::member(&knock, &admin, "bo@us.example", Role::Rep);
    let save = |browser: &Browser, body: &Value| browser.ask(&knock, "POST", "/api/v1/views", body);
    let own = save(&bo, &draft("inbox", "Hot", true));
    assert_eq!((own.code, &own.body["is_personal"]), (201, &json!(true)), "{}", own.body);
    let teams = save(&bo, &draft("inbox", "Teams", false));
    assert_eq!((teams.code, &teams.body["is_personal"]), (201, &json!(false)), "{}", teams.body);
    assert_eq!(names(&knock, &bo), ["Hot", "Teams"]);
    assert_eq!(names(&knock, &admin), ["Teams"]);
    assert_eq!(knock.get("/api/v1/views", &key).body["views"].as_array().map(Vec::len), Some(1));
    // Each has names of their own, and a page has.
    assert_eq!(save(&admin, &draft("inbox", "hot", true)).code, 201);
    assert_eq!(save(&admin, &draft("inbox", "Hot", false)).code, 201);
    assert_eq!(save(&bo, &draft("contacts", "Hot", true)).code, 201);
    let again = save(&bo, &draft("inbox", "HOT", true));
    assert_eq!((again.code, &again.body["errors"][0]["pointer"]), (422, &json!("/name")), "{}", again.body);

    let path = format!("/api/v1/views/{}", own.body["id"].as_str().expect("an id"));
    assert_eq!(admin.ask(&knock, "PUT", &path, &draft("inbox", "Taken", false)).code, 404);
    assert_eq!(admin.ask(&knock, "DELETE", &path, &Value::Null).code, 404);
    assert_eq!(bo.ask(&knock, "PUT", &path, &draft("inbox", "Hottest", true)).code, 200);
    assert_eq!(bo.ask(&knock, "PUT", &path, &draft("inbox", "For all", false)).code, 200);
    assert!(names(&knock, &admin).contains(&"For all".to_owned()));
    assert_eq!(admin.ask(&knock, "DELETE", &path, &Value::Null).code, 204);
    assert!(!names(&knock, &bo).contains(&"For all".to_owned()));
}

#[test]
fn an_api_key_has_no_view_of_its_own() {
    let knock = Knock::start();
    let reply = knock.ask("POST", "/api/v1/views", &knock.admin_key(), &draft("inbox", "Hot", true));
    assert_eq!((reply.code, &reply.body["errors"][0]["pointer"]), (422, &json!("/is_personal")), "{}", reply.body);
}

#[test]
fn the_audit_log_has_a_personal_view_without_its_query() {
    let knock = Knock::start();
    let admin = Browser::admin(&knock);
    for (name, is_personal) in [("Own", true), ("Teams", false)] {
        assert_eq!(admin.ask(&knock, "POST", "/api/v1/views", &draft("inbox", name, is_personal)).code, 201);
    }
    let log = admin.get(&knock, "/api/v1/audit?action=view.saved").body;
    let after = |name: &str| {
        let entries = log["entries"].as_array().expect("a list");
        entries.iter().find(|entry| entry["after"]["name"] == name).expect("its entry")["after"].clone()
    };
    assert_eq!(after("Own")["query"], Value::Null);
    assert_eq!(
        (&after("Own")["is_personal"], &after("Teams")["query"]),
        (&json!(true), &json!("view=open&score=High"))
    );
}
