//! WebSockets: frames that a client may send, and the end of silent clients.

use crate::chat::{Chat, open_as};
use crate::support::Knock;
use serde_json::json;
use std::io::Read;
use std::net::TcpStream;
use tungstenite::client::IntoClientRequest;
use tungstenite::protocol::frame::Frame;
use tungstenite::protocol::frame::coding::{CloseCode, Data, OpCode};
use tungstenite::{Message, WebSocket};

pub(super) fn connect(knock: &Knock, chat: &Chat) -> WebSocket<TcpStream> {
    let stream = TcpStream::connect(knock.address()).expect("connected");
    let url = format!("{}{}/live", knock.url.replacen("http", "ws", 1), chat.path());
    let (mut socket, _) = tungstenite::client(url.into_client_request().expect("a request"), stream).expect("upgraded");
    let token = chat.token().trim_start_matches("Bearer ");
    socket.send(Message::text(json!({"token": token, "after": 0}).to_string())).expect("said");
    // The first frame: the server has accepted the connection.
    assert!(matches!(socket.read(), Ok(Message::Text(_))));
    socket
}

/// The code with which the server closes it.
pub(super) fn ending(socket: &mut WebSocket<TcpStream>) -> Option<CloseCode> {
    loop {
        match socket.read() {
            Ok(Message::Close(frame)) => return frame.map(|frame| frame.code),
            Ok(_) => {}
            Err(_) => return None,
        }
    }
}

#[test]
fn a_message_that_is_too_large_or_one_too_many_ends_it_with_a_reason() {
    let knock = Knock::start();
    let chat = open_as(&knock, &knock.site(), 1);
    let large = |size: usize| vec![Message::text("x".repeat(size))];
    let many = |one: Message| vec![one; 100];
    let cases = [
        ("64 KiB and more", large(64 * 1024 + 1), CloseCode::Size),
        ("far more", large(1024 * 1024), CloseCode::Size),
        ("many", many(Message::text("x")), CloseCode::Policy),
        ("many pings", many(Message::Ping(Vec::new().into())), CloseCode::Policy),
    ];
    for (what, messages, code) in cases {
        let mut socket = connect(&knock, &chat);
        for message in messages {
            // The server may have closed it before the last one.
            drop(socket.send(message));
        }
        assert_eq!(ending(&mut socket), Some(code), "{what}");
    }
    let mut socket = connect(&knock, &chat);
    socket.send(Message::text("x".repeat(64 * 1024))).expect("said");
    assert_eq!(chat.write(&knock, 7, "hello").code, 201);
    assert!(matches!(socket.read(), Ok(Message::Text(_))), "it goes on");
}

#[test]
fn a_client_that_answers_no_ping_is_cut() {
    let knock = Knock::start_with(&[("KNOCK_HTTP_PING_INTERVAL_MS", "300")]);
    let chat = open_as(&knock, &knock.site(), 1);
    let mut silent = connect(&knock, &chat);
    // Read from the stream itself, since the WebSocket would send pongs.
    let mut pings = Vec::new();
    silent.get_mut().read_to_end(&mut pings).expect("ended");
    assert!(pings.iter().filter(|byte| **byte == 0x89).count() >= 2, "{pings:?}");
    let mut lively = connect(&knock, &chat);
    for _ in 0..4 {
        assert!(matches!(lively.read(), Ok(Message::Ping(_))), "who answers stays");
        lively.flush().expect("answered");
    }
}

#[test]
fn a_message_in_endless_fragments_is_counted_by_its_frames() {
    let knock = Knock::start();
    let chat = open_as(&knock, &knock.site(), 1);
    let mut socket = connect(&knock, &chat);
    let fragment = |code: Data, is_last: bool| Frame::message(Vec::new(), OpCode::Data(code), is_last);
    socket.send(Message::Frame(fragment(Data::Text, false))).expect("said");
    for _ in 0..5 {
        socket.send(Message::Frame(fragment(Data::Continue, false))).expect("said");
    }
    socket.send(Message::Frame(fragment(Data::Continue, true))).expect("said");
    assert_eq!(chat.write(&knock, 7, "hello").code, 201);
    assert!(matches!(socket.read(), Ok(Message::Text(_))), "a few fragments are a message");

    let mut endless = connect(&knock, &chat);
    endless.send(Message::Frame(fragment(Data::Text, false))).expect("said");
    for _ in 0..1_000 {
        // The server may have closed it before the last one.
        drop(endless.send(Message::Frame(fragment(Data::Continue, false))));
    }
    assert_eq!(ending(&mut endless), Some(CloseCode::Policy));
}
