//! A browser on a site.

use crate::{Chat, Reply, TestServer, batch, visitor_id};
use serde_json::{Value, json};

/// A browser on a site.
#[derive(Clone, Debug)]
pub struct Visitor {
    site: String,
    number: u64,
}

impl Visitor {
    pub(crate) fn new(site: &str, number: u64) -> Visitor {
        Visitor { site: site.to_owned(), number }
    }

    /// Sends signals now.
    pub fn sends(&self, server: &TestServer, signals: &[Value]) -> Reply {
        server.post_signals(&batch(&self.site, self.number, server.now(), signals))
    }

    /// The body that opens a chat.
    pub fn opening(&self) -> Value {
        let id = visitor_id(self.number);
        json!({"site": self.site, "visitor": id, "session": id})
    }

    /// Opens a chat.
    pub fn opens_chat(&self, server: &TestServer) -> Chat {
        self.opens_chat_in(server, "en")
    }

    /// Opens a chat on a page in a language.
    pub fn opens_chat_in(&self, server: &TestServer, language: &str) -> Chat {
        self.opens_chat_with(server, &json!({"language": language}))
    }

    /// Opens a chat with more fields of the request.
    pub fn opens_chat_with(&self, server: &TestServer, more: &Value) -> Chat {
        let mut opening = self.opening();
        for (name, value) in more.as_object().expect("fields") {
            opening[name] = value.clone();
        }
        let reply = server.post("/v1/chat", &opening);
        assert_eq!(reply.code, 201, "{}", reply.body);
        Chat::new(&reply)
    }
}
