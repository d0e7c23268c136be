//! Reopening a conversation: by a secret of the browser, not by a visitor's id; and the lifetime of its token.

use crate::support::{Knock, Reply};
use knock_testing::{Chat, JSON, ORIGIN, eventually, visitor_id};
use serde_json::{Value, json};
use tungstenite::Message;
use tungstenite::protocol::frame::coding::CloseCode;

const DAY: i64 = 86_400_000;

fn open(knock: &Knock, secret: Option<&str>) -> Reply {
    let visitor = visitor_id(1);
    let mut body = json!({"site": knock.site(), "visitor": visitor, "session": visitor});
    if let Some(secret) = secret {
        body["secret"] = json!(secret);
    }
    knock.post("/v1/chat", &body)
}

fn texts(knock: &Knock, chat: &Chat) -> Vec<Value> {
    chat.messages(knock, 0).into_iter().map(|message| message["text"].clone()).collect()
}

fn is_let_in(knock: &Knock, chat: &Chat) -> bool {
    let headers = [("authorization", chat.token()), ("origin", ORIGIN), JSON];
    match knock.send("GET", &format!("{}/messages", chat.path()), &headers, None).code {
        200 => true,
        401 => false,
        other => panic!("{other}"),
    }
}

#[test]
fn a_visitors_id_alone_opens_nothing_that_was_written_before() {
    let knock = Knock::start();
    let (mine, others) = ("m".repeat(32), "o".repeat(64));
    let first = open(&knock, Some(&mine));
    assert_eq!(first.code, 201, "{}", first.body);
    let chat = Chat::new(&first);
    assert_eq!(chat.write(&knock, 1, "the secret plan").code, 201);
    for stranger in [None, Some(others.as_str())] {
        let reply = open(&knock, stranger);
        assert_eq!(reply.code, 201, "{}", reply.body);
        let other = Chat::new(&reply);
        assert_ne!(other.id, chat.id);
        assert!(!texts(&knock, &other).contains(&json!("the secret plan")));
    }
    let again = Chat::new(&open(&knock, Some(&mine)));
    assert_eq!(again.id, chat.id);
    assert!(texts(&knock, &again).contains(&json!("the secret plan")));
}

#[test]
fn a_secret_that_is_too_short_or_too_long_is_refused() {
    let knock = Knock::start();
    for secret in ["x".repeat(31), "x".repeat(129)] {
        let reply = open(&knock, Some(&secret));
        assert_eq!((reply.code, &reply.body["errors"][0]["pointer"]), (400, &json!("/secret")));
    }
}

#[test]
fn opening_it_again_replaces_the_token() {
    let knock = Knock::start();
    let secret = "s".repeat(32);
    let (first, second) = (Chat::new(&open(&knock, Some(&secret))), Chat::new(&open(&knock, Some(&secret))));
    assert_eq!(first.id, second.id);
    assert!(!is_let_in(&knock, &first));
    assert!(is_let_in(&knock, &second));
}

#[test]
fn a_chats_socket_ends_within_an_hour_of_its_token() {
    let knock = Knock::start();
    let secret = "s".repeat(32);
    let first = Chat::new(&open(&knock, Some(&secret)));
    let mut live = first.live(&knock, 0);
    live.hear();
    open(&knock, Some(&secret));
    // The same as an hour of real time.
    knock.advance(3_600_000);
    let code = loop {
        if let Message::Close(frame) = live.socket.read().expect("it is ended in good order") {
            break frame.expect("with a reason").code;
        }
    };
    assert_eq!(code, CloseCode::Library(4_401));
}

#[test]
fn a_token_ends_a_year_after_its_last_use() {
    let knock = Knock::start();
    let idle = Chat::new(&open(&knock, None));
    let used = Chat::new(&open(&knock, None));
    for _ in 0..2 {
        let now = knock.advance(200 * DAY);
        assert!(is_let_in(&knock, &used));
        // Written after the response.
        let moved = format!("SELECT hash FROM secrets WHERE kind = 'chat' AND expires_at >= {}", now + 365 * DAY);
        eventually("its use is recorded", || knock.select(&moved).len() == 1);
    }
    assert!(!is_let_in(&knock, &idle));
    assert!(is_let_in(&knock, &used));
}
