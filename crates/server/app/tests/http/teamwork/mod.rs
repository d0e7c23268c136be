//! Members of a team in one chat: its owner, and their internal notes.

mod assign;
mod mentions;
mod notes;
mod presence;
mod reminders;
mod replies;
mod timeline;
mod transcript;

use crate::chat::{Chat, open_as};
use crate::members::Browser;
use crate::support::{Knock, Reply};
use knock_model::Role;
use serde_json::Value;

/// A server with an admin, a rep and an open chat.
struct Team {
    knock: Knock,
    key: String,
    admin: Browser,
    rep: Browser,
    chat: Chat,
}

const REP: &str = "bo@us.example";

impl Team {
    fn start() -> Team {
        Team::by(Knock::start())
    }

    fn by(knock: Knock) -> Team {
        let (key, admin) = (knock.admin_key(), Browser::admin(&knock));
        let rep = Browser::member(&knock, &admin, REP, Role::Rep);
        let chat = open_as(&knock, &knock.site(), 1);
        Team { knock, key, admin, rep, chat }
    }

    /// Posts to a part of the conversation.
    fn post(&self, by: &Browser, part: &str, body: &Value) -> Reply {
        by.ask(&self.knock, "POST", &format!("/api/v1/conversations/{}/{part}", self.chat.id), body)
    }

    fn record(&self) -> Value {
        self.chat.record(&self.knock, &self.key)
    }

    fn state(&self) -> Value {
        self.record()["conversation"]["state"].clone()
    }
}
