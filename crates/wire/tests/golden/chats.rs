//! Conversations as the team sees them.

use crate::answers::portrait;
use crate::made::{AT, contact_ref, conversation, intent, lead};
use crate::{Shape, answers, routing};
use knock_model::{
    CrmSystem, IntentType, Millis, NoteId, ReceivedKind, ReminderId, RepId, SavedReplyId, TagColor, TagId, Trust,
};
use knock_status::chat::{ChatOwner, ChatStatus, EventKind, Flag, Folder, Rejecter, StatusRule, Timer};
use knock_wire::{
    AnswerSource, AssignDraft, Assignee, AssigneeList, AssignmentShown, Author, ChatState, ConversationPage,
    ConversationRecord, ConversationRow, CrmOwnerShown, Doing, FormShown, FoundIn, HitPiece, HitPlace, InboxCounts,
    InternalNote, LeadTyping, LeftOutFile, MailBounceShown, MailShown, NoteAuthor, NoteDraft, Presence, PresenceDraft,
    Reminder, ReminderDraft, ReminderList, RepTyping, ReplyPlaces, SavedReply, SavedReplyDraft, SavedReplyList,
    SearchHit, StatusChange, Tag, TagChange, TagDraft, TagList, TagRow, TranscriptDraft, TranscriptRecipient,
    TranscriptSent, TypeChange, Word, WorkChange,
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
        Shape::of("internal_note", &note()),
        Shape::of("note_draft", &NoteDraft { id: note().id.to_string(), text: note().text, mentions: vec![rep()] }),
        Shape::of("presence_draft", &PresenceDraft { doing: Doing::Writing }),
        Shape::of("rep_typing", &RepTyping { typing: "Bo".to_owned() }),
        Shape::of("lead_typing", &LeadTyping { typing: true }),
        Shape::of("reply_places", &reply_places()),
        Shape::of("reminder", &reminder()),
        Shape::of("reminder_list", &ReminderList { reminders: vec![reminder()] }),
        Shape::of("transcript_draft", &TranscriptDraft { to: TranscriptRecipient::Lead }),
        Shape::of("transcript_sent", &TranscriptSent { to: "ann@acme.example".to_owned() }),
        Shape::of("reminder_draft", &ReminderDraft { due_at: AT, text: reminder().text }),
        Shape::of("tag", &tag()),
        Shape::of("tag_list", &TagList { tags: vec![tag_row()] }),
        Shape::of("tag_draft", &TagDraft { name: tag().name, color: TagColor::Teal }),
        Shape::of("tag_change", &TagChange { name: None, color: Some(TagColor::Pink) }),
        Shape::of("saved_reply", &saved_reply(true)),
        Shape::of("saved_reply_list", &SavedReplyList { replies: vec![saved_reply(false), saved_reply(true)] }),
        Shape::of("saved_reply_draft", &saved_reply_draft()),
        Shape::of(
            "assign_draft",
            &AssignDraft {
                to: rep().to_string(),
                seen_owner: Some("ann@acme.test".into()),
                reason: Some("Speaks French".into()),
            },
        ),
        Shape::of("assign_draft_agent", &AssignDraft { to: "ai_agent".into(), seen_owner: None, reason: None }),
        Shape::of("assignee_list", &AssigneeList { assignees: vec![assignee()] }),
        Shape::of("conversation_page", &ConversationPage { conversations: rows, counts: None, next: None }),
        Shape::of("conversation_page_of_view", &page_of_view()),
        Shape::of(
            "conversation_record_mailed",
            &ConversationRecord {
                conversation: row(),
                messages: Vec::new(),
                history: Vec::new(),
                decisions: Vec::new(),
                types: Vec::new(),
                assignments: Vec::new(),
                forms: Vec::new(),
                acts: Vec::new(),
                work: Vec::new(),
                read_seq: 0,
                mail_to: Some("ann@acme.test".into()),
                bounce: None,
                mails: Vec::new(),
                trust: Some(Trust::Verified),
                sources: Vec::new(),
                notes: Vec::new(),
                places: None,
                time_zone: None,
                crm_owner: None,
            },
        ),
        Shape::of("conversation_record", &record()),
    ]
}

fn record() -> ConversationRecord {
    ConversationRecord {
        conversation: row(),
        messages: answers::messages(),
        history: history(),
        decisions: routing::decisions(),
        types: types(),
        assignments: vec![AssignmentShown {
            at: AT,
            by: "bo@us.test".into(),
            from: "AI Agent".into(),
            to: "ann@acme.test".into(),
            reason: "Speaks French".into(),
        }],
        forms: vec![form()],
        acts: Vec::new(),
        work: vec![
            WorkChange { at: AT, what: EventKind::Done.into(), by: "Bo".into(), until: None },
            WorkChange { at: AT, what: EventKind::Snoozed.into(), by: String::new(), until: Some(AT + Millis::DAY) },
            WorkChange { at: AT, what: EventKind::Reopened.into(), by: "Bo".into(), until: None },
        ],
        read_seq: 3,
        mail_to: None,
        bounce: Some(Box::new(bounce())),
        mails: vec![mail(), auto_reply()],
        trust: None,
        sources: vec![AnswerSource {
            seq: 2,
            source: FoundIn::Page { title: "Help".into(), url: "https://www.acme.test/help".into() },
            confidence: 82,
        }],
        notes: Vec::new(),
        places: None,
        time_zone: Some("Europe/Vienna".into()),
        crm_owner: Some(Box::new(CrmOwnerShown { system: CrmSystem::Hubspot.into(), owner: "bo@us.test".into() })),
    }
}

/// A mail that was returned.
pub(crate) fn bounce() -> MailBounceShown {
    let reason = "5.1.1 user unknown".to_owned();
    MailBounceShown { email: "ann@acme.test".into(), at: AT, reason, is_dead: true }
}

/// The mail of a message.
fn mail() -> MailShown {
    MailShown {
        seq: Some(1),
        kind: ReceivedKind::Message.into(),
        at: AT,
        sender: "assistant@acme.test".into(),
        sender_name: "Cleo Lee".into(),
        is_other: true,
        subject: "Re: Bo of Acme replied to you".into(),
        text: String::new(),
        quoted: "On Monday, Bo wrote:\n> Hi".into(),
        left_out: vec![LeftOutFile { name: "setup.exe".into(), reason: "is a program".into() }],
    }
}

/// A mail that is no message.
fn auto_reply() -> MailShown {
    MailShown {
        seq: None,
        kind: ReceivedKind::AutoReply.into(),
        sender: "ann@acme.test".into(),
        sender_name: String::new(),
        is_other: false,
        subject: "Out of office".into(),
        text: "I am back on Monday.".into(),
        quoted: String::new(),
        left_out: Vec::new(),
        ..mail()
    }
}

/// What a view of the inbox is answered with.
fn page_of_view() -> ConversationPage {
    let counts = InboxCounts {
        mine: 1,
        mentions: 5,
        unassigned: 2,
        waiting: 3,
        follow_up: 5,
        open: 4,
        snoozed: 8,
        done: 9,
        closed: 10_000,
        rejected: 6,
        spam: 7,
    };
    let next = Some("1795163847123.04040404-0404-4404-8404-040404040404".to_owned());
    ConversationPage {
        conversations: vec![ConversationRow {
            unread: Some(2),
            on_site_until: Some(AT + Millis::MINUTE),
            hits: vec![hit()],
            ..new_row()
        }],
        counts: Some(counts),
        next,
    }
}

fn rep() -> RepId {
    RepId::new([8; 16])
}

fn assignee() -> Assignee {
    Assignee { id: rep(), email: "bo@us.test".to_owned(), name: "Bo".to_owned(), picture: portrait() }
}

fn reply_places() -> ReplyPlaces {
    ReplyPlaces { name: "Ann".to_owned(), company: "acme.test".to_owned(), site: "Acme".to_owned() }
}

/// A member who looks at a chat.
pub(crate) fn presence() -> Presence {
    Presence { conversation: conversation(), member: Some(assignee()), doing: Doing::Looking }
}

fn reminder() -> Reminder {
    Reminder { id: ReminderId::new([11; 16]), due_at: AT, text: "Ask about the budget".to_owned() }
}

/// A tag of a lead.
pub(crate) fn tag() -> Tag {
    Tag { id: TagId::new([10; 16]), name: "Key account".to_owned(), color: TagColor::Teal }
}

fn tag_row() -> TagRow {
    let Tag { id, name, color } = tag();
    TagRow { id, name, color, leads: 3 }
}

fn saved_reply(is_personal: bool) -> SavedReply {
    let SavedReplyDraft { name, text, language, .. } = saved_reply_draft();
    let language = language.filter(|_| !is_personal);
    SavedReply { id: SavedReplyId::new([5; 16]), name, text, language, is_personal }
}

fn saved_reply_draft() -> SavedReplyDraft {
    SavedReplyDraft {
        name: "Pricing".to_owned(),
        text: "Hi {{name|there}}, a seat is $49 a month.".to_owned(),
        language: Some("en".to_owned()),
        is_personal: false,
    }
}

fn note() -> InternalNote {
    InternalNote {
        id: NoteId::new(AT, &[4; 10]),
        author: NoteAuthor::Note,
        name: "Bo".to_owned(),
        text: "Ask Ann about the discount".to_owned(),
        at: AT,
        mentions: vec!["Ann".to_owned()],
    }
}

fn form() -> FormShown {
    let (name, page) = ("Book a demo".to_owned(), "https://www.acme.test/demo".to_owned());
    FormShown { at: AT, name, page, fields: vec!["email".to_owned(), "company".to_owned()] }
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
            is_queued: false,
            rep_owner: Some("ann@acme.test".to_owned()),
            responding_rep: Some("bob@acme.test".to_owned()),
            response_minutes: Some(1.75),
            reject_reason: Some("too small".to_owned()),
            rejected_by: Some(Rejecter::Rep.into()),
            rejected_by_name: String::new(),
            is_spam: true,
            flags: Flag::ALL.iter().map(|flag| Word::from(*flag)).collect(),
        },
        intent: intent(),
        last: answers::messages().pop(),
        link: "Website".to_owned(),
        opened_at: AT,
        folder: Some(Folder::Spam.into()),
        waiting_since: None,
        snoozed_until: Some(AT + Millis::DAY),
        form: Some(Box::new(form())),
        lead_messages: Some(3),
        unread: None,
        active_at: Some(AT),
        on_site_until: None,
        hits: Vec::new(),
        tags: vec![tag()],
    }
}

/// A new chat of an anonymous lead.
fn hit() -> SearchHit {
    let piece = |text: &str, is_hit| HitPiece { text: text.into(), is_hit };
    SearchHit {
        found_in: HitPlace::Message,
        author: Some(Author::Rep),
        name: "Ann Lee".into(),
        conversation: Some(new_row().id),
        seq: Some(4),
        at: Some(AT),
        text: vec![piece("… we use ", false), piece("Coupa", true)],
    }
}

fn new_row() -> ConversationRow {
    let state = ChatState {
        status: ChatStatus::New.into(),
        owner: ChatOwner::AiAgent.into(),
        since: AT,
        rule: Word::parse("CS-01"),
        next_change_at: None,
        next_status: None,
        is_queued: false,
        rep_owner: Some("AI Agent".to_owned()),
        responding_rep: None,
        response_minutes: None,
        reject_reason: None,
        rejected_by: Some(Rejecter::Ai.into()),
        rejected_by_name: String::new(),
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
