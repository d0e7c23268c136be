//! Messages of a channel or a direct message.

use super::file::{File, LISTED};
use super::forwarded::{said, shared};
use super::rich_text::words;
use super::{Unreadable, or_default, shape};
use crate::{Metadata, Ts};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// A change of a message.
#[derive(Clone, Debug, PartialEq)]
pub enum Message {
    /// A new message.
    New(Written),
    /// An edit. Unfolding a link is an edit too: then the text is unchanged.
    Changed {
        /// The message after the edit.
        now: Written,
        /// What it said before, where Slack says that: its text, and the texts of the messages that it forwarded.
        before: Option<(String, Vec<String>)>,
        /// The edit, by its own time stamp.
        at: Ts,
    },
    /// A deletion.
    Deleted {
        /// The channel.
        channel: String,
        /// The message.
        ts: Ts,
        /// The first message of its thread.
        thread: Option<Ts>,
    },
}

/// A message as somebody wrote it.
#[derive(Clone, Debug, PartialEq)]
pub struct Written {
    /// The channel.
    pub channel: String,
    /// Its id within the channel.
    pub ts: Ts,
    /// The first message of its thread; none for a message that is in none. The first one may name itself.
    pub thread: Option<Ts>,
    /// Whether it is a direct message to the bot.
    pub is_direct: bool,
    /// The author.
    pub user: Option<String>,
    /// The bot that wrote it.
    pub bot: Option<String>,
    /// The app that wrote it, also with the token of a person.
    pub app: Option<String>,
    /// The text, in Slack's markup.
    pub text: String,
    /// The files.
    pub files: Vec<File>,
    /// The texts of the messages that it forwards, in Slack's markup; empty for one without words.
    pub forwarded: Vec<String>,
    /// The emoji in it as characters, by their names.
    pub emoji: BTreeMap<String, String>,
    /// Whether a reply in a thread is shown in the channel too.
    pub is_broadcast: bool,
    /// Whether somebody has changed it.
    pub is_edited: bool,
    /// Its subtype; empty for an ordinary message.
    pub subtype: String,
    /// The metadata that an app gave it.
    pub metadata: Option<Metadata>,
}

/// Of the many kinds of messages those that people write.
const SUBTYPES: [&str; 4] = ["", "file_share", "me_message", "thread_broadcast"];

#[derive(Deserialize)]
struct Shape {
    ts: Ts,
    channel: Option<String>,
    #[serde(default)]
    channel_type: String,
    thread_ts: Option<Ts>,
    user: Option<String>,
    bot_id: Option<String>,
    app_id: Option<String>,
    #[serde(default, deserialize_with = "or_default")]
    text: String,
    #[serde(default, deserialize_with = "or_default")]
    files: Vec<File>,
    #[serde(default, deserialize_with = "or_default")]
    attachments: Vec<Value>,
    #[serde(default, deserialize_with = "or_default")]
    blocks: Vec<Value>,
    edited: Option<Value>,
    #[serde(default)]
    subtype: String,
    metadata: Option<Value>,
}

#[derive(Deserialize)]
struct Changed {
    channel: String,
    message: Value,
    previous_message: Option<Value>,
}

#[derive(Deserialize)]
struct Deleted {
    channel: String,
    deleted_ts: Ts,
    previous_message: Option<Previous>,
}

#[derive(Deserialize)]
struct Previous {
    thread_ts: Option<Ts>,
}

impl Message {
    /// The message of an event, or the subtype of an ignored one.
    pub(super) fn of_json(json: &Value) -> Result<Result<Message, String>, Unreadable> {
        let text = |json: &Value, name: &str| json.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let is_direct = text(json, "channel_type") == "im";
        let what = "message";
        match text(json, "subtype").as_str() {
            "message_changed" => {
                let Changed { channel, message, previous_message } = shape(json, what)?;
                let subtype = text(&message, "subtype");
                if !SUBTYPES.contains(&subtype.as_str()) {
                    return Ok(Err(format!("message_changed/{subtype}")));
                }
                let now = Written { is_direct, ..Written::read(&message, Some(&channel))? };
                let before = previous_message.and_then(|previous| Written::read(&previous, Some(&channel)).ok());
                let before = before.map(|before| (before.text, before.forwarded));
                let stamps =
                    [message.pointer("/edited/ts"), json.get("event_ts"), json.get("ts")].into_iter().flatten();
                let at = stamps.filter_map(Value::as_str).find_map(Ts::parse).unwrap_or(now.ts);
                Ok(Ok(Message::Changed { now, before, at }))
            }
            "message_deleted" => {
                let Deleted { channel, deleted_ts: ts, previous_message } = shape(json, what)?;
                let thread = previous_message.and_then(|previous| previous.thread_ts);
                Ok(Ok(Message::Deleted { channel, ts, thread }))
            }
            subtype if SUBTYPES.contains(&subtype) => Ok(Ok(Message::New(Written::read(json, None)?))),
            other => Ok(Err(other.to_owned())),
        }
    }
}

impl Written {
    /// One of the messages of a channel, where the channel is known.
    pub(crate) fn of_json(json: &Value, channel: &str) -> Result<Written, Unreadable> {
        Written::read(json, Some(channel))
    }

    fn read(json: &Value, channel: Option<&str>) -> Result<Written, Unreadable> {
        let mut shape: Shape = shape(json, "message")?;
        let channel = shape.channel.or_else(|| channel.map(str::to_owned));
        let shared = shared(&shape.attachments);
        let forwarded = shared.iter().map(said).collect();
        shape.files.extend(shared.into_iter().flat_map(|attached| attached.files));
        shape.files.truncate(LISTED);
        // People's messages have both; what some clients send has blocks alone.
        let is_bare = shape.text.trim().is_empty() && shape.user.is_some() && shape.bot_id.is_none();
        let text = if is_bare { words(&shape.blocks) } else { shape.text };
        Ok(Written {
            channel: channel.ok_or_else(|| Unreadable::new("the event message: it has no channel"))?,
            ts: shape.ts,
            thread: shape.thread_ts,
            is_direct: shape.channel_type == "im",
            user: shape.user,
            bot: shape.bot_id,
            app: shape.app_id,
            text,
            files: shape.files,
            forwarded,
            emoji: emoji(&shape.blocks),
            is_broadcast: shape.subtype == "thread_broadcast",
            is_edited: shape.edited.is_some(),
            subtype: shape.subtype,
            metadata: shape.metadata.as_ref().and_then(Metadata::of_json),
        })
    }

    /// Whether it answers in a thread; the first message of one does not.
    pub fn is_reply(&self) -> bool {
        self.thread.is_some_and(|thread| thread != self.ts)
    }
}

/// The emoji of the rich text that people's messages have beside their markup.
fn emoji(blocks: &[Value]) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut left: Vec<&Value> = blocks.iter().collect();
    while let Some(element) = left.pop() {
        let text = |name: &str| element.get(name).and_then(Value::as_str);
        if let (Some("emoji"), Some(name), Some(points)) = (text("type"), text("name"), text("unicode")) {
            let character = points.split('-').map(|point| u32::from_str_radix(point, 16).ok().and_then(char::from_u32));
            found.extend(character.collect::<Option<String>>().map(|character| (name.to_owned(), character)));
        }
        left.extend(element.get("elements").and_then(Value::as_array).into_iter().flatten());
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn message(json: Value) -> Message {
        Message::of_json(&json).expect("its shape").expect("a message of a person")
    }

    fn ts(text: &str) -> Ts {
        Ts::parse(text).expect("a time stamp")
    }

    #[test]
    fn a_reply_in_a_direct_message_is_read_whole() {
        let json = json!({
            "type": "message", "channel": "D1", "channel_type": "im", "user": "U1", "text": "hi :wave:",
            "client_msg_id": "c1", "ts": "2.000001", "thread_ts": "1.000000", "team": "T1", "event_ts": "2.000001",
            "blocks": [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [
                {"type": "text", "text": "hi "}, {"type": "emoji", "name": "wave", "unicode": "1f44b-1f3fd"},
                {"type": "emoji", "name": "parrot"}]}]}]
        });
        let Message::New(written) = message(json) else { panic!("it is new") };
        assert_eq!((written.channel.as_str(), written.user.as_deref()), ("D1", Some("U1")));
        assert_eq!((written.ts, written.thread), (ts("2.000001"), Some(ts("1.000000"))));
        assert!(written.is_direct && written.is_reply() && !written.is_edited && !written.is_broadcast);
        assert_eq!(written.emoji.into_iter().collect::<Vec<_>>(), [("wave".into(), "\u{1f44b}\u{1f3fd}".into())]);
    }

    #[test]
    fn files_come_with_their_messages() {
        let json = json!({
            "type": "message", "subtype": "file_share", "channel": "D1", "user": "U1", "text": "", "ts": "2.000000",
            "files": [
                {"id": "F1", "name": "a.pdf", "mimetype": "application/pdf", "size": 12, "mode": "hosted",
                    "url_private_download": "https://files.slack.com/a.pdf"},
                {"id": "F2", "mode": "tombstone"}]
        });
        let Message::New(written) = message(json) else { panic!("it is new") };
        assert_eq!(written.files.len(), 2);
        assert_eq!(written.files[0].size, 12);
        assert_eq!(written.files[1], File { id: "F2".into(), mode: "tombstone".into(), ..File::default() });
    }

    #[test]
    fn a_message_of_blocks_alone_has_words() {
        let read = |author: Value| {
            let mut json = json!({"type": "message", "channel": "D1", "ts": "2.000000", "blocks": [
                {"type": "markdown", "text": "Price is 20"}]});
            json.as_object_mut().expect("an object").extend(author.as_object().cloned().expect("an object"));
            let Message::New(written) = message(json) else { panic!("it is new") };
            written.text
        };
        assert_eq!(read(json!({"user": "U1", "text": ""})), "Price is 20");
        assert_eq!(read(json!({"user": "U1", "text": "as it is"})), "as it is");
        assert_eq!(read(json!({"user": "U1", "bot_id": "B1", "text": ""})), "", "of an app");
    }

    #[test]
    fn changes_and_deletions_name_their_message() {
        let changed = message(json!({
            "type": "message", "subtype": "message_changed", "channel": "C1", "ts": "9.000000", "channel_type": "im",
            "message": {"type": "message", "user": "U1", "text": "b", "ts": "2.000000", "thread_ts": "1.000000",
                "edited": {"user": "U1", "ts": "9.000000"}},
            "previous_message": {"type": "message", "user": "U1", "text": "a", "ts": "2.000000"}
        }));
        let Message::Changed { now, before, at } = changed else { panic!("it is changed") };
        assert_eq!((now.ts, now.text.as_str()), (ts("2.000000"), "b"));
        assert_eq!(before, Some(("a".to_owned(), Vec::new())));
        assert!(now.is_edited && now.is_direct && now.channel == "C1" && at == ts("9.000000"));
        let deleted = message(json!({
            "type": "message", "subtype": "message_deleted", "channel": "C1", "ts": "9.000000",
            "deleted_ts": "2.000000", "previous_message": {"thread_ts": "1.000000"}
        }));
        let thread = Some(ts("1.000000"));
        assert_eq!(deleted, Message::Deleted { channel: "C1".into(), ts: ts("2.000000"), thread });
    }

    #[test]
    fn only_what_people_write_is_a_message() {
        let new = |subtype: &str| {
            let json = json!({"type": "message", "subtype": subtype, "channel": "C1", "ts": "2.000000"});
            Message::of_json(&json).expect("its shape").map(|_| ())
        };
        for subtype in SUBTYPES {
            assert_eq!(new(subtype), Ok(()), "{subtype}");
        }
        for subtype in ["bot_message", "channel_join", "channel_topic", "reminder_add", "tombstone", "message_replied"]
        {
            assert_eq!(new(subtype), Err(subtype.to_owned()));
        }
        // What is left of the first message of a thread that was deleted.
        let tombstone = json!({
            "type": "message", "subtype": "message_changed", "channel": "C1", "ts": "9.000000",
            "message": {"subtype": "tombstone", "ts": "2.000000", "text": "This message was deleted."}
        });
        assert_eq!(Message::of_json(&tombstone), Ok(Err("message_changed/tombstone".to_owned())));
    }
}
