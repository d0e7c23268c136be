//! Playbooks of sites over HTTP: own texts, those of all sites, and their removal.

use crate::chat::open_as;
use crate::support::{Knock, ORIGIN};
use serde_json::{Value, json};

const GREETINGS: [&str; 2] = ["greeting", "greeting_empty"];

struct Workspace {
    knock: Knock,
    key: String,
    /// A second site, beside the first one.
    shop: String,
}

impl Workspace {
    fn start() -> Workspace {
        let knock = Knock::start();
        let key = knock.admin_key();
        let made = knock.ask("POST", "/api/v1/sites", &key, &json!({"name": "Shop", "origins": [ORIGIN]}));
        let shop = made.body["key"].as_str().expect("a key").to_owned();
        Workspace { knock, key, shop }
    }

    fn ask(&self, method: &str, path: &str, body: &Value) -> (u16, Value) {
        let reply = self.knock.ask(method, path, &self.key, body);
        (reply.code, reply.body)
    }

    fn get(&self, path: &str) -> Value {
        self.knock.get(path, &self.key).body
    }

    /// The address of the general playbook in English, for the shop or for all sites.
    fn path(&self, is_of_shop: bool) -> String {
        let query = if is_of_shop { format!("?site={}", self.shop) } else { String::new() };
        format!("/api/v1/playbooks/general/en{query}")
    }

    /// Saves the playbook with this greeting.
    fn greet_with(&self, path: &str, version: u64, greeting: &str) -> (u16, Value) {
        let mut steps = self.get(path)["versions"][0]["steps"].clone();
        for step in steps.as_array_mut().expect("steps") {
            step.as_object_mut().expect("a step").remove("places");
            if GREETINGS.iter().any(|name| step["step"] == *name) {
                step["texts"] = json!([greeting]);
            }
        }
        self.ask("PUT", path, &json!({"version": version, "steps": steps}))
    }

    /// The greeting of a new visitor.
    fn greeting(&self, site: &str, visitor: u64) -> String {
        let chat = open_as(&self.knock, site, visitor);
        chat.messages(&self.knock, 0)[0]["text"].as_str().expect("a text").to_owned()
    }
}

#[test]
fn a_site_greets_with_its_own_texts_and_others_with_those_of_all_sites() {
    let workspace = Workspace::start();
    let (first, shop) = (workspace.knock.site(), workspace.shop.clone());
    let (code, saved) = workspace.greet_with(&workspace.path(true), 0, "Ahoy from {workspace}!");
    assert_eq!((code, &saved["version"], &saved["texts_of"]), (200, &json!(1), &json!("own")), "{saved}");
    assert_eq!((&saved["site"], &saved["is_standard"]), (&json!(shop), &json!(false)));
    assert_eq!(workspace.greeting(&shop, 1), "Ahoy from Shop!");
    assert!(workspace.greeting(&first, 2).contains("AI agent"), "the standard greeting");

    assert_eq!(workspace.get(&workspace.path(false))["own_sites"], json!([shop]));
    assert_eq!(workspace.greet_with(&workspace.path(false), 0, "Good day.").0, 200);
    assert_eq!(workspace.greeting(&shop, 3), "Ahoy from Shop!");
    assert_eq!(workspace.greeting(&first, 4), "Good day.");
    let ask = |site: &str| json!({"site": site, "language": "en", "kind": "support", "messages": []});
    let previewed =
        |site: &str| workspace.ask("POST", "/api/v1/playbooks/preview", &ask(site)).1["messages"][0].clone();
    assert_eq!(previewed(&shop)["text"], "Ahoy from Shop!");
    assert_eq!(previewed(&first)["text"], "Good day.");

    let back = json!({"version": 1, "steps": []});
    let (code, back) = workspace.ask("PUT", &workspace.path(true), &back);
    assert_eq!((code, &back["version"], &back["texts_of"]), (200, &json!(2), &json!("workspace")), "{back}");
    assert_eq!(workspace.greeting(&shop, 5), "Good day.");
    assert_eq!(workspace.get(&workspace.path(false))["own_sites"], json!([]));
    let versions = workspace.get(&workspace.path(true))["versions"].clone();
    let shown = |version: &Value| (version["version"].clone(), version["texts_of"].clone());
    let shown: Vec<_> = versions.as_array().expect("versions").iter().map(shown).collect();
    let all = json!("workspace");
    assert_eq!(shown, [(json!(2), all.clone()), (json!(1), json!("own")), (json!(0), all)]);
    let own = versions[1]["steps"].as_array().expect("steps").iter().find(|step| step["step"] == "greeting").cloned();
    assert_eq!(own.expect("a greeting")["texts"], json!(["Ahoy from {workspace}!"]), "it can be restored");
}

#[test]
fn playbooks_are_listed_and_versioned_by_site() {
    let workspace = Workspace::start();
    workspace.greet_with(&workspace.path(false), 0, "Good day.");
    let (code, late) = workspace.greet_with(&workspace.path(true), 1, "Ahoy!");
    assert_eq!((code, late["detail"].is_string()), (409, true), "the site has no version yet: {late}");
    assert_eq!(workspace.greet_with(&workspace.path(true), 0, "Ahoy!").0, 200);

    let listed = |query: &str| {
        let list = workspace.get(&format!("/api/v1/playbooks{query}"))["playbooks"].clone();
        let list = list.as_array().expect("playbooks").clone();
        assert_eq!(list.len(), 20);
        let of = |kind: &str, language: &str| {
            let found =
                list.iter().find(|one| one["kind"] == kind && one["language"] == language).expect("it is there");
            (found["site"].clone(), found["texts_of"].clone())
        };
        (of("general", "en"), of("general", "de"))
    };
    let (key, standard) = (json!(workspace.shop), json!("standard"));
    assert_eq!(listed(""), ((Value::Null, json!("workspace")), (Value::Null, standard.clone())));
    let of_shop = listed(&format!("?site={}", workspace.shop));
    assert_eq!(of_shop, ((key.clone(), json!("own")), (key, standard)));

    for (method, path) in [
        ("GET", "/api/v1/playbooks?site=none"),
        ("GET", "/api/v1/playbooks/general/en?site=none"),
        ("PUT", "/api/v1/playbooks/general/en?site=none"),
    ] {
        let body = if method == "PUT" { json!({"version": 0, "steps": []}) } else { Value::Null };
        let (code, problem) = workspace.ask(method, path, &body);
        assert_eq!((code, &problem["errors"][0]["pointer"]), (422, &json!("query/site")), "{method} {path}: {problem}");
    }
    let entry = workspace.get("/api/v1/audit")["entries"][0].clone();
    assert_eq!((&entry["action"], &entry["subject"]["name"]), (&json!("playbook.saved"), &json!("general en (Shop)")));
    assert_eq!(entry["before"]["greeting"], json!(["Good day."]), "what the site used before: {entry}");
}

#[test]
fn a_removed_site_leaves_no_playbooks() {
    let workspace = Workspace::start();
    assert_eq!(workspace.greet_with(&workspace.path(true), 0, "Ahoy!").0, 200);
    assert_eq!(workspace.ask("DELETE", &format!("/api/v1/sites/{}", workspace.shop), &Value::Null).0, 204);
    assert_eq!(workspace.ask("GET", &workspace.path(true), &Value::Null).0, 422);
    assert_eq!(workspace.get(&workspace.path(false))["versions"][0]["texts_of"], "standard");
}
