//! A chat over HTTP: from the click to a routed lead with a status that changes.

pub(crate) use knock_testing::Chat;

use crate::support::{Knock, ORIGIN, batch, id, identify, signal};
use knock_testing::{JSON, Site};
use serde_json::{Value, json};

const HOUR: i64 = 3_600_000;

pub(crate) fn open_as(knock: &Knock, site: &str, visitor: u64) -> Chat {
    Site::new(site).visitor(visitor).opens_chat(knock)
}

/// Signs in and sends a message of the rep.
pub(crate) fn rep_writes(knock: &Knock, chat: &Chat, n: u64, text: &str) -> u16 {
    chat.rep_writes(knock, n, text)
}

#[test]
fn a_chat_lives_from_the_click_to_closed_each_step_at_its_instant() {
    let knock = Knock::start();
    let (site, key) = (knock.site(), knock.admin_key());
    let chat = open_as(&knock, &site, 1);
    assert_eq!(chat.status(&knock, &key), "New");
    let greeting = &chat.messages(&knock, 0)[0];
    assert!(greeting["text"].as_str().is_some_and(|text| text.contains("AI agent")), "{greeting}");

    assert_eq!(chat.write(&knock, 1, "We are 200 people and need a quote").code, 201);
    let record = chat.record(&knock, &key);
    assert_eq!(record["conversation"]["state"]["status"], "AI Discovery");
    assert_eq!(record["conversation"]["intent"]["type"], "Buying");
    let decision = &record["decisions"][0];
    assert_eq!((&decision["segment"], &decision["reason"]), (&json!("Fallback Segment"), &json!("fallback")));
    assert_eq!((&decision["assignee"], &decision["rule"]), (&json!("admin@localhost"), &json!("Default Routing Rule")));
    let said = chat.messages(&knock, 2);
    assert_eq!((said.len(), &said[0]["author"]), (1, &json!("ai_agent")));

    let due = record["conversation"]["state"]["next_change_at"].as_i64().expect("two minutes");
    assert_eq!(record["conversation"]["state"]["next_status"], "Rep Reply Needed");
    knock.set_clock(&json!({"advance_ms": 200_000}));
    let needed = chat.record(&knock, &key);
    assert_eq!(needed["conversation"]["state"]["status"], "Rep Reply Needed");
    let last = needed["history"].as_array().and_then(|history| history.last()).expect("an entry").clone();
    assert_eq!(
        (&last["at"], &last["cause"], &last["rule"]),
        (&json!(due), &json!("timer:rep_reply_needed"), &json!("CS-05"))
    );

    assert_eq!(rep_writes(&knock, &chat, 2, "Hello, happy to help!"), 201);
    let state = chat.record(&knock, &key)["conversation"]["state"].clone();
    assert_eq!((&state["status"], &state["responding_rep"]), (&json!("Rep Discovery"), &json!("admin@localhost")));
    assert!(state["response_minutes"].as_f64().is_some_and(|minutes| (3.3..3.6).contains(&minutes)), "{state}");

    knock.set_clock(&json!({"advance_ms": 12 * HOUR}));
    assert_eq!(chat.status(&knock, &key), "Follow Up Needed");
    knock.set_clock(&json!({"advance_ms": 12 * 24 * HOUR}));
    assert_eq!(chat.status(&knock, &key), "Closed");
    assert_eq!(chat.act(&knock, &key, &json!("open_deal")), 204);
    assert_eq!(chat.status(&knock, &key), "Qualified");
    let history = chat.record(&knock, &key)["history"].clone();
    let statuses: Vec<_> =
        history.as_array().expect("a list").iter().map(|step| step["status"].as_str().expect("text")).collect();
    let expected =
        ["New", "AI Discovery", "Rep Reply Needed", "Rep Discovery", "Follow Up Needed", "Closed", "Qualified"];
    assert_eq!(statuses, expected);
}

#[test]
fn acknowledged_messages_and_due_statuses_survive_a_kill() {
    let mut knock = Knock::start();
    let (site, key) = (knock.site(), knock.admin_key());
    let chat = open_as(&knock, &site, 1);
    for n in 1..=5 {
        assert_eq!(chat.write(&knock, n, &format!("need a quote {n}")).code, 201);
    }
    let before = chat.messages(&knock, 0);
    let due = chat.record(&knock, &key)["conversation"]["state"]["next_change_at"].as_i64().expect("two minutes");
    knock.kill();
    let offset = knock.data().join("test-clock");
    std::fs::write(&offset, "600000").expect("written");
    let knock = knock.kill_and_restart();
    // Meanwhile the agent replies that no rep is available.
    assert_eq!(chat.messages(&knock, 0)[..before.len()], before);
    let record = chat.record(&knock, &key);
    let last = record["history"].as_array().and_then(|history| history.last()).expect("an entry");
    assert_eq!((&last["status"], &last["at"]), (&json!("Rep Reply Needed"), &json!(due)));
}

#[test]
fn a_message_sent_again_stays_one_and_only_its_token_opens_a_chat() {
    let knock = Knock::start();
    let site = knock.site();
    let (ann, bob) = (open_as(&knock, &site, 1), open_as(&knock, &site, 2));
    let body = json!({"id": id(knock.now(), 1), "text": "hi"}).to_string();
    let (first, again) = (ann.post(&knock, &body), ann.post(&knock, &body));
    assert_eq!((first.code, again.code, &first.body), (201, 200, &again.body));
    let foreign = ann.with_token_of(&bob);
    assert_eq!(foreign.post(&knock, &body).code, 401);
    for (body, code, pointer) in [
        (json!({"id": "x", "text": "hi"}), 422, "/id"),
        (json!({"id": id(1, 9), "text": " \u{0} "}), 422, "/text"),
        (json!({"id": id(1, 9), "text": "x".repeat(4_001)}), 422, "/text"),
        (json!({"id": id(1, 9)}), 400, "/text"),
    ] {
        let reply = ann.post(&knock, &body.to_string());
        assert_eq!((reply.code, &reply.body["errors"][0]["pointer"]), (code, &json!(pointer)), "{body}");
    }
    let visitor = id(1_700_000_000_000, 1);
    let start = |body: Value, origin: &str| {
        knock.send("POST", "/v1/chat", &[JSON, ("origin", origin)], Some(body.to_string().as_bytes())).code
    };
    assert_eq!(start(json!({"site": site, "visitor": visitor, "session": visitor}), "https://evil.example"), 403);
    assert_eq!(start(json!({"site": "x", "visitor": visitor, "session": visitor}), ORIGIN), 403);
    assert_eq!(start(json!({"link": "nope", "visitor": visitor, "session": visitor}), &knock.url), 404);
    assert_eq!(start(json!({"visitor": visitor, "session": visitor}), ORIGIN), 400);
    assert_eq!(start(json!({"link": "chat", "visitor": visitor, "session": visitor}), &knock.url), 201);
}

#[test]
fn an_unclear_opener_is_asked_about_once() {
    let knock = Knock::start();
    let (site, key) = (knock.site(), knock.admin_key());
    let chat = open_as(&knock, &site, 1);
    chat.write(&knock, 1, "hi");
    assert_eq!(chat.record(&knock, &key)["conversation"]["intent"]["type"], "Unknown");
    let texts =
        |knock: &Knock| chat.messages(knock, 0).iter().map(|message| message["text"].to_string()).collect::<Vec<_>>();
    assert!(texts(&knock).last().is_some_and(|text| text.contains("what is this about")), "{:?}", texts(&knock));
    chat.write(&knock, 2, "I want to become a reseller");
    assert_eq!(chat.record(&knock, &key)["conversation"]["intent"]["type"], "Partnership");
    let count = texts(&knock).len();
    chat.write(&knock, 3, "and more");
    assert_eq!(texts(&knock).len(), count + 2, "until a human joins every message is answered");
    assert_eq!(rep_writes(&knock, &chat, 4, "Hello!"), 201);
    chat.write(&knock, 5, "thank you");
    assert_eq!(texts(&knock).len(), count + 4, "with a human in it the agent is quiet");
}

#[test]
fn who_is_no_spam_by_a_member_is_none_by_the_next_message_until_a_member_says_so() {
    const ADVERT: &str = "We offer SEO backlinks and guest posts with dofollow links, get your website on Google's first \
                          page! Write to us on WhatsApp, cheap prices";
    let knock = Knock::start();
    let (site, key) = (knock.site(), knock.admin_key());
    let chat = open_as(&knock, &site, 1);
    chat.write(&knock, 1, ADVERT);
    assert_eq!(chat.status(&knock, &key), "Spam");
    assert_eq!(chat.act(&knock, &key, &json!("unmark_spam")), 204);
    chat.write(&knock, 2, ADVERT);
    assert_eq!(chat.status(&knock, &key), "AI Discovery", "the word of a member lasts");
    assert_eq!(chat.act(&knock, &key, &json!("mark_spam")), 204);
    assert_eq!(chat.status(&knock, &key), "Spam");
}

#[test]
fn who_chats_and_then_gives_an_address_is_one_person_and_spam_is_out_of_every_view() {
    let knock = Knock::start();
    let (site, key, now) = (knock.site(), knock.admin_key(), knock.now());
    // A person known from another device.
    knock.post_signals(&batch(
        &site,
        7,
        now,
        &[signal(now, 70, "page_view", "/docs"), identify(now, 71, "ann@b.example")],
    ));
    let chat = open_as(&knock, &site, 1);
    chat.write(&knock, 1, "need a quote");
    let later = knock.now();
    knock.post_signals(&batch(&site, 1, later, &[identify(later, 3, "ann@b.example")]));
    let contacts = knock.get("/api/v1/contacts", &key).body;
    assert_eq!(contacts["contacts"].as_array().map(Vec::len), Some(1), "{contacts}");
    assert_eq!(
        (&contacts["contacts"][0]["signals"], &contacts["contacts"][0]["intent"]["type"]),
        (&json!(5), &json!("Buying"))
    );
    let row = chat.record(&knock, &key)["conversation"].clone();
    assert_eq!(row["contact"]["email"], "ann@b.example");
    assert_eq!(row["state"]["status"], "AI Discovery");

    let count = |path: &str, list: &str| knock.get(path, &key).body[list].as_array().map(Vec::len);
    let views = [
        ("/api/v1/contacts", "contacts"),
        ("/api/v1/accounts", "accounts"),
        ("/api/v1/conversations", "conversations"),
    ];
    assert_eq!(chat.act(&knock, &key, &json!("mark_spam")), 204);
    for (path, list) in views {
        assert_eq!(count(path, list), Some(0), "{path}");
    }
    assert_eq!(count("/api/v1/conversations?spam=true", "conversations"), Some(1));
    assert_eq!(chat.act(&knock, &key, &json!("unmark_spam")), 204);
    for (path, list) in views {
        assert_eq!(count(path, list), Some(1), "{path}");
    }
    assert_eq!(chat.act(&knock, &key, &json!({"reject": "not a fit"})), 204);
    let state = chat.record(&knock, &key)["conversation"]["state"].clone();
    assert_eq!(
        (&state["status"], &state["reject_reason"], &state["owner"]),
        (&json!("Rejected"), &json!("not a fit"), &json!("AI Agent"))
    );
    assert_eq!(chat.act(&knock, &key, &json!("undo_reject")), 204);
    assert_eq!(chat.status(&knock, &key), "AI Discovery");
}

#[test]
fn an_address_written_in_the_chat_makes_its_writer_known() {
    let knock = Knock::start();
    let (site, key) = (knock.site(), knock.admin_key());
    let chat = open_as(&knock, &site, 1);
    chat.write(&knock, 1, "We need a quote, mail me at Ann@hollis-freight.com!");
    let row = chat.record(&knock, &key)["conversation"].clone();
    assert_eq!(
        (&row["contact"]["email"], &row["intent"]["type"]),
        (&json!("ann@hollis-freight.com"), &json!("Buying"))
    );
    assert_eq!(row["state"]["status"], "AI Discovery");
    let contacts = knock.get("/api/v1/contacts", &key).body;
    assert_eq!(contacts["contacts"][0]["account"]["domain"], "hollis-freight.com");
    let accounts = knock.get("/api/v1/accounts", &key).body;
    assert_eq!(accounts["accounts"][0]["contacts"], 1, "{accounts}");
    assert_eq!(chat.messages(&knock, 0).len(), 4, "it is handed over, and the address is confirmed");
}

#[test]
fn the_hosted_page_and_previews_of_it_record_no_click() {
    let knock = Knock::start();
    let key = knock.admin_key();
    let page = knock.send("GET", "/l/chat", &[("user-agent", "Slackbot-LinkExpanding 1.0")], None);
    assert_eq!(page.code, 200);
    assert_eq!(knock.send("GET", "/l/nothing", &[], None).code, 404);
    assert_eq!(knock.get("/api/v1/conversations", &key).body["conversations"], json!([]));
    assert_eq!(knock.get("/api/v1/timeline", &key).body["entries"], json!([]));
}

#[test]
fn a_visitor_hears_of_new_messages_at_once_and_catches_up_after_a_gap() {
    let knock = Knock::start();
    let chat = open_as(&knock, &knock.site(), 1);
    let connect = |token: &str, after: u64| {
        let address = format!("{}{}/live", knock.url.replace("http:", "ws:"), chat.path());
        let (mut socket, _) = tungstenite::connect(address).expect("it opens");
        let hello = json!({"token": token.trim_start_matches("Bearer "), "after": after}).to_string();
        socket.send(tungstenite::Message::text(hello)).expect("sent");
        socket
    };
    let mut socket = connect(chat.token(), 0);
    let next = |socket: &mut tungstenite::WebSocket<_>| loop {
        if let tungstenite::Message::Text(text) = socket.read().expect("a frame") {
            return serde_json::from_str::<Value>(&text).expect("JSON")["seq"].as_u64().expect("a number");
        }
    };
    assert_eq!(next(&mut socket), 1);
    chat.write(&knock, 1, "need a quote");
    assert_eq!((next(&mut socket), next(&mut socket)), (2, 3));
    rep_writes(&knock, &chat, 2, "Hello!");
    assert_eq!(next(&mut socket), 4);
    drop(socket);
    let mut socket = connect(chat.token(), 2);
    assert_eq!((next(&mut socket), next(&mut socket)), (3, 4));
    let mut foreign = connect("Bearer nonsense", 0);
    assert!(matches!(foreign.read(), Ok(tungstenite::Message::Close(Some(frame))) if u16::from(frame.code) == 4_401));
}

#[test]
fn where_no_websocket_gets_through_messages_come_as_events() {
    use std::io::{BufRead, BufReader, Write};
    let knock = Knock::start();
    let chat = open_as(&knock, &knock.site(), 1);
    chat.write(&knock, 1, "need a quote");
    let address = knock.url.trim_start_matches("http://");
    let mut stream = std::net::TcpStream::connect(address).expect("it opens");
    let (path, token) = (chat.path(), chat.token());
    let head = format!(
        "GET {path}/live HTTP/1.1\r\nhost: {address}\r\naccept: text/event-stream\r\nlast-event-id: 1\r\nauthorization: {token}\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).expect("sent");
    let ids = BufReader::new(stream).lines().map_while(Result::ok);
    let mut ids = ids.filter_map(|line| line.strip_prefix("id: ").map(str::to_owned));
    assert_eq!((ids.next().as_deref(), ids.next().as_deref()), (Some("2"), Some("3")));
    rep_writes(&knock, &chat, 2, "Hello!");
    assert_eq!(ids.next().as_deref(), Some("4"));
}
