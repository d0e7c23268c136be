//! A conversation: the lead's side with its token, the team's side with an API key.

use crate::{JSON, Live, ORIGIN, Reply, TestServer, id};
use serde_json::{Value, json};

/// The content type of a form with a file.
pub const FORM: &str = "multipart/form-data; boundary=a-line-between-parts";

/// Returns the form that sends a file as the message with an id; the name is not escaped.
pub fn form(id: &str, name: &str, content: &[u8]) -> Vec<u8> {
    let head = format!(
        "--a-line-between-parts\r\ncontent-disposition: form-data; name=\"id\"\r\n\r\n{id}\r\n\
         --a-line-between-parts\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
         content-type: text/html\r\n\r\n"
    );
    [head.as_bytes(), content, b"\r\n--a-line-between-parts--\r\n"].concat()
}

/// An open conversation. It may outlive its server: every call takes one.
#[derive(Clone, Debug)]
pub struct Chat {
    /// The conversation's id.
    pub id: String,
    path: String,
    token: String,
}

impl Chat {
    /// Returns the conversation of a response to its opening.
    pub fn new(opened: &Reply) -> Chat {
        let id = opened.text("conversation");
        let (path, token) = (format!("/v1/chat/{id}"), format!("Bearer {}", opened.text("token")));
        Chat { id, path, token }
    }

    /// Returns the path with which all requests of the lead begin.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the lead's token, as a header value.
    pub fn token(&self) -> &str {
        &self.token
    }

    /// Returns the same conversation with the token of another one.
    #[must_use]
    pub fn with_token_of(&self, other: &Chat) -> Chat {
        Chat { token: other.token.clone(), ..self.clone() }
    }

    /// Sends a message of the lead; messages at one instant differ in `n`.
    pub fn write(&self, server: &TestServer, n: u64, text: &str) -> Reply {
        self.post(server, &json!({"id": id(server.now(), n), "text": text}).to_string())
    }

    /// Posts any body as the lead.
    pub fn post(&self, server: &TestServer, body: &str) -> Reply {
        let headers = [JSON, ("authorization", self.token.as_str()), ("origin", ORIGIN)];
        server.send("POST", &format!("{}/messages", self.path), &headers, Some(body.as_bytes()))
    }

    /// Sends a file of the lead; messages at one instant differ in `n`.
    pub fn sends_file(&self, server: &TestServer, n: u64, name: &str, content: &[u8]) -> Reply {
        self.post_form(server, &form(&id(server.now(), n), name, content))
    }

    /// Posts any form as the lead to the path of files.
    pub fn post_form(&self, server: &TestServer, body: &[u8]) -> Reply {
        let headers = [("content-type", FORM), ("authorization", self.token.as_str()), ("origin", ORIGIN)];
        server.send("POST", &format!("{}/files", self.path), &headers, Some(body))
    }

    /// Sends a file of the rep, in a new session.
    pub fn rep_sends_file(&self, server: &TestServer, n: u64, name: &str, content: &[u8]) -> Reply {
        let cookie = server.session();
        let headers = [("content-type", FORM), ("cookie", cookie.as_str()), ("origin", server.url.as_str())];
        let path = format!("/api/v1/conversations/{}/files", self.id);
        server.send("POST", &path, &headers, Some(&form(&id(server.now(), n), name, content)))
    }

    /// Returns the messages after a number, as shown to the lead.
    pub fn messages(&self, server: &TestServer, after: u64) -> Vec<Value> {
        let path = format!("{}/messages?after={after}", self.path);
        let reply = server.send("GET", &path, &[("authorization", &self.token)], None);
        assert_eq!(reply.code, 200, "{}", reply.body);
        reply.body["messages"].as_array().expect("a list").clone()
    }

    /// Opens the lead's WebSocket, with the messages after a number.
    pub fn live(&self, server: &TestServer, after: u64) -> Live {
        Live::open(server, &self.path, self.token.trim_start_matches("Bearer "), after)
    }

    /// Sends a message of the rep, in a new session; returns the status code.
    pub fn rep_writes(&self, server: &TestServer, n: u64, text: &str) -> u16 {
        let cookie = server.session();
        let body = json!({"id": id(server.now(), n), "text": text}).to_string();
        let headers = [JSON, ("cookie", cookie.as_str()), ("origin", server.url.as_str())];
        let path = format!("/api/v1/conversations/{}/messages", self.id);
        server.send("POST", &path, &headers, Some(body.as_bytes())).code
    }

    /// Returns the record shown to the team.
    pub fn record(&self, server: &TestServer, key: &str) -> Value {
        server.get(&format!("/api/v1/conversations/{}", self.id), key).body
    }

    /// Makes an action of the team on the lead; returns the status code.
    pub fn act(&self, server: &TestServer, key: &str, action: &Value) -> u16 {
        server.ask("POST", &format!("/api/v1/conversations/{}/actions", self.id), key, action).code
    }

    /// Returns the Chat Status.
    pub fn status(&self, server: &TestServer, key: &str) -> String {
        self.record(server, key)["conversation"]["state"]["status"].as_str().expect("a status").to_owned()
    }
}
