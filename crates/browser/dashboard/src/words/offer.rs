//! Texts of the actions on a lead and of their confirmations.

use super::form::is_by_form;
use knock_status::chat::ChatStatus;
use knock_wire::ChatState;

/// An action offered to a rep.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Offer {
    /// Rejects the lead, with a reason.
    Reject,
    UndoReject,
    /// Marks the lead as spam, which hides it.
    MarkSpam,
    /// Removes the spam mark, which shows the lead again.
    UnmarkSpam,
    /// Records that a deal was opened.
    OpenDeal,
}

/// The confirmation before an action that hides a lead or cannot be undone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Question {
    /// The question.
    pub(crate) title: &'static str,
    /// The effect of the action.
    pub(crate) text: &'static str,
    /// The label of the button.
    pub(crate) confirm: &'static str,
}

/// The actions that would change the state.
pub(crate) fn offers(state: &ChatState) -> Vec<Offer> {
    let spam = if state.is_spam { Offer::UnmarkSpam } else { Offer::MarkSpam };
    if is_by_form(state) {
        // Without a chat no status changes.
        return vec![spam];
    }
    match state.status.known() {
        // A rejected or qualified lead is not hidden by a spam mark.
        Some(ChatStatus::Rejected) if !state.is_spam => vec![Offer::UndoReject, Offer::OpenDeal],
        Some(ChatStatus::Rejected) => vec![Offer::UndoReject, spam, Offer::OpenDeal],
        Some(ChatStatus::Qualified) => vec![Offer::Reject],
        Some(
            ChatStatus::New
            | ChatStatus::SaveTheLead
            | ChatStatus::Spam
            | ChatStatus::AiDiscovery
            | ChatStatus::RepReplyNeeded
            | ChatStatus::RepDiscovery
            | ChatStatus::FollowUpNeeded
            | ChatStatus::Closed,
        )
        | None => vec![Offer::Reject, spam, Offer::OpenDeal],
    }
}

impl Offer {
    /// Whether its button is always in sight; the others are in a menu.
    pub(crate) const fn is_first(self) -> bool {
        matches!(self, Offer::Reject | Offer::UndoReject | Offer::UnmarkSpam)
    }

    /// The label of its button; three dots if a confirmation follows.
    pub(crate) const fn label(self) -> &'static str {
        match self {
            Offer::Reject => "Reject\u{2026}",
            Offer::UndoReject => "Undo rejection",
            Offer::MarkSpam => "Mark as spam\u{2026}",
            Offer::UnmarkSpam => "Not spam",
            Offer::OpenDeal => "Deal opened\u{2026}",
        }
    }

    /// The confirmation before the action, if any.
    pub(crate) const fn question(self) -> Option<Question> {
        let (title, text, confirm) = match self {
            Offer::Reject => (
                "Reject this lead?",
                "The lead's activity no longer changes the status. You can undo the rejection.",
                "Reject",
            ),
            Offer::MarkSpam => (
                "Mark as spam?",
                "The lead leaves every view and count, and its conversation moves to the Spam view.",
                "Mark as spam",
            ),
            Offer::OpenDeal => (
                "Was a deal opened?",
                "The lead becomes Qualified, and only a rejection ends that. A rejected lead stays rejected and is flagged.",
                "Deal opened",
            ),
            Offer::UndoReject | Offer::UnmarkSpam => return None,
        };
        Some(Question { title, text, confirm })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;
    use knock_wire::Word;
    use wasm_bindgen_test::wasm_bindgen_test;

    fn check(status: &str, is_spam: bool, expected: &[Offer]) {
        let state = ChatState { status: Word::parse(status), is_spam, ..sample::conversation().state };
        assert_eq!(offers(&state), expected, "{status}");
    }

    #[wasm_bindgen_test]
    fn only_what_would_change_something_is_offered() {
        check("AI Discovery", false, &[Offer::Reject, Offer::MarkSpam, Offer::OpenDeal]);
        check("Spam", true, &[Offer::Reject, Offer::UnmarkSpam, Offer::OpenDeal]);
        check("Closed", true, &[Offer::Reject, Offer::UnmarkSpam, Offer::OpenDeal]);
        check("Rejected", false, &[Offer::UndoReject, Offer::OpenDeal]);
        check("Rejected", true, &[Offer::UndoReject, Offer::UnmarkSpam, Offer::OpenDeal]);
        check("Qualified", false, &[Offer::Reject]);
        check("", false, &[Offer::MarkSpam]);
        check("", true, &[Offer::UnmarkSpam]);
    }

    #[wasm_bindgen_test]
    fn what_hides_or_lasts_is_asked_first() {
        for (offer, is_asked) in [
            (Offer::Reject, true),
            (Offer::MarkSpam, true),
            (Offer::OpenDeal, true),
            (Offer::UndoReject, false),
            (Offer::UnmarkSpam, false),
        ] {
            assert_eq!(offer.question().is_some(), is_asked, "{offer:?}");
            assert_eq!(offer.label().ends_with('\u{2026}'), is_asked, "{offer:?}");
        }
    }
}
