//! Events.

use super::message::Message;
use super::{Unreadable, shape};
use crate::User;
use serde::Deserialize;
use serde_json::Value;

/// A request to the address for events.
#[derive(Clone, Debug, PartialEq)]
pub enum Envelope {
    /// Slack asks whether the address is ours; `{"challenge": ..}` is the answer.
    UrlVerification {
        /// The value to respond with.
        challenge: String,
    },
    /// An event.
    Callback(Box<Callback>),
    /// More than 30,000 events in an hour: Slack leaves some out.
    RateLimited {
        /// The workspace.
        team: String,
        /// The minute since 1970 in seconds.
        minute: i64,
    },
    /// Another request.
    Ignored(String),
}

/// An event.
#[derive(Clone, Debug, PartialEq)]
pub struct Callback {
    /// The workspace.
    pub team: String,
    /// The app that receives it.
    pub app: String,
    /// Id of the event: the same when it is sent again, mostly.
    pub id: String,
    /// The instant of the event, in seconds since 1970.
    pub at: i64,
    /// The event.
    pub event: Event,
}

/// The kinds of events.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// A message was written, changed or deleted.
    Message(Box<Message>),
    /// The app was removed from the workspace.
    AppUninstalled,
    /// Tokens are worth nothing any more.
    TokensRevoked {
        /// The users whose tokens those were.
        users: Vec<String>,
        /// The users of bots whose tokens those were.
        bots: Vec<String>,
    },
    /// A channel was archived.
    ChannelArchived {
        /// The channel.
        channel: String,
    },
    /// A channel is in use again.
    ChannelUnarchived {
        /// The channel.
        channel: String,
    },
    /// A channel is gone.
    ChannelDeleted {
        /// The channel.
        channel: String,
    },
    /// A channel has another name.
    ChannelRenamed {
        /// The channel.
        channel: String,
        /// The new one, without `#`.
        name: String,
    },
    /// A user changed, or left.
    UserChanged(User),
    /// A user came.
    UserJoined(User),
    /// A user joined a channel, such as the bot.
    MemberJoined {
        /// Its id.
        channel: String,
        /// The user.
        user: String,
    },
    /// A user left a channel.
    MemberLeft {
        /// The channel.
        channel: String,
        /// The user.
        user: String,
    },
    /// The bot was removed from a channel.
    BotLeft {
        /// The channel.
        channel: String,
    },
    /// Another event: its type, with the subtype of a message behind a slash.
    Ignored(String),
}

#[derive(Deserialize)]
struct Shape {
    r#type: String,
    challenge: Option<String>,
    #[serde(default)]
    team_id: String,
    #[serde(default)]
    api_app_id: String,
    #[serde(default)]
    event_id: String,
    #[serde(default)]
    event_time: i64,
    #[serde(default)]
    minute_rate_limited: i64,
    event: Option<Value>,
}

#[derive(Deserialize)]
struct InChannel {
    channel: String,
}

#[derive(Deserialize)]
struct Renamed {
    channel: RenamedChannel,
}

#[derive(Deserialize)]
struct RenamedChannel {
    id: String,
    name: String,
}

#[derive(Deserialize)]
struct OfMember {
    channel: String,
    user: String,
}

#[derive(Deserialize)]
struct OfUser {
    user: User,
}

#[derive(Deserialize)]
struct Revoked {
    #[serde(default)]
    tokens: Tokens,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Tokens {
    oauth: Vec<String>,
    bot: Vec<String>,
}

impl Envelope {
    /// Reads the body of a request.
    ///
    /// # Errors
    /// When it is none of Slack's, or a kind that is known has another shape.
    pub fn parse(body: &[u8]) -> Result<Envelope, Unreadable> {
        let shape: Shape = serde_json::from_slice(body).map_err(|error| Unreadable::of("the request", &error))?;
        match shape.r#type.as_str() {
            "url_verification" => {
                let challenge = shape.challenge.ok_or_else(|| Unreadable::new("the request has no challenge"))?;
                Ok(Envelope::UrlVerification { challenge })
            }
            "event_callback" => {
                let event = shape.event.ok_or_else(|| Unreadable::new("the request has no event"))?;
                if shape.event_id.is_empty() {
                    return Err(Unreadable::new("the request has no event_id"));
                }
                let event = Event::of_json(&event)?;
                let Shape { team_id: team, api_app_id: app, event_id: id, event_time: at, .. } = shape;
                Ok(Envelope::Callback(Box::new(Callback { team, app, id, at, event })))
            }
            "app_rate_limited" => Ok(Envelope::RateLimited { team: shape.team_id, minute: shape.minute_rate_limited }),
            _ => Ok(Envelope::Ignored(shape.r#type)),
        }
    }
}

impl Event {
    fn of_json(json: &Value) -> Result<Event, Unreadable> {
        let r#type = json.get("type").and_then(Value::as_str).unwrap_or_default();
        let channel = || Ok(shape::<InChannel>(json, r#type)?.channel);
        match r#type {
            "message" => Ok(match Message::of_json(json)? {
                Ok(message) => Event::Message(Box::new(message)),
                Err(subtype) => Event::Ignored(format!("message/{subtype}")),
            }),
            "app_uninstalled" => Ok(Event::AppUninstalled),
            "tokens_revoked" => {
                let Tokens { oauth: users, bot: bots } = shape::<Revoked>(json, r#type)?.tokens;
                Ok(Event::TokensRevoked { users, bots })
            }
            "channel_archive" | "group_archive" => Ok(Event::ChannelArchived { channel: channel()? }),
            "channel_unarchive" | "group_unarchive" => Ok(Event::ChannelUnarchived { channel: channel()? }),
            "channel_deleted" | "group_deleted" => Ok(Event::ChannelDeleted { channel: channel()? }),
            "channel_left" | "group_left" => Ok(Event::BotLeft { channel: channel()? }),
            "channel_rename" | "group_rename" => {
                let RenamedChannel { id: channel, name } = shape::<Renamed>(json, r#type)?.channel;
                Ok(Event::ChannelRenamed { channel, name })
            }
            "user_change" => Ok(Event::UserChanged(shape::<OfUser>(json, r#type)?.user)),
            "team_join" => Ok(Event::UserJoined(shape::<OfUser>(json, r#type)?.user)),
            "member_joined_channel" => {
                let OfMember { channel, user } = shape(json, r#type)?;
                Ok(Event::MemberJoined { channel, user })
            }
            "member_left_channel" => {
                let OfMember { channel, user } = shape(json, r#type)?;
                Ok(Event::MemberLeft { channel, user })
            }
            other => Ok(Event::Ignored(other.to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::UserState;
    use serde_json::json;

    fn event(event: Value) -> Result<Event, Unreadable> {
        let body = json!({
            "token": "x", "team_id": "T1", "api_app_id": "A1", "type": "event_callback", "event_id": "Ev1",
            "event_time": 1_234_567_890, "authorizations": [{"user_id": "U1"}], "event": event
        });
        match Envelope::parse(body.to_string().as_bytes())? {
            Envelope::Callback(callback) => {
                assert_eq!((callback.team.as_str(), callback.id.as_str(), callback.at), ("T1", "Ev1", 1_234_567_890));
                Ok(callback.event)
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn envelopes_are_read() {
        let parse = |body: Value| Envelope::parse(body.to_string().as_bytes());
        let challenge = parse(json!({"token": "x", "challenge": "3eZb", "type": "url_verification"}));
        assert_eq!(challenge, Ok(Envelope::UrlVerification { challenge: "3eZb".into() }));
        let limited = json!({"type": "app_rate_limited", "team_id": "T1", "minute_rate_limited": 1_518_467_820});
        assert_eq!(parse(limited), Ok(Envelope::RateLimited { team: "T1".into(), minute: 1_518_467_820 }));
        assert_eq!(parse(json!({"type": "new_thing"})), Ok(Envelope::Ignored("new_thing".into())));
        for body in [json!({}), json!([]), json!({"type": "url_verification"}), json!({"type": "event_callback"})] {
            assert!(parse(body.clone()).is_err(), "{body}");
        }
        assert!(Envelope::parse(b"payload=%7B%7D").is_err());
    }

    #[test]
    fn events_are_read() {
        let archived = Event::ChannelArchived { channel: "C1".into() };
        for (json, expected) in [
            (json!({"type": "app_uninstalled"}), Event::AppUninstalled),
            (
                json!({"type": "tokens_revoked", "tokens": {"oauth": ["U2"], "bot": ["U1"]}}),
                Event::TokensRevoked { users: vec!["U2".into()], bots: vec!["U1".into()] },
            ),
            (json!({"type": "channel_archive", "channel": "C1", "user": "U2"}), archived.clone()),
            (json!({"type": "group_archive", "channel": "C1"}), archived),
            (
                json!({"type": "channel_rename", "channel": {"id": "C1", "name": "leads", "created": 1}}),
                Event::ChannelRenamed { channel: "C1".into(), name: "leads".into() },
            ),
            (
                json!({"type": "member_left_channel", "user": "U1", "channel": "C1", "team": "T1"}),
                Event::MemberLeft { channel: "C1".into(), user: "U1".into() },
            ),
            (
                json!({"type": "member_joined_channel", "user": "U1", "channel": "C1", "team": "T1"}),
                Event::MemberJoined { channel: "C1".into(), user: "U1".into() },
            ),
            (json!({"type": "group_left", "channel": "C1"}), Event::BotLeft { channel: "C1".into() }),
            (json!({"type": "message", "subtype": "channel_join"}), Event::Ignored("message/channel_join".into())),
            (json!({"type": "reaction_added"}), Event::Ignored("reaction_added".into())),
        ] {
            assert_eq!(event(json.clone()), Ok(expected), "{json}");
        }
        let joined = event(json!({"type": "team_join", "user": {"id": "U9", "deleted": true}}));
        assert!(matches!(joined, Ok(Event::UserJoined(user)) if user.state == UserState::Deactivated));
    }

    #[test]
    fn a_known_event_of_another_shape_is_noticed() {
        for json in [
            json!({"type": "channel_rename", "channel": "C1"}),
            json!({"type": "user_change", "user": "U1"}),
            json!({"type": "message", "channel": "C1", "text": "secret"}),
            json!({"type": "message", "channel": "C1", "ts": "secret"}),
        ] {
            let error = event(json.clone()).expect_err("unreadable").to_string();
            assert!(error.starts_with("the event ") && !error.contains("secret"), "{error}");
        }
    }
}
