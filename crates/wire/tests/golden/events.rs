//! What is sent as `data` of events.

use crate::Shape;
use crate::made::{AT, conversation, file, lead, message};
use knock_model::{Bucket, CardKind, EventType};
use knock_status::chat::{ChatStatus, StatusRule};
use knock_wire::{
    Author, ChatAssigned, ChatStatusChanged, ContactCreated, ContactScoreChanged, EventData, EventFile, EventPerson,
    EventPosted, MessageCreated, WebhookEvent, WebhookEventList, event_meaning, event_sample,
};
use serde_json::json;

pub(crate) fn shapes() -> Vec<Shape> {
    let mut shapes: Vec<Shape> = EventType::ALL.iter().map(|event| sample(*event)).collect();
    shapes.extend(of_chats());
    shapes.extend([
        Shape::of("event_contact_created_unknown", &ContactCreated { contact: unknown() }),
        Shape::of(
            "event_contact_score_lost",
            &ContactScoreChanged { contact: person(), score: None, previous: Some(Bucket::Medium) },
        ),
    ]);
    shapes
}

/// The sample of an event, with which its docs and its receivers' tests are made.
fn sample(event: EventType) -> Shape {
    let name = format!("event_{}", event.as_str().replace('.', "_"));
    match event_sample(event) {
        EventData::AccountChanged(data) => Shape::of(name, &data),
        EventData::ChatAssigned(data) => Shape::of(name, &data),
        EventData::ChatStatusChanged(data) => Shape::of(name, &data),
        EventData::ContactCreated(data) => Shape::of(name, &data),
        EventData::ContactScoreChanged(data) => Shape::of(name, &data),
        EventData::ContactTypeChanged(data) => Shape::of(name, &data),
        EventData::FormSubmitted(data) => Shape::of(name, &data),
        EventData::LinkClicked(data) => Shape::of(name, &data),
        EventData::MeetingBooked(data) => Shape::of(name, &data),
        EventData::MeetingCancelled(data) => Shape::of(name, &data),
        EventData::MeetingNoShow(data) => Shape::of(name, &data),
        EventData::MeetingRescheduled(data) => Shape::of(name, &data),
        EventData::MeetingStatusChanged(data) => Shape::of(name, &data),
        EventData::MessageCreated(data) => Shape::of(name, &data),
        EventData::WebhookTest(data) => Shape::of(name, &data),
        EventData::WorkflowAction(data) => Shape::of(name, &data),
    }
}

fn of_chats() -> Vec<Shape> {
    vec![
        Shape::of(
            "event_chat_status_new",
            &ChatStatusChanged {
                status: ChatStatus::New.into(),
                previous: None,
                rule: StatusRule(ChatStatus::New).into(),
                rep_owner: Some("AI Agent".to_owned()),
                responding_rep: None,
                lead: unknown(),
                ..status_changed()
            },
        ),
        Shape::of(
            "event_chat_assigned_first",
            &ChatAssigned { assignee: "AI Agent".to_owned(), previous: None, lead: unknown(), ..assigned() },
        ),
        Shape::of("event_message_created_card", &with_card()),
        Shape::of("event_message_created_file", &with_file()),
        Shape::of("event_message_created_lead", &written_by(Author::Lead, None)),
        Shape::of("event_message_created_ai_agent", &written_by(Author::AiAgent, None)),
        Shape::of("event_message_created_rep", &written_by(Author::Rep, Some("ann@acme.test".to_owned()))),
    ]
}

fn person() -> EventPerson {
    EventPerson { id: lead(), email: Some("ann@globex.test".to_owned()), name: "Ann Lee".to_owned() }
}

fn unknown() -> EventPerson {
    EventPerson { id: lead(), email: None, name: String::new() }
}

pub(crate) fn status_changed() -> ChatStatusChanged {
    match event_sample(EventType::ChatStatusChanged) {
        EventData::ChatStatusChanged(data) => data,
        other => panic!("{other:?}"),
    }
}

fn assigned() -> ChatAssigned {
    match event_sample(EventType::ChatAssigned) {
        EventData::ChatAssigned(data) => data,
        other => panic!("{other:?}"),
    }
}

/// Every type of event with its meaning and what is posted.
pub(crate) fn event_list() -> WebhookEventList {
    let event = |event: &EventType| WebhookEvent {
        kind: (*event).into(),
        description: event_meaning(*event).to_owned(),
        sample: json!(EventPosted { event: event_sample(*event), at: AT, sequence: 1, sample: true }),
    };
    WebhookEventList { events: EventType::ALL.iter().map(event).collect() }
}

#[test]
fn a_sample_says_the_type_that_was_asked_for_and_is_read_as_what_is_posted() {
    for WebhookEvent { kind, sample, .. } in event_list().events {
        assert_eq!(sample["type"], json!(kind));
        let posted: EventPosted = serde_json::from_value(sample.clone()).expect("it is read");
        assert_eq!(json!(posted), sample);
        assert!(posted.sample);
    }
}

fn written_by(author: Author, rep: Option<String>) -> MessageCreated {
    MessageCreated {
        contact: person(),
        conversation: conversation(),
        id: message(1),
        seq: 2,
        author,
        rep,
        integration: None,
        text: "We need 200 seats".to_owned(),
        files: Vec::new(),
        card: None,
    }
}

fn with_card() -> MessageCreated {
    MessageCreated { card: Some(CardKind::Meeting.as_str().to_owned()), ..written_by(Author::AiAgent, None) }
}

fn with_file() -> MessageCreated {
    let (name, kind) = ("offer.pdf".to_owned(), "application/pdf".to_owned());
    let files = vec![EventFile { file: file(1), name, kind, size: 81_920 }];
    MessageCreated { text: String::new(), files, ..written_by(Author::Lead, None) }
}
