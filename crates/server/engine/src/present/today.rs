//! What is up today for a member: waits, meetings, and how many visitors are on a site.

use super::Presenter;
use crate::contact_details::name_of_meeting;
use crate::queue::waits_of;
use knock_model::{MeetingState, Millis, RepId};
use knock_ports::{Meeting, MeetingQuery, StoreError, Wait, span_at};
use knock_wire::{HomeMeeting, HomeWait};

/// The maximum of waits and of visitors that are counted.
const MOST: u32 = 200;
/// The number of waits that are shown.
const SHOWN_WAITS: usize = 5;
/// The maximum of meetings.
const MOST_MEETINGS: u32 = 20;

impl Presenter<'_> {
    /// Returns the number of chats that wait for a member, and those that have waited longest.
    ///
    /// # Errors
    /// When the database fails.
    pub fn waits_on_home(&self, member: RepId) -> Result<(u32, Vec<HomeWait>), StoreError> {
        let waits = waits_of(self.view, member, MOST)?;
        let shown = waits.iter().take(SHOWN_WAITS).map(|wait| self.wait_on_home(wait, member));
        let shown = shown.collect::<Result<Vec<_>, StoreError>>()?;
        Ok((u32::try_from(waits.len()).unwrap_or(MOST), shown.into_iter().flatten().collect()))
    }

    fn wait_on_home(&self, wait: &Wait, member: RepId) -> Result<Option<HomeWait>, StoreError> {
        let newest = self.view.conversations_of_lead(wait.lead)?.into_iter().next();
        let (Some(newest), Some(contact)) = (newest, self.contact_ref_of(wait.lead)?) else { return Ok(None) };
        Ok(Some(HomeWait {
            conversation: newest.id,
            name: contact.display_name,
            since: wait.since,
            is_mine: wait.rep == Some(member),
        }))
    }

    /// Returns the booked meetings between two instants, by their start: those of a member, or of all.
    ///
    /// # Errors
    /// When the database fails.
    pub fn meetings_on_home(
        &self,
        member: RepId,
        is_of_all: bool,
        until: Millis,
    ) -> Result<Vec<HomeMeeting>, StoreError> {
        let query = MeetingQuery {
            from: Some(self.now),
            to: Some(until),
            owner: (!is_of_all).then_some(member),
            state: Some(MeetingState::Booked),
            is_latest_first: false,
        };
        let meetings = self.view.meetings(&query, None, MOST_MEETINGS)?;
        meetings.iter().map(|meeting| self.meeting_on_home(meeting, member)).collect()
    }

    fn meeting_on_home(&self, meeting: &Meeting, member: RepId) -> Result<HomeMeeting, StoreError> {
        let name = name_of_meeting(self.view, meeting)?;
        Ok(HomeMeeting {
            id: meeting.id,
            name: if name.is_empty() { meeting.details.email.clone() } else { name },
            start_at: meeting.start,
            end_at: meeting.end,
            owner_name: self.rep_name(meeting.owner)?,
            is_mine: meeting.owner == member,
        })
    }

    /// Returns the number of browsers on a site, without those of leads marked as spam.
    ///
    /// # Errors
    /// When the database fails.
    pub fn count_on_site(&self) -> Result<u32, StoreError> {
        let mut count = 0;
        for browser in self.view.browsers_on_site(None, self.now)? {
            let spans = self.view.spans_of_visitor(browser.site, browser.visitor)?;
            let lead = spans.get(span_at(&spans, self.now)).and_then(|span| span.lead);
            let lead = lead.map(|lead| self.view.lead(lead)).transpose()?.flatten();
            count += u32::from(!lead.is_some_and(|lead| lead.is_spam));
            if count >= MOST {
                break;
            }
        }
        Ok(count)
    }
}
