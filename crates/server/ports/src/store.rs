//! The store: one transaction to write, snapshots to read.

use crate::{
    AuditLedger, AuditView, BacklogLedger, BacklogView, CalendarLedger, CalendarView, ChatLedger, ChatView, CrmLedger,
    CrmView, CustomValueLedger, CustomValueView, DestinationLedger, DestinationView, EnrichmentLedger, EnrichmentView,
    ErasureLedger, ErasureView, FileLedger, FileView, IdentityLedger, IdentityView, InboxLists, KnowledgeLedger,
    KnowledgeView, MailFacts, MailLedger, MeetingLedger, MeetingView, MemberLedger, MemberReadsLedger, MemberReadsView,
    MemberView, NoteLedger, NoteView, NotificationLedger, NotificationView, OauthLedger, OauthView, OutboxLedger,
    OutboxView, PasswordLedger, PasswordView, Peers, PersonFacts, PlaybookLedger, PlaybookView, PrefetchHint,
    RebuildLedger, RebuildView, RecordLedger, RecordView, RetentionLedger, RetentionView, RoutingLedger, RoutingView,
    SavedReplyLedger, SavedReplyView, SavedViewLedger, SavedViewView, SegmentTemplateLedger, SegmentTemplateView,
    SequenceLedger, SequenceView, SettingsLedger, SettingsView, SignalLedger, SignalView, SiteLedger, SiteView,
    SlackLedger, SlackView, StoreError, TimelineView, TimerLedger, TimerView,
};

/// All that can be read, by subject. Every method of these traits fails only when the database does.
pub trait View:
    SignalView
    + TimelineView
    + IdentityView
    + RecordView
    + TimerView
    + MeetingView
    + MemberView
    + MemberReadsView
    + PasswordView
    + SettingsView
    + SiteView
    + SlackView
    + ChatView
    + InboxLists
    + NoteView
    + KnowledgeView
    + RoutingView
    + SavedReplyView
    + SavedViewView
    + SegmentTemplateView
    + PersonFacts
    + PlaybookView
    + RebuildView
    + SequenceView
    + ErasureView
    + RetentionView
    + BacklogView
    + CalendarView
    + OutboxView
    + DestinationView
    + CrmView
    + CustomValueView
    + EnrichmentView
    + FileView
    + MailFacts
    + NotificationView
    + OauthView
    + AuditView
{
}

/// All that can be done within one write transaction, by subject: to write, and to read what is there by then. Every
/// method of these traits fails only when the database does.
pub trait Ledger:
    View
    + SignalLedger
    + IdentityLedger
    + RecordLedger
    + TimerLedger
    + MeetingLedger
    + MemberLedger
    + MemberReadsLedger
    + PasswordLedger
    + SettingsLedger
    + SiteLedger
    + SlackLedger
    + ChatLedger
    + NoteLedger
    + KnowledgeLedger
    + RoutingLedger
    + SavedReplyLedger
    + SavedViewLedger
    + SegmentTemplateLedger
    + PlaybookLedger
    + RebuildLedger
    + SequenceLedger
    + ErasureLedger
    + RetentionLedger
    + BacklogLedger
    + CalendarLedger
    + OutboxLedger
    + DestinationLedger
    + CrmLedger
    + CustomValueLedger
    + EnrichmentLedger
    + FileLedger
    + MailLedger
    + NotificationLedger
    + OauthLedger
    + AuditLedger
{
    /// Hints once, before the first query, which rows the commands of this transaction will read. Affects latency
    /// only.
    fn expect(&mut self, _coming: &[PrefetchHint<'_>]) {}

    /// Tells other servers on this database, once this transaction is committed; asks for the text only where there
    /// can be others.
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
    /// Runs `work` in one transaction; when this returns `Ok`, it is on the disk.
    ///
    /// # Errors
    /// When `work` or the database fails; then nothing of it is kept.
    fn write(&self, work: &mut dyn FnMut(&mut dyn Ledger) -> Result<(), StoreError>) -> Result<(), StoreError> {
        self.write_unsynced(work)?;
        self.sync()
    }

    /// The same without syncing: readers see it, but a power failure loses it, so it must not be acknowledged before
    /// [`Store::sync`] has returned.
    ///
    /// # Errors
    /// When `work` or the database fails; then nothing of it is kept.
    fn write_unsynced(&self, work: &mut dyn FnMut(&mut dyn Ledger) -> Result<(), StoreError>)
    -> Result<(), StoreError>;

    /// Brings onto the disk what was written before it was called; others may write meanwhile. For one caller only, who
    /// knows of all that was written so.
    ///
    /// # Errors
    /// [`StoreError::Busy`] when it is unknown whether it is kept; [`StoreError::Unsynced`] when nothing more may be
    /// written.
    fn sync(&self) -> Result<(), StoreError>;

    /// Runs `work` on a snapshot.
    ///
    /// # Errors
    /// When `work` or the database fails.
    fn read(&self, work: &mut dyn FnMut(&dyn View) -> Result<(), StoreError>) -> Result<(), StoreError>;

    /// Leaves nothing in the database's files of what was deleted, where they are the server's own. Nothing is
    /// written meanwhile.
    ///
    /// # Errors
    /// When the database fails, or others read for so long that it could not be done.
    fn scrub(&self) -> Result<(), StoreError>;

    /// The notifications of other servers on this database from now on; none if there can be no others.
    fn peers(&self) -> Result<Option<Box<dyn Peers>>, StoreError>;

    /// The size of the database. Cheap: it may be a minute old.
    fn footprint(&self) -> Result<Footprint, StoreError>;

    /// Whether it would take something now, as far as that can be known without writing.
    ///
    /// # Errors
    /// Why not.
    fn ready(&self) -> Result<(), StoreError>;
}
