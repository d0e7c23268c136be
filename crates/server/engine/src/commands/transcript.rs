//! The transcript of a conversation, saved or mailed by the team.

use super::lead_action::note_of;
use crate::audited::{Change, Note};
use crate::changes::Changes;
use crate::effects::Letter;
use crate::recipient::mail_to;
use crate::transcript::{TranscriptReader, transcript};
use knock_model::{AuditAction, ConversationId, Millis};
use knock_ports::{Ledger, MeetingParty, Member, StoreError, TranscriptMail};
use serde_json::json;

/// Notes that a transcript was saved as a file.
#[derive(Clone, Copy, Debug)]
pub struct NoteTranscript {
    pub conversation: ConversationId,
}

impl Change for NoteTranscript {
    type Outcome = ();

    fn make(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<((), Option<Note>), StoreError> {
        let Some(conversation) = ledger.conversation(self.conversation)? else { return Ok(((), None)) };
        Ok(((), Some(note_of(ledger, AuditAction::TranscriptSaved, &conversation)?.with(json!({})))))
    }
}

/// Mails a transcript to the lead, or to the member who asks for it.
#[derive(Clone, Debug)]
pub struct MailTranscript {
    pub conversation: ConversationId,
    /// The member who sends it.
    pub member: Member,
    /// Whether the lead gets it, not the member.
    pub is_to_lead: bool,
    pub now: Millis,
}

/// The outcome of mailing a transcript.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TranscriptMailed {
    /// It is mailed to this address.
    To(String),
    UnknownConversation,
    /// The lead cannot be mailed.
    NoAddress,
    /// Mail is not set up.
    NoMail,
}

impl Change for MailTranscript {
    type Outcome = TranscriptMailed;

    fn make(
        &self,
        ledger: &mut dyn Ledger,
        changes: &mut Changes,
    ) -> Result<(TranscriptMailed, Option<Note>), StoreError> {
        let Some(conversation) = ledger.conversation(self.conversation)? else {
            return Ok((TranscriptMailed::UnknownConversation, None));
        };
        if !ledger.settings()?.sends_mail {
            return Ok((TranscriptMailed::NoMail, None));
        }
        let messages = ledger.messages_after(conversation.id, 0)?;
        let (to, reader) = if self.is_to_lead {
            (mail_to(ledger, &conversation, &messages)?, TranscriptReader::Lead)
        } else {
            (Some(self.member.email.clone()), TranscriptReader::Team(Some(&self.member)))
        };
        let Some(to) = to else { return Ok((TranscriptMailed::NoAddress, None)) };
        let lead = ledger.lead(conversation.lead)?.map(|lead| lead.name).unwrap_or_default();
        let data = &TranscriptMail {
            to: to.clone(),
            name: lead,
            conversation: conversation.id,
            lead: conversation.lead,
            from: MeetingParty { name: self.member.public_name().into(), email: self.member.email.clone() },
            transcript: transcript(ledger, &conversation, reader)?,
        };
        // Those to the lead come in the order of the replies.
        let ordering_key = if self.is_to_lead { *conversation.lead.as_bytes() } else { *self.member.id.as_bytes() };
        let (kind, lead, now) = (TranscriptMail::KIND, Some(conversation.lead), self.now);
        Letter { kind, data, lead, ordering_key, now }.enqueue(ledger, changes)?;
        let who = if self.is_to_lead { "lead" } else { "member" };
        let note = note_of(ledger, AuditAction::TranscriptMailed, &conversation)?.with(json!({"to": who}));
        Ok((TranscriptMailed::To(to), Some(note)))
    }
}
