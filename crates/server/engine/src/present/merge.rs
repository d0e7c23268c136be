//! Two contacts before a member merges them, and merges on a record.

use super::Presenter;
use crate::commands::{MergeRefusal, dropoff};
use knock_intent::{Evidence, provisional_type};
use knock_model::{ContactField, Email, IntentType, Label, LeadId, PersonName, Phone, display_name};
use knock_ports::{ContactDetail, EVER, Lead, StoreError};
use knock_routing::CrmSystem;
use knock_status::chat::{ChatStatus, derive};
use knock_status::meeting;
use knock_wire::{ContactMergeShown, MergePreview, MergeSide, Word};

impl Presenter<'_> {
    /// Returns both contacts, and the one that they would be. Nothing is written: the result follows from the facts of
    /// both.
    ///
    /// # Errors
    /// When the database fails.
    pub fn merge_preview(&self, stays: &Lead, goes: &Lead) -> Result<MergePreview, StoreError> {
        let refused = MergeRefusal::of(stays, goes).map(|reason| reason.words().to_owned()).unwrap_or_default();
        let mut crm = Vec::new();
        for system in CrmSystem::ALL {
            let has = |lead: &Lead| Ok(self.view.crm_record(*system, lead.id)?.is_some());
            if has(stays)? && has(goes)? {
                crm.push(Word::Known(*system));
            }
        }
        let merged = self.merged(stays, goes)?;
        Ok(MergePreview {
            stays: self.side(stays, &[stays.id])?,
            goes: self.side(goes, &[goes.id])?,
            merged: self.side(&merged, &[stays.id, goes.id])?,
            crm,
            refused,
        })
    }

    /// Returns the merges by the team into a contact, the newest first.
    pub(super) fn merges(&self, lead: LeadId) -> Result<Vec<ContactMergeShown>, StoreError> {
        let mut shown = Vec::new();
        for merge in self.view.contact_merges(lead)? {
            if merge.at > self.arrived_by {
                continue;
            }
            shown.push(ContactMergeShown {
                id: merge.id,
                can_undo: self.is_live() && shown.is_empty() && self.view.is_as_merged(&merge)?,
                by: merge.member.map(|member| self.rep_name(member)).transpose()?.unwrap_or_default(),
                email: merge.email.as_ref().map(Email::to_text).unwrap_or_default(),
                name: merge.name,
                at: merge.at,
            });
        }
        Ok(shown)
    }

    /// The record of the contact after a merge: sums and details of both.
    fn merged(&self, stays: &Lead, goes: &Lead) -> Result<Lead, StoreError> {
        let mut details = self.view.contact_details(stays.id)?;
        details.extend(self.view.contact_details(goes.id)?);
        let value = |field| ContactDetail::current(&details, field, EVER).map(|detail| detail.value.as_str());
        let mut merged = stays.clone();
        merged.name = match value(ContactField::Name) {
            Some(name) => PersonName::parse(name),
            None => self.view.name_of_both(stays.id, goes.id, EVER)?,
        };
        merged.phone = value(ContactField::Phone).and_then(|phone| Phone::parse(phone).ok());
        merged.company = value(ContactField::Company).map(Label::parse).unwrap_or_default();
        merged.email = stays.email.clone().or_else(|| goes.email.clone());
        merged.account = if stays.email.is_some() { stays.account } else { goes.account };
        let mut evidence: Evidence = stays.history.evidence.clone();
        evidence.merge(&goes.history.evidence);
        merged.history.restate(evidence, self.now);
        merged.signals += goes.signals;
        merged.first_seen_at = stays.first_seen_at.min(goes.first_seen_at);
        merged.last_seen_at = stays.last_seen_at.max(goes.last_seen_at);
        Ok(merged)
    }

    /// A contact with the facts that are those of these records.
    fn side(&self, lead: &Lead, of: &[LeadId]) -> Result<MergeSide, StoreError> {
        let (mut facts, mut meeting_facts, mut types) = (Vec::new(), Vec::new(), Vec::new());
        let (mut chats, mut meetings, mut emails) = (0, 0, Vec::new());
        for id in of {
            facts.extend(self.chat_facts(*id)?);
            meeting_facts.extend(self.meeting_facts(*id)?);
            types.extend(self.type_decisions(*id)?);
            chats += self.view.conversations_of_lead(*id)?.len();
            meetings += self.view.meetings_of_lead(*id)?.len();
            let own = self.view.lead(*id)?.and_then(|lead| lead.email);
            emails.extend(own.map(|email| email.to_text()));
            let merged = self.view.contact_merges(*id)?.into_iter().filter_map(|merge| merge.email);
            emails.extend(merged.map(|email| email.to_text()));
        }
        emails.dedup();
        // Of facts that arrived together the order of delivery is not known here; it decides nothing that is shown.
        facts.sort_by_key(|fact| fact.received_at);
        meeting_facts.sort_by_key(|fact| fact.received_at);
        types.sort_by_key(|decided| decided.at);
        let chat = derive(&facts, self.now);
        let by_form = chat.folder.is_some() && chat.status.is_none();
        let decided = types.last().map_or(IntentType::Unknown, |decided| decided.kind);
        let kind = match decided {
            IntentType::Unknown if by_form => provisional_type(&lead.history.evidence, self.now),
            decided => decided,
        };
        let met = meeting::derive(&meeting_facts, self.now, dropoff(self.view)?);
        let first_seen_in = self.view.first_visitor_of(lead.id)?;
        let owner = match &chat.fields.rep_owner {
            Some(owner) => self.rep_email(owner.as_str())?,
            None => self.owner(lead.id)?,
        };
        Ok(MergeSide {
            id: lead.id,
            display_name: display_name(&lead.name, lead.email.as_ref(), first_seen_in),
            name: lead.name.to_string(),
            emails,
            phone: lead.phone.as_ref().map(Phone::to_string).unwrap_or_default(),
            company: self.company_of(lead)?,
            owner,
            intent: self.intent(&lead.history.evidence, kind),
            signals: lead.signals,
            chats: u32::try_from(chats).unwrap_or(u32::MAX),
            meetings: u32::try_from(meetings).unwrap_or(u32::MAX),
            chat_status: chat.status.map(ChatStatus::as_str).unwrap_or_default().to_owned(),
            meeting_status: met.status.map(meeting::MeetingStatus::as_str).unwrap_or_default().to_owned(),
            first_seen_at: lead.first_seen_at,
        })
    }
}
