//! Entries of a CRM's timeline: the activity of a lead since the last entry, and the lead's meetings.

use super::lead::CrmLead;
use super::write::known;
use crate::changes::Changes;
use crate::writer::{After, Command};
use knock_crm::{Leave, ON_SITE, Seen, note_text};
use knock_model::{Email, LeadId, MeetingId, Millis};
use knock_ports::{CrmNoted, CrmSync, Ledger, Meeting, StoreError, StoredSignal, TimelineScope, View};
use knock_routing::CrmSystem;

/// The maximum number of signals counted by one entry.
const MOST: u32 = 500;

/// An entry of a timeline, before the ids of the CRM are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedCrmNote {
    /// The current id of the lead.
    pub lead: LeadId,
    pub email: Email,
    pub account: String,
    /// The id of the entry: the same until it is recorded.
    pub key: String,
    pub text: String,
    /// The instant of the latest signal.
    pub at: Millis,
    /// The arrival of the latest signal.
    pub until: Millis,
}

/// Returns the entry about what a lead did on the site since the last one, or the reason for none.
///
/// # Errors
/// When the store fails.
pub fn crm_note(
    view: &dyn View,
    system: CrmSystem,
    lead: LeadId,
    now: Millis,
) -> Result<Result<PlannedCrmNote, &'static str>, StoreError> {
    let sync = view.crm_sync(system)?.unwrap_or_default();
    if !sync.timeline {
        return Ok(Err("signals are not put into timelines"));
    }
    let lead = view.merged_into(lead)?;
    let email = match leaving(view, &sync, lead, now)? {
        Ok((email, _)) => email,
        Err(why) => return Ok(Err(why)),
    };
    let noted = known(view, system, &sync, lead)?.noted;
    let is_new = |stored: &StoredSignal| noted.is_none_or(|noted| stored.signal.received_at > noted.until);
    let mut signals = view.timeline_of_kinds(TimelineScope::Lead(lead), ON_SITE, None, now, MOST)?;
    signals.retain(is_new);
    let until = signals.iter().map(|stored| stored.signal.received_at).max();
    let (Some(newest), Some(until)) = (signals.first(), until) else { return Ok(Err("there is nothing new")) };
    let at = newest.signal.at;
    let seen: Vec<Seen> = signals.iter().map(seen).collect();
    let since = noted.map_or(0, |noted| noted.until.0);
    let Some(text) = note_text(&seen) else { return Ok(Err("there is nothing new")) };
    let key = format!("{lead}-{since}");
    Ok(Ok(PlannedCrmNote { lead, email, account: sync.account().to_owned(), key, text, at, until }))
}

/// Returns a signal without text that a person may have typed: of its page the path alone.
fn seen(stored: &StoredSignal) -> Seen {
    let url = stored.signal.detail.read().url;
    let path = url.split_once("://").map_or("", |(_, rest)| rest.find('/').map_or("/", |at| &rest[at..]));
    let path = path.split(['?', '#']).next().unwrap_or_default();
    Seen { kind: stored.signal.kind, category: stored.signal.category, path: path.to_owned() }
}

/// Records an entry.
#[derive(Clone, Debug)]
pub struct CompleteCrmNote {
    pub system: CrmSystem,
    pub note: PlannedCrmNote,
    pub now: Millis,
}

impl Command for CompleteCrmNote {
    type Outcome = ();

    fn run(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<(), StoreError> {
        let Some(sync) = ledger.crm_sync(self.system)?.filter(|sync| sync.account() == self.note.account) else {
            return Ok(());
        };
        let lead = ledger.merged_into(self.note.lead)?;
        // The lead was erased in the meantime: nothing is stored.
        if ledger.lead(lead)?.is_none() {
            return Ok(());
        }
        let mut record = known(ledger, self.system, &sync, lead)?;
        record.noted = Some(CrmNoted { at: self.now, until: self.note.until });
        ledger.save_crm_record(self.system, lead, &record)
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

/// A meeting that is written to a CRM.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedCrmMeeting {
    pub meeting: Meeting,
    /// The address of the lead.
    pub email: Email,
    /// Whether a contact of the lead is created where there is none.
    pub may_create: bool,
    pub account: String,
    /// The address of the owner; none of an owner who left.
    pub owner: Option<String>,
}

/// Returns a meeting in its current state, or the reason not to write it.
///
/// # Errors
/// When the store fails.
pub fn crm_meeting(
    view: &dyn View,
    system: CrmSystem,
    id: MeetingId,
    now: Millis,
) -> Result<Result<PlannedCrmMeeting, &'static str>, StoreError> {
    let sync = view.crm_sync(system)?.unwrap_or_default();
    if !sync.meetings {
        return Ok(Err("meetings are not written"));
    }
    let Some(meeting) = view.meeting(id)? else { return Ok(Err("the meeting is not there any more")) };
    let lead = view.merged_into(meeting.lead)?;
    let (email, may_create) = match leaving(view, &sync, lead, now)? {
        Ok(found) => found,
        Err(why) => return Ok(Err(why)),
    };
    // A contact that was deleted is not waited for.
    let is_deleted = known(view, system, &sync, lead)?.deleted_at.is_some();
    let may_create = may_create && (!is_deleted || sync.recreate_deleted);
    let owner = view.member(meeting.owner)?.map(|member| member.email);
    let account = sync.account().to_owned();
    Ok(Ok(PlannedCrmMeeting { meeting, email, may_create, account, owner }))
}

/// Returns the address of a lead who may be written and whether a contact may be created, or the reason against it.
fn leaving(
    view: &dyn View,
    sync: &CrmSync,
    lead: LeadId,
    now: Millis,
) -> Result<Result<(Email, bool), &'static str>, StoreError> {
    let Some(lead) = CrmLead::load(view, sync, lead, now)? else { return Ok(Err("the lead is not there any more")) };
    Ok(match (lead.leave, lead.email) {
        (Leave::Yes { may_create }, Some(email)) => Ok((email, may_create)),
        (Leave::No(why), _) => Err(why.as_str()),
        (Leave::Yes { .. }, None) => Err("the lead has given no address"),
    })
}
