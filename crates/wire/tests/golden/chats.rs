//! Conversations as the team sees them.

use crate::made::{AT, contact_ref, conversation, intent, lead};
use crate::{Shape, answers, routing};
use knock_model::{IntentType, Millis};
use knock_status::chat::{ChatOwner, ChatStatus, Flag, Folder, Rejecter, StatusRule, Timer};
use knock_wire::{
    AnswerSource, ChatState, ConversationPage, ConversationRecord, ConversationRow, FoundIn, InboxCounts, StatusChange,
    TypeChange, Word,
};

/// The kinds of facts that change a chat's status.
const FACTS: [&str; 11] = [
    "link_clicked",
    "chat_activity",
    "lead_message",
    "ai_message",
    "assigned",
    "rep_message",
    "spam_detected",
    "spam_reversed",
    "rejected",
    "rejection_reversed",
    "deal_opened",
];

/// What can decide an intent type.
const WHY: [&str; 6] = ["message", "answer", "activity", "nothing", "later_message", "set_by_rep"];

pub(crate) fn shapes() -> Vec<Shape> {
    let rows = vec![row(), new_row()];
    vec![
        Shape::of("conversation_page", &ConversationPage { conversations: rows, counts: None, next: None }),
        Shape::of("conversation_page_of_view", &page_of_view()),
        Shape::of(
            "conversation_record",
            &ConversationRecord {
                conversation: row(),
                messages: answers::messages(),
                history: history(),
                decisions: routing::decisions(),
                types: types(),
                read_seq: 3,
                sources: vec![AnswerSource {
                    seq: 2,
                    source: FoundIn::Page { title: "Help".into(), url: "https://www.acme.test/help".into() },
                    confidence: 82,
                }],
            },
        ),
    ]
}

/// What a view of the inbox is answered with.
fn page_of_view() -> ConversationPage {
    let counts = InboxCounts { mine: 1, unassigned: 2, waiting: 3, open: 4, closed: 10_000, rejected: 6, spam: 7 };
    let next = Some("1795163847123.04040404-0404-4404-8404-040404040404".to_owned());
    ConversationPage {
        conversations: vec![ConversationRow { unread: Some(2), ..new_row() }],
        counts: Some(counts),
        next,
    }
}

/// A line of the inbox with all that can stand in it.
pub(crate) fn row() -> ConversationRow {
    ConversationRow {
        id: conversation(),
        lead: lead(),
        contact: Some(contact_ref()),
        state: ChatState {
            status: ChatStatus::Rejected.into(),
            owner: ChatOwner::AiAgent.into(),
            since: AT,
            rule: Word::parse("CS-08"),
            next_change_at: Some(AT + Millis::DAY),
            next_status: Some(ChatStatus::Closed.into()),
            rep_owner: Some("ann@acme.test".to_owned()),
            responding_rep: Some("bob@acme.test".to_owned()),
            response_minutes: Some(1.75),
            reject_reason: Some("too small".to_owned()),
            rejected_by: Some(Rejecter::Rep.into()),
            is_spam: true,
            flags: Flag::ALL.iter().map(|flag| Word::from(*flag)).collect(),
        },
        intent: intent(),
        last: answers::messages().pop(),
        link: "Website".to_owned(),
        opened_at: AT,
        folder: Some(Folder::Spam.into()),
        waiting_since: None,
        lead_messages: Some(3),
        unread: None,
        active_at: Some(AT),
    }
}

/// A chat that was opened by somebody nobody knows.
fn new_row() -> ConversationRow {
    let state = ChatState {
        status: ChatStatus::New.into(),
        owner: ChatOwner::AiAgent.into(),
        since: AT,
        rule: Word::parse("CS-01"),
        next_change_at: None,
        next_status: None,
        rep_owner: Some("AI Agent".to_owned()),
        responding_rep: None,
        response_minutes: None,
        reject_reason: None,
        rejected_by: Some(Rejecter::Ai.into()),
        is_spam: false,
        flags: Vec::new(),
    };
    let waiting_since = Some(AT - Millis::MINUTE);
    ConversationRow { contact: None, last: None, state, folder: Some(Folder::Open.into()), waiting_since, ..row() }
}

/// Every status by every fact, and by every timer.
fn history() -> Vec<StatusChange> {
    let facts = FACTS.iter().map(|fact| (*fact).to_owned());
    let causes = facts.chain(Timer::ALL.iter().map(|timer| format!("timer:{}", timer.as_str())));
    causes
        .zip(ChatStatus::ALL.iter().cycle())
        .map(|(cause, status)| StatusChange {
            at: AT,
            status: (*status).into(),
            owner: status.owner().into(),
            cause: Word::parse(&cause),
            rule: StatusRule(*status).into(),
        })
        .collect()
}

fn types() -> Vec<TypeChange> {
    let whys = WHY.iter().zip(IntentType::ALL.iter().cycle());
    whys.map(|(why, kind)| TypeChange { at: AT, kind: *kind, margin: 2.5, why: Word::parse(why) }).collect()
}
