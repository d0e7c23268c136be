//! Ports of the server: store, clock, randomness, connectors.
//!
//! The engine knows only these traits; the database behind them is chosen once, where the
//! program is composed.

mod account_query;
mod audit;
mod author;
mod backlog;
mod calendar;
mod calendar_app;
mod chat;
mod client;
mod clock;
mod connector;
mod contact_detail;
mod contact_merge;
mod credentials;
mod crm;
mod custom_value;
mod destination;
mod detail;
mod enrichment;
mod erasure;
mod files;
mod first_step;
mod first_touch;
mod handoff;
mod identity;
mod inbox;
mod invitation;
mod knowledge;
mod lead_query;
mod link;
mod look;
mod mail;
mod mail_facts;
mod mail_server;
mod meeting;
mod meeting_mail;
mod member;
mod member_reads;
mod note;
mod notification;
mod oauth;
mod oauth_token;
mod on_site;
mod outbox;
mod password;
mod peers;
mod person;
mod playbook;
mod prefetch_hint;
mod push;
mod rebuild;
mod received_mail;
mod record;
mod reminder;
mod report;
mod report_mail;
mod retention;
mod routing;
mod saved_reply;
mod saved_view;
mod segment_template;
mod session_sequence;
mod settings;
mod signal;
mod site;
mod slack;
mod store;
mod store_error;
mod table_cursor;
mod tag;
mod test_sentence;
mod timer;
mod transcript;
mod unconfirmed_booking;
mod visitor_fact;
mod warehouse;
mod workflow;
mod workflow_history;
mod workflow_mail;

pub use account_query::{AccountFilter, AccountQuery, AccountSort};
pub use audit::{Actor, AuditEntry, AuditFilter, AuditLedger, AuditSubject, AuditView, Fields, StoredAudit};
pub use author::TeamAuthor;
pub use backlog::{BacklogLedger, BacklogView, DeferredBatch, Place};
pub use calendar::{
    Busy, BusyBlocks, BusyFuture, BusyPolicy, BusyQuery, BusyRead, BusyTimes, CALENDAR_TIMEOUT, CalendarAccount,
    CalendarChannel, CalendarDetails, CalendarEntry, CalendarEvent, CalendarFailure, CalendarFuture, CalendarLedger,
    CalendarOauth, CalendarPush, CalendarVendor, CalendarView, Calendars, ChannelRequest, CodeExchange, Conference,
    ConnectedCalendar, ConsentRequest, EntryFound, EntryThere, FoundCalendar, Granted, OpenedChannel, PushMessage,
    PushNews, PushNotice, Pushed, UnreadEvent, UnreadEvents, WrongField, ZONES_APART,
};
pub use calendar_app::{CalendarApp, CalendarAppLedger, CalendarAppView};
pub use chat::{
    AnswerSource, Card, ChatFact, ChatLedger, ChatSummary, ChatView, ChatsOfRep, Conversation, FilePreview, Message,
    MessageAuthor, MessageFile, QueuedChat,
};
pub use client::Client;
pub use clock::{Chance, Clock};
pub use connector::{ATTEMPT_TIMEOUT, Connector, DeliveryFuture, DeliveryOutcome, Setup};
pub use contact_detail::{ContactDetail, ContactDetailLedger, ContactDetailView};
pub use contact_merge::{ContactMerge, ContactMergeLedger, ContactMergeView};
pub use credentials::{CredentialField, CredentialForm, Credentials};
pub use crm::{
    CRM_KEPT, CRM_WAIT, Crm, CrmAccount, CrmAccountName, CrmChange, CrmChanges, CrmCompanyEffect, CrmCompanyRecord,
    CrmConnection, CrmContact, CrmCreated, CrmDeal, CrmEffect, CrmFuture, CrmKey, CrmKnown, CrmLeadRecord, CrmLedger,
    CrmLogged, CrmMeeting, CrmMeetingEffect, CrmMeetingState, CrmNote, CrmNoteEffect, CrmNoted, CrmOauthApp, CrmObject,
    CrmOwner, CrmOwnerOf, CrmPage, CrmQuestion, CrmRecord, CrmResyncClaim, CrmResyncState, CrmState, CrmSync,
    CrmVendor, CrmView, CrmWritten, DealState, Refusal, RuleProperty, WrittenFuture,
};
pub use custom_value::{CustomValue, CustomValueLedger, CustomValueView};
pub use destination::{DestinationLedger, DestinationView, Endpoint, Subscriber};
pub use detail::{Detail, DetailText};
pub use enrichment::{
    ENRICHMENT_TIMEOUT, ENRICHMENT_WAIT, Enriched, Enrichment, EnrichmentLedger, EnrichmentProblem, EnrichmentProvider,
    EnrichmentView, FieldMapping, NOTHING_KNOWN,
};
pub use erasure::{Erased, ErasedLead, ErasureLedger, ErasureView};
pub use files::{FileLedger, FileView, Files, StoredFile};
pub use first_step::{FirstStepLedger, FirstStepView};
pub use first_touch::{FirstTouch, TouchPlace};
pub use handoff::HandoffLedger;
pub use identity::{IdentityLedger, IdentityView, Span, span_at};
pub use inbox::{FoundAuthor, FoundText, InboxCounts, InboxFilter, InboxLists, InboxPage, InboxQuery};
pub use invitation::{Invitation, InvitationLedger, InvitationView, SentInvitation};
pub use knowledge::{
    Consulted, Found, FoundIn, KnowledgeLedger, KnowledgeSource, KnowledgeView, KnownAnswer, OfferedQuestion, Passage,
    Scored, SourceReader, SourceReading, SourceReadingFuture, StoredPassage, SuggestedWording,
};
pub use lead_query::{LeadFilter, LeadQuery, LeadSort, OwnerFilter};
pub use link::{Link, WEBSITE};
pub use look::{LookImage, LookLedger, LookView};
pub use mail::{
    CalendarMail, ChatPlace, InvitationMail, MentionMail, ReminderMail, ReplyMail, SignInMail, TestMail, WaitMail,
};
pub use mail_facts::{MailFacts, MailLedger, Reading};
pub use mail_server::{MailServer, MailServerLedger, MailServerView};
pub use meeting::{
    Answered, BookedTurn, ByHand, EntryChange, EntryWaits, Meeting, MeetingDetails, MeetingFact, MeetingLead,
    MeetingLedger, MeetingQuery, MeetingView, Reservation, WrittenEntry,
};
pub use meeting_mail::{ConfirmationMail, MeetingMail, MeetingNews, MeetingParty};
pub use member::{
    ApiKey, Integration, KnownKey, Member, MemberLedger, MemberView, OpenSession, Profile, Secret, SecretHash,
    StoredSecret,
};
pub use member_reads::{MemberReadsLedger, MemberReadsView};
pub use note::{InternalNote, NoteLedger, NoteView};
pub use notification::{Device, NotificationLedger, NotificationView, Wait};
pub use oauth::{OauthAttempt, OauthLedger, OauthView};
pub use oauth_token::{OauthTokens, TokenFuture, TokenStore};
pub use on_site::{BrowserOnSite, MOST_ON_SITE, OnSite, OnSiteView, PageSeen};
pub use outbox::{
    Completion, Delivery, DueSummary, Effect, NewDelivery, OutboxCounts, OutboxDelay, OutboxEntry, OutboxLedger,
    OutboxView, PANICKED,
};
pub use password::{PasswordHash, PasswordLedger, PasswordView};
pub use peers::{PeerNotices, Peers};
pub use person::{AddressProof, EVER, PersonFacts};
pub use playbook::{PlaybookLedger, PlaybookVersion, PlaybookView, QuestionHash, Unanswered};
pub use prefetch_hint::{Batch, PrefetchHint};
pub use push::PushAlert;
pub use rebuild::{Derived, RebuildLedger, RebuildView};
pub use received_mail::{
    InboundCursor, InboundMail, InboundState, InboundWay, LeftOutFile, MailBounce, ReceivedMailLedger,
    ReceivedMailView, StoredMail,
};
pub use record::{Account, Cursor, Lead, LeadCandidate, LeadPage, LeadRelation, RecordLedger, RecordView, TypedLead};
pub use reminder::{Reminder, ReminderLedger, ReminderView};
pub use report::{
    ReportDecision, ReportLead, ReportLedger, ReportMeeting, ReportRun, ReportView, ReportWrite, VisitCount,
};
pub use report_mail::{ReportMailLedger, ReportMailRow, ReportMailView, WeekFigure, WeekMail};
pub use retention::{Arrival, CarryOver, ExpiredSignal, Past, RetentionLedger, RetentionView};
pub use routing::{Decided, RoutingLedger, RoutingView, SavedRule, TypeDecided};
pub use saved_reply::{SavedReply, SavedReplyLedger, SavedReplyView};
pub use saved_view::{SavedView, SavedViewLedger, SavedViewView};
pub use segment_template::{SegmentTemplate, SegmentTemplateLedger, SegmentTemplateView};
pub use session_sequence::{Gaps, LAST_NUMBER, SequenceLedger, SequenceView, SessionSequence, number_in_session};
pub use settings::{Setting, Settings, SettingsLedger, SettingsView};
pub use signal::{
    FORM_AND_ADDRESS, Journey, NewSignal, PageView, SignalLedger, SignalView, StoredSignal, TimelineScope, TimelineView,
};
pub use site::{Site, SiteLedger, SiteView};
pub use slack::{
    SlackAbout, SlackApp, SlackChoice, SlackFile, SlackIdentity, SlackLedger, SlackMeeting, SlackMeetingLead,
    SlackOauthClient, SlackPerson, SlackPost, SlackShow, SlackTell, SlackView, SlackWorkflowPost,
};
pub use store::{Footprint, Ledger, Store, View};
pub use store_error::StoreError;
pub use table_cursor::{AccountCursor, KeyKind, LeadCursor, ScoreKey, SortKey, TableCursor};
pub use tag::{LeadTag, Tag, TagLedger, TagView};
pub use test_sentence::{TestSentence, TestSentenceLedger, TestSentenceView};
pub use timer::{Subject, Timer, TimerLedger, TimerView};
pub use transcript::{Transcript, TranscriptAuthor, TranscriptLine, TranscriptMail};
pub use unconfirmed_booking::{BookingDetails, UnconfirmedBooking, UnconfirmedBookingLedger, UnconfirmedBookingView};
pub use visitor_fact::{VisitorAct, VisitorFact, VisitorFactLedger, VisitorFactView};
pub use warehouse::{Marked, MarkedCourse, SignalPlace, Stretch, WarehouseView, WrittenMessage, WrittenPlace};
pub use workflow::{
    LeadRun, Nudge, RefusedLead, RunCounts, RunQuery, RunSteps, StoredVersion, StoredWorkflow, WorkflowLedger,
    WorkflowView,
};
pub use workflow_history::{PastSignal, UnnamedBrowser, WorkflowHistoryView};
pub use workflow_mail::WorkflowMail;
