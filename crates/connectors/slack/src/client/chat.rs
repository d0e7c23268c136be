//! Messages: posted, changed, deleted, shown to one person.

use super::Client;
use super::call::Arguments;
use crate::{Post, Refusal, Token, Ts};
use knock_outbound::Request;
use serde::Deserialize;
use serde_json::{Value, json};
use url::Url;

/// The host of the addresses for responses to buttons and commands.
const RESPONSES: &str = "hooks.slack.com";
/// The most bytes of an answer of those.
const LIMIT: usize = 64 << 10;
/// Slack's word for a thread whose first message is gone.
pub(super) const THREAD_GONE: &str = "thread_not_found";

/// The position of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posted {
    /// The channel, which for a message to a user is that of the direct message.
    pub channel: String,
    /// Its id within the channel.
    pub ts: Ts,
}

#[derive(Deserialize)]
struct Answer {
    channel: String,
    ts: Ts,
    message: Shown,
}

/// The message as it stands.
#[derive(Deserialize)]
struct Shown {
    thread_ts: Option<Ts>,
}

#[derive(Deserialize)]
struct Done {}

impl Client {
    /// Posts a message (`chat.postMessage`). Whether it was posted is unknown after [`crate::RefusalKind::Retry`].
    ///
    /// # Errors
    /// When Slack does not say that it was; `thread_not_found` when the message that it answers is gone.
    pub async fn post(&self, token: &Token, post: &Post) -> Result<Posted, Refusal> {
        let arguments = Arguments::new([("unfurl_links", "false".to_owned()), ("unfurl_media", "false".to_owned())])
            .and("thread_ts", post.thread)
            .and("reply_broadcast", (post.thread.is_some() && post.broadcast).then_some("true"));
        let answer: Answer = self.call(token, "chat.postMessage", content(arguments, post)).await?;
        let Answer { channel, ts, message } = answer;
        if post.thread.is_some() && message.thread_ts.is_none() {
            // What answers a deleted message Slack puts into the channel instead.
            // Whether it stands there is not known where that fails.
            let unknown = |refusal: Refusal| Refusal::later(&refusal.words, None);
            self.delete(token, &channel, ts).await.map_err(unknown)?;
            return Err(Refusal::of_error(THREAD_GONE, None, None));
        }
        Ok(Posted { channel, ts })
    }

    /// Puts a message in the place of another one, whose metadata stays unless it has its own (`chat.update`).
    ///
    /// # Errors
    /// When Slack does not say that it was done; `message_not_found` when nothing stands there any more.
    pub async fn update(&self, token: &Token, ts: Ts, post: &Post) -> Result<(), Refusal> {
        // Blocks that are not named would stay, and hide the text.
        let none = post.blocks.is_empty().then_some("[]");
        let arguments = Arguments::new([("ts", ts.to_string())]).and("blocks", none);
        self.call::<Done>(token, "chat.update", content(arguments, post)).await.map(|_| ())
    }

    /// Deletes a message (`chat.delete`). One that is gone already is deleted.
    ///
    /// # Errors
    /// When Slack does not say that it was done.
    pub async fn delete(&self, token: &Token, channel: &str, ts: Ts) -> Result<(), Refusal> {
        let arguments = Arguments::new([("channel", channel.to_owned()), ("ts", ts.to_string())]);
        match self.call::<Done>(token, "chat.delete", arguments).await {
            Err(refusal) if refusal.code != "message_not_found" => Err(refusal),
            Ok(_) | Err(_) => Ok(()),
        }
    }

    /// Shows a message to one person of a channel only (`chat.postEphemeral`). Slack may lose it.
    ///
    /// # Errors
    /// When Slack does not say that it was.
    pub async fn ephemeral(&self, token: &Token, user: &str, post: &Post) -> Result<(), Refusal> {
        let arguments = Arguments::new([("user", user.to_owned())]).and("thread_ts", post.thread);
        self.call::<Done>(token, "chat.postEphemeral", content(arguments, post)).await.map(|_| ())
    }

    /// Answers a button or a command at the address that came with it, for 30 minutes and five times. Only the person
    /// sees it.
    ///
    /// # Errors
    /// When the address is none of Slack's, or Slack does not take it.
    pub async fn respond(&self, response_url: &str, text: &str, blocks: &[Value]) -> Result<(), Refusal> {
        let url = Url::parse(response_url).map_err(|_| Refusal::rejected("the address for the answer is none"))?;
        let is_slacks = url.scheme() == "https" && url.host_str() == Some(RESPONSES) && url.port().is_none();
        if !is_slacks && !self.is_at_base(&url) {
            return Err(Refusal::rejected("the address for the answer is none of Slack's"));
        }
        let mut body = json!({ "response_type": "ephemeral", "replace_original": false, "text": text });
        if !blocks.is_empty() {
            body["blocks"] = json!(blocks);
        }
        let headers = vec![("content-type", "application/json; charset=utf-8".to_owned())];
        let request = Request { method: "POST", url, headers, secret: None, body: body.to_string(), limit: LIMIT };
        let reply = self.outbound.send(request).await.map_err(|failure| Refusal::of_failure(&failure))?;
        match reply.code {
            200..=299 => Ok(()),
            code => Err(Refusal::of_status(code, reply.retry_after)),
        }
    }
}

/// The content of a post. No text is turned into mentions or links automatically: those are marked explicitly.
fn content(arguments: Arguments, post: &Post) -> Arguments {
    let blocks = Some(&post.blocks).filter(|blocks| !blocks.is_empty());
    arguments
        .and("channel", Some(&post.channel))
        .and("text", Some(&post.text))
        .and("mrkdwn", Some("false"))
        .and("parse", Some("none"))
        .and("link_names", Some("false"))
        .and("blocks", blocks.map(|blocks| json!(blocks)))
        .and("metadata", post.metadata.as_ref().map(crate::Metadata::to_json))
}
