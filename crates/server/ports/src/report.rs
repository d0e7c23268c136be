//! What reports read.

use crate::{FirstTouch, StoreError};
use knock_model::{IntentType, LeadId, MeetingId, MeetingState, Millis, RepId, SiteId, WorkflowId};
use knock_routing::{Assignee, Funnel, Outcome, Reason, Skipped};
use knock_status::meeting::Canceller;
use knock_workflow::Entry;

/// A lead as reports need it; never one that is marked as spam.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportLead {
    pub lead: LeadId,
    pub first_seen_at: Millis,
    /// The first touch as it is stored, for [`FirstTouch::parse`]; empty where it is not computed yet.
    pub touch: String,
    pub kind: IntentType,
    /// The packed chat; empty without one, and for one that an earlier version stored.
    pub chat: Vec<u8>,
    /// Whether there is a chat: with an empty one, its facts tell.
    pub has_chat: bool,
    /// The packed way to a meeting, likewise.
    pub meeting: Vec<u8>,
    /// Whether there is such a way, likewise.
    pub has_meeting: bool,
}

/// A meeting as reports need it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportMeeting {
    pub id: MeetingId,
    pub lead: LeadId,
    pub link: String,
    pub owner: RepId,
    pub booked_at: Millis,
    pub start: Millis,
    pub end: Millis,
    pub state: MeetingState,
    pub updated_at: Millis,
    pub sequence: u32,
    pub cancelled_by: Option<Canceller>,
}

/// A decision of routing as reports need it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportDecision {
    pub lead: LeadId,
    pub at: Millis,
    pub funnel: Funnel,
    pub rule: String,
    /// None where no segment was asked.
    pub segment: Option<String>,
    pub outcome: Outcome,
    pub assignee: Option<Assignee>,
    pub reason: Reason,
    /// The member whose turn of a pool it used up.
    pub turn: Option<String>,
    /// The members of pools that were passed over.
    pub skipped: Vec<Skipped>,
    /// `Knock: Intent Score` at that instant; empty where it was not known.
    pub score: String,
}

/// A run of a workflow as reports need it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportRun {
    pub lead: LeadId,
    pub workflow: WorkflowId,
    pub enrolled_at: Millis,
    /// Whether it is over, by its last step or before it.
    pub is_over: bool,
    /// Whether it was stopped before its last step.
    pub is_stopped: bool,
    /// What its steps did, in order.
    pub log: Vec<Entry>,
}

/// A write of a contact to a CRM as reports need it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportWrite {
    pub lead: LeadId,
    /// The word of the system.
    pub crm: String,
    /// The word of the change that it was for: the first one that was not written yet.
    pub cause: String,
    pub cause_at: Millis,
    /// None for a delivery that was given up.
    pub written_at: Option<Millis>,
}

/// Browsers that came for the first time within a quarter of an hour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisitCount {
    pub site: SiteId,
    /// The begin of the quarter.
    pub at: Millis,
    /// How they came, for [`FirstTouch::parse`]; empty for those that an earlier version heard of.
    pub touch: String,
    pub visitors: u64,
}

impl VisitCount {
    /// A quarter of an hour: all time zones of today are whole quarters apart.
    pub const QUARTER: Millis = Millis(15 * Millis::MINUTE.0);

    /// Returns the begin of the quarter in which an instant lies.
    pub const fn quarter(at: Millis) -> Millis {
        Millis(at.0 - at.0.rem_euclid(VisitCount::QUARTER.0))
    }
}

/// Counting for reports.
pub trait ReportLedger {
    /// Counts a browser that came to a site for the first time. The counts name no browser: they outlive the erasure of
    /// persons and the expiry of signals.
    fn count_visitor(&mut self, site: SiteId, received_at: Millis, touch: &FirstTouch) -> Result<(), StoreError>;
}

/// Reading for reports.
pub trait ReportView {
    /// Passes every lead with any activity at or after an instant, by id, without spam: signals, the chat, Meeting Status,
    /// and meetings that [`ReportView::report_meetings`] returns.
    fn report_leads(
        &self,
        since: Millis,
        each: &mut dyn FnMut(ReportLead) -> Result<(), StoreError>,
    ) -> Result<(), StoreError>;

    /// Returns the meetings of leads without spam that were booked, changed or begin at or after an instant, by the
    /// instant of booking.
    fn report_meetings(&self, since: Millis) -> Result<Vec<ReportMeeting>, StoreError>;

    /// Returns the decisions about leads without spam, by the instant: of chats and of meetings.
    fn report_decisions(&self) -> Result<Vec<ReportDecision>, StoreError>;

    /// Returns the runs of workflows of leads without spam that began, are active or did a step at or after an instant, by
    /// their beginning.
    fn report_runs(&self, since: Millis) -> Result<Vec<ReportRun>, StoreError>;

    /// Returns the writes of contacts to a CRM, of leads without spam, that were caused, done or given up at or after an
    /// instant, by that of their cause. Those that were given up are known as long as their deliveries are kept.
    fn report_writes(&self, since: Millis) -> Result<Vec<ReportWrite>, StoreError>;

    /// Returns the questions of leads without spam that the AI agent could not answer, asked at or after an instant, each
    /// with its own, oldest first.
    fn report_questions(&self, since: Millis) -> Result<Vec<(LeadId, Millis)>, StoreError>;

    /// Returns the counts of the quarters that begin from an instant up to but not including another, oldest first.
    fn visit_counts(&self, from: Millis, to: Millis) -> Result<Vec<VisitCount>, StoreError>;
}
