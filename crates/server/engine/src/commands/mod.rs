//! The commands: all changes of stored data, one subject per file.

mod agent_message;
mod agent_rejections;
mod api_keys;
mod append_signals;
mod arrival;
mod assign;
mod assign_by_rule;
mod auth;
mod booking_link;
mod browser_lead;
mod calendar_app;
mod calendars;
mod catch_up;
mod chat;
mod contact_details;
mod crm;
mod custom_fields;
mod devices;
mod enrichment;
mod erase_person;
mod expire_signals;
mod fire_timers;
mod first_steps;
mod fold;
mod form_contact;
mod handoffs;
mod identify;
mod integration_message;
mod invitations;
mod knowledge;
mod lead_action;
mod lead_message;
mod links;
mod looks;
mod mail;
mod mail_budget;
mod meeting_settings;
mod meeting_status;
mod meetings;
mod member_read;
mod members;
mod merge_contacts;
mod message_text;
mod new_file;
mod note;
mod note_uses;
mod notifications;
mod nudges;
mod oauth;
mod open_chat;
pub(crate) mod outbox;
mod pardon;
mod password;
mod place;
mod playbooks;
mod presence;
mod rebuild;
mod reject_reasons;
mod reminders;
mod rep_message;
mod report_goals;
mod report_mail;
mod rewind;
mod rules;
mod saved_replies;
mod saved_views;
mod segment_templates;
mod session_order;
mod set_type;
mod set_up;
mod settings;
mod sites;
pub(crate) mod slack;
mod tags;
mod team_notifications;
mod transcript;
mod visitor_acts;
mod workflows;
mod write_note;

pub(crate) use agent_message::{chat_of, say_as_agent};
pub use agent_rejections::SaveAgentRejections;
pub use api_keys::{CreateApiKey, KeyAuthor, KeyMade, RevokeApiKey};
pub(crate) use append_signals::replay;
pub use append_signals::{AppendForm, AppendSignals, Appended};
pub use arrival::Arrival;
pub use assign::{AssignChat, ChatGiven, answers_chats};
pub use assign_by_rule::{AssignByRule, GivenByRule};
pub use auth::{CreateLoginLink, SESSION_LIFE, SignIn, SignOut, SignedIn};
pub use booking_link::{SetBookingLink, booking_link_of};
pub(crate) use browser_lead::BrowserLead;
pub use calendar_app::SaveCalendarApp;
pub use calendars::{
    CalendarSaved, DropCalendar, NoteCalendar, SaveCalendar, SaveCalendarChannels, SaveCalendarTokens,
};
pub use catch_up::CatchUp;
pub(crate) use chat::{
    Heard, Words, answer_of, asked, consulted, is_abuse, learned, rebuild as derive_chat, source_of,
};
pub use chat::{Numbered, is_form_unanswered};
pub use contact_details::MendContact;
pub use crm::{
    AssociateCrmContacts, ChangeCrm, ClaimCrmResync, CompleteCrmBatch, CompleteCrmCompany, CompleteCrmNote,
    CompleteCrmWrite, CrmContacts, CrmDryRun, CrmEdit, CrmHeldBack, CrmPlannedCompany, CrmPlannedWrite, CrmResyncPage,
    CrmResyncTurn, CrmSkip, CrmSkips, CrmWritePlan, KnowCrmOwner, NoteCrmState, NoteCrmUnread, PassCrmResync,
    PlanCrmBatch, PlanCrmCompanies, PlanCrmWrite, PlannedCrmMeeting, PlannedCrmNote, PlannedCrmWrite, SaveCrmTokens,
    StartCrmResync, TakeCrmChanges, crm_company_contacts, crm_company_values, crm_dry_run, crm_meeting, crm_note,
    crm_owner, crm_owner_ids, crm_resync_page,
};
pub use custom_fields::{CustomValuesSet, SaveCustomFields, SetCustomValues};
pub use devices::{DropDevice, LookAtMeetings, NotePresence, SaveDevice, TestDevice};
pub use enrichment::{DropEnrichmentProvider, KeepEnrichment, NoteEnrichment, SaveEnrichmentProvider};
pub use erase_person::{ErasePerson, Whose};
pub use expire_signals::{ExpireSignals, Expired};
pub use fire_timers::{FireTimers, Fired};
pub use first_steps::PutStepAside;
pub use handoffs::RedeemHandoff;
pub use identify::FreshIds;
pub(crate) use identify::stranger;
pub use integration_message::IntegrationMessage;
pub use invitations::{
    InvitationRefusal, InviteLead, LeadInvited, MOST_INVITATION_CHARS, NoteInvitation, may_be_read_by_mail,
};
pub(crate) use knowledge::LONGEST_WAIT;
pub use knowledge::{
    AddAnswer, AddFile, AddSource, AddWording, AnswerSaved, ChangeAnswer, ClaimSources, CompleteReading,
    DismissWording, DropAnswer, DropSource, ExtendClaim, MOST_ANSWERS, MOST_PASSAGES, MOST_SOURCES,
    MOST_TEST_SENTENCES, MOST_WORDINGS, READ_EVERY, ReadAgain, ReadAgainOutcome, ReturnClaims, SaveTestSentences,
    SourceAdded, WordingAdded,
};
pub use lead_action::ActOnLead;
pub use lead_message::LeadMessage;
pub use links::{ChangeLink, CreateLink, LinkMade, MOST_LINKS, NoteAddresses, free_slug};
pub use looks::{ChangeLook, LookChanged, SetLookPicture};
pub use mail::{
    DropInboundMail, DropMailServer, MailAnyway, MailSignInLink, MailTaken, NoteInbound, NoteRead, SaveInboundMail,
    SaveMailServer, SendTestMail, StopMail, StopWorkflowMail, TakeMail, TakenMail, TestMailServer,
};
pub use meeting_settings::SaveMeetingSettings;
pub use meeting_status::cutoff;
pub(crate) use meeting_status::{derive_meetings, dropoff};
pub use meetings::{
    AddMeeting, Added, BookMeeting, BookedMeeting, Booking, Busy, BusyTimes, ChangeMeeting, Changed, ConfirmBooking,
    Confirmed, EmailStep, EntryNoted, GiveEmail, HOLD, HoldSlot, MOST_MEETINGS, MOST_MOVES, MeetingChange, MovedOffer,
    NoteBooking, NoteConference, NoteEntry, NoteWritten, Offered, OfferedSlot, OpenBooking, ReverseMeetingSpam,
    SlotChoice, SlotOutcome, TeamMeetingChange, VisitorActivity, Wanted, WatchedEntry, busy_window, watched_entries,
};
pub(crate) use meetings::{elsewhere, waiting_change};
pub use member_read::ReadUpTo;
pub use members::{
    ChangeRole, ChatsHandedOver, CreateMemberLink, HandOverChats, InviteMember, Invited, MemberChange, RemoveMember,
    SetAvailability, SetAvailabilityState, SetPicture, SetProfile,
};
pub use merge_contacts::{ContactsMerged, MergeContacts, MergeRefusal, MergeUndone, UndoMerge};
pub use message_text::MessageText;
pub use new_file::{NewFile, NewPreview};
pub use note::{NoteDone, NoteExport};
pub use note_uses::NoteUses;
pub use notifications::SaveNotifications;
pub use nudges::NoteNudge;
pub use oauth::{BeginOauth, OAUTH_LIFE, OauthTaken, TakeOauth};
pub use open_chat::{OpenChat, WantedChat};
pub use outbox::{
    ClaimDeliveries, CompleteAttempt, DropEndpoint, KEPT_DELIVERIES, SaveEndpoint, SendAgain, SendSample, TestWebhook,
};
pub use password::{ChangePassword, SignInByPassword};
pub use place::{AdoptPlace, NoteKey, ReleaseOutbound};
pub use playbooks::{PlaybookSaved, SavePlaybook, SettleQuestion};
pub use rebuild::{Rebuild, Rebuilt, Step, Tally};
pub use reject_reasons::SaveRejectReasons;
pub use reminders::{AddReminder, MOST_REMINDERS, ReminderAdded, RemoveReminder};
pub use rep_message::{RepMessage, RepWrote};
pub use report_goals::SaveReportGoals;
pub use report_mail::{SendReportMail, SetReportMail};
pub use rewind::{NoteClock, Rewind, RewindStep, Rewound};
pub use rules::{AssignRule, DeleteRule, RuleDeleted, RuleSaved, SaveRule};
pub use saved_replies::{DropReply, MOST_REPLIES, ReplyEditor, ReplySaved, SaveReply};
pub use saved_views::{DropView, SaveView, ViewSaved};
pub use segment_templates::{DropTemplate, MOST_TEMPLATES, SaveTemplate, TemplateSaved, built_in_templates};
pub use set_type::SetType;
pub use set_up::SetUp;
pub use settings::{NoteMailSetup, SaveSetting};
pub use sites::{CreateSite, RemoveSite, RotateIdentifySecret, SaveSite};
pub use slack::{
    AdoptSlackPost, ConnectSlack, DisconnectSlack, DropSlackPost, DropSlackProblems, JoinSlackChat, KeepSlackPeople,
    KeepSlackPerson, MendSlack, NoteSlackIdentity, NoteSlackProblem, NoteSlackSetup, NudgeLater, ResendSlack,
    SLACK_CARDS, SLACK_NUDGE, SLACK_UNSENT, SaveSlackChoice, SaveSlackPost, SendSlackFile, SlackChanged, SlackEdit,
    SlackFileSent, SlackJoined, SlackPlace, SlackTaken, SlackWritten, TellInSlack, TestSlack, UpdateSlackCards,
    asked_key, assigned_key, file_key, is_asked, is_assigned, is_joined, joined_key, member_of, message_key, note_key,
    person_in_slack, slack_member, thread_of,
};
pub use tags::{DropTag, MOST_TAGS, SaveTag, TagLead, TagSaved, Tagged};
pub use team_notifications::SaveTeamNotifications;
pub use transcript::{MailTranscript, NoteTranscript, TranscriptMailed};
pub use visitor_acts::{
    AnswerForm, Browser, ChatRated, EndChat, Introduction, MailOwnTranscript, OwnTranscript, RateChat, chats_of,
};
pub use workflows::{
    ArchiveWorkflow, ChangeWorkflow, MoveWorkflow, RestoreVersion, SaveWorkflow, SaveWorkflowSettings,
    SendWorkflowTestMail, SetWorkflowState, StopRun, WorkflowChanged,
};
pub use write_note::{NoteSaved, WriteNote};
