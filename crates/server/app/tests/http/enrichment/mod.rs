//! Enrichment over HTTP: a provider has data about leads, or it is slow, down, or responds with nonsense.

mod asking;
mod failing;
mod settings;

use crate::support::{Knock, Reply, identify};
use knock_testing::{Answer, Chat, Receiver, Site, found};
use serde_json::{Value, json};

const SETTINGS: &str = "/api/v1/settings/enrichment";
/// The key of the provider's API.
const KEY: &str = "heron-granite-41";
/// The provider's servers are on this machine.
const NETWORKS: [(&str, &str); 2] =
    [("KNOCK_OUTBOUND_PRIVATE_NETWORKS", "127.0.0.0/8"), ("KNOCK_CHAT_OPENS_PER_IP", "0")];

/// A workspace that routes large companies to the agent for job seekers: this segment shows that the size is known.
struct Office {
    knock: Knock,
    key: String,
    site: Site,
}

impl Office {
    fn open() -> Office {
        Office::of(Knock::start_with(&NETWORKS))
    }

    fn of(knock: Knock) -> Office {
        let key = knock.admin_key();
        let site = Site::new(&knock.site());
        let office = Office { knock, key, site };
        let rules = office.knock.get("/api/v1/rules", &office.key).body;
        let rep = &rules["rules"][0]["fallback"]["assign"]["rep"];
        let large = json!({"field": "company.employees", "op": "gte", "value": 200});
        let rule = json!({"name": "Default Routing Rule", "funnel": "chat",
            "segments": [{"id": "large", "name": "Large", "when": large, "assign": {"ai_agent": "hiring"}}],
            "fallback": {"assign": {"rep": rep}}});
        assert_eq!(office.ask("PUT", "/api/v1/rules/default_chat", &rule).code, 200);
        // So each first message is routed at once.
        assert_eq!(office.ask("PUT", "/api/v1/agent", &json!({"asks_to_clarify": false})).code, 200);
        office
    }

    fn ask(&self, method: &str, path: &str, body: &Value) -> Reply {
        self.knock.ask(method, path, &self.key, body)
    }

    /// Sets the provider up; `change` replaces fields of [`draft`].
    fn set_up(&self, provider: &Receiver, change: &Value) {
        let mut draft = draft(&provider.url("/find/{email}"));
        for (name, value) in change.as_object().into_iter().flatten() {
            draft[name] = value.clone();
        }
        let reply = self.ask("PUT", SETTINGS, &draft);
        assert_eq!(reply.code, 200, "{}", reply.body);
    }

    /// Identifies a browser, as the snippet of a site does.
    fn is_known(&self, visitor: u64, email: &str) {
        let now = self.knock.now();
        let reply = self.site.visitor(visitor).sends(&self.knock, &[identify(now, visitor, email)]);
        assert_eq!(reply.code, 202, "{}", reply.body);
    }

    /// A visitor opens a chat and writes; the chat.
    fn writes(&self, visitor: u64, text: &str) -> Chat {
        let chat = self.site.visitor(visitor).opens_chat(&self.knock);
        let reply = chat.write(&self.knock, visitor, text);
        assert_eq!(reply.code, 201, "{}", reply.body);
        chat
    }

    /// The segment of the first decision about a chat.
    fn segment(&self, chat: &Chat) -> String {
        let record = chat.record(&self.knock, &self.key);
        record["decisions"][0]["segment"].as_str().unwrap_or_else(|| panic!("no decision: {record}")).to_owned()
    }

    fn contact(&self, email: &str) -> Value {
        let list = self.knock.get(&format!("/api/v1/contacts?q={email}"), &self.key).body;
        let id = list["contacts"][0]["id"].as_str().unwrap_or_else(|| panic!("no {email}: {list}")).to_owned();
        self.knock.get(&format!("/api/v1/contacts/{id}"), &self.key).body
    }

    /// Waits until a contact's record has data of the provider.
    fn enriched(&self, email: &str) -> Value {
        found("the record is enriched", || Some(self.contact(email)).filter(|record| record["enrichment"].is_array()))
    }

    /// Waits until the settings show a problem.
    fn problem(&self) -> String {
        found("a problem is shown", || {
            let problem = self.knock.get(SETTINGS, &self.key).body["problem"].as_str().expect("a text").to_owned();
            Some(problem).filter(|problem| !problem.is_empty())
        })
    }
}

/// A provider as it is usually set up here.
fn draft(url: &str) -> Value {
    json!({"name": "Acme Data", "url": url, "header": "X-Api-Key", "secret": KEY, "fields": [
        {"field": "company.employees", "pointer": "/company/employees"},
        {"field": "company.technologies", "pointer": "/company/tech"},
        {"field": "person.title", "pointer": "/title"}]})
}

/// A provider's response about a company of so many employees.
fn says(employees: u64) -> Answer {
    let answer = json!({"company": {"employees": employees.to_string(), "tech": "Rust, Go"}, "title": "CTO"});
    Answer::Full(200, vec![("content-type", "application/json".to_owned())], answer.to_string().into_bytes())
}

/// A provider with one response for every request.
fn provider(employees: u64) -> Receiver {
    Receiver::start(move |_, _| says(employees))
}
