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
    /// What the chat is called: the workspace's name.
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

/// Who wrote a message.
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
    /// Who wrote it.
    pub author: Author,
    /// The rep's name; empty for the others.
    #[serde(default)]
    pub name: String,
    /// What was written: text, never markup. Empty where a file was sent.
    pub text: String,
    /// When.
    pub at: Millis,
    /// What the agent offers as answers, to be sent as they stand; none but for its questions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<String>,
    /// What was sent instead of a text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<MessageFile>,
    /// What it offers beside its text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card: Option<MessageCard>,
}

/// A file of a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MessageFile {
    /// Its id.
    pub file: FileId,
    /// What it is called: text, never a path.
    pub name: String,
    /// What it is by its content: a media type.
    #[serde(rename = "type")]
    pub kind: String,
    /// Its length in bytes.
    pub size: u64,
    /// Where it is downloaded for a day or two, on this server; empty in lists of conversations.
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
    /// Where it is, as `url` of the file.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub url: String,
}

/// `POST .../files`: a file is on the disk, and its message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FileStored {
    /// Its id.
    pub file: FileId,
    /// What it is called: as it was sent, without what must not stand in a name, and ending in what it is.
    pub name: String,
    /// What it is by its content: a media type.
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
