//! A user of a workspace, as Slack sends it.

use serde::Deserialize;

/// Slack's own bot, which is not marked as one.
const SLACKBOT: &str = "USLACKBOT";

/// A user of a workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// The id.
    pub id: String,
    /// The workspace.
    pub team_id: String,
    /// The name.
    pub name: String,
    /// The address; Slack shows it to apps that may read addresses.
    pub email: Option<String>,
    /// The time zone, by its IANA name.
    pub time_zone: Option<String>,
    /// The kind of user.
    pub state: UserState,
}

/// The kind of a user, with regard to whether they can get leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UserState {
    /// A full member with an address.
    Member,
    /// A full member whose address is not shown.
    NoEmail,
    /// A user of another company, in some channels only.
    Guest,
    /// A deactivated user.
    Deactivated,
    /// No person.
    Bot,
}

impl UserState {
    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            UserState::Member => "member",
            UserState::NoEmail => "no_email",
            UserState::Guest => "guest",
            UserState::Deactivated => "deactivated",
            UserState::Bot => "bot",
        }
    }
}

/// A user as Slack sends it: false values may be missing, and almost all fields of a deactivated user.
#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
struct Shape {
    id: String,
    team_id: String,
    name: String,
    real_name: String,
    tz: Option<String>,
    deleted: bool,
    is_bot: bool,
    is_restricted: bool,
    is_ultra_restricted: bool,
    is_stranger: bool,
    profile: Profile,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Profile {
    email: Option<String>,
    real_name: String,
    display_name: String,
}

impl<'de> Deserialize<'de> for User {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<User, D::Error> {
        let shape = Shape::deserialize(from)?;
        if shape.id.is_empty() { Err(serde::de::Error::missing_field("id")) } else { Ok(shape.into()) }
    }
}

impl From<Shape> for User {
    fn from(shape: Shape) -> User {
        let email = shape.profile.email.filter(|email| !email.is_empty());
        let state = if shape.is_bot || shape.id == SLACKBOT {
            UserState::Bot
        } else if shape.deleted {
            UserState::Deactivated
        } else if shape.is_restricted || shape.is_ultra_restricted || shape.is_stranger {
            UserState::Guest
        } else if email.is_none() {
            UserState::NoEmail
        } else {
            UserState::Member
        };
        let names = [shape.profile.real_name, shape.real_name, shape.profile.display_name, shape.name];
        let name = names.into_iter().map(|name| name.trim().to_owned()).find(|name| !name.is_empty());
        let name = name.unwrap_or_else(|| shape.id.clone());
        User { id: shape.id, team_id: shape.team_id, name, email, time_zone: shape.tz, state }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn check(json: Value, name: &str, state: UserState) {
        let user: User = serde_json::from_value(json).expect("a user");
        assert_eq!((user.name.as_str(), user.state), (name, state));
    }

    #[test]
    fn states_follow_from_what_slack_says() {
        let ann = json!({"email": "ann@acme.example", "real_name": "Ann Lee", "display_name": "ann"});
        check(json!({"id": "U1", "name": "ann", "profile": ann}), "Ann Lee", UserState::Member);
        check(json!({"id": "U1", "name": "ann", "profile": {"display_name": "Annie"}}), "Annie", UserState::NoEmail);
        check(json!({"id": "U1", "name": "ann", "profile": {"email": ""}}), "ann", UserState::NoEmail);
        check(json!({"id": "U1", "is_restricted": true, "profile": ann}), "Ann Lee", UserState::Guest);
        check(json!({"id": "U1", "is_ultra_restricted": true, "profile": ann}), "Ann Lee", UserState::Guest);
        check(json!({"id": "U1", "is_stranger": true, "profile": ann}), "Ann Lee", UserState::Guest);
        check(json!({"id": "U1", "deleted": true}), "U1", UserState::Deactivated);
        check(json!({"id": "U1", "deleted": true, "is_restricted": true}), "U1", UserState::Deactivated);
        check(json!({"id": "U1", "is_bot": true, "real_name": "Knock"}), "Knock", UserState::Bot);
        check(json!({"id": "USLACKBOT", "is_bot": false, "real_name": "Slackbot"}), "Slackbot", UserState::Bot);
        assert!(serde_json::from_value::<User>(json!({"name": "ann"})).is_err());
    }
}
