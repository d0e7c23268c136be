//! Owner, statuses, deal, rejection and last messages of contacts: filtered, sorted, in the file, and who rejected.

use crate::chat::{Chat, open_as};
use crate::members::Browser;
use crate::support::{Knock, id, identify};
use knock_model::Role;
use knock_testing::Site;
use serde_json::{Value, json};
use tungstenite::client::IntoClientRequest;

/// Three chats: one that a rep has rejected, one of the admin with a deal, and one without a message.
struct Scene {
    knock: Knock,
    key: String,
    admin: Browser,
    bo: Browser,
    bo_id: String,
    chats: [Chat; 3],
}

impl Scene {
    fn start() -> Scene {
        let knock = Knock::start();
        let (site, key, admin) = (knock.site(), knock.admin_key(), Browser::admin(&knock));
        let bo = Browser::member(&knock, &admin, "bo@us.example", Role::Rep);
        let bo_id = admin.id_of(&knock, "bo@us.example");
        let chats = [1, 2, 3].map(|visitor| {
            let now = knock.now();
            let said = [identify(now, visitor * 10, &format!("lead{visitor}@firm{visitor}.example"))];
            assert_eq!(Site::new(&site).visitor(visitor).sends(&knock, &said).code, 202);
            open_as(&knock, &site, visitor)
        });
        for (chat, n) in chats.iter().zip([1, 2]) {
            assert_eq!(chat.write(&knock, n, "We need a quote").code, 201);
            knock.advance(1_000);
        }
        let scene = Scene { knock, key, admin, bo, bo_id, chats };
        let assign = json!({"assign": {"to": scene.bo_id}});
        assert_eq!(scene.acts(&scene.admin, 0, &assign), 204);
        assert_eq!(scene.acts(&scene.admin, 1, &json!({"assign": {"to": "me"}})), 204);
        let reply = json!({"id": id(scene.knock.now(), 40), "text": "Hello"});
        let path = format!("/api/v1/conversations/{}/messages", scene.chats[0].id);
        assert_eq!(scene.bo.ask(&scene.knock, "POST", &path, &reply).code, 201);
        assert_eq!(scene.acts(&scene.bo, 0, &json!({"reject": "No budget"})), 204);
        assert_eq!(scene.acts(&scene.admin, 1, &json!("open_deal")), 204);
        scene
    }

    fn acts(&self, by: &Browser, chat: usize, action: &Value) -> u16 {
        let path = format!("/api/v1/conversations/{}/actions", self.chats[chat].id);
        by.ask(&self.knock, "POST", &path, action).code
    }

    fn rows(&self, by: &Browser, query: &str) -> Vec<Value> {
        let reply = by.get(&self.knock, &format!("/api/v1/contacts?{query}"));
        assert_eq!(reply.code, 200, "{query}: {}", reply.body);
        reply.body["contacts"].as_array().expect("a list").clone()
    }

    /// The numbers of the found leads, in their order.
    fn found(&self, by: &Browser, query: &str) -> String {
        self.rows(by, query).iter().map(|row| row["email"].as_str().expect("an address")[4..5].to_owned()).collect()
    }
}

#[test]
fn contacts_are_filtered_by_owner_statuses_deal_and_reason() {
    let scene = Scene::start();
    let owner = format!("owner={}", scene.bo_id);
    for (query, expected) in [
        ("owner=me", "1"),
        (owner.as_str(), "1"),
        ("owner=unassigned", "3"),
        ("owner=ai_agent", ""),
        ("chat_status=Rejected", "1"),
        ("chat_status=Qualified", "2"),
        ("chat_status=New", "3"),
        ("meeting_status=New", ""),
        ("deal=true", "2"),
        ("deal=false&sort=chat_status", "31"),
        ("reject_reason=No%20budget", "1"),
        ("reject_reason=No", ""),
        ("owner=me&chat_status=Qualified", ""),
    ] {
        assert_eq!(scene.found(&scene.bo, query), expected, "{query}");
    }
    // The same words are another list for another member.
    assert_eq!(scene.found(&scene.admin, "owner=me"), "2");
}

#[test]
fn a_row_says_who_has_the_chat_and_how_far_it_is() {
    let scene = Scene::start();
    let row = scene.rows(&scene.admin, "owner=unassigned").remove(0);
    assert_eq!(row["progress"]["chat_status"], "New");
    assert!(row["progress"].get("last_message_at").is_none(), "{row}");
    let progress = scene.rows(&scene.admin, "chat_status=Rejected").remove(0)["progress"].clone();
    assert_eq!((&progress["owner"], &progress["owner_name"]), (&json!("bo@us.example"), &json!("Bo")));
    assert_eq!(progress["reject_reason"], "No budget");
    let (asked, replied) = (progress["last_message_at"].as_i64(), progress["last_reply_at"].as_i64());
    assert!(asked.is_some() && replied >= asked, "{progress}");
    let deal = scene.rows(&scene.admin, "deal=true").remove(0)["progress"].clone();
    assert!(deal["deal_opened_at"].is_i64(), "{deal}");
    // As of an instant after all of this it is the same, computed from the facts.
    scene.knock.advance(60_000);
    let now = scene.knock.now();
    let then = scene.rows(&scene.admin, &format!("at={}", now - 1_000));
    let then = then.iter().find(|row| row["email"] == "lead1@firm1.example").expect("the lead");
    assert_eq!(then["progress"], progress);
}

#[test]
fn contacts_are_sorted_by_status_deal_and_last_messages_and_what_is_missing_comes_last() {
    let scene = Scene::start();
    for (sort, expected) in [
        ("chat_status", "321"),
        ("-chat_status", "123"),
        ("deal", "2"),
        ("-deal", "2"),
        ("reject_reason", "1"),
        ("-reject_reason", "1"),
        ("last_reply", "1"),
        ("-last_reply", "1"),
        ("last_message", "123"),
        ("-last_message", "213"),
    ] {
        let found = scene.found(&scene.admin, &format!("sort={sort}"));
        assert!(found.starts_with(expected) && found.len() == 3, "{sort}: {found}");
    }
}

/// The record of the lead of a chat.
fn lead_record(scene: &Scene, chat: usize) -> Value {
    let lead = scene.chats[chat].record(&scene.knock, &scene.key)["conversation"]["lead"].clone();
    scene.knock.get(&format!("/api/v1/contacts/{}", lead.as_str().expect("an id")), &scene.key).body
}

#[test]
fn a_rejection_names_the_member() {
    let scene = Scene::start();
    let state = |chat: usize| scene.chats[chat].record(&scene.knock, &scene.key)["conversation"]["state"].clone();
    let rejected = state(0);
    assert_eq!((&rejected["rejected_by"], &rejected["rejected_by_name"]), (&json!("rep"), &json!("Bo")));
    let lead = lead_record(&scene, 0);
    assert_eq!(
        (&lead["rejected_by"], &lead["contact"]["progress"]["reject_reason"]),
        (&json!("Bo"), &json!("No budget"))
    );
    // A program is no member.
    assert_eq!(scene.chats[2].act(&scene.knock, &scene.key, &json!({"reject": "Vendor"})), 204);
    let by_key = state(2);
    assert_eq!((&by_key["rejected_by"], by_key.get("rejected_by_name")), (&json!("rep"), None));
    assert_eq!(lead_record(&scene, 2)["rejected_by"], "Rep");
    assert!(lead_record(&scene, 1).get("rejected_by").is_none());
}

#[test]
fn an_open_table_hears_of_a_rejection_and_of_a_reply() {
    let scene = Scene::start();
    let address = format!("{}/api/v1/live", scene.knock.url.replace("http:", "ws:"));
    let mut request = address.into_client_request().expect("a request");
    request.headers_mut().insert("authorization", format!("Bearer {}", scene.key).parse().expect("a header"));
    let (mut socket, _) = tungstenite::connect(request).expect("it opens");
    let mut heard = |has: fn(&Value) -> bool| loop {
        if let tungstenite::Message::Text(text) = socket.read().expect("a frame") {
            let event: Value = serde_json::from_str(&text).expect("JSON");
            if has(&event["contact"]["progress"]) {
                return event["contact"]["email"].clone();
            }
        }
    };
    assert_eq!(scene.acts(&scene.bo, 2, &json!({"reject": "Vendor"})), 204);
    assert_eq!(heard(|progress| progress["reject_reason"] == "Vendor"), "lead3@firm3.example");
    let reply = json!({"id": id(scene.knock.now(), 41), "text": "Hello"});
    let path = format!("/api/v1/conversations/{}/messages", scene.chats[1].id);
    assert_eq!(scene.bo.ask(&scene.knock, "POST", &path, &reply).code, 201);
    assert_eq!(
        heard(|progress| progress["deal_opened_at"].is_i64() && progress["last_reply_at"].is_i64()),
        "lead2@firm2.example"
    );
}

#[test]
fn the_file_is_read_back_with_owner_statuses_and_instants() {
    let scene = Scene::start();
    let reply = scene.bo.get(&scene.knock, "/api/v1/contacts.csv?owner=me");
    assert_eq!(reply.code, 200, "{}", reply.body);
    let text = reply.body.as_str().expect("text").strip_prefix('\u{feff}').expect("a byte order mark");
    assert!(text.ends_with("\r\n"));
    let mut file = csv::Reader::from_reader(text.as_bytes());
    let names = file.headers().expect("a header").clone();
    let lines: Vec<csv::StringRecord> = file.records().collect::<Result<_, _>>().expect("lines");
    assert_eq!(lines.len(), 1, "{text}");
    let field = |name: &str| {
        let at = names.iter().position(|known| known == name).unwrap_or_else(|| panic!("no column {name}"));
        lines[0].get(at).expect("a field").to_owned()
    };
    assert_eq!([field("owner"), field("owner_email")], ["Bo", "bo@us.example"]);
    assert_eq!([field("chat_status"), field("reject_reason")], ["Rejected", "No budget"]);
    assert_eq!([field("meeting_status"), field("deal_opened_at")], ["", ""]);
    for name in ["first_seen_at", "last_seen_at", "last_reply_at", "last_message_at"] {
        let instant = field(name);
        assert!(instant.len() == 24 && instant.ends_with('Z') && &instant[19..20] == ".", "{name}: {instant}");
    }
}
