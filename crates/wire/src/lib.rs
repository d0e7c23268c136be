//! Every JSON shape that crosses the network, used by both sides.
//!
//! Field names are `snake_case`, absent means none, a new field has a default, and instants
//! are milliseconds since 1970 (`*_at`, `at`).

mod assign;
mod audit;
mod availability;
mod backtest;
mod booking_link;
mod calendar;
mod card;
mod chat;
mod clock;
mod conversation;
mod course;
mod credential;
mod crm;
mod crm_log;
mod custom_field;
mod decision;
mod enrichment;
mod event;
mod event_activity;
mod event_data;
mod event_meeting;
mod event_sample;
mod export;
mod handoff;
mod holiday;
mod home;
mod home_team;
mod inbound_mail;
mod install;
mod intent;
mod key;
mod knowledge;
mod knowledge_tried;
mod link;
mod live;
mod look;
mod mail;
mod mail_server;
mod meeting;
mod meeting_settings;
mod member;
mod merge;
mod note;
mod notification;
mod nudge;
mod outbound;
mod password;
mod person;
mod playbook;
mod presence;
mod problem;
mod profile;
mod record;
mod refused;
mod reject_reasons;
mod rejection;
mod reminder;
mod reply;
mod report;
mod rule;
mod schedule;
#[cfg(feature = "openapi")]
mod schema;
mod search;
mod secret;
mod session;
mod shown_look;
#[cfg(feature = "signals")]
mod signal;
mod site;
mod slack;
mod tag;
mod team_meeting;
mod test_sentence;
mod timeline;
mod transcript;
mod view;
mod visit;
mod visitor_chat;
mod webhook;
mod word;
mod workflow;

pub use assign::{AssignDraft, Assignee, AssigneeList, AssignmentShown};
pub use audit::{AuditActor, AuditEntry, AuditPage, AuditSubject};
pub use availability::{
    Absence, Availability, AvailabilityChange, AvailabilityNow, DateHours, DayRange, NO_HOLIDAYS, RepList, RepRow,
    TravelDates, WeeklyHours,
};
pub use backtest::{Backtest, BandOutcomes, BucketOutcomes, OutcomeRate, RateInterval};
pub use booking_link::{BookingLink, BookingLinkDraft};
pub use calendar::{
    BusyPolicy, CalendarAccount, CalendarAccounts, CalendarApp, CalendarAppDraft, CalendarApps, CalendarChange,
    CalendarChoice, CalendarConsent, CalendarConsentShown, CalendarDraft, CalendarHealth, CalendarProviderShown,
    UnreadEvent,
};
pub use card::{CardMeeting, MessageCard, RepMessageDraft};
pub use chat::{
    Author, ChatHello, ChatStart, ChatStarted, FilePreview, FileStored, MailedChat, Message, MessageDraft, MessageFile,
    MessageList, MessageStored,
};
pub use clock::{ClockChange, ClockNow};
pub use conversation::{
    AnswerSource, ChatState, ConversationPage, ConversationRecord, ConversationRow, CrmOwnerShown, FormShown,
    InboxCounts, LONGEST_REASON, LeadAction, ReadMark, StatusChange, WorkChange,
};
pub use course::{ScoreCause, ScoreCourse, ScoreSample};
pub use credential::{CredentialField, CredentialForm};
pub use crm::{
    CrmAccountShown, CrmCompanyWriteShown, CrmCredentials, CrmDraft, CrmDryRun, CrmFailure, CrmFieldShown, CrmHealth,
    CrmHeld, CrmMapping, CrmPause, CrmProperties, CrmPropertyShown, CrmResync, CrmRetry, CrmSettings, CrmSystemShown,
    CrmSystems, CrmWriteShown,
};
pub use crm_log::{CrmLog, CrmLogEntry};
pub use custom_field::{CustomField, CustomFields, CustomValueShown, CustomValuesDraft};
pub use decision::{DecisionPage, DecisionRow, DecisionShown, SkippedRep, TypeChange};
pub use enrichment::{
    EnrichedShown, EnrichmentDraft, EnrichmentMapping, EnrichmentSettings, EnrichmentTest, EnrichmentTested,
    EnrichmentTestedField,
};
pub use event::{
    ASSIGNED_BY_MEMBER, ChatAssigned, ChatStatusChanged, ContactCreated, ContactScoreChanged, ContactTypeChanged,
    EventFile, EventPerson, MessageCreated,
};
pub use event_activity::{AccountChanged, AccountState, EventAccount, FormSubmitted, LinkClicked, WorkflowActed};
pub use event_data::{EventData, EventPosted, WebhookTested, event_meaning};
pub use event_meeting::{
    EventMeeting, MeetingBooked, MeetingCancelled, MeetingNoShow, MeetingRescheduled, MeetingStatusChanged,
};
pub use event_sample::event_sample;
pub use export::{ExportColumn, ExportTable, ExportTables};
pub use handoff::{HandoffArrival, HandoffStart, HandoffToken, HandoffVisitor};
pub use holiday::{Holiday, HolidayCountries, HolidayCountry, HolidayList, HolidaySubdivision};
pub use home::{Home, HomeMeeting, HomeStep, HomeStepDraft, HomeToday, HomeTrouble, HomeWait};
pub use home_team::{HomeFigure, HomeMember, HomeTeam, HomeTeamWait, HomeWaitAge};
pub use inbound_mail::{InboundMailDraft, InboundMailSettings, InboundWay, LeftOutFile, MailBounceShown, MailShown};
pub use install::InstallStarted;
pub use intent::{CategoryPoints, Intent, ScoreWhy};
pub use key::{ApiKeyAuthor, ApiKeyAuthorKind, ApiKeyAuthorShown, ApiKeyCreated, ApiKeyDraft, ApiKeyList, ApiKeyRow};
pub use knowledge::{
    KnowledgeList, KnowledgePassage, KnowledgeSite, KnowledgeSites, KnowledgeSource, KnowledgeSourceDraft,
    KnowledgeSourceRecord, KnownAnswer, KnownAnswerChange, KnownAnswerDraft, SuggestedWording, WordingDraft,
};
pub use knowledge_tried::{FoundAnswer, FoundIn, KnowledgeScore, KnowledgeTried, KnowledgeTryAsk, OfferedQuestion};
pub use link::{
    LinkAddress, LinkAddressAsk, LinkAddressList, LinkChange, LinkDraft, LinkList, LinkQuestion, LinkRule, LinkShown,
    LinkUtm, QuestionKind,
};
pub use live::{LiveEvent, MeetingChangeKind, MeetingChanged, PersonalNotice, PersonalNoticeKind};
pub use look::{
    ChatForm, Corner, FormField, FormTime, Hidden, HiddenDevice, LauncherIcon, Look, LookWord, LookWords, Scheme,
    Teaser, Texts, look_picture_path,
};
pub use mail::{Mail, MailPage};
pub use mail_server::{
    MailSecurity, MailServerDraft, MailServerSettings, MailServerSource, MailServerTest, MailServerTested,
};
pub use meeting::{
    BookingActivity, BookingEmail, BookingRequest, BookingStart, BookingStarted, BookingToConfirm, BookingVerdict,
    CancelDraft, HoldMade, MeetingShown, MeetingSlot, Question, RescheduleDraft, SlotList, SlotTaken,
};
pub use meeting_settings::MeetingSettings;
pub use member::{
    HandOverDraft, HandedOver, Invitation, Member, MemberChange, MemberDraft, MemberList, OpenSession, SessionList,
    SignInLink,
};
pub use merge::{ContactMergeShown, MergeDraft, MergePreview, MergeSide};
pub use note::{InternalNote, NoteAuthor, NoteDraft};
pub use notification::{
    Channels, DashboardPresence, MeetingsSeen, NotificationSettings, PushDevice, PushDevices, PushSubscription,
    QuietHours, TeamNotifications, UnseenMeetings, WaitingChats,
};
pub use nudge::{NudgeDeed, NudgeNote, NudgeShown, NudgeWithdrawn};
pub use outbound::{OutboundRelease, OutboundState, WaitingDeliveries};
pub use password::{PasswordDraft, PasswordRemoval, PasswordSignIn, PasswordState, SignInMethods};
pub use person::{ErasureReceipt, PersonAsk, Privacy, PrivacyChange};
pub use playbook::{
    AgentSettings, Playbook, PlaybookDraft, PlaybookList, PlaybookStep, PlaybookVersions, Preview, PreviewAsk,
    PreviewDraft, PreviewMessage, QuestionDismissal, StepDraft, TextsOf, UnansweredList, UnansweredQuestion,
};
pub use presence::{Doing, LeadTyping, Presence, PresenceDraft, RepTyping};
pub use problem::{FieldError, Problem};
pub use profile::{Profile, ProfileDraft, picture_path};
pub use record::{
    AccountPage, AccountRecord, AccountRef, AccountRow, Attribution, BucketChange, ContactChange, ContactPage,
    ContactProgress, ContactRecord, ContactRef, ContactRow, ContactsActed, ContactsAction, ConversationRef,
    EditedDetail,
};
pub use refused::{Refused, RefusedList, RefusedOutcome};
pub use reject_reasons::RejectReasons;
pub use rejection::{AgentRejection, AgentRejections};
pub use reminder::{LONGEST_REMINDER, Reminder, ReminderDraft, ReminderList};
pub use reply::{ReplyPlaces, SavedReply, SavedReplyDraft, SavedReplyList};
pub use report::{
    Report, ReportChoice, ReportColumn, ReportGoal, ReportGoals, ReportInfo, ReportItem, ReportItems, ReportList,
    ReportMail, ReportMailDraft, ReportPoint, ReportRow, ReportSeries,
};
pub use rule::{
    ContactFields, Fairness, FieldInput, FieldOption, LinkName, PoolFairness, RepFairness, RuleInputs, RuleList,
    RuleMatches, RuleMatchesAsk, RuleRep, RuleTurn, RuleUse, RuleVersion, RuleVersions, SegmentMatches,
    SegmentTemplate, SegmentTemplateDraft, SegmentTemplateList, SegmentWhy, TesterLead, TesterLeads, WhatIf, WhatIfAsk,
    WhatIfChange,
};
pub use schedule::{MemberSchedule, Schedule, TeamMeeting, TeamSchedule, TimeSpan};
#[cfg(feature = "openapi")]
pub use schema::RuleSchema;
pub use search::{HitPiece, HitPlace, SearchHit};
pub use secret::RawSecret;
pub use session::{DeliveryTrouble, LinkAnswer, LinkAsk, SessionStart, SessionState};
pub use shown_look::{Accent, LookColours, ShownField, ShownForm, ShownLauncher, ShownLook, ShownTeaser};
#[cfg(feature = "signals")]
pub use signal::{BatchEnvelope, Rejected, SignalBody, SignalsReply};
pub use site::{Site, SiteDraft, SiteList};
pub use slack::{
    NOTE_MARK, SlackChannel, SlackChannelDraft, SlackChannelPlace, SlackChannels, SlackConnect, SlackDraft,
    SlackEveryone, SlackInstall, SlackManifest, SlackParked, SlackProblem, SlackSettings, SlackTested, SlackUser,
    SlackUsers,
};
pub use tag::{Tag, TagChange, TagDraft, TagList, TagRow};
pub use team_meeting::{
    MeetingAnswer, MeetingCalendarChange, MeetingDraft, MeetingFlowShown, MeetingLeadPage, MeetingLeadRow, MeetingPage,
    MeetingPatch, MeetingRow, MeetingSlots, MeetingStateWord, MeetingStatusWord, MeetingStep,
};
pub use test_sentence::{
    TestResult, TestRun, TestRunAsk, TestSentence, TestSentenceDraft, TestSentenceList, TestSentencesDraft,
};
pub use timeline::{Client, TimelineEntry, TimelineEvent, TimelinePage};
pub use transcript::{TranscriptDraft, TranscriptRecipient, TranscriptSent};
pub use view::{SavedView, SavedViewDraft, SavedViewList};
pub use visit::{
    InvitationDraft, InvitationNote, InvitationShown, InvitationState, InvitationStored, InvitationWithdrawn,
    VisitInvitation, VisitList, VisitRow,
};
pub use visitor_chat::{
    ChatFormDraft, ChatList, ChatListAsk, ChatListed, ChatRatingDraft, ChatTranscriptDraft, ConsentGiven, FormAnswer,
    LONGEST_RATING_COMMENT, VisitorActShown, VisitorChatState,
};
pub use webhook::{
    Delivery, DeliveryPage, SampleAsk, SendAgainAsk, SentAgain, Webhook, WebhookDraft, WebhookEvent, WebhookEventList,
    WebhookList,
};
pub use word::{
    ActorKindWord, AuditActionWord, CalendarProviderWord, ChatOwnerWord, ChatStatusWord, ContactFieldWord,
    CreateContactWord, CrmSystemWord, DeliveryStateWord, EnrichedFieldWord, EventKindWord, EventTypeWord,
    FirstStepWord, FlagWord, FolderWord, FunnelStageWord, FunnelWord, NoteWord, OutcomeWord, PropertyTypeWord,
    ReasonWord, ReceivedKindWord, RejecterWord, RepStateWord, RoleWord, SignalTypeWord, SkipReasonWord, SourceKindWord,
    SourceStateWord, StatusCauseWord, StatusRuleWord, TimelineEventKindWord, TypeWhyWord, Word,
};
pub use workflow::{
    DryRun, DryRunAction, DryRunAsk, DryRunLead, DryRunRefused, Inside, LeadWorkflow, LeadWorkflows, NudgeButton,
    NudgeCounts, NudgeOpens, RunEntry, RunList, RunRow, RunWaits, StepContent, StepCounts, WorkflowChange,
    WorkflowCounts, WorkflowDetail, WorkflowDraft, WorkflowList, WorkflowPosition, WorkflowRestore, WorkflowRow,
    WorkflowRunStop, WorkflowSettings, WorkflowState, WorkflowStateChange, WorkflowTemplate, WorkflowTemplates,
    WorkflowTestMail, WorkflowVersion, WorkflowVersions, WorkflowWebhook, WorkflowWebhooks,
};
