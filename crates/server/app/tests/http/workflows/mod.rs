//! Workflows through the API: saving, versions, the dry run, runs and roles.

mod actions;
mod changes;
mod dry_run;
mod firm;
mod kills;
mod mails;
mod roles;
mod saving;
mod sharing;
mod test_mail;
mod vectors;

use crate::chat::open_as;
use crate::members::Browser;
use crate::support::{Knock, Reply, batch, signal};
use knock_testing::{Chat, Place};
use serde_json::{Value, json};

pub(crate) const PATH: &str = "/api/v1/workflows";

/// The words of a nudge in two languages.
pub(crate) fn nudge() -> Value {
    json!({"do": "nudge", "text": {"en": "Any questions?", "de": "Noch Fragen?"},
        "buttons": [{"label": {"en": "Ask"}, "opens": "chat"}]})
}

/// A draft that shows a nudge so long after the second view of Pricing within a week.
pub(crate) fn pricing(wait_ms: i64) -> Value {
    json!({
        "name": "Pricing viewers",
        "definition": {
            "trigger": {"on": "signal", "signal": "page_view", "category": "Pricing", "count": 2,
                "within_ms": 604_800_000},
            "stop_when": [{"on": "message", "by": "lead"}],
            "steps": [{"id": "s1", "wait": {"for_ms": wait_ms}}, {"id": "s2", "do": "nudge"}],
        },
        "contents": {"s2": nudge()},
    })
}

/// A workspace with an admin.
pub(crate) struct Scene {
    pub(crate) knock: Knock,
    pub(crate) key: String,
    pub(crate) admin: Browser,
    pub(crate) site: String,
}

impl Scene {
    pub(crate) fn start() -> Scene {
        Scene::in_front_of(Knock::start())
    }

    pub(crate) fn start_in(place: impl Into<Place>) -> Scene {
        Scene::in_front_of(Knock::start_in(place, &[]))
    }

    fn in_front_of(knock: Knock) -> Scene {
        let (key, admin, site) = (knock.admin_key(), Browser::admin(&knock), knock.site());
        Scene { knock, key, admin, site }
    }

    pub(crate) fn ask(&self, method: &str, path: &str, body: &Value) -> Reply {
        self.admin.ask(&self.knock, method, path, body)
    }

    pub(crate) fn get(&self, path: &str) -> Value {
        let reply = self.admin.get(&self.knock, path);
        assert_eq!(reply.code, 200, "{path}: {}", reply.body);
        reply.body
    }

    /// Saves a workflow; its id.
    pub(crate) fn save(&self, draft: &Value) -> String {
        let reply = self.ask("POST", PATH, draft);
        assert_eq!(reply.code, 201, "{}", reply.body);
        reply.body["id"].as_str().expect("an id").to_owned()
    }

    /// Switches a workflow on.
    pub(crate) fn switch_on(&self, id: &str) {
        let reply = self.ask("PUT", &format!("{PATH}/{id}/state"), &json!({"enabled": true}));
        assert_eq!((reply.code, &reply.body["state"]), (200, &json!("on")), "{}", reply.body);
    }

    /// A visitor views a page now.
    pub(crate) fn views(&self, visitor: u64, n: u64, path: &str) {
        let now = self.knock.now();
        let sent = batch(&self.site, visitor, now, &[signal(now, n, "page_view", path)]);
        assert_eq!(self.knock.post_signals(&sent).code, 202);
    }

    /// A visitor views Pricing twice, a minute apart.
    pub(crate) fn views_pricing_twice(&self, visitor: u64) {
        self.views(visitor, 100 * visitor + 1, "/pricing");
        self.knock.advance(60_000);
        self.views(visitor, 100 * visitor + 2, "/pricing");
    }

    /// A visitor opens a chat; it, and the id of the lead.
    pub(crate) fn chat(&self, visitor: u64) -> (Chat, String) {
        let chat = open_as(&self.knock, &self.site, visitor);
        let lead = chat.record(&self.knock, &self.key)["conversation"]["lead"].as_str().expect("a lead").to_owned();
        (chat, lead)
    }
}

/// The pointers of a refusal.
pub(crate) fn pointers(reply: &Reply) -> Vec<String> {
    let errors = reply.body["errors"].as_array().cloned().unwrap_or_default();
    errors.iter().map(|error| error["pointer"].as_str().unwrap_or_default().to_owned()).collect()
}

/// An id of a thing that is not there.
pub(crate) fn unknown() -> String {
    "11111111-1111-4111-8111-111111111111".to_owned()
}
