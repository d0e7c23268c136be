//! Who is on a site, and messages to them.

use crate::Shape;
use crate::made::{AT, account_ref, contact_ref, conversation, intent, message, visitor};
use knock_model::{Millis, NudgeId};
use knock_wire::{
    Author, InvitationDraft, InvitationNote, InvitationShown, InvitationState, InvitationStored, InvitationWithdrawn,
    Message, MessageList, NudgeButton, NudgeDeed, NudgeNote, NudgeOpens, NudgeShown, NudgeWithdrawn, VisitInvitation,
    VisitList, VisitRow,
};
use std::collections::BTreeMap;

pub(crate) fn shapes() -> Vec<Shape> {
    let text = str::to_owned;
    let draft = InvitationDraft {
        id: message(3).to_string(),
        site: text("sitekey"),
        visitor: visitor().to_string(),
        text: text("Can I help you with the prices?"),
    };
    let shown = InvitationShown {
        id: message(3),
        name: text("Bo"),
        title: text("Account executive"),
        picture: String::new(),
        text: text("Can I help you with the prices?"),
        at: AT,
    };
    let note = InvitationNote {
        site: text("sitekey"),
        visitor: visitor().to_string(),
        is_closed: true,
        url: text("https://globex.test/pricing"),
    };
    let own = Message::plain(1, message(3), Author::Rep, text("Can I help you with the prices?"), AT);
    let own = Message { name: text("Bo"), invitation: Some(Box::new(state())), ..own };
    vec![
        Shape::of("visit_list", &VisitList { visits: vec![known(), stranger()], has_more: true }),
        Shape::of("invitation_draft", &draft),
        Shape::of("invitation_stored", &InvitationStored { conversation: conversation(), seq: 1 }),
        Shape::of("invitation_shown", &shown),
        Shape::of("invitation_withdrawn", &InvitationWithdrawn { id: message(3) }),
        Shape::of("invitation_note", &note),
        Shape::of("message_list_invitation", &MessageList { messages: vec![own] }),
        Shape::of("nudge_shown", &nudge()).never_read_in_browser(),
        Shape::of("nudge_withdrawn", &NudgeWithdrawn { id: nudge().id }).never_read_in_browser(),
        Shape::of("nudge_note", &nudge_note()),
    ]
}

fn nudge() -> NudgeShown {
    let text = |texts: &[(&str, &str)]| -> BTreeMap<String, String> {
        texts.iter().map(|(code, text)| ((*code).to_owned(), (*text).to_owned())).collect()
    };
    let button = |label: &str, opens| NudgeButton { label: text(&[("en", label)]), opens };
    NudgeShown {
        id: NudgeId::new([9; 16]),
        text: text(&[("de", "Fragen zu den Preisen?"), ("en", "Questions about the prices?")]),
        buttons: vec![
            button("Ask us", NudgeOpens::Chat),
            button("Book a call", NudgeOpens::Booking),
            button("Compare plans", NudgeOpens::Page("https://globex.test/plans".to_owned())),
        ],
        at: AT,
    }
}

fn nudge_note() -> NudgeNote {
    NudgeNote {
        site: "sitekey".to_owned(),
        visitor: visitor().to_string(),
        what: NudgeDeed::Clicked,
        url: "https://globex.test/pricing".to_owned(),
    }
}

fn state() -> InvitationState {
    InvitationState {
        shown_at: Some(AT + Millis(1_000)),
        url: "https://globex.test/pricing".to_owned(),
        closed_at: Some(AT + Millis(2_000)),
        ends_at: AT + Millis::days(7),
    }
}

fn known() -> VisitRow {
    VisitRow {
        contact: Some(contact_ref()),
        account: Some(account_ref()),
        owner: "Bo".to_owned(),
        conversation: Some(conversation()),
        invitation: Some(VisitInvitation { by: "Bo".to_owned(), is_own: true, state: state() }),
        refusal: "They are rejected.".to_owned(),
        ..stranger()
    }
}

fn stranger() -> VisitRow {
    VisitRow {
        site: "sitekey".to_owned(),
        site_title: "Globex".to_owned(),
        visitor: visitor(),
        contact: None,
        account: None,
        url: "https://globex.test/pricing".to_owned(),
        title: "Pricing".to_owned(),
        since_at: AT,
        viewed_at: AT + Millis(60_000),
        until_at: AT + Millis(31 * 60_000),
        pages: 2,
        intent: intent(),
        owner: String::new(),
        conversation: None,
        invitation: None,
        refusal: String::new(),
    }
}
