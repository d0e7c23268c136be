//! A complete sample of every event. The golden files of events are written from these, so a sample never differs from
//! what is sent.

use crate::{
    AccountChanged, AccountState, Author, ChatAssigned, ChatStatusChanged, ContactCreated, ContactScoreChanged,
    ContactTypeChanged, EventAccount, EventData, EventMeeting, EventPerson, FormSubmitted, LinkClicked, MeetingAnswer,
    MeetingBooked, MeetingCancelled, MeetingNoShow, MeetingRescheduled, MeetingStatusChanged, MessageCreated,
    WebhookTested, WorkflowActed,
};
use knock_intent::{FunnelStage, TypeWhy};
use knock_model::{
    AccountId, Bucket, Category, ConversationId, EventType, IntentType, LeadId, MeetingId, MessageId, Millis, SignalId,
    SignalType, WorkflowId,
};
use knock_routing::Reason;
use knock_status::chat::{ChatStatus, StatusRule};
use knock_status::meeting::MeetingStatus;

/// The instant at which all samples happen.
const AT: Millis = Millis(1_795_163_907_123);

/// The sample of an event.
pub fn event_sample(event: EventType) -> EventData {
    match event {
        EventType::AccountChanged => EventData::AccountChanged(account_changed()),
        EventType::ChatAssigned => EventData::ChatAssigned(chat_assigned()),
        EventType::ChatStatusChanged => EventData::ChatStatusChanged(status_changed()),
        EventType::ContactCreated => EventData::ContactCreated(ContactCreated { contact: person() }),
        EventType::ContactScoreChanged => EventData::ContactScoreChanged(score_changed()),
        EventType::ContactTypeChanged => EventData::ContactTypeChanged(type_changed()),
        EventType::FormSubmitted => EventData::FormSubmitted(form_submitted()),
        EventType::LinkClicked => EventData::LinkClicked(link_clicked()),
        EventType::MeetingBooked => EventData::MeetingBooked(booked()),
        EventType::MeetingCancelled => EventData::MeetingCancelled(cancelled()),
        EventType::MeetingNoShow => EventData::MeetingNoShow(no_show()),
        EventType::MeetingRescheduled => EventData::MeetingRescheduled(rescheduled()),
        EventType::MeetingStatusChanged => EventData::MeetingStatusChanged(meeting_status_changed()),
        EventType::MessageCreated => EventData::MessageCreated(message_created()),
        EventType::WebhookTest => EventData::WebhookTest(WebhookTested {}),
        EventType::WorkflowAction => EventData::WorkflowAction(workflow_acted()),
    }
}

fn person() -> EventPerson {
    let email = Some("ann@globex.test".to_owned());
    EventPerson { id: LeadId::new([4; 16]), email, name: "Ann Lee".to_owned() }
}

fn account() -> EventAccount {
    EventAccount { id: AccountId::new([5; 16]), domain: "globex.test".to_owned() }
}

fn conversation() -> ConversationId {
    ConversationId::new([6; 16])
}

fn rep() -> String {
    "ann@acme.test".to_owned()
}

fn account_changed() -> AccountChanged {
    let (now, owner) = (FunnelStage::Opportunity.into(), Some(rep()));
    AccountChanged {
        account: account(),
        now: AccountState { score: Some(Bucket::High), stage: now, owner: owner.clone() },
        previous: AccountState { score: Some(Bucket::Medium), stage: FunnelStage::Existing.into(), owner },
    }
}

fn chat_assigned() -> ChatAssigned {
    ChatAssigned {
        lead: person(),
        conversation: Some(conversation()),
        assignee: rep(),
        previous: Some("AI Agent".to_owned()),
        rule: "Default chat".to_owned(),
        rule_id: "default_chat".to_owned(),
        segment: "Buyers".to_owned(),
        reason: Reason::SegmentRep.into(),
    }
}

fn status_changed() -> ChatStatusChanged {
    ChatStatusChanged {
        lead: person(),
        status: ChatStatus::RepDiscovery.into(),
        previous: Some(ChatStatus::RepReplyNeeded.into()),
        since: AT,
        rule: StatusRule(ChatStatus::RepDiscovery).into(),
        rep_owner: Some(rep()),
        responding_rep: Some(rep()),
        intent_type: IntentType::Buying,
        is_spam: false,
    }
}

fn score_changed() -> ContactScoreChanged {
    ContactScoreChanged { contact: person(), score: Some(Bucket::High), previous: None }
}

fn type_changed() -> ContactTypeChanged {
    let (intent_type, previous) = (IntentType::Buying, IntentType::Unknown);
    ContactTypeChanged { contact: person(), intent_type, previous, why: TypeWhy::Message.into() }
}

fn message_created() -> MessageCreated {
    MessageCreated {
        contact: person(),
        conversation: conversation(),
        id: MessageId::new(AT, &[1; 10]),
        seq: 2,
        author: Author::Lead,
        rep: None,
        integration: None,
        text: "We need 200 seats".to_owned(),
        files: Vec::new(),
        card: None,
    }
}

fn form_submitted() -> FormSubmitted {
    FormSubmitted {
        contact: person(),
        account: Some(account()),
        conversation: conversation(),
        form: "Contact sales".to_owned(),
        page: "https://acme.test/contact".to_owned(),
        fields: ["email", "name", "message"].map(str::to_owned).to_vec(),
        site: "sitekey".to_owned(),
    }
}

fn workflow_acted() -> WorkflowActed {
    WorkflowActed {
        lead: person(),
        account: Some(account()),
        workflow: WorkflowId::new([8; 16]),
        name: "Qualified but Not Booked".to_owned(),
        step: "s3".to_owned(),
        run: 1,
    }
}

fn link_clicked() -> LinkClicked {
    LinkClicked {
        contact: person(),
        account: Some(account()),
        id: SignalId::new(AT, &[3; 10]),
        kind: SignalType::LinkClick.into(),
        name: "g2-profile".to_owned(),
        text: String::new(),
        href: String::new(),
        page: String::new(),
        category: Category::Comparison,
        site: "sitekey".to_owned(),
    }
}

fn meeting(status: MeetingStatus) -> EventMeeting {
    let start = AT + Millis::DAY;
    EventMeeting {
        id: MeetingId::new([7; 16]),
        start,
        end: start + Millis(30 * Millis::MINUTE.0),
        title: "Ann Lee and Acme".to_owned(),
        location: "https://meet.acme.test/ann".to_owned(),
        owner: rep(),
        reps: vec![rep(), "bob@acme.test".to_owned()],
        link: "meeting".to_owned(),
        site: "sitekey".to_owned(),
        conversation: Some(conversation()),
        booked_at: AT,
        answers: vec![MeetingAnswer { question: "How many seats?".to_owned(), answer: "200".to_owned() }],
        status: Some(status.into()),
    }
}

fn booked() -> MeetingBooked {
    MeetingBooked { lead: person(), account: Some(account()), meeting: meeting(MeetingStatus::Booked) }
}

fn rescheduled() -> MeetingRescheduled {
    let meeting = meeting(MeetingStatus::Booked);
    let previous_start = meeting.start - Millis(4 * 60 * Millis::MINUTE.0);
    MeetingRescheduled { lead: person(), account: Some(account()), meeting, previous_start, previous_owner: rep() }
}

fn cancelled() -> MeetingCancelled {
    MeetingCancelled {
        lead: person(),
        account: Some(account()),
        meeting: meeting(MeetingStatus::Cancelled),
        cancelled_by: "Rep".to_owned(),
        rep: Some(rep()),
        reason: "I am ill".to_owned(),
    }
}

fn no_show() -> MeetingNoShow {
    MeetingNoShow { lead: person(), account: Some(account()), meeting: meeting(MeetingStatus::Booked) }
}

fn meeting_status_changed() -> MeetingStatusChanged {
    MeetingStatusChanged {
        lead: person(),
        account: Some(account()),
        status: MeetingStatus::Booked.into(),
        previous: Some(MeetingStatus::New.into()),
        since: AT,
        rule: MeetingStatus::Booked.rule().to_owned(),
        reject_reason: None,
        time: Some(AT + Millis::DAY),
        owner: Some(rep()),
        cancelled_by: None,
        is_spam: false,
    }
}
