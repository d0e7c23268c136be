//! What visitors do in a chat beside writing.

use crate::Shape;
use crate::made::{AT, conversation, visitor};
use knock_wire::{
    ChatFormDraft, ChatList, ChatListAsk, ChatListed, ChatRatingDraft, ChatTranscriptDraft, ConsentGiven, FormAnswer,
    VisitorActShown, VisitorChatState,
};

pub(crate) fn shapes() -> Vec<Shape> {
    let text = str::to_owned;
    let values = [("name", "Ann"), ("email", "ann@globex.test"), ("custom.plan", "gold")];
    let form = ChatFormDraft {
        values: values.map(|(field, value)| (text(field), text(value))).into(),
        consent: true,
        email_is_right: false,
        language: Some(text("en")),
    };
    let state = VisitorChatState {
        has_form: true,
        is_written: true,
        is_over: true,
        is_ended: true,
        rating: Some(4),
        comment: text("Quick and clear"),
        can_rate: true,
        has_address: true,
    };
    let listed = ChatListed {
        conversation: conversation(),
        first: text("What does it cost?"),
        last: text("A seat is $49 a month."),
        last_at: AT,
        is_over: false,
    };
    let ask = ChatListAsk {
        site: Some(text("sitekey")),
        link: None,
        visitor: visitor().to_string(),
        secret: "c2VjcmV0".repeat(4).into(),
    };
    vec![
        Shape::of("chat_form_draft", &form),
        Shape::of("chat_rating_draft", &ChatRatingDraft { rating: 4, comment: text("Quick and clear") }),
        Shape::of(
            "chat_transcript_draft",
            &ChatTranscriptDraft { email: text("ann@globex.test"), consent: true, language: None },
        ),
        Shape::of("visitor_chat_state", &state),
        Shape::of("chat_list_ask", &ask),
        Shape::of("chat_list", &ChatList { chats: vec![listed] }),
        Shape::of("consent_given", &ConsentGiven { at: AT, text: text("I agree to the privacy policy") }),
        Shape::of("visitor_act_form", &answered(values)),
        Shape::of("visitor_act_rated", &rated()),
        Shape::of("visitor_act_transcript", &VisitorActShown { to: text("ann@globex.test"), ..act("transcript") }),
    ]
}

fn answered(values: [(&str, &str); 3]) -> VisitorActShown {
    let answer = |(field, value): (&str, &str)| {
        let label = if field == "custom.plan" { "Plan" } else { "" };
        FormAnswer { field: field.to_owned(), label: label.to_owned(), value: value.to_owned() }
    };
    let consent = "I agree to the privacy policy".to_owned();
    VisitorActShown { values: values.into_iter().map(answer).collect(), consent, ..act("form") }
}

fn rated() -> VisitorActShown {
    VisitorActShown { rating: Some(4), comment: "Quick and clear".into(), rep: "Bo".into(), ..act("rated") }
}

fn act(what: &str) -> VisitorActShown {
    VisitorActShown {
        at: AT,
        what: what.to_owned(),
        values: Vec::new(),
        consent: String::new(),
        rating: None,
        comment: String::new(),
        rep: String::new(),
        to: String::new(),
    }
}
