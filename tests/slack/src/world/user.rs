//! People and bots.

use super::seed::{BOT, TEAM};
use serde_json::{Value, json};

#[derive(Clone, Debug)]
pub(crate) struct User {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) email: Option<String>,
    pub(crate) kind: UserKind,
    pub(crate) time_zone: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UserKind {
    Member,
    Guest,
    SingleChannelGuest,
    Deactivated,
    Bot,
    /// Slack's own bot, which is not marked as one.
    Slackbot,
}

impl UserKind {
    pub(crate) fn parse(word: &str) -> Option<UserKind> {
        Some(match word {
            "member" => UserKind::Member,
            "guest" => UserKind::Guest,
            "single_channel_guest" => UserKind::SingleChannelGuest,
            "deactivated" => UserKind::Deactivated,
            "bot" => UserKind::Bot,
            _ => return None,
        })
    }
}

impl User {
    pub(crate) fn new(id: &str, name: &str, email: Option<&str>, kind: UserKind) -> User {
        let email = email.map(str::to_owned);
        User { id: id.to_owned(), name: name.to_owned(), email, kind, time_zone: "Europe/Berlin".to_owned() }
    }

    fn handle(&self) -> String {
        self.name.split(' ').next().unwrap_or_default().to_lowercase()
    }

    /// The user in the form of `users.list`. Addresses are sent to apps that may read them.
    pub(crate) fn to_json(&self, shows_email: bool) -> Value {
        let is_bot = self.kind == UserKind::Bot;
        let is_guest = matches!(self.kind, UserKind::Guest | UserKind::SingleChannelGuest);
        let mut profile = json!({
            "real_name": self.name, "real_name_normalized": self.name, "display_name": self.handle(),
            "display_name_normalized": self.handle(), "team": TEAM, "avatar_hash": "g1", "status_text": "",
        });
        if let Some(email) = self.email.as_ref().filter(|_| shows_email) {
            profile["email"] = json!(email);
        }
        if is_bot {
            profile["bot_id"] = json!(BOT);
        }
        let mut user = json!({
            "id": self.id, "team_id": TEAM, "name": self.handle(), "deleted": self.kind == UserKind::Deactivated,
            "profile": profile, "is_bot": is_bot, "is_app_user": false, "updated": 1_700_000_000,
        });
        // Of one who has left, Slack says no more.
        if self.kind != UserKind::Deactivated {
            let rest = json!({
                "color": "9f69e7", "real_name": self.name, "tz": self.time_zone, "tz_label": "", "tz_offset": 3_600,
                "is_admin": false, "is_owner": false, "is_primary_owner": false, "is_restricted": is_guest,
                "is_ultra_restricted": self.kind == UserKind::SingleChannelGuest, "is_email_confirmed": true,
            });
            let fields = rest.as_object().cloned().unwrap_or_default();
            user.as_object_mut().into_iter().for_each(|user| user.extend(fields.clone()));
        }
        user
    }
}
