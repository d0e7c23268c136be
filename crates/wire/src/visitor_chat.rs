//! `/v1/chat/...`: what a visitor does in a chat beside writing: its form, its end, its rating, its transcript, and their
//! other chats.

use crate::RawSecret;
#[cfg(feature = "openapi")]
use crate::schema::{ConversationIdSchema, MillisSchema};
use knock_model::{ConversationId, Millis};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The longest comment of a rating, in characters.
pub const LONGEST_RATING_COMMENT: usize = 1_000;

/// `POST /v1/chat/{conversation}/form`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChatFormDraft {
    /// The answers by the field: `name`, `email`, `phone`, `company` or `custom.KEY`. An empty answer is none.
    pub values: BTreeMap<String, String>,
    /// Whether the visitor agrees to the line `consent` of the look. Required with an address if there is such a line.
    #[serde(default)]
    pub consent: bool,
    /// Whether the visitor says that the address is right, though it looks mistyped.
    #[serde(default)]
    pub email_is_right: bool,
    /// The code of the language in which the form was shown; that of the chat if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
}

/// `POST /v1/chat/{conversation}/rating`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChatRatingDraft {
    /// From 1, the worst, to 5.
    pub rating: u8,
    /// In the visitor's own words, at most 1,000 characters.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub comment: String,
}

/// `POST /v1/chat/{conversation}/transcript`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChatTranscriptDraft {
    /// The address; without one it goes to the address that the visitor gave in this chat.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub email: String,
    /// Whether the visitor agrees to the line `consent` of the look, where a new address needs it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub consent: bool,
    /// The code of the language in which it was asked for; that of the chat if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
}

/// `GET /v1/chat/{conversation}/state`: what the visitor has done in a chat beside writing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct VisitorChatState {
    /// Whether the form is answered.
    pub has_form: bool,
    /// Whether the visitor has written something.
    pub is_written: bool,
    /// Whether the chat is over: the visitor ended it, or a member has marked it as done since the last message.
    pub is_over: bool,
    /// Whether the visitor ended it.
    pub is_ended: bool,
    /// The rating; absent before the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rating: Option<u8>,
    /// The comment of the rating.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub comment: String,
    /// Whether a rating is taken now: a rating can be changed for 24 hours.
    pub can_rate: bool,
    /// Whether the visitor gave an address in this chat, to which its transcript goes.
    pub has_address: bool,
}

/// `POST /v1/chat/list`: the chats of this browser on a site, by its visitor id and its secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChatListAsk {
    /// Key of the site. Either this or `link` is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<String>,
    /// The slug of a Knock Link, on whose site the chats are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// Id of the browser (UUIDv7).
    pub visitor: String,
    /// The secret with which the browser opened its chats.
    #[cfg_attr(feature = "openapi", schema(value_type = String, min_length = 32, max_length = 128))]
    pub secret: RawSecret,
}

/// The chats of a browser, the last written one first, at most 50.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChatList {
    /// The chats.
    pub chats: Vec<ChatListed>,
}

/// A chat of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChatListed {
    /// Its id, which opens it again with the secret of the browser (`conversation` of `POST /v1/chat`).
    pub conversation: ConversationId,
    /// The beginning of the first message of the visitor; empty before one.
    pub first: String,
    /// The beginning of the last message.
    pub last: String,
    /// The instant of the last message, in ms since 1970.
    pub last_at: Millis,
    /// Whether the chat is over.
    pub is_over: bool,
}

/// Something that the visitor did in a conversation beside writing, for the team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VisitorActShown {
    /// The instant, in ms since 1970.
    pub at: Millis,
    /// `form` (they answered the form of the chat), `ended` (they ended the chat), `rated` or `transcript` (they had it
    /// mailed).
    pub what: String,
    /// The answers of the form, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<FormAnswer>,
    /// The text of the consent that they agreed to with the form.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub consent: String,
    /// The rating, 1 to 5.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rating: Option<u8>,
    /// The comment of the rating.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub comment: String,
    /// The name of the member who had written last when it was rated.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub rep: String,
    /// The address that the transcript went to.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub to: String,
}

/// A consent that a person gave with an address in a chat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConsentGiven {
    /// The instant, in ms since 1970.
    pub at: Millis,
    /// The line that they agreed to.
    pub text: String,
}

/// An answer of a form before the chat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FormAnswer {
    /// The field: `name`, `email`, `phone`, `company` or `custom.KEY`.
    pub field: String,
    /// The label of a custom field; empty for others, and for one that is no more.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub label: String,
    /// The answer.
    pub value: String,
}
