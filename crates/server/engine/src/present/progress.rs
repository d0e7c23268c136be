//! How far a contact is, for tables: owner, statuses, deal, rejection, and the last messages.

use super::Presenter;
use crate::commands::dropoff;
use knock_model::{AI_AGENT, LeadId};
use knock_ports::StoreError;
use knock_status::chat::{Rejecter, RepOwner, derive};
use knock_status::meeting;
use knock_wire::{ContactProgress, MeetingStatusWord, Word};

impl Presenter<'_> {
    /// The stored state now, that of the facts in the past.
    pub(super) fn progress(&self, lead: LeadId) -> Result<ContactProgress, StoreError> {
        let meeting_status = self.meeting_status(lead)?;
        if self.is_live() {
            let Some(chat) = self.view.chat_summary(lead)? else {
                return Ok(ContactProgress { meeting_status, ..ContactProgress::default() });
            };
            let (owner, owner_name) = self.owner_of_chat(chat.owner.as_ref())?;
            return Ok(ContactProgress {
                owner,
                owner_name,
                chat_status: chat.status.as_deref().map(Word::parse).unwrap_or_default(),
                meeting_status,
                deal_opened_at: chat.deal_at,
                reject_reason: chat.reject_reason,
                last_reply_at: chat.replied_at,
                last_message_at: chat.wrote_at,
            });
        }
        let derived = derive(&self.chat_facts(lead)?, self.now);
        let (owner, owner_name) = self.owner_of_chat(derived.fields.rep_owner.as_ref())?;
        Ok(ContactProgress {
            owner,
            owner_name,
            chat_status: derived.status.map(Word::from).unwrap_or_default(),
            meeting_status,
            deal_opened_at: derived.deal_opened_at,
            reject_reason: derived.fields.rejected.and_then(|rejection| rejection.reason).unwrap_or_default(),
            last_reply_at: derived.rep_wrote_at,
            last_message_at: derived.lead_wrote_at,
        })
    }

    /// Address and name of the owner of a chat.
    pub(super) fn owner_of_chat(&self, owner: Option<&RepOwner>) -> Result<(String, String), StoreError> {
        let Some(owner) = owner else { return Ok(Default::default()) };
        let address = self.rep_email(owner.as_str())?;
        let name = match owner {
            RepOwner::AiAgent => String::new(),
            RepOwner::Rep(rep) => self.member_name(Some(rep))?,
        };
        let name = if name.is_empty() { address.clone() } else { name };
        Ok((address, name))
    }

    /// Who rejected the chat; empty without a rejection that counts.
    pub(super) fn rejected_by(&self, lead: LeadId) -> Result<String, StoreError> {
        let Some(rejection) = derive(&self.chat_facts(lead)?, self.now).fields.rejected else {
            return Ok(String::new());
        };
        let name = self.member_name(rejection.member.as_deref())?;
        Ok(match rejection.by {
            Rejecter::Ai => AI_AGENT.to_owned(),
            Rejecter::Rep if name.is_empty() => "Rep".to_owned(),
            Rejecter::Rep => name,
        })
    }

    fn meeting_status(&self, lead: LeadId) -> Result<Option<MeetingStatusWord>, StoreError> {
        if self.is_live() {
            return Ok(self.view.meeting_lead(lead)?.map(|known| Word::parse(&known.status)));
        }
        let facts = self.meeting_facts(lead)?;
        Ok(meeting::derive(&facts, self.now, dropoff(self.view)?).status.map(Word::Known))
    }
}
