//! The store: one transaction to write, snapshots to read.

use crate::{
    AuditLedger, AuditView, BacklogLedger, BacklogView, CalendarAppLedger, CalendarAppView, CalendarLedger,
    CalendarView, ChatLedger, ChatView, ContactDetailLedger, ContactDetailView, ContactMergeLedger, ContactMergeView,
    CrmLedger, CrmView, CustomValueLedger, CustomValueView, DestinationLedger, DestinationView, EnrichmentLedger,
    EnrichmentView, ErasureLedger, ErasureView, FileLedger, FileView, FirstStepLedger, FirstStepView, HandoffLedger,
    IdentityLedger, IdentityView, InboxLists, InvitationLedger, InvitationView, KnowledgeLedger, KnowledgeView,
    LookLedger, LookView, MailFacts, MailLedger, MailServerLedger, MailServerView, MeetingLedger, MeetingView,
    MemberLedger, MemberReadsLedger, MemberReadsView, MemberView, NoteLedger, NoteView, NotificationLedger,
    NotificationView, OauthLedger, OauthView, OnSiteView, OutboxLedger, OutboxView, PasswordLedger, PasswordView,
    Peers, PersonFacts, PlaybookLedger, PlaybookView, PrefetchHint, RebuildLedger, RebuildView, ReceivedMailLedger,
    ReceivedMailView, RecordLedger, RecordView, ReminderLedger, ReminderView, ReportLedger, ReportMailLedger,
    ReportMailView, ReportView, RetentionLedger, RetentionView, RoutingLedger, RoutingView, SavedReplyLedger,
    SavedReplyView, SavedViewLedger, SavedViewView, SegmentTemplateLedger, SegmentTemplateView, SequenceLedger,
    SequenceView, SettingsLedger, SettingsView, SignalLedger, SignalView, SiteLedger, SiteView, SlackLedger, SlackView,
    StoreError, TagLedger, TagView, TestSentenceLedger, TestSentenceView, TimelineView, TimerLedger, TimerView,
    UnconfirmedBookingLedger, UnconfirmedBookingView, VisitorFactLedger, VisitorFactView, WarehouseView,
    WorkflowHistoryView, WorkflowLedger, WorkflowView,
};

/// All reads, by subject. Every method of these traits fails only when the database does.
pub trait View:
    SignalView
    + TimelineView
    + IdentityView
    + RecordView
    + TimerView
    + MeetingView
    + UnconfirmedBookingView
    + VisitorFactView
    + WarehouseView
    + MemberView
    + MemberReadsView
    + PasswordView
    + SettingsView
    + SiteView
    + SlackView
    + ChatView
    + InboxLists
    + InvitationView
    + NoteView
    + KnowledgeView
    + LookView
    + RoutingView
    + SavedReplyView
    + ReminderView
    + ReportMailView
    + ReportView
    + TagView
    + TestSentenceView
    + SavedViewView
    + SegmentTemplateView
    + PersonFacts
    + PlaybookView
    + RebuildView
    + ReceivedMailView
    + SequenceView
    + ErasureView
    + RetentionView
    + BacklogView
    + CalendarView
    + CalendarAppView
    + OutboxView
    + DestinationView
    + ContactDetailView
    + ContactMergeView
    + CrmView
    + CustomValueView
    + EnrichmentView
    + FileView
    + FirstStepView
    + MailFacts
    + MailServerView
    + NotificationView
    + OauthView
    + OnSiteView
    + AuditView
    + WorkflowHistoryView
    + WorkflowView
{
}

/// All operations of one write transaction, by subject: writes, and reads that include them. Every method of these
/// traits fails only when the database does.
pub trait Ledger:
    View
    + SignalLedger
    + IdentityLedger
    + RecordLedger
    + TimerLedger
    + MeetingLedger
    + UnconfirmedBookingLedger
    + VisitorFactLedger
    + MemberLedger
    + MemberReadsLedger
    + PasswordLedger
    + SettingsLedger
    + SiteLedger
    + SlackLedger
    + ChatLedger
    + InvitationLedger
    + NoteLedger
    + KnowledgeLedger
    + LookLedger
    + RoutingLedger
    + SavedReplyLedger
    + ReminderLedger
    + ReportLedger
    + ReportMailLedger
    + TagLedger
    + TestSentenceLedger
    + SavedViewLedger
    + SegmentTemplateLedger
    + PlaybookLedger
    + RebuildLedger
    + ReceivedMailLedger
    + SequenceLedger
    + ErasureLedger
    + RetentionLedger
    + BacklogLedger
    + CalendarLedger
    + CalendarAppLedger
    + OutboxLedger
    + DestinationLedger
    + ContactDetailLedger
    + ContactMergeLedger
    + CrmLedger
    + CustomValueLedger
    + EnrichmentLedger
    + FileLedger
    + FirstStepLedger
    + HandoffLedger
    + MailLedger
    + MailServerLedger
    + NotificationLedger
    + OauthLedger
    + AuditLedger
    + WorkflowLedger
{
    /// Hints once, before the first query, which rows the commands of this transaction will read. Affects latency
    /// only.
    fn expect(&mut self, _coming: &[PrefetchHint<'_>]) {}

    /// Sends a notice to the peers once this transaction is committed; calls `text` only if there can be peers.
    fn tell(&mut self, _text: &dyn Fn() -> String) {}
}

/// The size of a database, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Footprint {
    /// The stored data, with its indexes.
    pub data: u64,
    /// The write-ahead log that is not checkpointed yet; none if another program manages it.
    pub log: Option<u64>,
}

/// A database.
pub trait Store: Send + Sync {
    /// Runs `work` in one transaction; after `Ok` its writes are on the disk.
    ///
    /// # Errors
    /// When `work` or the database fails; then nothing of it is stored.
    fn write(&self, work: &mut dyn FnMut(&mut dyn Ledger) -> Result<(), StoreError>) -> Result<(), StoreError> {
        self.write_unsynced(work)?;
        self.sync()
    }

    /// The same without syncing: readers see the writes, but a power failure loses them, so they must not be
    /// acknowledged before [`Store::sync`] has returned.
    ///
    /// # Errors
    /// When `work` or the database fails; then nothing of it is stored.
    fn write_unsynced(&self, work: &mut dyn FnMut(&mut dyn Ledger) -> Result<(), StoreError>)
    -> Result<(), StoreError>;

    /// Syncs to the disk all writes before the call; others may write meanwhile. For one caller only, who knows all
    /// unsynced writes.
    ///
    /// # Errors
    /// [`StoreError::Busy`] when it is unknown whether the writes are durable; [`StoreError::Unsynced`] when no more
    /// writes are allowed.
    fn sync(&self) -> Result<(), StoreError>;

    /// Runs `work` on a snapshot.
    ///
    /// # Errors
    /// When `work` or the database fails.
    fn read(&self, work: &mut dyn FnMut(&dyn View) -> Result<(), StoreError>) -> Result<(), StoreError>;

    /// Removes all remains of deleted data from the database's files, if the server owns them. Writes are blocked
    /// meanwhile.
    ///
    /// # Errors
    /// When the database fails, or when long reads prevent it.
    fn scrub(&self) -> Result<(), StoreError>;

    /// The notifications of other servers on this database from now on; none if there can be no others.
    fn peers(&self) -> Result<Option<Box<dyn Peers>>, StoreError>;

    /// The size of the database. Cheap: it may be a minute old.
    fn footprint(&self) -> Result<Footprint, StoreError>;

    /// Checks whether the store would accept a write now, as far as that can be known without writing.
    ///
    /// # Errors
    /// The reason for which it would not.
    fn ready(&self) -> Result<(), StoreError>;
}
