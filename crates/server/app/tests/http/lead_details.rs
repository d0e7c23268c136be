//! Name, telephone number and company of leads: shown in every list, said by leads, mended by the team.

use crate::chat::open_as;
use crate::members::Browser;
use crate::support::{Knock, Reply, batch, id, identify, signal};
use knock_model::Role;
use knock_testing::Chat;
use serde_json::{Value, json};

const EMAIL: &str = "bjorn.andersen@orbitpay.example";
const PHONE: &str = "+45 32 12 34 56";

struct Scene {
    knock: Knock,
    key: String,
    chat: Chat,
}

impl Scene {
    /// A lead who is called Ann Lee by their page, and has opened a chat.
    fn start() -> Scene {
        let knock = Knock::start();
        let (site, key, now) = (knock.site(), knock.admin_key(), knock.now());
        let seen = [signal(now - 1_000, 1, "page_view", "/pricing"), identify(now, 2, EMAIL)];
        assert_eq!(knock.post_signals(&batch(&site, 1, now, &seen)).code, 202);
        let chat = open_as(&knock, &site, 1);
        Scene { knock, key, chat }
    }

    /// The page says who the visitor is, with more properties.
    fn says(&self, n: u64, more: &Value) {
        let now = self.knock.now();
        let mut said = identify(now, n, EMAIL);
        said["props"].as_object_mut().expect("properties").extend(more.as_object().expect("an object").clone());
        assert_eq!(self.knock.post_signals(&batch(&self.knock.site(), 1, now, &[said])).code, 202);
    }

    fn id(&self) -> String {
        self.chat.record(&self.knock, &self.key)["conversation"]["lead"].as_str().expect("an id").to_owned()
    }

    fn path(&self) -> String {
        format!("/api/v1/contacts/{}", self.id())
    }

    fn record(&self) -> Value {
        self.knock.get(&self.path(), &self.key).body
    }

    fn mends(&self, change: &Value) -> Reply {
        self.knock.ask("PATCH", &self.path(), &self.key, change)
    }

    /// Name, telephone number and company.
    fn details(&self) -> [Value; 3] {
        details(&self.record())
    }

    /// The name of the lead in every list.
    fn names(&self) -> Vec<Value> {
        let called = |path: &str, place: &str| {
            let body = self.knock.get(path, &self.key).body;
            body.pointer(place).unwrap_or_else(|| panic!("{path} {body}")).clone()
        };
        vec![
            called("/api/v1/contacts", "/contacts/0/display_name"),
            called("/api/v1/conversations", "/conversations/0/contact/display_name"),
            called("/api/v1/timeline", "/entries/0/contact/display_name"),
            called(&format!("/api/v1/conversations/{}", self.chat.id), "/conversation/contact/display_name"),
        ]
    }

    fn finds(&self, query: &str) -> usize {
        let found = self.knock.get(&format!("/api/v1/contacts?{query}"), &self.key).body;
        found["contacts"].as_array().unwrap_or_else(|| panic!("{found}")).len()
    }
}

fn details(record: &Value) -> [Value; 3] {
    ["name", "phone", "company"].map(|part| record["contact"][part].clone())
}

#[test]
fn a_known_name_is_shown_in_every_list_and_the_address_stays_beside_it() {
    let scene = Scene::start();
    assert!(scene.names().iter().all(|name| name == "Ann Lee"), "{:?}", scene.names());
    let row = scene.knock.get("/api/v1/conversations", &scene.key).body["conversations"][0].clone();
    assert_eq!(row["contact"]["email"], EMAIL);
    let file = scene.knock.get("/api/v1/contacts.csv", &scene.key).body;
    let file = file.as_str().expect("a text");
    assert!(file.contains(&format!(",Ann Lee,{EMAIL},Ann Lee,orbitpay.example,")), "{file}");
    for query in ["q=ann%20lee", "q=bjorn.andersen"] {
        assert_eq!(scene.finds(query), 1, "{query}");
    }
    assert_eq!(scene.details(), [json!("Ann Lee"), json!(""), json!("orbitpay.example")]);
}

#[test]
fn what_the_team_mends_wins_until_it_is_taken_away() {
    let scene = Scene::start();
    let before = scene.knock.now();
    scene.knock.advance(1_000);
    let reply = scene.mends(&json!({"name": " Björn  Andersen ", "phone": PHONE, "company": "Orbit Pay"}));
    assert_eq!(reply.code, 200, "{}", reply.body);
    let mended = [json!("Björn Andersen"), json!(PHONE), json!("Orbit Pay")];
    assert_eq!((details(&reply.body), scene.details()), (mended.clone(), mended.clone()));
    let fields = reply.body["edited"].as_array().expect("a list").iter().map(|it| it["field"].clone());
    assert_eq!(fields.collect::<Vec<_>>(), ["name", "phone", "company"]);

    // It wins over what pages say later, in every list, and segments ask it.
    scene.says(3, &json!({"name": "B. A.", "phone": "+45 11 11 11 11", "company": "Orbit Ltd"}));
    assert_eq!(scene.details(), mended);
    assert!(scene.names().iter().all(|name| name == "Björn Andersen"), "{:?}", scene.names());
    assert_eq!(scene.finds("q=Andersen&named=true"), 1);
    let company = "%7B%22field%22%3A%22company.name%22%2C%22op%22%3A%22eq%22%2C%22value%22%3A%22orbit%20pay%22%7D";
    assert_eq!(scene.finds(&format!("where={company}")), 1);
    let places = scene.chat.record(&scene.knock, &scene.key)["places"].clone();
    assert_eq!((&places["name"], &places["company"]), (&json!("Björn Andersen"), &json!("Orbit Pay")));
    assert_eq!(scene.record()["contact"]["account"]["domain"], "orbitpay.example");

    // The past is shown as it was.
    let then = scene.knock.get(&format!("{}?at={before}", scene.path()), &scene.key).body;
    assert_eq!(details(&then), [json!("Ann Lee"), json!(""), json!("orbitpay.example")]);

    assert_eq!(scene.mends(&json!({"name": "", "phone": ""})).code, 200);
    assert_eq!(scene.details(), [json!("B. A."), json!("+45 11 11 11 11"), json!("Orbit Pay")]);
    assert_eq!(scene.record()["edited"].as_array().map(Vec::len), Some(1));
}

#[test]
fn each_change_is_in_the_audit_log_with_its_member_and_a_repeated_one_is_not() {
    let scene = Scene::start();
    let admin = Browser::admin(&scene.knock);
    let rep = Browser::member(&scene.knock, &admin, "bo@us.example", Role::Rep);
    let change = json!({"name": "Björn Andersen"});
    let reply = rep.ask(&scene.knock, "PATCH", &scene.path(), &change);
    assert_eq!((reply.code, reply.body["edited"][0]["by"].is_string()), (200, true), "{}", reply.body);
    let entries =
        |knock: &Knock| knock.get("/api/v1/audit?action=contact.details_changed", &scene.key).body["entries"].clone();
    let entry = entries(&scene.knock)[0].clone();
    assert_eq!((&entry["before"], &entry["after"]), (&json!({"name": "Ann Lee"}), &change), "{entry}");
    assert_eq!((&entry["actor"]["name"], &entry["subject"]["name"]), (&json!("bo@us.example"), &json!(EMAIL)));
    for same in [&change, &json!({}), &json!({"phone": "", "company": ""})] {
        assert_eq!(rep.ask(&scene.knock, "PATCH", &scene.path(), same).code, 200, "{same}");
    }
    assert_eq!(entries(&scene.knock).as_array().map(Vec::len), Some(1));

    // An erasure leaves nothing of it.
    assert_eq!(scene.mends(&json!({"phone": PHONE})).code, 200);
    let erased = admin.ask(&scene.knock, "POST", "/api/v1/persons/erase", &json!({"email": EMAIL}));
    assert_eq!(erased.code, 200, "{}", erased.body);
    assert!(!entries(&scene.knock).to_string().contains("Björn"), "{}", entries(&scene.knock));
    assert_eq!(scene.knock.select("SELECT id FROM contact_details").len(), 0);
}

#[test]
fn what_is_no_detail_is_refused_by_its_field() {
    let scene = Scene::start();
    for (change, pointer) in [
        (json!({"name": "x".repeat(201)}), "/name"),
        (json!({"name": "Visit globex.example"}), "/name"),
        (json!({"phone": "call me"}), "/phone"),
        (json!({"phone": "123"}), "/phone"),
        (json!({"company": "x".repeat(201)}), "/company"),
    ] {
        let reply = scene.mends(&change);
        assert_eq!((reply.code, &reply.body["errors"][0]["pointer"]), (422, &json!(pointer)), "{}", reply.body);
    }
    assert_eq!(scene.mends(&json!({"email": EMAIL})).code, 400);
    assert_eq!(scene.details(), [json!("Ann Lee"), json!(""), json!("orbitpay.example")], "nothing was changed");
    let none = "/api/v1/contacts/00000000-0000-4000-8000-000000000000";
    assert_eq!(scene.knock.ask("PATCH", none, &scene.key, &json!({"name": "Ann"})).code, 404);
}

#[test]
fn a_number_in_a_message_or_a_booking_is_the_leads() {
    let scene = Scene::start();
    assert_eq!(scene.chat.write(&scene.knock, 10, "Order 4155550132 is late, we are 250 people").code, 201);
    assert_eq!(scene.details()[1], "");
    scene.knock.advance(1_000);
    assert_eq!(scene.chat.write(&scene.knock, 11, &format!("Call me: {PHONE}, please")).code, 201);
    assert_eq!(scene.details()[1], PHONE);

    scene.knock.advance(1_000);
    let question = |id: &str, field: &str| json!({"id": id, "label": "?", "kind": "text", "field": field});
    let link = json!({"slug": "demo", "name": "Demo", "funnel": "meeting", "site": scene.knock.site(),
        "questions": [question("q1", "phone"), question("q2", "company")]});
    assert_eq!(scene.knock.ask("POST", "/api/v1/links", &scene.key, &link).code, 201);
    let step = json!({"link": "demo", "visitor": id(scene.knock.now(), 8), "email": EMAIL,
        "answers": {"q1": "030 1234567", "q2": "Orbit Pay"}});
    let reply = scene.knock.post("/v1/meetings/email", &step);
    assert_eq!(reply.code, 200, "{}", reply.body);
    assert_eq!(scene.details(), [json!("Ann Lee"), json!("030 1234567"), json!("Orbit Pay")]);
}

#[test]
fn details_of_a_lead_without_an_address_stay_after_a_merge() {
    let scene = Scene::start();
    let (knock, site) = (&scene.knock, scene.knock.site());
    let chat = open_as(knock, &site, 2);
    let lead = chat.record(knock, &scene.key)["conversation"]["lead"].as_str().expect("an id").to_owned();
    let path = format!("/api/v1/contacts/{lead}");
    let reply = knock.ask("PATCH", &path, &scene.key, &json!({"name": "Björn Andersen"}));
    assert_eq!((reply.code, &reply.body["contact"]["display_name"]), (200, &json!("Björn Andersen")));
    let now = knock.now();
    assert_eq!(knock.post_signals(&batch(&site, 2, now, &[identify(now, 20, EMAIL)])).code, 202);
    assert_eq!(scene.details()[0], "Björn Andersen");
    assert_eq!(knock.get(&path, &scene.key).body["contact"]["id"], json!(scene.id()));
}
