//! What is sent as `data` of events.

use crate::Shape;
use crate::made::{AT, conversation, file, lead, message};
use knock_intent::TypeWhy;
use knock_model::{Bucket, CardKind, IntentType};
use knock_routing::Reason;
use knock_status::chat::{ChatStatus, StatusRule};
use knock_wire::{
    Author, ChatAssigned, ChatStatusChanged, ContactCreated, ContactScoreChanged, ContactTypeChanged, EventFile,
    EventPerson, MessageCreated,
};

pub(crate) fn shapes() -> Vec<Shape> {
    let (contact, previous) = (person(), IntentType::Unknown);
    let why = TypeWhy::Message.into();
    let mut shapes = of_chats();
    shapes.extend([
        Shape::of("event_contact_created", &ContactCreated { contact: person() }),
        Shape::of("event_contact_created_unknown", &ContactCreated { contact: unknown() }),
        Shape::of(
            "event_contact_score_changed",
            &ContactScoreChanged { contact: person(), score: Some(Bucket::High), previous: None },
        ),
        Shape::of(
            "event_contact_score_lost",
            &ContactScoreChanged { contact: person(), score: None, previous: Some(Bucket::Medium) },
        ),
        Shape::of(
            "event_contact_type_changed",
            &ContactTypeChanged { contact, intent_type: IntentType::Buying, previous, why },
        ),
    ]);
    shapes
}

fn of_chats() -> Vec<Shape> {
    vec![
        Shape::of("event_chat_status_changed", &status_changed()),
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
        Shape::of("event_chat_assigned", &assigned()),
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
    ChatStatusChanged {
        lead: person(),
        status: ChatStatus::RepDiscovery.into(),
        previous: Some(ChatStatus::RepReplyNeeded.into()),
        since: AT,
        rule: StatusRule(ChatStatus::RepDiscovery).into(),
        rep_owner: Some("ann@acme.test".to_owned()),
        responding_rep: Some("ann@acme.test".to_owned()),
        intent_type: IntentType::Buying,
        is_spam: false,
    }
}

fn assigned() -> ChatAssigned {
    ChatAssigned {
        lead: person(),
        conversation: Some(conversation()),
        assignee: "ann@acme.test".to_owned(),
        previous: Some("AI Agent".to_owned()),
        rule: "Default chat".to_owned(),
        rule_id: "default_chat".to_owned(),
        segment: "Buyers".to_owned(),
        reason: Reason::SegmentRep.into(),
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
