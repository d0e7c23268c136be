//! Managers make workflows; reps read those of a lead.

use super::{PATH, Scene, pricing};
use crate::members::Browser;
use knock_model::Role;

#[test]
fn managers_make_workflows_and_reps_read_those_of_a_lead() {
    let scene = Scene::start();
    let (_, lead) = scene.chat(1);
    let manager = Browser::member(&scene.knock, &scene.admin, "mo@us.example", Role::Manager);
    let rep = Browser::member(&scene.knock, &scene.admin, "bo@us.example", Role::Rep);
    let draft = pricing(60_000);
    assert_eq!(manager.ask(&scene.knock, "POST", PATH, &draft).code, 201);
    assert_eq!(rep.ask(&scene.knock, "POST", PATH, &draft).code, 403);
    for path in [PATH.to_owned(), format!("{PATH}/settings"), format!("{PATH}/templates")] {
        assert_eq!(rep.get(&scene.knock, &path).code, 403, "{path}");
        assert_eq!(manager.get(&scene.knock, &path).code, 200, "{path}");
    }
    assert_eq!(rep.get(&scene.knock, &format!("/api/v1/contacts/{lead}/workflows")).code, 200);
}
