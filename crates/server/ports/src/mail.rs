//! Effects at the destination [`Destination::MAIL`](knock_model::Destination::MAIL): the contents of mails. None of
//! them holds a secret: links are made when the mail is sent.

use knock_agent::Language;
use knock_model::{CalendarAccountId, ConversationId, EffectKind, Label, LeadId, Millis, PersonName};
use serde::{Deserialize, Serialize};

/// A sign-in link that a member requested.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInMail {
    /// The member's address.
    pub to: String,
    /// The id of the link, from which the server derives its token.
    pub link: String,
    /// The expiry of the link.
    pub expires_at: Millis,
}

impl SignInMail {
    /// The kind of this effect.
    pub const KIND: EffectKind = EffectKind::new("mail.sign_in_link");
}

/// An invitation: the sign-in link of a new member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationMail {
    /// The address of the recipient.
    pub to: String,
    /// The address of the inviting member; empty if a program invites.
    pub from: String,
    /// The id of the link, from which the server derives its token.
    pub link: String,
    /// The expiry of the link.
    pub expires_at: Millis,
}

impl InvitationMail {
    /// The kind of this effect.
    pub const KIND: EffectKind = EffectKind::new("mail.invitation");
}

/// A test mail to a member, to check whether mail arrives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestMail {
    /// The member's address.
    pub to: String,
}

impl TestMail {
    /// The kind of this effect.
    pub const KIND: EffectKind = EffectKind::new("mail.test");
}

/// A notice to a member that a lead waits for an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitMail {
    /// The member's address.
    pub to: String,
    /// The display name of the lead.
    pub lead: Label,
    pub conversation: ConversationId,
    /// The time for which they have waited, in minutes.
    pub minutes: u32,
    /// Whether the chat is assigned to the member.
    pub is_mine: bool,
    /// The name of the member to whom it is assigned; empty for the recipient, and where no one has it.
    #[serde(default)]
    pub owner: Label,
    /// Whether no one can take it now.
    #[serde(default)]
    pub is_queued: bool,
    /// The name of the form that the lead sent without writing since, empty if it has none; none for a message.
    #[serde(default)]
    pub form: Option<Label>,
    /// The score and the type of the lead, such as `High, Buying`; empty if neither is known.
    #[serde(default)]
    pub intent: String,
    /// The page the lead is on or was on last; empty if it is not known.
    #[serde(default)]
    pub page: String,
    /// The last message of the lead; empty if the member's notifications do not show it.
    #[serde(default)]
    pub text: String,
}

impl WaitMail {
    /// The kind of this effect.
    pub const KIND: EffectKind = EffectKind::new("mail.wait");
}

/// A notice to a member that a colleague named them in a note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MentionMail {
    /// The member's address.
    pub to: String,
    /// The name of the author.
    pub author: Label,
    /// The display name of the lead.
    pub lead: Label,
    pub conversation: ConversationId,
    /// The note.
    pub text: String,
}

impl MentionMail {
    /// The kind of this effect.
    pub const KIND: EffectKind = EffectKind::new("mail.mention");
}

/// A reminder that a member set for themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReminderMail {
    /// The member's address.
    pub to: String,
    /// The display name of the lead.
    pub lead: Label,
    /// The id of the lead, for one without a conversation.
    pub about: LeadId,
    /// Their newest conversation.
    pub conversation: Option<ConversationId>,
    /// The member's words; may be empty.
    pub text: String,
}

impl ReminderMail {
    /// The kind of this effect.
    pub const KIND: EffectKind = EffectKind::new("mail.reminder");
}

/// A notice to a member that a calendar cannot be read: one of their own, or as an admin one of the team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarMail {
    /// The member's address.
    pub to: String,
    pub account: CalendarAccountId,
    pub subject: Label,
    /// Which calendar, the reason, and what follows, in sentences.
    pub text: String,
}

impl CalendarMail {
    /// The kind of this effect.
    pub const KIND: EffectKind = EffectKind::new("mail.calendar");
}

/// The place where a conversation is continued.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChatPlace {
    /// This page of a site.
    Page(String),
    /// The hosted page of this Knock Link.
    Link(String),
    /// No page is known.
    Unknown,
}

/// Replies of a rep to a lead who gave an address and had left when they arrived.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplyMail {
    /// The lead, who may have stopped these mails.
    pub lead: LeadId,
    /// The lead's address.
    pub to: String,
    /// The lead's name; empty if unknown.
    #[serde(default)]
    pub name: PersonName,
    pub conversation: ConversationId,
    /// The rep's name.
    pub rep: PersonName,
    /// The rep's address, which gets the answers without `answers_to`; empty for one who has left.
    #[serde(default)]
    pub rep_email: String,
    /// The mailbox that takes answers into the conversation; empty without one.
    #[serde(default)]
    pub answers_to: String,
    /// Whether that mailbox takes addresses with a tag, as in `replies+TAG@acme.example`.
    #[serde(default)]
    pub has_tags: bool,
    /// The name of the site.
    pub site: Label,
    /// The key of the site, whose chat has a hosted page; empty in mails of earlier versions.
    #[serde(default)]
    pub site_key: String,
    /// The language of the lead.
    #[serde(default = "spelled::english", with = "spelled")]
    pub language: Language,
    /// The place where the conversation is continued.
    pub place: ChatPlace,
    /// Whether the lead sent a form and has written nothing: then it is no reply to a message.
    #[serde(default)]
    pub is_to_form: bool,
    /// The last messages of the lead before these, oldest first: what they answer.
    #[serde(default)]
    pub question: Vec<String>,
    /// The messages of the rep that the lead has not seen, oldest first.
    pub messages: Vec<String>,
}

impl ReplyMail {
    /// The kind of this effect.
    pub const KIND: EffectKind = EffectKind::new("mail.rep_reply");
}

/// A language by its code; English if there is none or this version does not know it.
pub(crate) mod spelled {
    use knock_agent::Language;
    use serde::{Deserialize, Deserializer, Serializer};
    use std::borrow::Cow;

    pub(crate) const fn english() -> Language {
        Language::En
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes fields so")]
    pub(crate) fn serialize<S: Serializer>(language: &Language, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(language.as_str())
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Language, D::Error> {
        let code = <Cow<'de, str>>::deserialize(from)?;
        Ok(Language::parse(&code).unwrap_or(english()))
    }
}
