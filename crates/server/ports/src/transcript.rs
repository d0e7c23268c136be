//! The messages of a conversation to keep: as a file, or as a mail at the destination
//! [`Destination::MAIL`](knock_model::Destination::MAIL).

use crate::MeetingParty;
use crate::mail::spelled;
use knock_agent::Language;
use knock_model::{ConversationId, EffectKind, Label, LeadId, Millis, PersonName};
use serde::{Deserialize, Serialize};

/// The author of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TranscriptAuthor {
    Lead,
    AiAgent,
    Rep,
}

/// A message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TranscriptLine {
    pub author: TranscriptAuthor,
    /// The name of a rep as the reader may read it; empty for none.
    pub name: PersonName,
    /// The text, else the names of the files.
    pub text: String,
    pub at: Millis,
}

/// The messages of a conversation. Nothing that only the team reads is in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transcript {
    /// Whether the lead reads it, not the team.
    pub is_for_lead: bool,
    /// The lead as the team reads them.
    pub lead: Label,
    /// The name of the site.
    pub site: Label,
    #[serde(with = "spelled")]
    pub language: Language,
    /// The time zone of its instants; empty for UTC.
    pub zone: String,
    /// Whether earlier messages are left out.
    pub is_cut: bool,
    /// The messages, oldest first.
    pub lines: Vec<TranscriptLine>,
}

/// A transcript by mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TranscriptMail {
    /// The address of the lead or of the member.
    pub to: String,
    /// The lead's name; empty if unknown.
    pub name: PersonName,
    pub conversation: ConversationId,
    pub lead: LeadId,
    /// The member who sends it; without an address if the lead asked for it.
    pub from: MeetingParty,
    pub transcript: Transcript,
}

impl TranscriptMail {
    /// The kind of this effect.
    pub const KIND: EffectKind = EffectKind::new("mail.transcript");
}
