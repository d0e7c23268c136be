//! `/api/v1/mail/inbound`: the mailbox that takes answers to mails; and mails as a conversation shows them.

#[cfg(feature = "openapi")]
use crate::schema::MillisSchema;
use crate::{CredentialForm, RawSecret, ReceivedKindWord};
use knock_model::Millis;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The way by which answers arrive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum InboundWay {
    /// None: an answer goes to the rep.
    #[default]
    None,
    /// The server reads a mailbox by IMAP.
    Imap,
    /// A mail provider posts mails to an address of this server.
    Hook,
}

/// `GET` and answer of `PUT /api/v1/mail/inbound`: how answers to mails arrive, and the state of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct InboundMailSettings {
    /// The way by which answers arrive.
    pub way: InboundWay,
    /// The address that answers go to; empty without a way.
    pub address: String,
    /// Whether the mailbox also takes addresses with a tag, as in `replies+TAG@acme.example`.
    pub has_tags: bool,
    /// The IMAP server; empty for another way.
    pub server: String,
    /// The folder that is read; empty for another way.
    pub folder: String,
    /// The credentials that are no secrets, by the names of their fields.
    pub credentials: BTreeMap<String, String>,
    /// The credentials of an IMAP account.
    pub form: CredentialForm,
    /// The address that the provider posts to; only in the answer to the request that made it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hook_url: Option<RawSecret>,
    /// The instant of the last look into the mailbox, in ms since 1970; none before the first one since this server started.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub checked_at: Option<Millis>,
    /// The reason for which the mailbox cannot be read; empty if it can.
    pub problem: String,
    /// The instant since which it cannot be read, in ms since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem_since: Option<Millis>,
    /// The number of mails taken into conversations since it was set up.
    pub taken: u64,
    /// The instant of the last of them, in ms since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_at: Option<Millis>,
}

/// `PUT /api/v1/mail/inbound`: sets up how answers to mails arrive. An IMAP account is tried first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct InboundMailDraft {
    /// `imap` or `hook`.
    pub way: InboundWay,
    /// The address that answers go to.
    pub address: String,
    /// Whether the mailbox also takes addresses with a tag; the part before the `@` is then at most 21 characters.
    #[serde(default)]
    pub has_tags: bool,
    /// The folder to read; empty for `INBOX`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub folder: String,
    /// The credentials of the IMAP account by the names of their fields. A secret may be left out for the same server and
    /// user.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub credentials: BTreeMap<String, RawSecret>,
    /// Whether to make a new address for the provider: the one before ends.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_new_hook: bool,
}

/// A received mail of a conversation: beside its message, or in place of one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MailShown {
    /// The number of its message; none for a mail that is no message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seq: Option<u64>,
    /// What it is: `message`, or the reason for which it is none, such as `auto_reply`.
    pub kind: ReceivedKindWord,
    /// The instant of arrival, in ms since 1970.
    pub at: Millis,
    /// The sender's address.
    pub sender: String,
    /// The sender's name; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sender_name: String,
    /// Whether the sender is none of the lead's known addresses.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_other: bool,
    /// The subject.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub subject: String,
    /// The text of a mail that is no message.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// What was cut off: quoted text and the signature.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub quoted: String,
    /// The attachments that were not stored.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<LeftOutFile>,
}

/// An attachment that was not stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LeftOutFile {
    /// Its name; may be empty.
    pub name: String,
    /// The reason.
    pub reason: String,
}

/// A mail to an address of a lead that was returned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MailBounceShown {
    /// The address.
    pub email: String,
    /// The instant, in ms since 1970.
    pub at: Millis,
    /// The reason, in the words of the mail server.
    pub reason: String,
    /// Whether the address does not exist: no replies are mailed to it until a member ends that.
    #[serde(default)]
    pub is_dead: bool,
}
