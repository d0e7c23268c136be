//! Entries of a CRM's timelines: notes about a lead's activity, and the current state of meetings.

use super::{CrmConnector, outcome, refused};
use crate::owners::owner_of;
use knock_context::read;
use knock_engine::CommitError;
use knock_engine::commands::{
    CompleteCrmNote, KnowCrmOwner, PlannedCrmMeeting, PlannedCrmNote, crm_meeting, crm_note, crm_owner_ids,
};
use knock_model::{Email, LeadId, MeetingId, MeetingState, Millis};
use knock_ports::{
    Crm, CrmContact, CrmMeeting, CrmMeetingState, CrmNote, CrmObject, CrmQuestion, CrmWritten, DeliveryOutcome,
    Meeting, Refusal,
};
use std::sync::Arc;

/// The delay of a retry while the contact is being created by another delivery.
const SOON: Millis = Millis(5_000);
const NO_CONTACT: &str = "there is no contact of the lead";

impl CrmConnector {
    /// Writes a lead's activity into the timelines of their contact and its company.
    pub(crate) async fn note(&self, crm: &dyn Crm, lead: LeadId) -> Result<DeliveryOutcome, CommitError> {
        let core = &self.account.core;
        let (system, now) = (self.account.system(), core.clock.now());
        let planned = read(Arc::clone(&core.store), move |view| crm_note(view, system, lead, now)).await;
        let planned = match planned {
            Ok(Ok(planned)) => planned,
            Ok(Err(why)) => return Ok(DeliveryOutcome::Done(why.to_owned())),
            Err(error) => return Ok(DeliveryOutcome::Retry(error.to_string(), None)),
        };
        let contact = match found(crm, &planned.email).await {
            Ok(Some(contact)) => contact,
            Ok(None) => return Ok(DeliveryOutcome::Done(NO_CONTACT.to_owned())),
            Err(refusal) => return Ok(refused(&refusal, now)),
        };
        let written = crm.note(&[entry(&planned, &contact)]).await;
        let written = written.into_iter().next().unwrap_or(CrmWritten::Absent);
        let now = core.clock.now();
        if let CrmWritten::Done { .. } = written {
            core.writer.commit(CompleteCrmNote { system: self.account.system(), note: planned, now }).await?;
            return Ok(DeliveryOutcome::Done("the note is written".to_owned()));
        }
        Ok(outcome(&written, 0, now))
    }

    /// Writes the current state of a meeting.
    pub(crate) async fn meeting(&self, crm: &dyn Crm, id: MeetingId) -> Result<DeliveryOutcome, CommitError> {
        let core = &self.account.core;
        let (system, now) = (self.account.system(), core.clock.now());
        let planned = read(Arc::clone(&core.store), move |view| crm_meeting(view, system, id, now)).await;
        let planned = match planned {
            Ok(Ok(planned)) => planned,
            Ok(Err(why)) => return Ok(DeliveryOutcome::Done(why.to_owned())),
            Err(error) => return Ok(DeliveryOutcome::Retry(error.to_string(), None)),
        };
        let contact = match found(crm, &planned.email).await {
            Ok(Some(contact)) => contact,
            Ok(None) if planned.may_create => return Ok(DeliveryOutcome::Retry(NO_CONTACT.to_owned(), Some(SOON))),
            Ok(None) => return Ok(DeliveryOutcome::Done(NO_CONTACT.to_owned())),
            Err(refusal) => return Ok(refused(&refusal, now)),
        };
        let owner = match self.owner_id(crm, &planned).await? {
            Ok(owner) => owner,
            Err(refusal) => return Ok(refused(&refusal, now)),
        };
        let written = crm.meeting(&meeting(planned.meeting, contact.id, owner)).await;
        Ok(match written {
            Ok(_) => DeliveryOutcome::Done("the meeting is written".to_owned()),
            Err(refusal) => refused(&refusal, now),
        })
    }

    /// The id of the rep as an owner in the CRM; none if the rep is not one.
    async fn owner_id(
        &self,
        crm: &dyn Crm,
        planned: &PlannedCrmMeeting,
    ) -> Result<Result<Option<String>, Refusal>, CommitError> {
        let Some(address) = &planned.owner else { return Ok(Ok(None)) };
        let core = &self.account.core;
        let (system, key) = (self.account.system(), address.trim().to_lowercase());
        let ids = read(Arc::clone(&core.store), move |view| crm_owner_ids(view, system)).await;
        let ids = ids.ok().and_then(|mut ids| ids.remove(&key)).unwrap_or_default();
        let owners = match self.account.owners.read(crm, &planned.account, None, core.clock.now()).await {
            Ok(owners) => owners,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let found = owner_of(&owners, address, &ids);
        if let Some(owner) = found.clone().filter(|owner| !ids.contains(owner)) {
            let (account, email) = (planned.account.clone(), address.clone());
            core.writer.commit(KnowCrmOwner { system, account, owner, email }).await?;
        }
        Ok(Ok(found))
    }
}

async fn found(crm: &dyn Crm, email: &Email) -> Result<Option<CrmContact>, Refusal> {
    let question = CrmQuestion { emails: vec![email.clone()], ..CrmQuestion::default() };
    Ok(crm.find(&question).await?.into_iter().next().flatten())
}

fn entry(planned: &PlannedCrmNote, contact: &CrmContact) -> CrmNote {
    let company = contact.company.iter().map(|company| (CrmObject::Company, company.clone()));
    CrmNote {
        key: planned.key.clone(),
        about: [(CrmObject::Contact, contact.id.clone())].into_iter().chain(company).collect(),
        at: planned.at,
        text: planned.text.clone(),
    }
}

fn meeting(meeting: Meeting, contact: String, owner: Option<String>) -> CrmMeeting {
    let state = match meeting.state {
        MeetingState::Booked => CrmMeetingState::Scheduled,
        MeetingState::Held => CrmMeetingState::Completed,
        MeetingState::Cancelled => CrmMeetingState::Cancelled,
        MeetingState::NoShow => CrmMeetingState::NoShow,
    };
    let Meeting { id, start, end, details, .. } = meeting;
    CrmMeeting { key: id.to_string(), contacts: vec![contact], owner, title: details.title, start, end, state }
}
