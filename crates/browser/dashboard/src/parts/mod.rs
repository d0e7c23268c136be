//! The components of pages: one per file, one folder per subject.

mod agents;
mod crm;
mod form;
mod inbox;
mod install;
mod installing;
mod links;
mod meetings;
mod page;
mod record;
mod rules;
mod settings;
mod slack;
mod table;

pub(crate) use agents::{
    AnswerForm, Answers, AskToClarify, Files, FoundLine, KnowsNothing, OfSite, Passages, PlaybookChoice,
    PlaybookFields, PreviewChat, QuestionLine, SiteChoice, SourceForm, SourceLine, Sources, StepFields, TryQuestion,
    Versions,
};
pub(crate) use crm::{crm_access, crm_choice, crm_dry_run, crm_health, crm_mapping, crm_sync_rules};
pub(crate) use form::{
    ActionFailure, Asking, Choice, ChoiceBox, CopyButton, CopyLine, Dialog, EmailField, FailureLine, Field,
    LeaveQuestion, LinkForm, PasswordField, PasswordForm, SearchBox, credential_field, credential_steps, text_field,
};
pub(crate) use inbox::{
    ActionQuestion, Assignments, CardLine, ChatFacts, ChatOwner, Composer, FileCard, InboxLine, LeadActions, LeadFacts,
    MarkUnread, MessageLine, Messages, Person, RejectQuestion, ReplyPicker, RoutingDecisions, ShortcutHelp,
    StatusBadge, StatusHistory, StatusWhy, TypeHistory, ViewList, Waiting, inbox_address,
};
pub(crate) use install::{Guides, LiveCheck, RefusedSignals, SiteCard, SiteForm, UnlistedOrigins};
pub(crate) use installing::{install_again, install_form, install_outcome};
pub(crate) use links::{LinkCard, LinkFieldset};
pub(crate) use meetings::{
    MeetingActions, MeetingCalendar, MeetingFacts, MeetingFlow, MeetingTable, NotSpamQuestion, SpamTable, StandingBadge,
};
pub(crate) use page::{
    Announcer, AnnouncerRegion, ConnectionMark, Empty, Failed, Heading, Icon, IconMark, Lines, LoadMore, Loaded,
    NotificationOffer, OfflineNote, PasswordOffer, PresenceButton, SITE_SETTINGS, Shell, Skeleton, TimeAgo, Visited,
    WaitingBadge, When, badge_class, only, signal_icon, use_announcer,
};
pub(crate) use record::{
    AccountTable, AsOf, Bars, CategoryChip, Changes, ContactFacts, ContactTable, CrmWrites, Enrichment, Entry,
    EntryWhy, IntentTypeMark, LiveEntry, NewRows, RecordHead, ScoreBadge, ScoreOverTime, Timeline, asked_instant,
};
pub(crate) use rules::{
    FairnessPanel, GivenLinks, NewRule, RenameQuestion, RuleVersionList, SegmentList, TemplateQuestion, TesterPanel,
    WhatIfPanel, custom_field, rule_bar, rule_card, rule_fields,
};
pub(crate) use settings::{
    AlertTable, AuditTable, BookingFields, BrowserAlerts, CalendarPanel, ConnectCalendar, DeliveryList,
    EnrichmentFields, EnrichmentTry, EraseForm, ErasePanel, EraseQuestion, ExportForm, HolidayPicker, InvitationFields,
    InviteForm, KeyForm, MAIL_IS_MISSING, MailLine, MailSetup, MailStates, PasswordPanel, PushDevices, QuietTimes,
    ReceiptPanel, ReminderFields, ReplyForm, SendAgain, SiteSettings, WebhookCard, WebhookForm, WorkingHours,
    WriteMeetingsInto, case_fields, key_line, member_line, reply_line, role_choice, role_options, switch_box,
};
pub(crate) use slack::{slack_monitoring_channel, slack_new_channel, slack_people, slack_state, slack_steps};
pub(crate) use table::{
    AsOfMenu, BulkBar, Column, ColumnsMenu, ConditionMenu, Menu, TableTools, ViewsMenu, option, shown_columns,
    sort_head,
};
