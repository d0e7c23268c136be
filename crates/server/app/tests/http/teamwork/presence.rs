//! Presence in a chat: typing both ways, viewers, and a reply that comes second.

use super::{REP, Team};
use crate::members::Browser;
use crate::support::{Reply, id};
use serde_json::{Value, json};
use tungstenite::client::IntoClientRequest;
use tungstenite::stream::MaybeTlsStream;
use tungstenite::{Message, WebSocket};

pub(super) type Feed = WebSocket<MaybeTlsStream<std::net::TcpStream>>;

/// The live feed of a member.
pub(super) fn feed(team: &Team, by: &Browser) -> Feed {
    let address = format!("{}/api/v1/live", team.knock.url.replace("http:", "ws:"));
    let mut request = address.into_client_request().expect("a request");
    request.headers_mut().insert("cookie", by.cookie.parse().expect("a header"));
    request.headers_mut().insert("origin", team.knock.url.parse().expect("a header"));
    tungstenite::connect(request).expect("it opens").0
}

/// The next frame with the presence of a chat.
fn next(feed: &mut Feed) -> Value {
    loop {
        if let Message::Text(text) = feed.read().expect("a frame") {
            let event: Value = serde_json::from_str(&text).expect("JSON");
            if let Some(presence) = event.get("presence") {
                return presence.clone();
            }
        }
    }
}

impl Team {
    fn does(&self, by: &Browser, doing: &str) -> Reply {
        self.post(by, "presence", &json!({"doing": doing}))
    }
}

#[test]
fn members_see_who_looks_at_a_chat_and_who_leaves_it() {
    let team = Team::start();
    let mut feed = feed(&team, &team.admin);
    for doing in ["looking", "writing", "gone"] {
        assert_eq!(team.does(&team.rep, doing).code, 204);
        let heard = next(&mut feed);
        assert_eq!((&heard["doing"], &heard["conversation"]), (&json!(doing), &json!(team.chat.id)));
        assert_eq!((&heard["member"]["email"], &heard["member"]["name"]), (&json!(REP), &json!("Bo")));
    }
    assert_eq!(team.does(&team.rep, "sleeping").code, 400);
    let nowhere = "/api/v1/conversations/06060606-0606-4606-8606-060606060606/presence";
    assert_eq!(team.rep.ask(&team.knock, "POST", nowhere, &json!({"doing": "looking"})).code, 404);
    let path = format!("/api/v1/conversations/{}/presence", team.chat.id);
    let by_key = team.knock.ask("POST", &path, &team.key, &json!({"doing": "looking"}));
    assert_eq!(by_key.code, 403, "a program looks at nothing");
    let codes: Vec<u16> = (0..60).map(|_| team.does(&team.rep, "looking").code).collect();
    assert!(codes.contains(&429), "{codes:?}");
}

#[test]
fn the_lead_hears_that_a_rep_writes_and_nothing_of_who_looks() {
    let team = Team::start();
    let mut socket = team.chat.live(&team.knock, 0);
    let greeting = socket.hear();
    assert_eq!(greeting["seq"], 1);
    assert_eq!((team.does(&team.rep, "looking").code, team.does(&team.rep, "writing").code), (204, 204));
    assert_eq!(socket.hear(), json!({"typing": "Bo"}));
    assert_eq!(team.does(&team.rep, "gone").code, 204);
    assert_eq!(team.chat.rep_writes(&team.knock, 1, "Hello!"), 201);
    assert_eq!(socket.hear()["text"], "Hello!");
}

#[test]
fn the_team_hears_that_a_lead_writes_on_the_live_channel_and_by_post() {
    let team = Team::start();
    let mut feed = feed(&team, &team.rep);
    let expected = json!({"conversation": team.chat.id, "member": null, "doing": "writing"});
    let mut socket = team.chat.live(&team.knock, 1);
    for frame in ["{\"typing\":false}", "typing", "[[[[", "{\"typing\":\"yes\"}", "{\"typing\":true}"] {
        socket.socket.send(Message::text(frame)).expect("sent");
    }
    assert_eq!(next(&mut feed), expected);
    let other = crate::chat::open_as(&team.knock, &team.knock.site(), 2);
    let say = |token: &str| {
        let headers = [("authorization", token)];
        team.knock.send("POST", &format!("{}/typing", other.path()), &headers, Some(b"")).code
    };
    assert_eq!(say(other.token()), 204);
    assert_eq!(next(&mut feed)["conversation"], json!(other.id), "frames without content were not forwarded");
    assert_eq!(say(team.chat.token()), 401);
    // Frequent typing frames are forwarded at intervals only, and the channel stays open.
    for _ in 0..5 {
        socket.socket.send(Message::text("{\"typing\":true}")).expect("sent");
    }
    for _ in 0..20 {
        assert_eq!(say(other.token()), 204);
    }
    assert_eq!(team.does(&team.admin, "looking").code, 204);
    let mut notices = std::iter::repeat_with(|| next(&mut feed)["doing"].clone()).take(15);
    let other = notices.find(|doing| doing != "writing");
    assert_eq!(other, Some(json!("looking")), "at most 14 of 25 further ones are before it");
    assert_eq!(team.chat.write(&team.knock, 1, "Here I am").code, 201);
    assert_eq!(socket.hear()["text"], "Here I am");
}

#[test]
fn a_reply_that_another_rep_has_not_seen_is_not_answered_twice() {
    let team = Team::start();
    let reply = |by: &Browser, n: u64, seen: &str| {
        let body = json!({"id": id(team.knock.now(), n), "text": format!("Reply {n}")});
        (team.post(by, &format!("messages{seen}"), &body), body)
    };
    assert_eq!(reply(&team.admin, 1, "?seen=1").0.code, 201);
    let (refused, body) = reply(&team.rep, 2, "?seen=1");
    assert_eq!((refused.code, &refused.body["type"]), (409, &json!("urn:knock:problem:answered")));
    let expected = json!([{"pointer": "query/seen", "reason": "admin@localhost"}]);
    assert_eq!(refused.body["errors"], expected);
    assert_eq!(team.post(&team.rep, "messages", &body).code, 201, "they meant it");
    assert_eq!(team.post(&team.rep, "messages?seen=1", &body).code, 200, "it is there: sent again, it stays one");
    assert_eq!(reply(&team.rep, 3, "?seen=3").0.code, 201);
    assert_eq!(reply(&team.rep, 4, "?seen=3").0.code, 201, "one's own reply is no surprise");
}
