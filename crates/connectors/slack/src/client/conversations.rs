//! Channels and direct messages, and what stands in them.

use super::call::{Arguments, page};
use super::chat::THREAD_GONE;
use super::{Client, Page};
use crate::incoming::Written;
use crate::{Metadata, Refusal, Token, Ts};
use knock_model::Millis;
use serde::Deserialize;
use serde_json::Value;

/// Channels on a page. Slack takes up to 999, and slows down who asks for many.
const CHANNELS: u32 = 500;
/// Messages on a page.
const MESSAGES: u32 = 100;
/// The maximum offset of Slack's clock behind ours.
const CLOCKS: Millis = Millis(5 * 60_000);
/// Pages that are looked through for a message of ours.
const PAGES: usize = 10;

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Channel {
    pub id: String,
    /// Its name, without `#`; empty for a direct message.
    #[serde(default)]
    pub name: String,
    /// Whether only its members see it.
    #[serde(default)]
    pub is_private: bool,
    /// Whether nothing is written there any more.
    #[serde(default)]
    pub is_archived: bool,
    /// Whether the bot is in it.
    #[serde(default)]
    pub is_member: bool,
}

/// The place in which messages are searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place<'p> {
    pub channel: &'p str,
    /// The first message of a thread; none for the channel itself.
    pub thread: Option<Ts>,
    /// From when on.
    pub oldest: Ts,
}

#[derive(Deserialize)]
struct Channels {
    channels: Vec<Channel>,
    response_metadata: Option<Value>,
}

#[derive(Deserialize)]
struct One {
    channel: Channel,
}

#[derive(Deserialize)]
struct Messages {
    messages: Vec<Value>,
    response_metadata: Option<Value>,
}

impl Client {
    /// Public channels, and private ones with the bot in them, a page at a time (`conversations.list`).
    ///
    /// # Errors
    /// When Slack does not list them.
    pub async fn conversations(&self, token: &Token, cursor: Option<&str>) -> Result<Page<Channel>, Refusal> {
        let types = ("types", "public_channel,private_channel".to_owned());
        let arguments = Arguments::new([types, ("limit", CHANNELS.to_string())]).and("cursor", cursor);
        let answer: Channels = self.call(token, "conversations.list", arguments).await?;
        Ok(page(answer.channels, answer.response_metadata.as_ref()))
    }

    /// A channel by its id (`conversations.info`).
    ///
    /// # Errors
    /// When Slack does not show it.
    pub async fn channel(&self, token: &Token, channel: &str) -> Result<Channel, Refusal> {
        let arguments = Arguments::new([("channel", channel.to_owned())]);
        self.call::<One>(token, "conversations.info", arguments).await.map(|answer| answer.channel)
    }

    /// Creates a public channel with the bot in it (`conversations.create`).
    ///
    /// # Errors
    /// When Slack refuses: `name_taken` where there is one of that name.
    pub async fn create_channel(&self, token: &Token, name: &str) -> Result<Channel, Refusal> {
        let arguments = Arguments::new([("name", name.to_owned())]);
        let created = self.call::<One>(token, "conversations.create", arguments).await?.channel;
        Ok(Channel { is_member: true, ..created })
    }

    /// Joins a public channel (`conversations.join`). Who is in it already has joined it.
    ///
    /// # Errors
    /// When Slack refuses: `method_not_supported_for_channel_type` for a private one, where a person has to invite.
    pub async fn join(&self, token: &Token, channel: &str) -> Result<Channel, Refusal> {
        let arguments = Arguments::new([("channel", channel.to_owned())]);
        let joined = self.call::<One>(token, "conversations.join", arguments).await?.channel;
        Ok(Channel { is_member: true, ..joined })
    }

    /// The channel of the bot's direct messages with a user (`conversations.open`); always the same one.
    ///
    /// # Errors
    /// When Slack refuses.
    pub async fn open_dm(&self, token: &Token, user: &str) -> Result<String, Refusal> {
        let arguments = Arguments::new([("users", user.to_owned())]);
        self.call::<One>(token, "conversations.open", arguments).await.map(|answer| answer.channel.id)
    }

    /// Messages of a channel, the newest first (`conversations.history`).
    ///
    /// # Errors
    /// When Slack does not show them.
    pub async fn history(
        &self,
        token: &Token,
        channel: &str,
        oldest: Ts,
        cursor: Option<&str>,
    ) -> Result<Page<Written>, Refusal> {
        self.messages(token, Place { channel, thread: None, oldest }, cursor).await
    }

    /// Messages of a thread, the oldest first; the message that it is about may be the first (`conversations.replies`).
    ///
    /// # Errors
    /// When Slack does not show them.
    pub async fn replies(
        &self,
        token: &Token,
        channel: &str,
        thread: Ts,
        oldest: Ts,
        cursor: Option<&str>,
    ) -> Result<Page<Written>, Refusal> {
        self.messages(token, Place { channel, thread: Some(thread), oldest }, cursor).await
    }

    /// Looks for a message of ours by its metadata: whether an attempt without an answer has posted it. `place` begins
    /// when the attempt did, by our clock.
    ///
    /// # Errors
    /// When Slack does not show what stands there, or there is too much of it to look through.
    pub async fn find(&self, token: &Token, place: Place<'_>, wanted: &Metadata) -> Result<Option<Ts>, Refusal> {
        let place = Place { oldest: Ts::at(place.oldest.instant() - CLOCKS), ..place };
        let mut cursor = None;
        for _ in 0..PAGES {
            let page = match self.messages(token, place, cursor.as_deref()).await {
                // Nothing stands in a thread that is gone.
                Err(refusal) if refusal.code == THREAD_GONE => return Ok(None),
                other => other?,
            };
            let found = page.items.iter().find(|written| written.metadata.as_ref() == Some(wanted));
            match (found, page.next) {
                (Some(found), _) => return Ok(Some(found.ts)),
                (None, None) => return Ok(None),
                (None, next) => cursor = next,
            }
        }
        Err(Refusal::rejected("there are too many messages to look for one of ours"))
    }

    async fn messages(&self, token: &Token, place: Place<'_>, cursor: Option<&str>) -> Result<Page<Written>, Refusal> {
        let Place { channel, thread, oldest } = place;
        let arguments = [
            ("channel", channel.to_owned()),
            ("oldest", oldest.to_string()),
            ("inclusive", "true".to_owned()),
            ("include_all_metadata", "true".to_owned()),
            ("limit", MESSAGES.to_string()),
        ];
        let arguments = Arguments::new(arguments).and("cursor", cursor).and("ts", thread);
        let method = if thread.is_some() { "conversations.replies" } else { "conversations.history" };
        let answer: Messages = self.call(token, method, arguments).await?;
        let unread = |_| Refusal::later("unexpected answer: a message without its time stamp", None);
        let written = answer.messages.iter().map(|json| Written::of_json(json, channel));
        let written = written.collect::<Result<Vec<_>, _>>().map_err(unread)?;
        Ok(page(written, answer.response_metadata.as_ref()))
    }
}
