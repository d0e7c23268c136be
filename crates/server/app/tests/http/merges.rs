//! Two contacts that the team merges: preview, merge, undo, and who may.

use crate::members::Browser;
use crate::support::{Knock, Reply, batch, identify, signal};
use knock_model::Role;
use serde_json::{Value, json};

const PETRA: &str = "petra@holm.example";
const PRIVATE: &str = "petra.holm@gmail.com";

struct Scene {
    knock: Knock,
    key: String,
    admin: Browser,
    /// The contact of the first address, and that of the second.
    ids: [String; 2],
}

impl Scene {
    /// Petra Holm with two addresses, each in a browser of its own; the second one came later.
    fn start() -> Scene {
        let knock = Knock::start();
        let (key, admin) = (knock.admin_key(), Browser::admin(&knock));
        for (visitor, email) in [(1, PETRA), (2, PRIVATE)] {
            let now = knock.now();
            let seen = [signal(now - 1_000, 1, "page_view", "/pricing"), identify(now, 2, email)];
            assert_eq!(knock.post_signals(&batch(&knock.site(), visitor, now, &seen)).code, 202);
            knock.advance(60_000);
        }
        let ids = [PETRA, PRIVATE].map(|email| found(&knock, &key, email));
        Scene { knock, key, admin, ids }
    }

    fn merge(&self, by: &Browser) -> Reply {
        let [stays, goes] = &self.ids;
        by.ask(&self.knock, "POST", &format!("/api/v1/contacts/{stays}/merges"), &json!({"goes": goes}))
    }

    fn undo(&self, merge: &str) -> Reply {
        let path = format!("/api/v1/contacts/{}/merges/{merge}", self.ids[0]);
        self.admin.ask(&self.knock, "DELETE", &path, &Value::Null)
    }

    fn record(&self, id: &str) -> Value {
        self.knock.get(&format!("/api/v1/contacts/{id}"), &self.key).body
    }
}

/// The id of the only contact that a search finds.
fn found(knock: &Knock, key: &str, search: &str) -> String {
    let page = knock.get(&format!("/api/v1/contacts?q={search}"), key).body;
    let contacts = page["contacts"].as_array().unwrap_or_else(|| panic!("{page}"));
    assert_eq!(contacts.len(), 1, "{page}");
    contacts[0]["id"].as_str().expect("an id").to_owned()
}

#[test]
fn a_merge_is_what_its_preview_showed_and_both_addresses_find_it() {
    let scene = Scene::start();
    let [stays, goes] = &scene.ids;
    let preview = scene.knock.get(&format!("/api/v1/contacts/{stays}/merge?goes={goes}"), &scene.key).body;
    assert_eq!(preview["merged"]["emails"], json!([PETRA, PRIVATE]), "{preview}");
    assert_eq!(preview["refused"], Value::Null);
    let merged = scene.merge(&scene.admin);
    assert_eq!(merged.code, 200, "{}", merged.body);
    for part in ["score", "bucket", "type"] {
        assert_eq!(merged.body["contact"]["intent"][part], preview["merged"]["intent"][part], "{part}");
    }
    assert_eq!(merged.body["contact"]["signals"], preview["merged"]["signals"]);
    assert_eq!([PETRA, PRIVATE].map(|email| found(&scene.knock, &scene.key, email)), [stays.clone(), stays.clone()]);
    assert_eq!(scene.record(goes)["contact"]["id"], json!(stays), "links to the former go on");
    let shown = &scene.record(stays)["merges"][0];
    assert_eq!((&shown["email"], &shown["can_undo"]), (&json!(PRIVATE), &json!(true)), "{shown}");
    let timeline = scene.knock.get(&format!("/api/v1/timeline?contact={stays}&part=team"), &scene.key).body;
    assert_eq!(timeline["events"][0]["kind"], "merged", "{timeline}");
}

#[test]
fn an_undo_makes_two_contacts_again() {
    let scene = Scene::start();
    let [stays, goes] = &scene.ids;
    let before = [stays, goes].map(|id| scene.record(id));
    let merge = scene.merge(&scene.admin).body["merges"][0]["id"].as_str().expect("an id").to_owned();
    let undone = scene.undo(&merge);
    assert_eq!(undone.code, 200, "{}", undone.body);
    let known = |record: &Value| {
        let contact = &record["contact"];
        ["id", "email", "name", "account", "signals", "first_seen_at", "last_seen_at"].map(|part| contact[part].clone())
    };
    assert_eq!([stays, goes].map(|id| known(&scene.record(id))), before.each_ref().map(known));
    assert_eq!(scene.undo(&merge).code, 404, "once");
}

#[test]
fn after_something_new_a_merge_is_not_undone() {
    let scene = Scene::start();
    let merge = scene.merge(&scene.admin).body["merges"][0]["id"].as_str().expect("an id").to_owned();
    let now = scene.knock.now();
    assert_eq!(scene.knock.post_signals(&batch(&scene.knock.site(), 3, now, &[identify(now, 1, PRIVATE)])).code, 202);
    let record = scene.record(&scene.ids[0]);
    assert_eq!((&record["contact"]["email"], &record["visitors"]), (&json!(PETRA), &json!(3)), "{record}");
    assert_eq!(record["merges"][0]["can_undo"], json!(false));
    assert_eq!(scene.undo(&merge).code, 409);
}

#[test]
fn a_rep_sees_a_preview_and_merges_nothing() {
    let scene = Scene::start();
    let rep = Browser::member(&scene.knock, &scene.admin, "bo@us.example", Role::Rep);
    let [stays, goes] = &scene.ids;
    assert_eq!(rep.get(&scene.knock, &format!("/api/v1/contacts/{stays}/merge?goes={goes}")).code, 200);
    assert_eq!(scene.merge(&rep).code, 403);
    let path = format!("/api/v1/contacts/{stays}/merges");
    let itself = scene.admin.ask(&scene.knock, "POST", &path, &json!({"goes": stays}));
    assert_eq!((itself.code, &itself.body["errors"][0]["pointer"]), (422, &json!("/goes")), "{}", itself.body);
    let unknown =
        scene.admin.ask(&scene.knock, "POST", &path, &json!({"goes": "06060606-0606-4606-8606-060606060606"}));
    assert_eq!(unknown.code, 404);
}
