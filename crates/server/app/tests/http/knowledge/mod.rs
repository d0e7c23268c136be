//! Knowledge of the AI agent over HTTP: answers of the team, pages that are read, files that are uploaded.

mod answers;
mod files;
mod limits;
mod pages;
mod readers;
mod test_sentences;
mod tried;
mod wordings;

use crate::chat::open_as;
use crate::support::{Knock, Reply};
use knock_testing::found;
use serde_json::{Value, json};

/// The settings of a server that reads pages on this machine.
const SETTINGS: [(&str, &str); 1] = [("KNOCK_OUTBOUND_PRIVATE_NETWORKS", "127.0.0.0/8")];

/// A server with a key of its admin and a site without knowledge.
struct Team {
    knock: Knock,
    key: String,
    site: String,
}

impl Team {
    fn start() -> Team {
        let knock = Knock::start_with(&SETTINGS);
        let key = knock.admin_key();
        let draft = json!({"name": "Shop", "origins": [crate::support::ORIGIN]});
        let site = knock.ask("POST", "/api/v1/sites", &key, &draft).text("key");
        Team { knock, key, site }
    }

    fn ask(&self, method: &str, path: &str, body: &Value) -> Reply {
        self.knock.ask(method, &format!("/api/v1/knowledge{path}"), &self.key, body)
    }

    fn get(&self, path: &str) -> Value {
        let reply = self.knock.get(&format!("/api/v1/knowledge{path}"), &self.key);
        assert_eq!(reply.code, 200, "{}", reply.body);
        reply.body
    }

    /// The knowledge of the site.
    fn list(&self) -> Value {
        self.get(&format!("?site={}", self.site))
    }

    /// Adds a question with its answer; its id.
    fn answer(&self, question: &str, answer: &str) -> String {
        let made = self.ask("POST", "/answers", &json!({"site": self.site, "question": question, "answer": answer}));
        assert_eq!(made.code, 201, "{}", made.body);
        made.text("id")
    }

    /// Adds a page or a sitemap; its id.
    fn source(&self, kind: &str, address: &str) -> String {
        let made = self.ask("POST", "/sources", &json!({"site": self.site, "kind": kind, "address": address}));
        assert_eq!(made.code, 201, "{}", made.body);
        made.text("id")
    }

    /// Waits until a source is in one of these states.
    fn until(&self, id: &str, states: &[&str]) -> Value {
        found("the source was read", || {
            let record = self.get(&format!("/sources/{id}"));
            Some(record).filter(|record| states.iter().any(|state| record["source"]["state"] == *state))
        })
    }

    /// The passages that the agent finds for a question.
    fn tried(&self, question: &str) -> Value {
        let tried = self.ask("POST", "/try", &json!({"site": self.site, "question": question}));
        assert_eq!(tried.code, 200, "{}", tried.body);
        tried.body["found"].clone()
    }

    /// The reply of the agent to a visitor's first message.
    fn said(&self, visitor: u64, text: &str) -> String {
        let chat = open_as(&self.knock, &self.site, visitor);
        assert_eq!(chat.write(&self.knock, 1, text).code, 201);
        let messages = chat.messages(&self.knock, 2);
        let texts = messages.iter().map(|message| message["text"].as_str().expect("text"));
        texts.collect::<Vec<_>>().join("\n")
    }
}

/// The field that a problem names.
fn pointer(reply: &Reply) -> (u16, String) {
    (reply.code, reply.body["errors"][0]["pointer"].as_str().unwrap_or_default().to_owned())
}
