//! Sites of the team: origins as typed, removal, and events about refused signals.

use crate::chat::open_as;
use crate::support::{Knock, ORIGIN, batch, id, signal};
use knock_testing::{JSON, Reply, eventually};
use serde_json::{Value, json};
use tungstenite::Message;
use tungstenite::client::IntoClientRequest;

/// An origin from which the demo site accepts no signals.
const SHOP: &str = "https://shop.example";

/// The key of a new site that accepts signals from `ORIGIN` and from `SHOP`.
fn shop(knock: &Knock) -> String {
    let made =
        knock.ask("POST", "/api/v1/sites", &knock.admin_key(), &json!({"name": "Shop", "origins": [ORIGIN, SHOP]}));
    assert_eq!(made.code, 201, "{}", made.body);
    made.text("key")
}

fn send(knock: &Knock, site: &str, origin: &str) -> Reply {
    let now = knock.now();
    let body = batch(site, 1, now, &[signal(now, 1, "page_view", "/")]).to_string();
    knock.send("POST", "/v1/signals", &[("content-type", "text/plain"), ("origin", origin)], Some(body.as_bytes()))
}

fn open(knock: &Knock, start: &Value, origin: &str) -> Reply {
    knock.send("POST", "/v1/chat", &[JSON, ("origin", origin)], Some(start.to_string().as_bytes()))
}

#[test]
fn origins_are_taken_as_they_are_typed_and_answered_as_browsers_send_them() {
    let knock = Knock::start();
    let key = knock.admin_key();
    let draft = json!({
        "name": "Shop",
        "origins": ["www.example.com", "example.com/pricing", "HTTPS://Example.com/", "localhost:3000", "shop.example.com"],
    });
    let made = knock.ask("POST", "/api/v1/sites", &key, &draft);
    let listed =
        ["https://www.example.com", "https://example.com", "http://localhost:3000", "https://shop.example.com"];
    assert_eq!((made.code, &made.body["origins"]), (201, &json!(listed)), "{}", made.body);
    for origin in listed {
        assert_eq!(send(&knock, &made.text("key"), origin).code, 202, "{origin}");
    }
    let twins = json!({"name": "Shop", "origins": ["example.com", "localhost:3000"], "with_twins": true});
    let made = knock.ask("POST", "/api/v1/sites", &key, &twins);
    let listed = ["https://example.com", "https://www.example.com", "http://localhost:3000"];
    assert_eq!((made.code, &made.body["origins"]), (201, &json!(listed)), "{}", made.body);
    let wrong = json!({"name": "Shop", "origins": ["example.com", "my shop", "*.example.com"], "with_twins": true});
    let refused = knock.ask("POST", "/api/v1/sites", &key, &wrong);
    let pointers: Vec<_> =
        refused.body["errors"].as_array().expect("errors").iter().map(|one| &one["pointer"]).collect();
    assert_eq!((refused.code, pointers), (422, vec![&json!("/origins/1"), &json!("/origins/2")]));
}

#[test]
fn a_removed_site_takes_nothing_more_and_keeps_what_it_has() {
    let knock = Knock::start();
    let (key, site) = (knock.admin_key(), shop(&knock));
    let chat = open_as(&knock, &site, 1);
    assert_eq!((send(&knock, &site, ORIGIN).code, chat.write(&knock, 1, "Hello").code), (202, 201));
    let path = format!("/api/v1/sites/{site}");
    assert_eq!(knock.ask("DELETE", &path, &key, &json!({})).code, 204);

    let refused = send(&knock, &site, ORIGIN);
    assert_eq!((refused.code, &refused.body["type"]), (410, &json!("urn:knock:problem:removed")), "{}", refused.body);
    let visitor = id(knock.now(), 2);
    let start = json!({"site": site, "visitor": visitor, "session": visitor});
    let refused = open(&knock, &start, ORIGIN);
    assert_eq!((refused.code, &refused.body["errors"][0]["pointer"]), (410, &json!("/site")), "{}", refused.body);
    let asked = [("origin", SHOP), ("access-control-request-method", "POST")];
    let allowed = knock.send("OPTIONS", "/v1/chat/x/messages", &asked, None);
    assert_eq!(allowed.header("access-control-allow-origin"), None, "its origins belong to no site");
    let policy = knock.send("GET", "/l/chat", &[], None);
    assert!(!policy.header("content-security-policy").expect("a policy").contains(SHOP));
    assert_eq!(knock.send("GET", &format!("/frame/{site}"), &[], None).code, 404);

    for (method, path) in [("PUT", path.clone()), ("DELETE", path.clone()), ("POST", format!("{path}/identify-secret"))]
    {
        let reply = knock.ask(method, &path, &key, &json!({"name": "Shop", "origins": [ORIGIN]}));
        assert_eq!(reply.code, 404, "{method} {}", reply.body);
    }
    let sites = knock.get("/api/v1/sites", &key).body["sites"].clone();
    let known = sites.as_array().expect("a list").iter().find(|one| one["key"] == json!(site)).expect("it is listed");
    assert!(known["removed_at"].is_i64() && known["last_signal_at"].is_i64(), "{known}");
    let entries = knock.get("/api/v1/timeline", &key).body["entries"].clone();
    assert!(entries.as_array().expect("a list").iter().any(|entry| entry["site"] == json!(site)), "{entries}");
    assert_eq!(chat.record(&knock, &key)["messages"][1]["text"], "Hello");
    let log = knock.get("/api/v1/audit", &key).body;
    let actions: Vec<_> = log["entries"].as_array().expect("a list").iter().map(|entry| &entry["action"]).collect();
    assert!(actions.contains(&&json!("site.removed")), "{log}");
}

#[test]
fn the_last_site_can_be_removed_and_another_one_added() {
    let knock = Knock::start();
    let (key, demo) = (knock.admin_key(), knock.site());
    assert_eq!(knock.ask("DELETE", &format!("/api/v1/sites/{demo}"), &key, &json!({})).code, 204);
    let visitor = id(knock.now(), 1);
    let by_link = json!({"link": "chat", "visitor": visitor, "session": visitor});
    assert_eq!((open(&knock, &by_link, &knock.url).code, knock.send("GET", "/l/chat", &[], None).code), (404, 404));
    let page = knock.send("GET", "/demo/", &[], None);
    assert!(page.code == 200 && !page.body.as_str().expect("a page").contains(&demo), "nothing is sent from the demo");
    let knock = knock.kill_and_restart();
    assert_eq!(send(&knock, &demo, &knock.url).code, 410, "it stays removed");
    let site = shop(&knock);
    assert_eq!((send(&knock, &site, ORIGIN).code, open(&knock, &by_link, &knock.url).code), (202, 201));
}

#[test]
fn a_site_removed_on_one_server_is_refused_by_the_other() {
    let one = Knock::start();
    let Some(other) = one.start_beside() else { return };
    let site = shop(&one);
    eventually("the other server takes signals of the site", || send(&other, &site, ORIGIN).code == 202);
    assert_eq!(one.ask("DELETE", &format!("/api/v1/sites/{site}"), &one.admin_key(), &json!({})).code, 204);
    eventually("the other server refuses them", || send(&other, &site, ORIGIN).code == 410);
}

#[test]
fn an_open_dashboard_hears_at_once_that_a_site_refuses_signals() {
    let knock = Knock::start();
    let (site, key) = (shop(&knock), knock.admin_key());
    let address = format!("{}/api/v1/live", knock.url.replace("http:", "ws:"));
    let mut request = address.into_client_request().expect("a request");
    request.headers_mut().insert("authorization", format!("Bearer {key}").parse().expect("a header"));
    let (mut socket, _) = tungstenite::connect(request).expect("it opens");
    assert_eq!(send(&knock, &site, "https://unlisted.example").code, 403);
    let Message::Text(text) = socket.read().expect("a frame") else { panic!("not a text") };
    assert_eq!(serde_json::from_str::<Value>(&text).expect("JSON"), json!({"refused": site}));
    let list = knock.get(&format!("/api/v1/sites/{site}/refused"), &key).body;
    assert_eq!(list["refused"][0]["origin"], "https://unlisted.example");
}

#[test]
fn a_page_of_an_unlisted_origin_may_read_that_its_chat_is_refused() {
    let knock = Knock::start();
    let (site, visitor) = (shop(&knock), id(knock.now(), 1));
    for origin in ["https://unlisted.example", "null"] {
        let asked = [("origin", origin), ("access-control-request-method", "POST")];
        let allowed = knock.send("OPTIONS", "/v1/chat", &asked, None);
        assert_eq!(allowed.header("access-control-allow-origin"), Some(origin));
        let refused = open(&knock, &json!({"site": site, "visitor": visitor, "session": visitor}), origin);
        assert_eq!(refused.header("access-control-allow-origin"), Some(origin));
        let pointer = &refused.body["errors"][0]["pointer"];
        assert_eq!((refused.code, pointer), (403, &json!("header/Origin")), "{}", refused.body);
        assert_eq!(refused.header("access-control-allow-credentials"), None);
    }
}

#[test]
fn snippets_wait_for_consent_once_privacy_says_so() {
    let knock = Knock::start();
    let key = knock.admin_key();
    let site = || knock.get("/api/v1/sites", &key).body["sites"][0].clone();
    let lines = || ["snippet", "snippet_pinned"].map(|line| site()[line].as_str().expect("a line").to_owned());
    let privacy = || knock.get("/api/v1/privacy", &key).body["waits_for_consent"].clone();
    assert_eq!((privacy(), site().get("waits_for_consent")), (json!(false), None));
    assert!(lines().iter().all(|line| !line.contains("data-consent")));
    let change = |body: &Value| knock.ask("PUT", "/api/v1/privacy", &key, body);
    let changed = change(&json!({"waits_for_consent": true}));
    assert_eq!((changed.code, &changed.body["waits_for_consent"]), (200, &json!(true)), "{}", changed.body);
    assert_eq!((privacy(), site()["waits_for_consent"].clone()), (json!(true), json!(true)));
    assert!(lines().iter().all(|line| line.ends_with(" data-consent=\"required\"></script>")), "{:?}", lines());
    assert_eq!(change(&json!({"waits_for_consent": true})).code, 200);
    let entries = knock.get("/api/v1/audit?action=privacy.changed", &key).body["entries"].clone();
    assert_eq!(entries.as_array().map(Vec::len), Some(1), "what changes nothing leaves no entry");
    let fields = (&entries[0]["before"], &entries[0]["after"]);
    assert_eq!(fields, (&json!({"waits_for_consent": false}), &json!({"waits_for_consent": true})));
    let wrong = change(&json!({"waits_for_consent": "yes"}));
    assert_eq!((wrong.code, &wrong.body["errors"][0]["pointer"]), (400, &json!("/waits_for_consent")));
    assert_eq!(change(&json!({"waits_for_consent": false})).code, 200);
    assert!(lines().iter().all(|line| !line.contains("data-consent")));
}
