//! Texts of notifications.

use super::chat::lead_label;
use super::form::sent_words;
use super::message::excerpt;
use super::waiting::Alert;
use knock_wire::{Author, ConversationRow};

/// The title of a notification; `is_by_form` for a lead who has sent a form and not chatted.
pub(crate) const fn notification_title(alert: Alert, is_by_form: bool) -> &'static str {
    match (alert, is_by_form) {
        (Alert::NewChat, false) => "New chat",
        (Alert::NewChat, true) => "New lead by form",
        (Alert::Assigned, false) => "Chat assigned to you",
        (Alert::Assigned, true) => "Lead by form assigned to you",
        (Alert::Message, false) => "New message",
        (Alert::Message, true) => "New form of a lead",
        (Alert::Waiting, _) => "A lead is waiting",
    }
}

/// The text of a notification: the lead, and the message or form if the member's settings show it.
pub(crate) fn notification_body(row: &ConversationRow, shows_text: bool) -> String {
    let lead = lead_label(row);
    match (&row.form, row.last.as_ref().filter(|last| last.author == Author::Lead)) {
        (Some(form), _) if shows_text => format!("{lead}: {}", sent_words(form)),
        (None, Some(last)) if shows_text => format!("{lead}: {}", excerpt(&last.text)),
        _ => lead,
    }
}

/// The count of waiting chats, short enough for a badge.
pub(crate) fn badge_words(count: usize) -> String {
    if count > 99 { "99+".to_owned() } else { count.to_string() }
}

pub(crate) fn permission_words(permission: &str) -> &'static str {
    match permission {
        "granted" => "Notifications are allowed in this browser.",
        "denied" => "This browser blocks notifications of this site: allow them in its settings for this site.",
        "default" => "This browser was not asked yet whether it may show notifications.",
        _ => "This browser has no notifications for this page. They need a secure address (https).",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{sample, sample_form};
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn what_a_lead_wrote_is_shown_to_those_who_want_it() {
        let row = sample::conversation();
        assert_eq!(notification_body(&row, false), "ann@globex.test");
        assert_eq!(notification_body(&row, true), "ann@globex.test: Question 1");
        assert_eq!((badge_words(7), badge_words(100)), ("7".to_owned(), "99+".to_owned()));
    }

    #[wasm_bindgen_test]
    fn a_lead_by_form_is_announced_as_one() {
        let row = sample_form::conversation();
        assert_eq!(notification_title(Alert::NewChat, true), "New lead by form");
        assert_eq!(notification_title(Alert::Assigned, true), "Lead by form assigned to you");
        assert_eq!(notification_title(Alert::Assigned, false), "Chat assigned to you");
        assert_eq!(notification_body(&row, false), "ann@globex.test");
        assert_eq!(notification_body(&row, true), "ann@globex.test: Sent the form Book a demo");
    }
}
