//! The WebSocket of a chat.

use crate::TestServer;
use crate::wait::DEADLINE;
use serde_json::{Value, json};
use std::net::TcpStream;
use tungstenite::client::IntoClientRequest;
use tungstenite::{Message, WebSocket};

/// The live channel of a lead.
pub struct Live {
    /// The socket.
    pub socket: WebSocket<TcpStream>,
}

impl Live {
    /// Opens the socket of the chat at a path with its token.
    pub(crate) fn open(server: &TestServer, path: &str, token: &str, after: u64) -> Live {
        let stream = TcpStream::connect(server.address()).expect("it answers");
        stream.set_read_timeout(Some(DEADLINE)).expect("it can be set");
        let url = format!("{}{}/live", server.url.replacen("http", "ws", 1), path);
        let (mut socket, _) =
            tungstenite::client(url.into_client_request().expect("a request"), stream).expect("opened");
        socket.send(Message::text(json!({"token": token, "after": after}).to_string())).expect("sent");
        Live { socket }
    }

    /// Returns the next message, which must come.
    pub fn hear(&mut self) -> Value {
        loop {
            if let Message::Text(text) = self.socket.read().expect("a frame") {
                return serde_json::from_str(&text).expect("JSON");
            }
        }
    }
}
