//! Chats and messages have limits of their own.

use crate::chat::open_as;
use crate::support::{Knock, ORIGIN, id};
use serde_json::json;

#[test]
fn opening_chats_without_end_is_rate_limited() {
    let knock = Knock::start_with(&[("KNOCK_CHAT_OPENS_PER_IP", "1")]);
    let site = knock.site();
    let open = |visitor: u64| {
        let visitor = id(1_700_000_000_000, visitor);
        let body = json!({"site": site, "visitor": visitor, "session": visitor}).to_string();
        let headers = [("content-type", "application/json"), ("origin", ORIGIN)];
        knock.send("POST", "/v1/chat", &headers, Some(body.as_bytes()))
    };
    let refused = (1..).map(open).find(|reply| reply.code != 201).expect("sooner or later");
    assert_eq!(refused.code, 429, "{}", refused.body);
    assert!(refused.header("retry-after").is_some());
    let from_the_page = refused.header("access-control-allow-origin");
    assert_eq!(from_the_page, Some(ORIGIN), "the widget can read it");
}

#[test]
fn writing_without_end_is_rate_limited_and_another_chat_is_not() {
    let knock = Knock::start_with(&[("KNOCK_CHAT_MESSAGES_PER_CHAT", "1")]);
    let site = knock.site();
    let (chat, other) = (open_as(&knock, &site, 1), open_as(&knock, &site, 2));
    let refused =
        (1..).map(|n| chat.write(&knock, n, "hello")).find(|reply| reply.code != 201).expect("sooner or later");
    assert_eq!((refused.code, refused.header("retry-after").is_some()), (429, true), "{}", refused.body);
    assert_eq!(other.write(&knock, 1_000, "hello").code, 201);
}
