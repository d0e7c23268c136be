//! `/v1/chat`: a visitor's side of a conversation.

#[cfg(feature = "openapi")]
use crate::schema::{ConversationIdSchema, FileIdSchema, MessageIdSchema, MillisSchema};
use crate::{MessageCard, RawSecret};
use knock_model::{ConversationId, FileId, MessageId, Millis};
use serde::{Deserialize, Serialize};

/// `POST /v1/chat`: the visitor opens a chat; this is the click. Exactly one of `site` and `link`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChatStart {
    /// The key of the site whose launcher was opened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<String>,
    /// The slug of the Knock Link that was opened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// Id of the browser (UUIDv7).
    pub visitor: String,
    /// Id of the session (UUIDv7).
    pub session: String,
    /// What the browser made and keeps: with the same again it gets its conversation back. 32 to 128 characters that
    /// cannot be guessed. Without one, or with another one, a new conversation begins: ids of visitors are no secret.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, min_length = 32, max_length = 128))]
    pub secret: Option<RawSecret>,
    /// The language that the chat is shown in, such as `de-AT`; without it that of `Accept-Language`. The agent speaks it
    /// until the lead writes in another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// What stood in the fragment of a mailed link: it opens the conversation of that mail, within 30 days of it. Or the
    /// query of the address of a Knock Link, from its `?` on: its UTM parameters are where the visitor comes from, and
    /// by the token `c` of a mail merge they are known as that contact. One that is not good (any more) is as good as none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub resume: Option<RawSecret>,
}

/// The chat is open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChatStarted {
    /// The conversation.
    pub conversation: ConversationId,
    /// The secret to send as `Authorization: Bearer TOKEN`.
    pub token: RawSecret,
    /// The title of the chat: the workspace's name.
    pub title: String,
}

/// `POST .../messages`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MessageDraft {
    /// Id (UUIDv7) made by the sender: sent again, it stays one message.
    pub id: String,
    /// The text, at most 4,000 characters.
    pub text: String,
}

/// A message is on the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MessageStored {
    /// Its number in the conversation, from 1.
    pub seq: u64,
}

/// The author of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Author {
    /// The lead.
    Lead,
    /// The AI agent.
    AiAgent,
    /// A rep.
    Rep,
}

/// A message of a conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Message {
    /// Its number in the conversation, from 1, without gaps.
    pub seq: u64,
    /// Its id.
    pub id: MessageId,
    /// The author.
    pub author: Author,
    /// The rep's name; empty for the others.
    #[serde(default)]
    pub name: String,
    /// The text, without markup. Empty if a file was sent.
    pub text: String,
    /// The instant, in ms since 1970.
    pub at: Millis,
    /// Suggested replies to a question of the agent, to be sent as they are.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<String>,
    /// The files that were sent instead of a text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<MessageFile>,
    /// The card beside the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card: Option<MessageCard>,
}

/// A file of a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MessageFile {
    /// Its id.
    pub file: FileId,
    /// The file name: text, never a path.
    pub name: String,
    /// The media type, by the content.
    #[serde(rename = "type")]
    pub kind: String,
    /// Its length in bytes.
    pub size: u64,
    /// The download URL on this server, valid for a day or two; empty in lists of conversations.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub url: String,
    /// A small picture of it; pictures only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preview: Option<FilePreview>,
}

/// A small picture of a file: a JPEG.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FilePreview {
    /// Its id.
    pub file: FileId,
    /// Pixels across, 640 at most.
    pub width: u32,
    /// Pixels down, 640 at most.
    pub height: u32,
    /// The download URL, as `url` of the file.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub url: String,
}

/// `POST .../files`: a file is on the disk, and its message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FileStored {
    /// Its id.
    pub file: FileId,
    /// The file name as it was sent, without forbidden characters, and with the extension of its media type.
    pub name: String,
    /// The media type, by the content.
    #[serde(rename = "type")]
    pub kind: String,
    /// Its length in bytes, which may be another one than was sent: pictures are written anew.
    pub size: u64,
    /// The number of its message in the conversation, from 1.
    pub seq: u64,
}

/// `GET .../messages?after=SEQ`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MessageList {
    /// All after that number, in order.
    pub messages: Vec<Message>,
}

/// The first frame a client sends on `.../live`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChatHello {
    /// The conversation's token.
    pub token: RawSecret,
    /// The last number the client has; everything after it is sent.
    pub after: u64,
}
