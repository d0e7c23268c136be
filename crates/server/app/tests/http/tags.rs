//! Tags: of the workspace, and of leads.

use crate::chat::{Chat, open_as};
use crate::members::Browser;
use crate::support::Knock;
use knock_model::Role;
use serde_json::{Value, json};

const PATH: &str = "/api/v1/tags";

struct Scene {
    knock: Knock,
    key: String,
    admin: Browser,
    rep: Browser,
    chat: Chat,
    lead: String,
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}

impl Scene {
    fn start() -> Scene {
        let knock = Knock::start();
        let (key, admin) = (knock.admin_key(), Browser::admin(&knock));
        let rep = Browser::member(&knock, &admin, "bo@us.example", Role::Rep);
        let chat = open_as(&knock, &knock.site(), 1);
        assert_eq!(chat.write(&knock, 1, "We need a quote").code, 201);
        let lead = text(&chat.record(&knock, &key)["conversation"]["lead"]);
        Scene { knock, key, admin, rep, chat, lead }
    }

    /// Creates a tag; its id.
    fn tag(&self, name: &str) -> String {
        let made = self.rep.ask(&self.knock, "POST", PATH, &json!({"name": name, "color": "teal"}));
        assert_eq!(made.code, 201, "{}", made.body);
        text(&made.body["id"])
    }

    fn on_lead(&self, method: &str, tag: &str) -> u16 {
        let path = format!("/api/v1/contacts/{}/tags/{tag}", self.lead);
        self.rep.ask(&self.knock, method, &path, &Value::Null).code
    }

    /// The names of the lead's tags in the line of the inbox, and on the record of the contact.
    fn names(&self) -> [Vec<String>; 2] {
        let line = self.chat.record(&self.knock, &self.key)["conversation"]["tags"].clone();
        let contact =
            self.knock.get(&format!("/api/v1/contacts/{}", self.lead), &self.key).body["contact"]["tags"].clone();
        [line, contact].map(|tags| {
            let tags = tags.as_array().cloned().unwrap_or_default();
            tags.iter().map(|tag| text(&tag["name"])).collect()
        })
    }

    fn actions(&self, query: &str) -> Vec<String> {
        let entries = self.knock.get(&format!("/api/v1/audit{query}"), &self.key).body;
        entries["entries"].as_array().expect("a list").iter().map(|entry| text(&entry["action"])).collect()
    }
}

#[test]
fn a_rep_tags_a_lead_and_takes_the_tag_off_again() {
    let scene = Scene::start();
    let (vip, urgent) = (scene.tag("VIP"), scene.tag("urgent"));
    assert_eq!([scene.on_lead("PUT", &vip), scene.on_lead("PUT", &urgent)], [204, 204]);
    assert_eq!(scene.names(), [["urgent", "VIP"], ["urgent", "VIP"]]);
    let logged = scene.actions("?action=lead.tagged").len();
    assert_eq!(scene.on_lead("PUT", &vip), 204, "it stays");
    assert_eq!(scene.actions("?action=lead.tagged").len(), logged, "nothing changed");
    let list = scene.rep.get(&scene.knock, PATH).body;
    let shown = |place: usize| (list["tags"][place]["name"].clone(), list["tags"][place]["leads"].clone());
    assert_eq!([shown(0), shown(1)], [(json!("urgent"), json!(1)), (json!("VIP"), json!(1))]);
    assert_eq!(scene.on_lead("DELETE", &vip), 204);
    assert_eq!(scene.names(), [["urgent"], ["urgent"]]);
    assert_eq!(scene.actions("?action=lead.untagged"), ["lead.untagged"]);
    let unknown = "0a0a0a0a-0a0a-4a0a-8a0a-0a0a0a0a0a0a";
    assert_eq!([scene.on_lead("PUT", unknown), scene.on_lead("PUT", "no-id")], [404, 400]);
    let stranger = format!("/api/v1/contacts/{unknown}/tags/{urgent}");
    assert_eq!(scene.rep.ask(&scene.knock, "PUT", &stranger, &Value::Null).code, 404);
}

#[test]
fn several_leads_are_tagged_at_once_also_without_a_chat() {
    let scene = Scene::start();
    let tag = scene.tag("VIP");
    let act = |action: Value| {
        let body = json!({"contacts": [scene.lead], "action": action});
        scene.rep.ask(&scene.knock, "POST", "/api/v1/contacts/actions", &body)
    };
    assert_eq!(act(json!({"add_tag": {"tag": tag}})).body["done"], 1);
    assert_eq!(scene.names(), [["VIP"], ["VIP"]]);
    assert_eq!(act(json!({"remove_tag": {"tag": tag}})).body["done"], 1);
    assert_eq!(scene.names(), [[""; 0]; 2]);
    let unknown = act(json!({"add_tag": {"tag": "0a0a0a0a-0a0a-4a0a-8a0a-0a0a0a0a0a0a"}}));
    assert_eq!((unknown.code, &unknown.body["errors"][0]["pointer"]), (422, &json!("/add_tag/tag")));
    let path = format!("/api/v1/conversations/{}/actions", scene.chat.id);
    assert_eq!(scene.rep.ask(&scene.knock, "POST", &path, &json!({"add_tag": {"tag": tag}})).code, 204);
    assert_eq!(scene.names(), [["VIP"], ["VIP"]]);
}

#[test]
fn the_list_is_that_of_managers_to_change() {
    let scene = Scene::start();
    let manager = Browser::member(&scene.knock, &scene.admin, "mo@us.example", Role::Manager);
    let (vip, other) = (scene.tag("VIP"), scene.tag("Other"));
    assert_eq!(scene.on_lead("PUT", &vip), 204);
    let path = format!("{PATH}/{vip}");
    let change = |by: &Browser, body: &Value| by.ask(&scene.knock, "PATCH", &path, body);
    assert_eq!(change(&scene.rep, &json!({"name": "Top"})).code, 403);
    assert_eq!(scene.rep.ask(&scene.knock, "DELETE", &path, &Value::Null).code, 403);
    let taken = change(&manager, &json!({"name": "OTHER"}));
    assert_eq!((taken.code, &taken.body["errors"][0]["pointer"]), (422, &json!("/name")));
    let changed = change(&manager, &json!({"name": "vip", "color": "pink"}));
    assert_eq!((changed.code, &changed.body["name"], &changed.body["color"]), (200, &json!("vip"), &json!("pink")));
    assert_eq!(scene.names(), [["vip"], ["vip"]]);
    assert_eq!(manager.ask(&scene.knock, "DELETE", &path, &Value::Null).code, 204);
    assert_eq!(manager.ask(&scene.knock, "DELETE", &path, &Value::Null).code, 404);
    assert_eq!(scene.names(), [[""; 0]; 2]);
    let deleted = scene.knock.get("/api/v1/audit?action=tag.deleted", &scene.key).body;
    assert_eq!(deleted["entries"][0]["before"]["leads"], 1, "{deleted}");
    assert_eq!(scene.rep.get(&scene.knock, PATH).body["tags"][0]["id"], json!(other));
}

#[test]
fn a_tag_that_cannot_be_saved_names_its_field() {
    let scene = Scene::start();
    scene.tag("VIP");
    for (body, code, pointer) in [
        (json!({"name": " "}), 422, "/name"),
        (json!({"name": "x".repeat(41)}), 422, "/name"),
        (json!({"name": "vip"}), 422, "/name"),
        (json!({"name": "x", "color": "beige"}), 400, "/color"),
    ] {
        let refused = scene.rep.ask(&scene.knock, "POST", PATH, &body);
        let found = (refused.code, &refused.body["errors"][0]["pointer"]);
        assert_eq!(found, (code, &json!(pointer)), "{body}: {}", refused.body);
    }
}
