//! A conversation: the lead's side with its token, the team's with a key.

use crate::{JSON, Live, ORIGIN, Reply, TestServer, id};
use serde_json::{Value, json};

/// An open conversation. It outlives its server: every call names one.
#[derive(Clone, Debug)]
pub struct Chat {
    /// The conversation's id.
    pub id: String,
    path: String,
    token: String,
}

impl Chat {
    /// From the answer to its opening.
    pub fn new(opened: &Reply) -> Chat {
        let id = opened.text("conversation");
        let (path, token) = (format!("/v1/chat/{id}"), format!("Bearer {}", opened.text("token")));
        Chat { id, path, token }
    }

    /// The path that all that the lead may ask begins with.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The lead's token, as a header says it.
    pub fn token(&self) -> &str {
        &self.token
    }

    /// The same conversation with the token of another one.
    #[must_use]
    pub fn with_token_of(&self, other: &Chat) -> Chat {
        Chat { token: other.token.clone(), ..self.clone() }
    }

    /// The lead writes; of messages at one instant each has another `n`.
    pub fn write(&self, server: &TestServer, n: u64, text: &str) -> Reply {
        self.post(server, &json!({"id": id(server.now(), n), "text": text}).to_string())
    }

    /// The lead posts any body.
    pub fn post(&self, server: &TestServer, body: &str) -> Reply {
        let headers = [JSON, ("authorization", self.token.as_str()), ("origin", ORIGIN)];
        server.send("POST", &format!("{}/messages", self.path), &headers, Some(body.as_bytes()))
    }

    /// The messages after a number, as the lead sees them.
    pub fn messages(&self, server: &TestServer, after: u64) -> Vec<Value> {
        let path = format!("{}/messages?after={after}", self.path);
        let reply = server.send("GET", &path, &[("authorization", &self.token)], None);
        assert_eq!(reply.code, 200, "{}", reply.body);
        reply.body["messages"].as_array().expect("a list").clone()
    }

    /// The lead's WebSocket, with the messages after a number.
    pub fn live(&self, server: &TestServer, after: u64) -> Live {
        Live::open(server, &self.path, self.token.trim_start_matches("Bearer "), after)
    }

    /// The rep writes, newly signed in; the status code.
    pub fn rep_writes(&self, server: &TestServer, n: u64, text: &str) -> u16 {
        let cookie = server.session();
        let body = json!({"id": id(server.now(), n), "text": text}).to_string();
        let headers = [JSON, ("cookie", cookie.as_str()), ("origin", server.url.as_str())];
        let path = format!("/api/v1/conversations/{}/messages", self.id);
        server.send("POST", &path, &headers, Some(body.as_bytes())).code
    }

    /// What the team sees of it.
    pub fn record(&self, server: &TestServer, key: &str) -> Value {
        server.get(&format!("/api/v1/conversations/{}", self.id), key).body
    }

    /// The team does something with its lead; the status code.
    pub fn act(&self, server: &TestServer, key: &str, action: &Value) -> u16 {
        server.ask("POST", &format!("/api/v1/conversations/{}/actions", self.id), key, action).code
    }

    /// Its Chat Status.
    pub fn status(&self, server: &TestServer, key: &str) -> String {
        self.record(server, key)["conversation"]["state"]["status"].as_str().expect("a status").to_owned()
    }
}
