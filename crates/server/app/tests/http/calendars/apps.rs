//! The apps that ask for consents: entered by an admin, or in the configuration.

use super::{OWN, start};
use crate::members::Browser;
use knock_model::Role;
use serde_json::{Value, json};

const APPS: &str = "/api/v1/calendar-apps";
const GOOGLE: &str = "/api/v1/calendar-apps/google";
const CONSENT: &str = "/api/v1/calendars/consent";
const SECRET: &str = "GOCSPX-heron-granite";

fn app(id: &str) -> Value {
    json!({"client_id": format!("{id}.apps.googleusercontent.com"), "client_secret": SECRET})
}

#[test]
fn an_admin_enters_changes_and_removes_an_app_and_no_secret_is_shown() {
    let knock = start(&[]);
    let (admin, key) = (Browser::admin(&knock), knock.admin_key());
    let shown = || {
        let apps = admin.get(&knock, APPS).body["apps"].clone();
        let apps = apps.as_array().expect("a list").clone();
        apps.into_iter().find(|app| app["provider"] == "google").expect("Google's")
    };
    let none = shown();
    assert_eq!(
        (&none["is_ready"], &none["is_configured"], &none["values"]),
        (&json!(false), &json!(false), &json!({}))
    );
    assert_eq!(none["redirect_uri"], format!("{}/hooks/google/oauth", knock.url));
    assert!(none["scopes"].as_array().is_some_and(|scopes| !scopes.is_empty()), "{none}");
    let asked = admin.ask(&knock, "POST", CONSENT, &json!({"provider": "google"}));
    assert_eq!((asked.code, &asked.body["errors"][0]["pointer"]), (422, &json!("/provider")), "{}", asked.body);

    let entered = admin.ask(&knock, "PUT", GOOGLE, &app("1-a"));
    assert_eq!((entered.code, &entered.body["is_ready"]), (200, &json!(true)), "{}", entered.body);
    assert_eq!(entered.body["values"], json!({"client_id": "1-a.apps.googleusercontent.com"}));
    assert_eq!(entered.body, shown());
    // The secret stays for the same id alone.
    let id = |id: &str| json!({"client_id": format!("{id}.apps.googleusercontent.com")});
    assert_eq!(admin.ask(&knock, "PUT", GOOGLE, &id("1-a")).code, 200);
    let other = admin.ask(&knock, "PUT", GOOGLE, &id("2-b"));
    assert_eq!((other.code, &other.body["errors"][0]["pointer"]), (422, &json!("/client_secret")));
    for (field, value) in [("client_id", ""), ("client_id", "two words"), ("redirect_uri", "x")] {
        let mut draft = app("1-a");
        draft[field] = value.into();
        let reply = admin.ask(&knock, "PUT", GOOGLE, &draft);
        assert_eq!((reply.code, &reply.body["errors"][0]["pointer"]), (422, &json!(format!("/{field}"))), "{value}");
    }
    assert_eq!(admin.ask(&knock, "POST", CONSENT, &json!({"provider": "google"})).code, 200);

    assert_eq!(admin.ask(&knock, "DELETE", GOOGLE, &Value::Null).code, 204);
    assert_eq!(admin.ask(&knock, "DELETE", GOOGLE, &Value::Null).code, 404);
    assert_eq!(shown()["is_ready"], false);
    let log = knock.get("/api/v1/audit?limit=200", &key).body.to_string();
    assert!(log.contains("calendar_app.changed") && log.contains("calendar_app.removed"), "{log}");
    assert_eq!(log.matches("calendar_app.changed").count(), 1, "what changed nothing is no entry: {log}");
    let stored = knock.select("SELECT value FROM settings").concat();
    assert!(!format!("{log} {stored} {} {}", entered.body, knock.said()).contains(SECRET));
}

#[test]
fn an_app_is_for_admins_and_for_providers_that_ask() {
    let knock = start(&[]);
    let (admin, key) = (Browser::admin(&knock), knock.admin_key());
    let bo = Browser::member(&knock, &admin, "bo@us.example", Role::Rep);
    for (method, path) in [("GET", APPS), ("PUT", GOOGLE), ("DELETE", GOOGLE)] {
        assert_eq!(bo.ask(&knock, method, path, &app("1-a")).code, 403, "{method} {path}");
        assert_eq!(knock.ask(method, path, &key, &app("1-a")).code, 403, "{method} {path}: a key");
        let stranger = Browser { cookie: String::new() };
        assert_eq!(stranger.ask(&knock, method, path, &app("1-a")).code, 401, "{method} {path}");
    }
    for path in ["/api/v1/calendar-apps/caldav", "/api/v1/calendar-apps/other"] {
        assert_eq!(admin.ask(&knock, "PUT", path, &app("1-a")).code, 404, "{path}");
    }
    let providers = bo.get(&knock, OWN).body["providers"].clone();
    let google = providers.as_array().expect("a list").iter().find(|one| one["provider"] == "google");
    assert_eq!(google.expect("Google")["consent"], json!({"is_ready": false}));
}

#[test]
fn the_app_of_the_configuration_counts_first_and_cannot_be_changed() {
    let id = "9-z.apps.googleusercontent.com";
    let knock = start(&[("KNOCK_GOOGLE_CLIENT_ID", id), ("KNOCK_GOOGLE_CLIENT_SECRET", SECRET)]);
    let admin = Browser::admin(&knock);
    let apps = admin.get(&knock, APPS).body["apps"].clone();
    let google = apps.as_array().expect("a list").iter().find(|app| app["provider"] == "google").expect("Google's");
    assert_eq!((&google["is_ready"], &google["is_configured"]), (&json!(true), &json!(true)));
    assert_eq!(google["values"], json!({"client_id": id}));
    assert!(!apps.to_string().contains(SECRET), "{apps}");
    for (method, body) in [("PUT", app("1-a")), ("DELETE", Value::Null)] {
        let reply = admin.ask(&knock, method, GOOGLE, &body);
        assert_eq!(reply.code, 409, "{}", reply.body);
    }
    let asked = admin.ask(&knock, "POST", CONSENT, &json!({"provider": "google"}));
    assert!(asked.body["url"].as_str().is_some_and(|url| url.contains(id)), "{}", asked.body);
}
