//! A lead by form for the tests.

use knock_model::Millis;
use knock_wire::{ChatState, ConversationRecord, ConversationRow, FormShown, Word};

use crate::sample::{self, AT};

/// A form of the page `/demo`, sent between the sample messages 1 and 2.
pub(crate) fn form() -> FormShown {
    FormShown {
        at: AT + Millis(1_500),
        name: "Book a demo".to_owned(),
        page: "https://acme.test/demo?utm_source=x#top".to_owned(),
        fields: vec!["email".to_owned(), "company".to_owned()],
    }
}

/// A lead who has sent that form and not chatted.
pub(crate) fn conversation() -> ConversationRow {
    let row = sample::conversation();
    let state =
        ChatState { status: Word::default(), owner: Word::default(), rule: Word::default(), ..row.state.clone() };
    ConversationRow {
        state,
        last: None,
        form: Some(Box::new(form())),
        waiting_since: Some(form().at),
        lead_messages: Some(0),
        ..row
    }
}

/// Their conversation, with mail set up.
pub(crate) fn record() -> ConversationRecord {
    ConversationRecord {
        conversation: conversation(),
        messages: Vec::new(),
        history: Vec::new(),
        forms: vec![form()],
        mail_to: Some("ann@globex.test".to_owned()),
        ..sample::record()
    }
}
