//! `/api/v1/slack`: how Knock is connected to a Slack workspace, and what is wrong there.

use crate::RawSecret;
#[cfg(feature = "openapi")]
use crate::schema::{MillisSchema, RepIdSchema};
use knock_model::{Millis, RepId};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The default prefix of an internal note.
pub const NOTE_MARK: &str = "//";

/// `GET` and answer of `PUT /api/v1/slack`: what is set, and how it is going.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SlackSettings {
    /// The id of the channel where every chat is shown; empty for none.
    #[serde(default)]
    pub monitoring_channel: String,
    /// Its name, without `#`; empty where it is not known.
    #[serde(default)]
    pub monitoring_channel_name: String,
    /// The prefix that marks a message of a rep as an internal note.
    #[serde(default)]
    pub note_mark: String,
    /// Whether there is a token of a bot and a signing secret.
    #[serde(default)]
    pub is_connected: bool,
    /// Whether they stand in the configuration of the server: then they are changed there.
    #[serde(default)]
    pub is_configured: bool,
    /// Whether an app is known that can be installed: from the configuration of the server, or from an installation.
    #[serde(default)]
    pub is_app_known: bool,
    /// The name of the Slack workspace; empty until Slack has said it.
    #[serde(default)]
    pub team: String,
    /// The name of the bot; empty until Slack has said it.
    #[serde(default)]
    pub bot: String,
    /// The scopes that the app needs and its token lacks.
    #[serde(default)]
    pub missing_scopes: Vec<String>,
    /// The problems that a person has to fix.
    #[serde(default)]
    pub problems: Vec<SlackProblem>,
    /// People of the Slack workspace, without guests, bots and those who have left.
    #[serde(default)]
    pub users: u64,
    /// The number of them who are members here, by their addresses.
    #[serde(default)]
    pub users_matched: u64,
    /// Messages that are still to be posted.
    #[serde(default)]
    pub waiting: u64,
    /// Messages that were given up until what is wrong is mended.
    #[serde(default)]
    pub parked: u64,
}

/// A problem that a person has to fix.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SlackProblem {
    /// `token`, `channel_gone`, `not_in_channel`, `missing_scope`, `unreachable`, `secret` or another word.
    pub kind: String,
    /// The channel that it is about; empty where it is about none.
    #[serde(default)]
    pub channel: String,
    /// The problem, in words.
    pub text: String,
    /// Since when.
    pub since: Millis,
}

/// `PUT /api/v1/slack`: where chats are shown, and what stays inside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SlackDraft {
    /// The id of the channel where every chat is shown; empty for none.
    #[serde(default)]
    pub monitoring_channel: String,
    /// The prefix that marks a message of a rep as an internal note; absent: `//`.
    #[serde(default = "note_mark")]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 10))]
    pub note_mark: String,
}

fn note_mark() -> String {
    NOTE_MARK.to_owned()
}

/// `POST /api/v1/slack/connect`: what lets the server in at Slack, and what shows that Slack asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SlackConnect {
    /// The token of the bot, which begins with `xoxb-`.
    pub bot_token: RawSecret,
    /// The signing secret of the app.
    pub signing_secret: RawSecret,
}

/// `POST /api/v1/slack/install`: the app to install. Empty fields: the one that is known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SlackInstall {
    /// The public id of the app.
    #[serde(default)]
    pub client_id: String,
    /// The secret of the app.
    #[serde(default)]
    pub client_secret: RawSecret,
    /// The signing secret of Slack's requests.
    #[serde(default)]
    pub signing_secret: RawSecret,
}

/// `GET /api/v1/slack/channels`: the channels as they were listed last.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SlackChannels {
    /// The channels, by their names.
    #[serde(default)]
    pub channels: Vec<SlackChannel>,
    /// Whether these are all of them: a long list comes page by page.
    #[serde(default)]
    pub is_complete: bool,
    /// Why no more could be listed; empty where nothing is wrong.
    #[serde(default)]
    pub problem: String,
}

/// `POST /api/v1/slack/channels`: a channel to create.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SlackChannelDraft {
    /// Its name: lower-case letters, digits, `-` and `_`.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 80))]
    pub name: String,
}

/// A channel of the Slack workspace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SlackChannel {
    /// Its id.
    pub id: String,
    /// Its name, without `#`.
    #[serde(default)]
    pub name: String,
    /// Whether only its members see it.
    #[serde(default)]
    pub is_private: bool,
    /// Whether the bot is in it.
    #[serde(default)]
    pub is_member: bool,
}

/// `GET /api/v1/slack/users`: the people of the Slack workspace, and who of them is a member here.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SlackUsers {
    /// The people, by their names.
    #[serde(default)]
    pub users: Vec<SlackUser>,
}

/// Somebody of the Slack workspace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SlackUser {
    /// Their id in Slack.
    pub id: String,
    /// The name in Slack.
    #[serde(default)]
    pub name: String,
    /// Their address; empty where Slack does not show it.
    #[serde(default)]
    pub email: String,
    /// The member with that address; none: they can be invited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member: Option<RepId>,
    /// Whether they are invited and have not signed in yet.
    #[serde(default)]
    pub is_invited: bool,
    /// Whether they have left the Slack workspace and are still a member.
    #[serde(default)]
    pub has_left: bool,
}

/// `GET /api/v1/slack/manifest`: what Slack makes an app of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SlackManifest {
    /// The manifest, with the addresses of this server.
    pub manifest: Value,
    /// The URL of Slack's page that creates the app.
    pub create_url: String,
    /// Why Slack cannot reach those addresses; empty where it may.
    #[serde(default)]
    pub problem: String,
}

/// Answer of `POST /api/v1/slack/test`: what came of a message to the monitoring channel.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SlackTested {
    /// Whether it was posted.
    #[serde(default)]
    pub is_posted: bool,
    /// Why it was not; empty where it was.
    #[serde(default)]
    pub problem: String,
}
