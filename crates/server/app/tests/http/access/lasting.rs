//! The live feed ends with the session or API key that authenticated it.

use crate::support::Knock;
use serde_json::json;
use std::net::TcpStream;
use std::time::Duration;
use tungstenite::client::IntoClientRequest;
use tungstenite::protocol::frame::coding::CloseCode;
use tungstenite::{Message, WebSocket};

fn feed(knock: &Knock, (name, value): (&'static str, &str)) -> WebSocket<TcpStream> {
    let stream = TcpStream::connect(knock.address()).expect("connected");
    stream.set_read_timeout(Some(Duration::from_secs(20))).expect("it can be set");
    let url = format!("{}/api/v1/live", knock.url.replacen("http", "ws", 1));
    let mut request = url.into_client_request().expect("a request");
    request.headers_mut().insert(name, value.parse().expect("a value"));
    tungstenite::client(request, stream).expect("upgraded").0
}

/// The code with which the server closes it.
fn ending(mut socket: WebSocket<TcpStream>) -> CloseCode {
    loop {
        if let Message::Close(frame) = socket.read().expect("it is ended in good order") {
            return frame.expect("with a reason").code;
        }
    }
}

const SIGNED_OUT: CloseCode = CloseCode::Library(4_401);

#[test]
fn it_ends_with_the_session_by_sign_out_and_by_the_clock() {
    let knock = Knock::start();
    let (first, second) = (knock.session(), knock.session());
    let (one, other) = (feed(&knock, ("cookie", &first)), feed(&knock, ("cookie", &second)));
    knock.send("DELETE", "/api/v1/session", &[("cookie", &first), ("origin", &knock.url)], None);
    assert_eq!(ending(one), SIGNED_OUT);
    knock.advance(31 * 86_400_000);
    assert_eq!(ending(other), SIGNED_OUT);
}

#[test]
fn it_ends_with_the_key_when_it_is_revoked_and_when_it_is_over() {
    let knock = Knock::start();
    let admin = knock.admin_key();
    let made =
        |ends: i64| knock.ask("POST", "/api/v1/keys", &admin, &json!({"name": "x", "role": "rep", "ends": ends}));
    let now = knock.now();
    let (revoked, over) = (made(now + 3_600_000), made(now + 7_200_000));
    let bearer = |reply: &crate::support::Reply| format!("Bearer {}", reply.text("key"));
    let (one, other) =
        (feed(&knock, ("authorization", &bearer(&revoked))), feed(&knock, ("authorization", &bearer(&over))));
    let gone = knock.ask("DELETE", &format!("/api/v1/keys/{}", revoked.text("id")), &admin, &json!({}));
    assert_eq!(gone.code, 204);
    assert_eq!(ending(one), SIGNED_OUT);
    knock.advance(7_200_000);
    assert_eq!(ending(other), SIGNED_OUT);
}

#[test]
fn it_ends_on_the_second_while_nobody_moves_the_clock() {
    let knock = Knock::start();
    let ends = knock.now() + 3_000;
    let made =
        knock.ask("POST", "/api/v1/keys", &knock.admin_key(), &json!({"name": "x", "role": "rep", "ends": ends}));
    let socket = feed(&knock, ("authorization", &format!("Bearer {}", made.text("key"))));
    assert_eq!(ending(socket), SIGNED_OUT);
}
