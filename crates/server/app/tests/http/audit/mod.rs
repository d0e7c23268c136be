//! The audit log over HTTP: each change by a member, an API key or a command appends an entry.

mod bodies;
mod document;
mod every_route;
mod exports;
mod persons;
mod without;

use crate::members::Browser;
use crate::support::{Knock, Reply};
use knock_model::Role;
use serde_json::{Value, json};

/// The entries of a query, newest first.
fn entries(knock: &Knock, key: &str, query: &str) -> Vec<Value> {
    let reply = knock.get(&format!("/api/v1/audit?limit=200{query}"), key);
    assert_eq!(reply.code, 200, "{}", reply.body);
    reply.body["entries"].as_array().expect("a list").clone()
}

fn actions(entries: &[Value]) -> Vec<&str> {
    entries.iter().map(|entry| entry["action"].as_str().expect("a word")).collect()
}

#[test]
fn an_entry_names_the_member_or_the_key_and_the_fields_that_changed() {
    let knock = Knock::start();
    let (admin, key) = (Browser::admin(&knock), knock.admin_key());
    let bo = Browser::nameless(&knock, &admin, "bo@us.example", Role::Rep);
    drop(bo);
    let id = admin.id_of(&knock, "bo@us.example");
    assert_eq!(knock.ask("PATCH", &format!("/api/v1/members/{id}"), &key, &json!({"role": "manager"})).code, 200);
    let found = entries(&knock, &key, "");
    let expected = [
        "member.role_changed",
        "member.signed_in",
        "member.invited",
        "api_key.created",
        "member.signed_in",
        "sign_in_link.created",
    ];
    assert_eq!(actions(&found)[..6], expected);
    let [changed, joined, invited, created] = [&found[0], &found[1], &found[2], &found[3]];
    assert_eq!((&changed["before"], &changed["after"]), (&json!({"role": "rep"}), &json!({"role": "manager"})));
    assert_eq!((&changed["actor"]["kind"], &changed["subject"]["name"]), (&json!("api_key"), &json!("bo@us.example")));
    assert_eq!((&joined["actor"]["id"], &joined["actor"]["name"]), (&json!(id), &json!("bo@us.example")));
    assert_eq!(invited["actor"]["name"], "admin@localhost");
    assert_eq!((&created["actor"]["kind"], &created["actor"]["name"]), (&json!("command_line"), &json!("")));
    assert_eq!(changed["actor"]["id"], created["subject"]["id"]);
    let by_bo = entries(&knock, &key, &format!("&actor={id}"));
    assert_eq!(actions(&by_bo), ["member.signed_in"]);
    assert_eq!(actions(&entries(&knock, &key, "&q=BO%40us&action=member.invited")), ["member.invited"]);
    let at = changed["at"].as_i64().expect("an instant");
    assert_eq!(entries(&knock, &key, &format!("&to={at}&from={at}")).len(), 0);
    assert_eq!(&entries(&knock, &key, &format!("&from={at}"))[0], changed);
}

#[test]
fn the_log_is_read_page_by_page_and_a_wrong_parameter_is_named() {
    let knock = Knock::start();
    let key = knock.admin_key();
    let all = entries(&knock, &key, "");
    assert!(all.len() >= 3, "{all:?}");
    let (mut paged, mut after) = (Vec::new(), String::new());
    loop {
        let page = knock.get(&format!("/api/v1/audit?limit=1{after}"), &key).body;
        paged.extend(page["entries"].as_array().expect("a list").clone());
        let Some(next) = page["next"].as_str() else { break };
        after = format!("&after={next}");
    }
    assert_eq!(paged, all);
    for (query, pointer) in [("limit=0", "query/limit"), ("limit=201", "query/limit"), ("after=x", "query/after")] {
        let refused = knock.get(&format!("/api/v1/audit?{query}"), &key);
        assert_eq!((refused.code, &refused.body["errors"][0]["pointer"]), (400, &json!(pointer)), "{query}");
    }
    assert_eq!(knock.get("/api/v1/audit?from=x", &key).code, 400);
    assert_eq!(knock.get("/api/v1/audit.csv?from=x", &key).code, 400);
}

#[test]
fn only_admins_read_it() {
    let knock = Knock::start();
    for path in ["/api/v1/audit", "/api/v1/audit.csv", "/api/v1/privacy"] {
        assert_eq!(knock.send("GET", path, &[], None).code, 401, "{path}");
        for role in Role::ALL {
            let expected = if *role == Role::Admin { 200 } else { 403 };
            assert_eq!(knock.get(path, &knock.key(role.as_str())).code, expected, "{path} as {}", role.as_str());
        }
    }
}

/// The lines of the file, without its header.
fn csv_lines(reply: &Reply) -> Vec<String> {
    assert_eq!(reply.header("content-type"), Some("text/csv; charset=utf-8"));
    assert!(reply.header("content-disposition").is_some_and(|kept| kept.contains("audit-log.csv")));
    let text = reply.body.as_str().expect("text");
    let mut lines = text.lines().map(ToOwned::to_owned);
    assert!(lines.next().expect("a header").starts_with("\u{feff}at,actor_kind,actor,action,"));
    lines.collect()
}

#[test]
fn the_file_has_all_entries_of_the_filter_and_no_formula() {
    let knock = Knock::start();
    let key = knock.admin_key();
    let draft = |name: &str| json!({"name": name, "origins": ["https://shop.example"]});
    assert_eq!(knock.ask("POST", "/api/v1/sites", &key, &draft("=HYPERLINK(1)")).code, 201);
    let made = knock.ask("POST", "/api/v1/sites", &key, &draft("Shop")).body;
    let path = format!("/api/v1/sites/{}", made["key"].as_str().expect("a key"));
    // More than one part of the file.
    for number in 0..510 {
        assert_eq!(knock.ask("PUT", &path, &key, &draft(&format!("Shop {number}"))).code, 200);
    }
    let all = csv_lines(&knock.get("/api/v1/audit.csv?action=site.changed", &key));
    assert_eq!(all.len(), 510);
    assert!(all[0].contains("Shop 509") && all[509].contains("Shop 0"), "{}", all[0]);
    let created = csv_lines(&knock.get("/api/v1/audit.csv?action=site.created", &key));
    assert_eq!(created.len(), 2);
    assert!(created[1].contains(",'=HYPERLINK(1),"), "{}", created[1]);
}

#[test]
fn commands_leave_entries_too() {
    let knock = Knock::start_in(knock_store::Scratch::sqlite(), &[]);
    let key = knock.admin_key();
    let made = String::from_utf8(knock.command(&["api-key", "create", "--role", "rep", "--name", "Data"]).stdout);
    assert!(made.is_ok_and(|text| text.contains("knk_")));
    let listed = knock.get("/api/v1/keys", &key).body;
    let data = listed["keys"].as_array().expect("a list").iter().find(|row| row["name"] == "Data").expect("a key");
    assert!(knock.command(&["api-key", "revoke", data["id"].as_str().expect("an id")]).status.success());
    let to = knock.data().join("copy.tar");
    assert!(knock.command(&["backup", &to.display().to_string()]).status.success());
    assert!(knock.command(&["rebuild"]).status.success());
    let found = entries(&knock, &key, "&actor=command_line");
    let expected = ["workspace.rebuilt", "backup.made", "api_key.revoked", "api_key.created", "api_key.created"];
    assert_eq!(actions(&found)[..5], expected);
    assert_eq!((&found[1]["after"], &found[2]["subject"]["name"]), (&json!({"file": "copy.tar"}), &json!("Data")));
    assert_eq!(actions(&entries(&knock, &key, "&actor=server")).last(), Some(&"workspace.set_up"));
}

#[test]
fn no_secret_is_in_any_entry() {
    let knock = Knock::start();
    let key = knock.admin_key();
    let made = knock.ask("POST", "/api/v1/keys", &key, &json!({"name": "Data", "role": "rep"})).body;
    let sites = knock.get("/api/v1/sites", &key).body;
    let site = sites["sites"][0]["key"].as_str().expect("a key");
    let rotated = knock.ask("POST", &format!("/api/v1/sites/{site}/identify-secret"), &key, &json!({}));
    let invited = knock.ask("POST", "/api/v1/members", &key, &json!({"email": "bo@us.example", "role": "rep"}));
    let hook = json!({"url": "https://hooks.example/hush?token=hush", "events": ["webhook.test"]});
    assert_eq!(knock.ask("POST", "/api/v1/webhooks", &key, &hook).code, 201);
    let text = Value::Array(entries(&knock, &key, "")).to_string();
    let link = invited.body["invitation"].as_str().expect("a link");
    let token = link.split("token=").nth(1).expect("a token");
    let secret = rotated.body["identify_secret"].as_str().expect("a secret");
    for secret in [made["key"].as_str().expect("a key"), token, secret, key.as_str(), "hush"] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
    assert!(text.contains("hooks.example"));
}
