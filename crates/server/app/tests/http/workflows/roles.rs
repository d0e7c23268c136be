//! Managers make workflows; reps read those of a lead.

use super::{PATH, Scene, pricing};
use crate::members::Browser;
use knock_model::Role;
use serde_json::json;

#[test]
fn managers_make_workflows_and_reps_read_those_of_a_lead() {
    let scene = Scene::start();
    let (_, lead) = scene.chat(1);
    let manager = Browser::member(&scene.knock, &scene.admin, "mo@us.example", Role::Manager);
    let rep = Browser::member(&scene.knock, &scene.admin, "bo@us.example", Role::Rep);
    let draft = pricing(60_000);
    assert_eq!(manager.ask(&scene.knock, "POST", PATH, &draft).code, 201);
    assert_eq!(rep.ask(&scene.knock, "POST", PATH, &draft).code, 403);
    let lists = ["", "/settings", "/templates", "/webhooks"].map(|part| format!("{PATH}{part}"));
    for path in lists {
        assert_eq!(rep.get(&scene.knock, &path).code, 403, "{path}");
        assert_eq!(manager.get(&scene.knock, &path).code, 200, "{path}");
    }
    assert_eq!(rep.get(&scene.knock, &format!("/api/v1/contacts/{lead}/workflows")).code, 200);
}

#[test]
fn a_manager_chooses_a_webhook_by_its_host() {
    let scene = Scene::start();
    let manager = Browser::member(&scene.knock, &scene.admin, "mo@us.example", Role::Manager);
    let add = |url: &str| {
        scene.knock.advance(1_000);
        let made = scene.ask("POST", "/api/v1/webhooks", &json!({"url": url, "events": ["message.created"]}));
        assert_eq!(made.code, 201, "{}", made.body);
        made.body["id"].clone()
    };
    let hooks = ["https://a.example/secret/1?key=2", "https://b.example/", "https://a.example/3"].map(add);
    let listed = manager.get(&scene.knock, &format!("{PATH}/webhooks")).body;
    let named = |place: usize, name: &str| json!({"id": hooks[place], "name": name});
    assert_eq!(listed["webhooks"], json!([named(0, "a.example"), named(1, "b.example"), named(2, "a.example (2)")]));
    assert_eq!(manager.get(&scene.knock, "/api/v1/webhooks").code, 403);
}
