//! Two servers on one PostgreSQL: changes by one are visible on the other. Skipped on SQLite, which has one server.

use crate::chat::open_as;
use crate::support::{Knock, batch, identify, signal};
use knock_testing::eventually;
use serde_json::{Value, json};
use tungstenite::client::IntoClientRequest;
use tungstenite::stream::MaybeTlsStream;
use tungstenite::{Message, WebSocket};

type Socket = WebSocket<MaybeTlsStream<std::net::TcpStream>>;

fn dashboard(knock: &Knock, key: &str) -> Socket {
    let mut request = format!("{}/api/v1/live", knock.url.replace("http:", "ws:")).into_client_request().expect("one");
    request.headers_mut().insert("authorization", format!("Bearer {key}").parse().expect("a header"));
    tungstenite::connect(request).expect("it opens").0
}

/// Reads frames until `find` returns a value.
fn hear<T>(socket: &mut Socket, find: impl Fn(&Value) -> Option<T>) -> T {
    loop {
        if let Message::Text(text) = socket.read().expect("a frame")
            && let Some(found) = find(&serde_json::from_str(&text).expect("JSON"))
        {
            return found;
        }
    }
}

#[test]
fn a_signal_sent_to_one_server_is_seen_on_the_dashboard_of_the_other() {
    let one = Knock::start();
    let Some(other) = one.start_beside() else { return };
    let (site, key, now) = (one.site(), one.admin_key(), one.now());
    let mut live = dashboard(&other, &key);
    one.post_signals(&batch(
        &site,
        1,
        now,
        &[signal(now, 1, "page_view", "/pricing"), identify(now, 2, "a@b.example")],
    ));
    let signal = hear(&mut live, |event| event.get("signal").cloned());
    assert_eq!((&signal["category"], &signal["contact"]["email"]), (&json!("Pricing"), &json!("a@b.example")));
    hear(&mut live, |event| event["account"]["domain"].as_str().filter(|domain| *domain == "b.example").map(drop));
}

#[test]
fn a_message_written_on_one_server_reaches_the_visitor_on_the_other() {
    let one = Knock::start();
    let Some(other) = one.start_beside() else { return };
    let chat = open_as(&one, &one.site(), 1);
    let (mut socket, _) =
        tungstenite::connect(format!("{}{}/live", other.url.replace("http:", "ws:"), chat.path())).expect("it opens");
    let token = chat.token().trim_start_matches("Bearer ");
    socket.send(Message::text(json!({"token": token, "after": 0}).to_string())).expect("sent");
    hear(&mut socket, |message| (message["seq"] == 1).then_some(()));
    assert_eq!(chat.write(&one, 1, "Is anybody here?").code, 201);
    hear(&mut socket, |message| (message["text"] == "Is anybody here?").then_some(()));
}

#[test]
fn a_file_sent_to_one_server_is_given_out_by_the_other() {
    let one = Knock::start();
    let Some(other) = one.start_beside() else { return };
    let chat = open_as(&one, &one.site(), 1);
    let text = "a line of text\n".repeat(100_000);
    assert_eq!(chat.sends_file(&one, 9, "notes.txt", text.as_bytes()).code, 201);
    let messages = chat.messages(&other, 0);
    let file = messages.iter().find_map(|message| message["files"].get(0)).expect("a file");
    let given = other.send("GET", file["url"].as_str().expect("an address"), &[], None);
    assert_eq!((given.code, given.body), (200, Value::from(text)));
}

#[test]
fn a_site_made_on_one_server_is_known_to_the_other() {
    let one = Knock::start();
    let Some(other) = one.start_beside() else { return };
    let key = one.admin_key();
    let bearer = format!("Bearer {key}");
    let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
    let draft = json!({"name": "Shop", "origins": [crate::support::ORIGIN]}).to_string();
    let made = one.send("POST", "/api/v1/sites", &headers, Some(draft.as_bytes()));
    assert_eq!(made.code, 201, "{}", made.body);
    let site = made.body["key"].as_str().expect("a key");
    let now = other.now();
    let sent = batch(site, 1, now, &[signal(now, 1, "page_view", "/")]);
    eventually("the other server takes signals of the site", || other.post_signals(&sent).code == 202);
}

#[test]
fn what_falls_due_is_done_by_one_server_and_seen_by_both() {
    let one = Knock::start();
    let Some(other) = one.start_beside() else { return };
    let (site, key, now) = (one.site(), one.admin_key(), one.now());
    let form = |n| signal(now, n, "form_submit", "/demo");
    one.post_signals(&batch(&site, 1, now, &[identify(now, 1, "a@b.example"), form(2), form(3), form(4)]));
    let bucket = |knock: &Knock| knock.get("/api/v1/contacts", &key).body["contacts"][0]["intent"]["bucket"].clone();
    let before = bucket(&one);
    let mut live = dashboard(&one, &key);
    assert_eq!(other.set_clock(&json!({"advance_ms": 60 * 86_400_000_i64})).code, 200);
    hear(&mut live, |event| event.get("contact").map(drop));
    let after = bucket(&other);
    assert_ne!(before, after);
    assert_eq!(one.set_clock(&json!({"advance_ms": 60 * 86_400_000_i64})).code, 200);
    assert_eq!(bucket(&one), after);
}

#[test]
fn who_writes_on_one_server_is_seen_on_the_other_and_so_are_notes() {
    let one = Knock::start();
    let Some(other) = one.start_beside() else { return };
    let (key, chat) = (one.admin_key(), open_as(&one, &one.site(), 1));
    let mut live = dashboard(&other, &key);
    let headers = [("authorization", chat.token())];
    assert_eq!(one.send("POST", &format!("{}/typing", chat.path()), &headers, Some(b"")).code, 204);
    let presence = hear(&mut live, |event| event.get("presence").cloned());
    assert_eq!((&presence["conversation"], &presence["doing"]), (&json!(chat.id), &json!("writing")));
    let cookie = one.session();
    let body = json!({"id": crate::support::id(one.now(), 1), "text": "Between us"}).to_string();
    let headers = [knock_testing::JSON, ("cookie", cookie.as_str()), ("origin", one.url.as_str())];
    let path = format!("/api/v1/conversations/{}/notes", chat.id);
    assert_eq!(one.send("POST", &path, &headers, Some(body.as_bytes())).code, 201);
    assert_eq!(hear(&mut live, |event| event.get("note").cloned()), json!(chat.id));
}
