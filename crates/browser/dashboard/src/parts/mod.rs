//! The parts pages are made of: one component per file, one folder per subject.

mod agents;
mod form;
mod inbox;
mod install;
mod page;
mod record;
mod settings;
mod table;

pub(crate) use agents::{
    AnswerForm, Answers, AskToClarify, Files, FoundLine, KnowsNothing, OfSite, Passages, PlaybookChoice,
    PlaybookFields, PreviewChat, QuestionLine, SiteChoice, SourceForm, SourceLine, Sources, StepFields, TryQuestion,
    Versions,
};
pub(crate) use form::{
    Asking, Choice, ChoiceBox, CopyButton, CopyLine, Dialog, EmailField, FailureLine, Field, LinkForm, PasswordField,
    PasswordForm, SearchBox,
};
pub(crate) use inbox::{
    ActionQuestion, ChatFacts, Composer, FileCard, FolderTabs, InboxLine, LeadActions, LeadFacts, MessageLine,
    Messages, Person, RejectQuestion, RoutingDecisions, StatusBadge, StatusHistory, StatusWhy, TypeHistory,
    badge_class,
};
pub(crate) use install::{Guides, LiveCheck, RefusedSignals, SiteCard, SiteForm, UnlistedOrigins};
pub(crate) use page::{
    Announcer, AnnouncerRegion, ConnectionMark, Empty, Failed, Heading, Icon, IconMark, Lines, LoadMore, Loaded,
    OfflineNote, PasswordOffer, PresenceButton, SITE_SETTINGS, Shell, Skeleton, TimeAgo, Visited, When, only,
    signal_icon, use_announcer,
};
pub(crate) use record::{
    AccountTable, AsOf, Bars, CategoryChip, Changes, ContactFacts, ContactTable, Entry, EntryWhy, IntentTypeMark,
    LiveEntry, NewRows, RecordHead, ScoreBadge, ScoreOverTime, Timeline, asked_instant,
};
pub(crate) use settings::{
    AuditTable, CategoryFields, DeliveryList, EraseForm, ErasePanel, EraseQuestion, ExportForm, IdentifyFields,
    InviteForm, KeyForm, MAIL_IS_MISSING, MailLine, MailSetup, MailStates, PasswordPanel, ReceiptPanel, SendAgain,
    SiteSettings, WebhookCard, WebhookForm, WorkingHours, key_line, member_line, role_choice, role_options,
};
pub(crate) use table::{
    AsOfMenu, BulkBar, Column, ColumnsMenu, ConditionMenu, TableTools, ViewsMenu, shown_columns, sort_head,
};
