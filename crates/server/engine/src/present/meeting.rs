//! Meetings as shown to the team, and the Meeting Status of a lead.

use super::Presenter;
use crate::commands::{dropoff, waiting_change};
use crate::contact_details::name_of_meeting;
use crate::notice::MeetingNotice;
use knock_model::{LeadId, RepId};
use knock_ports::{ByHand, Cursor, Meeting, MeetingDetails, MeetingFact, MeetingLead, MeetingQuery, StoreError};
use knock_status::meeting::{Canceller, Derived, Event, derive};
use knock_status::{Cause, Fact, arrange};
use knock_wire::{
    MeetingAnswer, MeetingCalendarChange, MeetingChanged, MeetingFlowShown, MeetingLeadRow, MeetingRow, MeetingStep,
    Word,
};

impl Presenter<'_> {
    /// Returns a page of meetings, sorted by their start.
    ///
    /// # Errors
    /// When the database fails.
    pub fn meetings(
        &self,
        which: &MeetingQuery,
        after: Option<Cursor>,
        limit: u32,
    ) -> Result<Vec<(Cursor, MeetingRow)>, StoreError> {
        let meetings = self.view.meetings(which, after, limit)?.into_iter();
        meetings
            .map(|meeting| {
                let cursor = Cursor { at: meeting.start, id: *meeting.id.as_bytes() };
                Ok((cursor, self.meeting_row(&meeting)?))
            })
            .collect()
    }

    /// Converts a change of a meeting; none for one that was deleted since.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) fn meeting_changed(&self, notice: MeetingNotice) -> Result<Option<MeetingChanged>, StoreError> {
        let MeetingNotice { meeting, what, former, by } = notice;
        let Some(Meeting { id, lead, owner, start, details, .. }) = self.view.meeting(meeting)? else {
            return Ok(None);
        };
        let address = |rep| Ok(self.view.member(rep)?.map(|member| member.email).unwrap_or_default());
        Ok(Some(MeetingChanged {
            id,
            lead,
            what,
            owner: address(owner)?,
            former: former.map(address).transpose()?,
            by: by.map(address).transpose()?,
            name: if details.name.is_empty() { details.email } else { details.name.into() },
            start_at: start,
        }))
    }

    /// Converts a meeting.
    ///
    /// # Errors
    /// When the database fails.
    pub fn meeting_row(&self, meeting: &Meeting) -> Result<MeetingRow, StoreError> {
        let name = name_of_meeting(self.view, meeting)?;
        let MeetingDetails { reps, title, location, email, zone, answers, link, cancelled_by, reason, by_hand, .. } =
            meeting.details.clone();
        let member = meeting.details.cancelled_by_member;
        let cancelled_by_name = member.map(|member| self.rep_name(member)).transpose()?;
        let added_by = |by: ByHand| by.by.map_or_else(|| Ok("API key".to_owned()), |rep| self.rep_name(rep));
        let others = reps.into_iter().filter(|rep| *rep != meeting.owner);
        Ok(MeetingRow {
            id: meeting.id,
            lead: meeting.lead,
            email,
            name,
            start_at: meeting.start,
            end_at: meeting.end,
            zone,
            title: title.into(),
            location: location.into(),
            owner: meeting.owner,
            owner_name: self.rep_name(meeting.owner)?,
            with: others.map(|rep| self.rep_name(rep)).collect::<Result<_, _>>()?,
            state: Word::Known(meeting.state),
            cancelled_by: cancelled_by.map(|by| by.as_str().to_owned()),
            cancelled_by_name: cancelled_by_name.unwrap_or_default(),
            reason: reason.into(),
            link,
            added_by: by_hand.map(added_by).transpose()?,
            booked_at: meeting.booked_at,
            updated_at: meeting.updated_at,
            answers: answers
                .into_iter()
                .map(|answered| MeetingAnswer { question: answered.question.into(), answer: answered.answer.into() })
                .collect(),
            is_declined: meeting.details.entries.iter().any(|entry| entry.is_declined),
            calendar_change: self.calendar_change(meeting)?,
        })
    }

    /// The change that a rep made in their own calendar, and that waits as long as the meeting can be changed.
    fn calendar_change(&self, meeting: &Meeting) -> Result<Option<MeetingCalendarChange>, StoreError> {
        let waiting = waiting_change(meeting).filter(|_| meeting.is_upcoming(self.now));
        let Some((member, change)) = waiting else { return Ok(None) };
        Ok(Some(MeetingCalendarChange {
            member,
            member_name: self.rep_name(member)?,
            start_at: change.moved.map(|(start, _)| start),
            end_at: change.moved.map(|(_, end)| end),
            reason: change.why.as_str().to_owned(),
            seen_at: change.seen_at,
        }))
    }

    /// Converts a lead with their Meeting Status.
    ///
    /// # Errors
    /// When the database fails.
    pub fn meeting_lead_row(&self, known: MeetingLead) -> Result<MeetingLeadRow, StoreError> {
        let MeetingLead { lead, status, active_at, refused_email, .. } = known;
        let name = self.contact_ref_of(lead)?.map_or_else(String::new, |contact| contact.display_name);
        Ok(MeetingLeadRow { lead, name, status: Word::parse(&status), refused_email, active_at })
    }

    /// Returns the meeting facts that had arrived.
    pub(super) fn meeting_facts(&self, lead: LeadId) -> Result<Vec<MeetingFact>, StoreError> {
        let mut facts = self.view.meeting_facts(lead)?;
        facts.retain(|fact| fact.received_at <= self.arrived_by);
        Ok(facts)
    }

    /// Whether the address given for a meeting hides the lead (MS-03).
    pub(super) fn is_meeting_spam(&self, lead: LeadId) -> Result<bool, StoreError> {
        let facts = self.meeting_facts(lead)?;
        Ok(!facts.is_empty() && !derive(&facts, self.now, dropoff(self.view)?).in_reports)
    }

    /// Returns the Meeting Status of a lead; none for a lead who came by no meeting link (R19).
    pub(super) fn meeting_flow(&self, lead: LeadId) -> Result<Option<MeetingFlowShown>, StoreError> {
        let facts = self.meeting_facts(lead)?;
        let derived = derive(&facts, self.now, dropoff(self.view)?);
        let (Some(status), Some(why)) = (derived.status, derived.why) else { return Ok(None) };
        let arranged = arrange(&facts, self.now);
        let cause = |cause: Cause<_>| cause_of(&arranged, cause);
        let history = derived.timeline.iter();
        let history =
            history.map(|step| MeetingStep { at: step.at, status: Word::Known(step.status), cause: cause(step.cause) });
        let history = history.collect();
        let meetings = self.view.meetings_of_lead(lead)?;
        let meetings = meetings.iter().map(|meeting| self.meeting_row(meeting)).collect::<Result<_, _>>()?;
        let Derived { fields, flags, in_reports, next_change_at, .. } = derived;
        let owner = fields.owner.and_then(|owner| RepId::parse(&owner).ok());
        Ok(Some(MeetingFlowShown {
            status: Word::Known(status),
            since: why.since,
            rule: why.rule.to_owned(),
            next_change_at,
            reject_reason: fields.reject_reason.map(|reason| reason.as_str().to_owned()),
            meeting_time: fields.time,
            meeting_owner: owner.map(|owner| self.rep_email(&owner.to_string())).transpose()?,
            cancelled_by: fields.cancelled_by.map(Canceller::as_str).map(str::to_owned),
            flags: flags.iter().map(|flag| flag.as_str().to_owned()).collect(),
            in_reports,
            history,
            meetings,
        }))
    }
}

/// Returns the name of the event or the timer that caused a step.
fn cause_of<Id>(arranged: &[&Fact<Id, Event>], cause: Cause<knock_status::meeting::Timer>) -> String {
    match cause {
        Cause::Fact(place) => arranged.get(place).map_or_else(String::new, |fact| fact.what.as_str().to_owned()),
        Cause::Timer(timer) => timer.as_str().to_owned(),
    }
}
