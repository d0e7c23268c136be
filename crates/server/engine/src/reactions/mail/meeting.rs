//! Mails about a meeting: their recipients, in the transaction of the change.

use super::merge::{Earlier, plan};
use crate::changes::Changes;
use crate::conference::conference_awaited;
use crate::effects::Letter;
use crate::reactions::calendars::is_written;
use knock_model::{Destination, Label, MemberState, Millis, PersonName, RepId};
use knock_ports::{Ledger, Meeting, MeetingDetails, MeetingMail, MeetingNews, MeetingParty, Member, StoreError};

/// Mails a change to the lead and the reps, if the server sends mail; `before` is the meeting before a move.
pub(super) fn mail_change(
    ledger: &mut dyn Ledger,
    meeting: &Meeting,
    (news, before): (MeetingNews, Option<&Meeting>),
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    let Some(mut post) = Post::load(ledger, meeting, now)? else { return Ok(()) };
    // A mail about its end needs no address of a conference.
    if news != MeetingNews::Cancelled {
        post.not_before = conference_awaited(ledger, meeting)?.unwrap_or(now);
    }
    if let Some(before) = before.filter(|before| before.owner != meeting.owner) {
        post.former = ledger.member(before.owner)?.as_ref().map(party);
    }
    let moved = before.filter(|before| before.start != meeting.start).map(|before| before.start);
    post.to_lead(ledger, news, moved, changes)?;
    for rep in &meeting.details.reps {
        let is_new = before.is_some_and(|before| !before.details.reps.contains(rep));
        let (news, moved) = if is_new { (MeetingNews::Booked, None) } else { (news, moved) };
        post.to_rep(ledger, *rep, news, moved, changes)?;
    }
    let had = before.map(|before| before.details.reps.clone()).unwrap_or_default();
    for rep in had.into_iter().filter(|rep| !meeting.details.reps.contains(rep)) {
        post.to_rep(ledger, rep, MeetingNews::Cancelled, None, changes)?;
    }
    Ok(())
}

/// Mails a reminder to the lead, if the server sends mail.
pub(super) fn mail_reminder(
    ledger: &mut dyn Ledger,
    meeting: &Meeting,
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    match Post::load(ledger, meeting, now)? {
        Some(post) => post.to_lead(ledger, MeetingNews::Reminder, None, changes),
        None => Ok(()),
    }
}

/// The common part of all mails of one change.
struct Post<'m> {
    meeting: &'m Meeting,
    reps: Vec<MeetingParty>,
    /// The owner before a reassignment.
    former: Option<MeetingParty>,
    /// The name of the member who cancelled it.
    by: PersonName,
    site: Label,
    now: Millis,
    /// The instant before which nothing is sent: its conference may still come.
    not_before: Millis,
}

impl<'m> Post<'m> {
    /// Loads the data; none if the server sends no mail.
    fn load(ledger: &dyn Ledger, meeting: &'m Meeting, now: Millis) -> Result<Option<Post<'m>>, StoreError> {
        if !ledger.settings()?.sends_mail {
            return Ok(None);
        }
        let mut reps = Vec::new();
        for rep in &meeting.details.reps {
            reps.extend(ledger.member(*rep)?.as_ref().map(party));
        }
        let site = ledger.site(meeting.details.site)?.map(|site| Label::parse(site.title())).unwrap_or_default();
        let by = meeting.details.cancelled_by_member.map(|by| ledger.member(by)).transpose()?.flatten();
        let by = by.map(|member| member.display_name().into()).unwrap_or_default();
        Ok(Some(Post { meeting, reps, former: None, by, site, now, not_before: now }))
    }

    fn to_lead(
        &self,
        ledger: &mut dyn Ledger,
        news: MeetingNews,
        before: Option<Millis>,
        changes: &mut Changes,
    ) -> Result<(), StoreError> {
        let details = &self.meeting.details;
        let to = MeetingParty { name: details.name.clone(), email: details.email.clone() };
        let mail = MeetingMail { is_to_lead: true, before, ..self.mail(news, to, details.zone.clone()) };
        self.enqueue(ledger, mail, *self.meeting.id.as_bytes(), changes)
    }

    fn to_rep(
        &self,
        ledger: &mut dyn Ledger,
        rep: RepId,
        news: MeetingNews,
        before: Option<Millis>,
        changes: &mut Changes,
    ) -> Result<(), StoreError> {
        let member = ledger.member(rep)?.filter(|member| member.state != MemberState::Removed);
        let Some(member) = member else { return Ok(()) };
        let zone = match &member.availability.hours {
            Some(hours) => hours.zone.clone(),
            None => ledger.notifications(rep)?.time_zone,
        };
        let has_file = !is_written(ledger, rep)?;
        let mail = MeetingMail { has_file, before, ..self.mail(news, party(&member), zone) };
        // A retried mail delays no mail to others.
        let mut ordering_key = *self.meeting.id.as_bytes();
        ordering_key.iter_mut().zip(rep.as_bytes()).for_each(|(byte, other)| *byte ^= other);
        self.enqueue(ledger, mail, ordering_key, changes)
    }

    fn mail(&self, news: MeetingNews, to: MeetingParty, zone: String) -> MeetingMail {
        let meeting = self.meeting;
        MeetingMail {
            news,
            to,
            is_to_lead: false,
            has_file: true,
            meeting: meeting.id,
            uid: meeting.uid(),
            sequence: meeting.sequence,
            at: self.now,
            start: meeting.start,
            end: meeting.end,
            before: None,
            former: self.former.clone(),
            by: self.by.clone(),
            lead: meeting.lead,
            reps: self.reps.clone(),
            zone,
            site: self.site.clone(),
            // The calendars of reps are no part of what a mail says.
            details: MeetingDetails { entries: Vec::new(), ..meeting.details.clone() },
        }
    }

    /// Enqueues a mail in place of those about earlier states that still wait, or withdraws these alone where the
    /// recipient knows the state.
    fn enqueue(
        &self,
        ledger: &mut dyn Ledger,
        mail: MeetingMail,
        ordering_key: [u8; 16],
        changes: &mut Changes,
    ) -> Result<(), StoreError> {
        let (lead, now) = (self.meeting.lead, self.now);
        if mail.news == MeetingNews::Reminder {
            return enqueue(ledger, &mail, ordering_key, (now, now), changes);
        }
        let known = ledger.deliveries_in_order(lead, Destination::MAIL, &ordering_key)?;
        let earlier: Vec<_> = known.iter().filter_map(|entry| Earlier::read(entry, &mail, now)).collect();
        let plan = plan(&earlier, mail, now);
        for number in plan.withdrawn {
            ledger.withdraw(number, now)?;
        }
        match plan.mail {
            Some((mail, due)) => enqueue(ledger, &mail, ordering_key, (now, due.max(self.not_before)), changes),
            None => Ok(()),
        }
    }
}

/// Enqueues a mail of now that is due at an instant.
fn enqueue(
    ledger: &mut dyn Ledger,
    data: &MeetingMail,
    ordering_key: [u8; 16],
    (now, due): (Millis, Millis),
    changes: &mut Changes,
) -> Result<(), StoreError> {
    let (kind, lead) = (MeetingMail::KIND, Some(data.lead));
    Letter { kind, data, lead, ordering_key, now }.enqueue_for(due, ledger, changes)
}

fn party(member: &Member) -> MeetingParty {
    MeetingParty { name: member.public_name().to_owned().into(), email: member.email.clone() }
}
