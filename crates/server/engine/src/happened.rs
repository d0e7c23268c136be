//! What happened in a command, with the values that its consequences need.
//!
//! A command stores facts and derives its own subject, and says here what happened. What webhooks, the CRM, Slack, members,
//! mails and calendars do about it stands in [`crate::reactions`], and nowhere else.

use knock_intent::TypeWhy;
use knock_model::{
    AccountId, Bucket, CalendarAccountId, ConversationId, CrmSystem, IntentType, LeadId, Millis, NudgeId, RepId,
    SignalId, SiteId, VisitorId,
};
use knock_ports::{
    ChatSummary, Conversation, CrmKnown, InternalNote, Meeting, MeetingNews, Message, NewSignal, UnconfirmedBooking,
    Wait,
};
use knock_routing::{Decision, Value};
use knock_status::chat::{Derived, RepOwner};
use knock_status::meeting;
use knock_workflow::RunKey;

/// One thing that happened.
#[derive(Debug)]
pub(crate) enum Happened {
    /// A person got a record: their first chat, or the first `identify` with their address.
    ContactCreated { lead: LeadId, at: Millis },
    /// The bucket of a person changed. `previous` is none for a person whose address became known just now: no event
    /// about them was sent yet.
    /// `is_hidden`: the lead was out of every view at that instant.
    /// `former` is the bucket before, also of a person without an address.
    Scored { lead: LeadId, previous: Option<Bucket>, former: Option<Bucket>, bucket: Option<Bucket>, is_hidden: bool },
    /// The bucket of a company changed.
    AccountScored { account: AccountId, previous: Option<Bucket>, bucket: Option<Bucket> },
    /// A person of a company was erased; others are left.
    PersonErased { account: AccountId },
    /// CRMs were asked about a person; the answer of each before, if there was one.
    CrmKnown { lead: LeadId, before: Vec<(CrmSystem, Option<CrmKnown>)> },
    /// The first deal with a person was opened.
    DealOpened { lead: LeadId },
    /// A person clicked a Knock Link, or a link, a button or a call to action of a page.
    LinkClicked { lead: LeadId, site: SiteId, click: Box<NewSignal> },
    /// New signals of a person with an address were stored.
    SignalsAdded { lead: LeadId },
    /// Signals that a workflow may react to were stored, of one lead or of a browser without one.
    SignalsStored(Box<SignalsStored>),
    /// Values of fields changed that no other event names; the former ones by the names of the fields.
    FieldsChanged { lead: LeadId, before: Vec<(String, Option<Value>)> },
    /// A step of a run of a lead may be due.
    WorkflowDue { lead: LeadId },
    /// A run goes on in the newest version of its workflow.
    RunMoves { lead: LeadId, run: RunKey },
    /// A page showed a nudge for the first time.
    NudgeShown { lead: LeadId, nudge: NudgeId },
    /// The record of another person was merged into this one.
    Merged { lead: LeadId },
    /// The chat of a person was derived anew without a new fact: by a rebuild, or after the clock was set back.
    Rederived { lead: LeadId },
    /// Chat Status, a field of the chat or the intent type changed.
    ChatSettled(Box<ChatSettled>),
    /// A chat was settled: the lead's wait for an answer before and after, which may be the same.
    Waited(Box<Waited>),
    /// A snooze ended; the member who had asked for it, else the owner of the chat.
    SnoozeEnded { lead: LeadId, member: Option<RepId> },
    /// A lead sent a form with an address, which is this fact of their chat; the conversation in which the team answers.
    FormSent { lead: LeadId, conversation: ConversationId, site: SiteId, fact: SignalId },
    /// The rep who has a lead did not answer their form within two minutes.
    FormUnanswered { lead: LeadId, conversation: ConversationId },
    /// A chat, or a lead by form, got an owner.
    Assigned(Box<Assigned>),
    /// Who can take leads may have changed: a member, the rules, or the public holidays.
    TeamChanged,
    /// A message was stored.
    MessageStored { lead: LeadId, conversation: ConversationId, message: Box<Message> },
    /// The team replied in a conversation, by a rep or an integration; the mail about it waits so long for the lead's browser, none is not mailed.
    RepReplied { conversation: Box<Conversation>, mail_after: Option<Millis> },
    /// The team reads something new about a chat that changes no fact of it: a note, a member who joined, a message of an
    /// integration.
    ChatNoted { lead: LeadId, conversation: ConversationId },
    /// A note named members.
    Mentioned { lead: LeadId, note: Box<InternalNote> },
    /// Meeting Status of a person changed, or got a fact.
    MeetingStatus { lead: LeadId },
    /// Meeting Status of a person changed.
    MeetingStatusChanged(Box<MeetingStatusChanged>),
    /// A meeting was booked, moved, reassigned or cancelled; the meeting before, if there was one, and the member who did it.
    MeetingChanged { meeting: Box<Meeting>, news: MeetingNews, before: Option<Box<Meeting>>, by: Option<RepId> },
    /// The provider of the owner's calendar made a conference for a meeting.
    ConferenceKnown { meeting: Box<Meeting> },
    /// A rep moved or deleted the event of a meeting in their own calendar, and that waits for an answer of the team.
    EntryWaits { meeting: Box<Meeting>, member: RepId, is_moved: bool },
    /// Such a change was undone: the events of a meeting are written again as it is.
    MeetingPutBack { meeting: Box<Meeting> },
    /// A lead came to a meeting or did not.
    MeetingMarked { meeting: Box<Meeting> },
    /// A meeting begins soon, and its lead is to be reminded.
    MeetingNear { meeting: Box<Meeting> },
    /// A booking waits until the owner of its address confirms it; `site` is the name that they read.
    BookingWaits { booking: Box<UnconfirmedBooking>, site: String },
    /// The use of calendar accounts of a member changed: meetings to come are written into them, or removed.
    CalendarsChosen { member: RepId, accounts: Vec<CalendarAccountId> },
    /// A calendar account could not be read for a while; its display name.
    CalendarUnreadable { account: CalendarAccountId, name: String },
    /// A calendar account of which people were notified can be read again.
    CalendarReadable { account: CalendarAccountId },
    /// A member was found in Slack.
    MemberInSlack { member: RepId },
    /// A resync has to write a lead once more.
    ResyncDue { system: CrmSystem, lead: LeadId },
    /// The company of a lead has to be written to a CRM.
    CompanyDue { system: CrmSystem, lead: LeadId },
    /// The CRM has no company of a lead's contact yet.
    CompanyMissing { system: CrmSystem, lead: LeadId },
    /// A lead got a contact in a CRM, and with it a timeline.
    TimelineOpened { system: CrmSystem, lead: LeadId },
}

/// The content of the last events about a lead's chat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LastSent {
    /// `Chat Status`; none before the first.
    pub(crate) status: Option<String>,
    /// `Knock: Intent Type`.
    pub(crate) intent_type: IntentType,
}

impl LastSent {
    /// Returns the last sent state: events are enqueued whenever the summary changes, so it is in the summary.
    pub(crate) fn of(summary: Option<ChatSummary>) -> LastSent {
        let (status, intent_type) =
            summary.map_or((None, IntentType::Unknown), |summary| (summary.status, summary.intent_type));
        LastSent { status, intent_type }
    }
}

/// The content of the last events about a person into whom another record was merged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LastSentOfPerson {
    pub(crate) chat: LastSent,
    /// `Meeting Status`; none before the first.
    pub(crate) meeting: Option<String>,
}

/// The state of a chat, and the one in the last events.
#[derive(Debug)]
pub(crate) struct ChatSettled {
    pub(crate) lead: LeadId,
    pub(crate) previous: LastSent,
    pub(crate) derived: Derived,
    pub(crate) intent_type: IntentType,
    /// The reason of the type; none if there was no decision yet.
    pub(crate) why: Option<TypeWhy>,
}

/// A change of Meeting Status.
#[derive(Debug)]
pub(crate) struct MeetingStatusChanged {
    pub(crate) lead: LeadId,
    /// The status before; none for a new flow.
    pub(crate) previous: Option<String>,
    pub(crate) derived: meeting::Derived,
}

/// Signals of one browser.
#[derive(Debug)]
pub(crate) struct SignalsStored {
    pub(crate) site: SiteId,
    pub(crate) visitor: VisitorId,
    /// The lead that they belong to.
    pub(crate) lead: Option<LeadId>,
    pub(crate) signals: Vec<NewSignal>,
}

/// The wait of a lead before and after a command.
#[derive(Debug)]
pub(crate) struct Waited {
    pub(crate) lead: LeadId,
    pub(crate) before: Option<Wait>,
    pub(crate) after: Option<Wait>,
    pub(crate) has_written: bool,
    /// The rep who has answered before.
    pub(crate) responding: Option<RepId>,
    /// The last routing decision, where the wait changed.
    pub(crate) decision: Option<Decision>,
}

/// An assignment of a chat to a rep or to the AI agent.
#[derive(Debug)]
pub(crate) struct Assigned {
    pub(crate) lead: LeadId,
    /// None where no conversation is known.
    pub(crate) conversation: Option<ConversationId>,
    pub(crate) at: Millis,
    /// The routing decision; none for an assignment by a member.
    pub(crate) decision: Option<Decision>,
    pub(crate) to: RepOwner,
    /// The owner of the chat before.
    pub(crate) previous: Option<RepOwner>,
}
