//! `/api/v1/slack`: the connection to a Slack workspace, and its problems.

use crate::RawSecret;
#[cfg(feature = "openapi")]
use crate::schema::{MillisSchema, RepIdSchema, RoleSchema};
use knock_model::{Millis, RepId, Role};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The default prefix of an internal note.
pub const NOTE_MARK: &str = "//";

/// `GET` and response of `PUT /api/v1/slack`: the settings and the state of the connection.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SlackSettings {
    /// The id of the monitoring channel, which shows every chat; empty for none.
    #[serde(default)]
    pub monitoring_channel: String,
    /// The name of the monitoring channel, without `#`; empty if unknown.
    #[serde(default)]
    pub monitoring_channel_name: String,
    /// The prefix that marks a message of a rep as an internal note.
    #[serde(default)]
    pub note_mark: String,
    /// Whether a bot token and a signing secret are set.
    #[serde(default)]
    pub is_connected: bool,
    /// Whether the bot token and the signing secret are set in the configuration of the server; they can then be
    /// changed only there.
    #[serde(default)]
    pub is_configured: bool,
    /// Whether an installable app is known, from the configuration of the server or from an installation.
    #[serde(default)]
    pub is_app_known: bool,
    /// The name of the Slack workspace; empty until Slack has reported it.
    #[serde(default)]
    pub team: String,
    /// The name of the bot; empty until Slack has reported it.
    #[serde(default)]
    pub bot: String,
    /// The scopes that the app needs and its token lacks.
    #[serde(default)]
    pub missing_scopes: Vec<String>,
    /// The problems that a person has to fix.
    #[serde(default)]
    pub problems: Vec<SlackProblem>,
    /// The number of Slack users, without guests, bots and deactivated users.
    #[serde(default)]
    pub users: u64,
    /// The number of Slack users whose address is that of a member.
    #[serde(default)]
    pub users_matched: u64,
    /// The number of messages still to be posted.
    #[serde(default)]
    pub waiting: u64,
    /// The number of parked messages, which are not retried until the problem is fixed.
    #[serde(default)]
    pub parked: u64,
    /// Why messages were parked: the reasons of the last 200, most frequent first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parked_reasons: Vec<SlackParked>,
    /// Whether all of Slack may answer chats.
    #[serde(default)]
    pub everyone: SlackEveryone,
}

/// A reason for which messages were parked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SlackParked {
    /// The outcome of the last attempt, in words.
    pub reason: String,
    /// The number of messages.
    pub count: u64,
}

/// Whether the people of the Slack workspace become members by themselves. Guests, bots and deactivated users never do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SlackEveryone {
    /// Whether they do.
    pub is_on: bool,
    /// Their role.
    #[serde(default = "role_of_everyone")]
    pub role: Role,
    /// Only people with an address in one of these domains; empty for all.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_items = 50))]
    pub domains: Vec<String>,
}

impl Default for SlackEveryone {
    fn default() -> SlackEveryone {
        SlackEveryone { is_on: false, role: role_of_everyone(), domains: Vec::new() }
    }
}

fn role_of_everyone() -> Role {
    Role::Rep
}

/// A problem that a person has to fix.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SlackProblem {
    /// The kind: `token`, `channel_gone`, `channel_unknown`, `not_in_channel`, `missing_scope`, `unreachable`, `secret` or another word.
    pub kind: String,
    /// The channel with the problem; empty if the problem concerns no channel.
    #[serde(default)]
    pub channel: String,
    /// The problem, in words.
    pub text: String,
    /// The instant of its start, in ms since 1970.
    pub since: Millis,
    /// The rules and segments that name the channel.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<SlackChannelPlace>,
}

/// A rule, or one of its segments, that names a channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SlackChannelPlace {
    /// The id of the rule.
    pub rule_id: String,
    /// The name of the rule.
    pub rule: String,
    /// The name of the segment; empty for the rule itself.
    #[serde(default)]
    pub segment: String,
}

/// `PUT /api/v1/slack`: the monitoring channel, and the prefix of internal notes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SlackDraft {
    /// The id of the monitoring channel, which shows every chat; empty for none.
    #[serde(default)]
    pub monitoring_channel: String,
    /// The prefix that marks a message of a rep as an internal note; absent: `//`.
    #[serde(default = "note_mark")]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 10))]
    pub note_mark: String,
    /// Whether all of Slack may answer chats; absent: as it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub everyone: Option<SlackEveryone>,
}

fn note_mark() -> String {
    NOTE_MARK.to_owned()
}

/// `POST /api/v1/slack/connect`: the token for requests to Slack, and the secret that proves requests of Slack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SlackConnect {
    /// The token of the bot, which begins with `xoxb-`.
    pub bot_token: RawSecret,
    /// The signing secret of the app.
    pub signing_secret: RawSecret,
}

/// `POST /api/v1/slack/install`: the app to install. Without its fields, the known app is installed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SlackInstall {
    /// The public client id of the app.
    #[serde(default)]
    pub client_id: String,
    /// The client secret of the app.
    #[serde(default)]
    pub client_secret: RawSecret,
    /// The signing secret of Slack's requests.
    #[serde(default)]
    pub signing_secret: RawSecret,
}

/// `GET /api/v1/slack/channels`: the channels as of the last listing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SlackChannels {
    /// The channels, by name.
    #[serde(default)]
    pub channels: Vec<SlackChannel>,
    /// Whether the list is complete; a long list is loaded page by page.
    #[serde(default)]
    pub is_complete: bool,
    /// The reason why the listing failed; empty if it did not fail.
    #[serde(default)]
    pub problem: String,
    /// The problems of channels that a person has to fix.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<SlackProblem>,
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
    /// Whether it is a private channel, visible only to its members.
    #[serde(default)]
    pub is_private: bool,
    /// Whether the bot is a member of it.
    #[serde(default)]
    pub is_member: bool,
}

/// `GET /api/v1/slack/users`: a page of the Slack users, and the members with their addresses.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SlackUsers {
    /// The Slack users, by name.
    #[serde(default)]
    pub users: Vec<SlackUser>,
    /// The cursor of the next page; absent on the last one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// The number of members who have left the Slack workspace, on all pages.
    #[serde(default)]
    pub left: u64,
}

/// A Slack user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SlackUser {
    /// The id in Slack.
    pub id: String,
    /// The name in Slack.
    #[serde(default)]
    pub name: String,
    /// The e-mail address; empty if Slack does not show it.
    #[serde(default)]
    pub email: String,
    /// The member with that address; absent if there is none, so that the Slack user can be invited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member: Option<RepId>,
    /// Whether the member is invited and has not signed in yet.
    #[serde(default)]
    pub is_invited: bool,
    /// Whether the Slack user has left the Slack workspace and is still a member.
    #[serde(default)]
    pub has_left: bool,
}

/// `GET /api/v1/slack/manifest`: the Slack manifest, from which Slack creates the app.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SlackManifest {
    /// The manifest, with the addresses of this server.
    pub manifest: Value,
    /// The URL of Slack's page that creates the app.
    pub create_url: String,
    /// The reason why Slack cannot reach those addresses; empty if none is known.
    #[serde(default)]
    pub problem: String,
}

/// Response of `POST /api/v1/slack/test`: the result of a test message to the monitoring channel.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SlackTested {
    /// Whether the message was posted.
    #[serde(default)]
    pub is_posted: bool,
    /// The reason why it was not posted; empty if it was.
    #[serde(default)]
    pub problem: String,
}
