//! What visitors' browsers and programs are answered.

use crate::Shape;
use crate::made::{AT, conversation, file, message, secret, visitor};
use knock_model::{CardKind, MeetingId, MeetingState, Millis, PictureId, Role};
use knock_wire::{
    ApiKeyCreated, Author, CardMeeting, ChatStarted, ClockNow, DeliveryTrouble, FieldError, FilePreview, FileStored,
    HandoffToken, HandoffVisitor, LinkAnswer, MailedChat, Message, MessageCard, MessageFile, MessageList,
    MessageStored, OutboundRelease, OutboundState, Problem, Refused, RefusedList, RefusedOutcome, Rejected, SentAgain,
    SessionState, SignalsReply, WaitingDeliveries, picture_path,
};

pub(crate) fn shapes() -> Vec<Shape> {
    let text = str::to_owned;
    let mut shapes = vec![
        Shape::of(
            "signals_reply",
            &SignalsReply {
                accepted: 3,
                duplicate: 1,
                filtered: 2,
                rate_limited: 4,
                cut: 0,
                rejected: vec![Rejected { index: 5, reason: text("is not a UUID"), pointer: text("/signals/5/id") }],
            },
        ),
        Shape::of("signals_reply_cut", &SignalsReply { accepted: 3, cut: 2, ..SignalsReply::default() }),
        Shape::of("chat_started", &ChatStarted { conversation: conversation(), token: secret(), title: text("Acme") }),
        Shape::of("mailed_chat", &MailedChat { conversation: conversation(), messages: messages() }),
        Shape::of("message_stored", &MessageStored { seq: 2 }),
        Shape::of("message_list", &MessageList { messages: messages() }),
        Shape::of("message_list_card", &MessageList { messages: vec![card(None), card(Some(booked()))] }),
        Shape::of("message_list_file", &MessageList { messages: vec![picture()] }),
        Shape::of("file_stored", &stored_file()),
        Shape::of("handoff_token", &HandoffToken { token: secret(), expires_at: AT + Millis(600_000) }),
        Shape::of("handoff_visitor", &HandoffVisitor { visitor: visitor() }),
        Shape::of("session_link_answer", &LinkAnswer { is_mail_set_up: true }),
        Shape::of("api_key_created_admin", &ApiKeyCreated { id: String::new(), key: secret(), role: Role::Admin }),
        Shape::of("api_key_created_ingest", &ApiKeyCreated { id: String::new(), key: secret(), role: Role::Ingest }),
        Shape::of("clock_now", &ClockNow { now: text("2026-11-20T12:18:27.123Z"), now_ms: AT.0 }),
        Shape::of("sent_again", &SentAgain { sent: 2 }),
        Shape::of(
            "refused_list",
            &RefusedList {
                refused: vec![
                    refused(RefusedOutcome::Invalid),
                    refused(RefusedOutcome::Filtered),
                    refused(RefusedOutcome::RateLimited),
                ],
            },
        ),
        Shape::of("problem", &problem(Vec::new())),
        Shape::of(
            "problem_of_a_field",
            &problem(vec![FieldError { pointer: text("/id"), reason: text("is not a UUID") }]),
        ),
    ];
    shapes.extend(session_states());
    shapes
}

fn session_states() -> [Shape; 8] {
    let text = str::to_owned;
    let known = || SessionState {
        email: text("ann@acme.test"),
        name: text("Ann Lee"),
        role: Role::Admin.into(),
        now: AT.0,
        storage: None,
        is_held: false,
        has_demo: false,
        deliveries: Vec::new(),
        offers_password: false,
    };
    let late = |destination: &str, has_panicked: bool| DeliveryTrouble {
        destination: text(destination),
        late_since: Some(AT),
        has_panicked,
    };
    let waiting = |destination: &str, deliveries| WaitingDeliveries { destination: text(destination), deliveries };
    let low = SessionState { role: Role::Rep.into(), storage: Some(text("low")), ..known() };
    let troubled = SessionState { deliveries: vec![late("mail", true), late("slack", false)], ..known() };
    let first = SessionState {
        email: text("bo@us.test"),
        name: String::new(),
        role: Role::Rep.into(),
        offers_password: true,
        ..known()
    };
    [
        Shape::of("session_state", &known()),
        Shape::of("session_state_storage_low", &low),
        Shape::of("session_state_troubled", &troubled),
        Shape::of("session_state_first", &first),
        Shape::of("session_state_of_copy", &SessionState { is_held: true, ..known() }),
        Shape::of("session_state_with_demo", &SessionState { has_demo: true, ..known() }),
        Shape::of(
            "outbound_state",
            &OutboundState { is_held: true, waiting: vec![waiting("slack", 120), waiting("mail", 2)] },
        ),
        Shape::of("outbound_release", &OutboundRelease { discard: true }),
    ]
}

/// The address of the picture of a member.
pub(crate) fn portrait() -> String {
    picture_path(Some(PictureId::new([9; 16])))
}

/// A message of each author.
pub(crate) fn messages() -> Vec<Message> {
    let authors =
        [(Author::Lead, "", "What does it cost?"), (Author::AiAgent, "", "Hello!"), (Author::Rep, "Ann", "Hi")];
    (1..)
        .zip(authors)
        .map(|(seq, (author, name, text))| Message {
            seq: u64::from(seq),
            id: message(seq),
            author,
            name: name.to_owned(),
            title: if author == Author::Rep { "Account executive".to_owned() } else { String::new() },
            picture: if author == Author::Rep { portrait() } else { String::new() },
            is_integration: false,
            text: text.to_owned(),
            at: AT,
            choices: if author == Author::AiAgent { vec!["Buying".to_owned()] } else { Vec::new() },
            files: Vec::new(),
            card: None,
            invitation: None,
            by_mail: author == Author::Lead,
        })
        .collect()
}

/// A message that offers a meeting, and what was booked by it.
fn card(meeting: Option<CardMeeting>) -> Message {
    let card = Some(MessageCard { kind: CardKind::Meeting.as_str().to_owned(), own: meeting.is_none(), meeting });
    let text = "Choose a time for a meeting here.".to_owned();
    Message { card, ..Message::plain(4, message(1), Author::AiAgent, text, AT) }
}

fn booked() -> CardMeeting {
    CardMeeting {
        id: MeetingId::new([7; 16]),
        start_at: AT + Millis::DAY,
        local: "2026-11-21T09:38:27+01:00".to_owned(),
        state: MeetingState::Booked.as_str().to_owned(),
        manage: "/m/BAQEBAQERASEBAQEBAQEBA".to_owned(),
    }
}

/// A message with a picture.
fn picture() -> Message {
    let preview = FilePreview { file: file(2), width: 640, height: 480, url: "/v1/files/cHJldmlldw".to_owned() };
    let FileStored { file, name, kind, size, seq } = stored_file();
    let url = "/v1/files/ZmlsZQ".to_owned();
    let sent = MessageFile { file, name, kind, size, url, preview: Some(preview) };
    Message { files: vec![sent], ..Message::plain(seq, message(1), Author::Lead, String::new(), AT) }
}

fn stored_file() -> FileStored {
    let (name, kind) = ("broken hose.jpg".to_owned(), "image/jpeg".to_owned());
    FileStored { file: file(1), name, kind, size: 181_402, seq: 2 }
}

fn refused(outcome: RefusedOutcome) -> Refused {
    Refused {
        outcome,
        pointer: "/url".to_owned(),
        reason: "is not an address".to_owned(),
        page: Some("/pricing".to_owned()),
        origin: Some("https://other.test".to_owned()),
        count: 9,
        first_at: AT,
        last_at: AT + Millis(5),
    }
}

fn problem(errors: Vec<FieldError>) -> Problem {
    Problem {
        kind: "urn:knock:problem:invalid".to_owned(),
        title: "A field is wrong".to_owned(),
        status_code: 422,
        detail: "/id: is not a UUID".to_owned(),
        errors,
        suggestion: String::new(),
    }
}
