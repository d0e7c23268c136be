//! One event after another: the transition table, row by row.

use super::state::{Active, Canceller, Flag, RejectReason, State};
use super::words::MeetingStatus;
use alloc::string::String;
use knock_model::Millis;

/// The verdict on the address of a lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum Verdict {
    /// Qualified.
    Ok,
    /// Fake.
    Spam,
    /// Did not meet the criteria.
    Unqualified(RejectReason),
}

/// The events on the way to a meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum Event {
    /// The lead clicked a meeting link.
    LinkClicked,
    /// The lead did something in the flow.
    Activity,
    EmailSubmitted(Verdict),
    /// The lead left the flow.
    Abandoned,
    Booked {
        meeting: String,
        start: Millis,
        /// The owner of the calendar.
        owner: String,
    },
    Rescheduled {
        meeting: String,
        /// The new start.
        start: Millis,
        /// The new owner of the calendar, if changed.
        owner: Option<String>,
    },
    Cancelled {
        meeting: String,
        by: Canceller,
    },
    /// A human says: no spam.
    SpamReversed,
}

impl Event {
    /// The kind of event in a word.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Event::LinkClicked => "link_clicked",
            Event::Activity => "meeting_activity",
            Event::EmailSubmitted(_) => "email_submitted",
            Event::Abandoned => "booking_abandoned",
            Event::Booked { .. } => "meeting_booked",
            Event::Rescheduled { .. } => "meeting_rescheduled",
            Event::Cancelled { .. } => "meeting_cancelled",
            Event::SpamReversed => "spam_reversed",
        }
    }
}

impl State {
    /// Lets one event happen.
    pub(super) fn apply(&mut self, event: &Event, at: Millis) {
        match event {
            Event::LinkClicked => {
                self.activity(at);
                self.status.get_or_insert(MeetingStatus::New);
            }
            Event::Activity => self.activity(at),
            Event::EmailSubmitted(verdict) => {
                self.active_at = Some(at);
                self.email(*verdict);
            }
            Event::Abandoned => {
                if self.status == Some(MeetingStatus::New) && self.is_qualified {
                    self.status = Some(MeetingStatus::NotBooked);
                }
            }
            Event::Booked { meeting, start, owner } => self.booked(meeting, *start, owner),
            Event::Rescheduled { meeting, start, owner } => self.rescheduled(meeting, *start, owner.as_deref()),
            Event::Cancelled { meeting, by } => self.cancelled(meeting, *by, at),
            Event::SpamReversed => {
                if self.status == Some(MeetingStatus::Spam) {
                    self.active_at = Some(at);
                    self.qualify();
                }
            }
        }
    }

    fn activity(&mut self, at: Millis) {
        if self.status == Some(MeetingStatus::SaveTheLead) {
            self.status = Some(MeetingStatus::New);
        }
        self.active_at = Some(at);
    }

    /// A new verdict replaces the old one, but says nothing to somebody who has a meeting (R15).
    fn email(&mut self, verdict: Verdict) {
        let is_booked = self.status == Some(MeetingStatus::Booked);
        match verdict {
            _ if is_booked => {}
            Verdict::Ok => {
                if !matches!(self.status, Some(MeetingStatus::NotBooked | MeetingStatus::Cancelled)) {
                    self.qualify();
                }
            }
            Verdict::Spam => self.reject(MeetingStatus::Spam, RejectReason::Spam),
            Verdict::Unqualified(reason) => self.reject(MeetingStatus::Unqualified, reason),
        }
    }

    fn qualify(&mut self) {
        self.is_qualified = true;
        self.fields.reject_reason = None;
        self.status = Some(MeetingStatus::New);
    }

    fn reject(&mut self, status: MeetingStatus, reason: RejectReason) {
        // Spam stays what it is when spam comes again.
        self.is_qualified = false;
        self.fields.reject_reason = Some(reason);
        self.status = Some(status);
    }

    /// R16: the newest booking wins.
    fn booked(&mut self, meeting: &str, start: Millis, owner: &str) {
        self.meetings.retain(|active| active.id != meeting);
        self.meetings.push(Active { id: meeting.into(), start, owner: owner.into() });
        self.fields.reject_reason = None;
        self.fields.cancelled_by = None;
        self.status = Some(MeetingStatus::Booked);
        self.show_newest();
    }

    fn rescheduled(&mut self, meeting: &str, start: Millis, owner: Option<&str>) {
        if let Some(active) = self.meetings.iter_mut().find(|active| active.id == meeting) {
            active.start = start;
            if let Some(owner) = owner {
                active.owner = owner.into();
            }
        }
        self.show_newest();
    }

    /// R16: a cancellation at or after the start says nothing of the lead.
    fn cancelled(&mut self, meeting: &str, by: Canceller, at: Millis) {
        let Some(active) = self.meetings.iter().find(|active| active.id == meeting) else { return };
        if at >= active.start {
            self.flags.insert(Flag::CancelAfterStart);
            return;
        }
        self.meetings.retain(|active| active.id != meeting);
        if self.meetings.is_empty() {
            self.fields.cancelled_by = Some(by);
            self.status = Some(MeetingStatus::Cancelled);
        }
        self.show_newest();
    }

    /// After the last one was cancelled its time and owner stay (R16).
    fn show_newest(&mut self) {
        if let Some(newest) = self.meetings.last() {
            self.fields.time = Some(newest.start);
            self.fields.owner = Some(newest.owner.clone());
        }
    }
}
