//! Lines of the inbox: their views and places, what is unread, and how a fresh page joins the shown lines. Pure.

use knock_model::{AI_AGENT, LeadId, Millis};
use knock_status::chat::{ChatStatus, Folder, InboxOrder, InboxView, Urgency};
use knock_wire::{Author, ConversationRow, Message, Word};

/// The sort key of a row in an order.
pub(super) fn place(row: &ConversationRow, order: InboxOrder) -> (Urgency, LeadId) {
    let active_at: Millis = row.active_at.unwrap_or(row.opened_at);
    (order.place(row.waiting_since, Some(row.intent.bucket), active_at), row.lead)
}

/// Whether a conversation is in a view of the member with this address; in Mentions, whether it may be.
pub(super) fn belongs(row: &ConversationRow, view: InboxView, email: &str) -> bool {
    let owner = row.state.rep_owner.as_deref().unwrap_or_default();
    if view == InboxView::Mentions {
        return row.folder != Some(Word::Known(Folder::Spam));
    }
    row.folder == Some(Word::Known(view.folder()))
        && match view {
            InboxView::Mine => owner == email,
            InboxView::Unassigned => owner.is_empty() || owner == AI_AGENT,
            InboxView::Waiting => row.waiting_since.is_some(),
            InboxView::FollowUp => row.state.status == Word::Known(ChatStatus::FollowUpNeeded),
            InboxView::Open
            | InboxView::Mentions
            | InboxView::Snoozed
            | InboxView::Done
            | InboxView::Closed
            | InboxView::Rejected
            | InboxView::Spam => true,
        }
}

/// The number of unread messages after a change from the live feed, which is the same for all members.
pub(super) fn unread(known: Option<&ConversationRow>, row: &ConversationRow) -> Option<u32> {
    let (known, now) = (known?, row.lead_messages?);
    let new = now.saturating_sub(known.lead_messages.unwrap_or(now));
    // What a colleague has answered is new to no one.
    let is_answered = row.last.as_ref().is_some_and(|last| last.author == Author::Rep && is_after(last, known));
    row.unread.or_else(|| known.unread.map(|unread| if is_answered { 0 } else { unread + new }))
}

fn is_after(message: &Message, row: &ConversationRow) -> bool {
    row.last.as_ref().is_none_or(|last| last.seq < message.seq)
}

/// A fresh first page, and the lines after it.
pub(super) fn joined(
    fresh: Vec<ConversationRow>,
    shown: &[ConversationRow],
    order: InboxOrder,
    is_all: bool,
) -> Vec<ConversationRow> {
    let last = fresh.last().map(|row| place(row, order)).filter(|_| !is_all);
    let is_behind = |row: &&ConversationRow| {
        last.is_some_and(|last| place(row, order) > last) && fresh.iter().all(|other| other.id != row.id)
    };
    let behind: Vec<ConversationRow> = shown.iter().filter(is_behind).cloned().collect();
    fresh.into_iter().chain(behind).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;
    use knock_model::ConversationId;
    use knock_status::chat::Folder;
    use wasm_bindgen_test::wasm_bindgen_test;

    fn line(number: u8, waits: Option<i64>, active_at: i64) -> ConversationRow {
        ConversationRow {
            id: ConversationId::new([number; 16]),
            lead: LeadId::new([number; 16]),
            waiting_since: waits.map(Millis),
            active_at: Some(Millis(active_at)),
            ..sample::conversation()
        }
    }

    fn numbers(rows: &[ConversationRow]) -> Vec<u8> {
        rows.iter().map(|row| row.lead.as_bytes()[0]).collect()
    }

    #[wasm_bindgen_test]
    fn each_view_knows_its_own() {
        let mut row = line(1, Some(5), 5);
        let of = |row: &ConversationRow| -> Vec<&str> {
            let certain = InboxView::ALL.iter().filter(|view| **view != InboxView::Mentions);
            let views = certain.filter(|view| belongs(row, **view, "ann@us.test"));
            views.map(|view| view.as_str()).collect()
        };
        assert_eq!(of(&row), ["unassigned", "waiting", "open"]);
        row.state.rep_owner = Some(AI_AGENT.to_owned());
        row.waiting_since = None;
        assert_eq!(of(&row), ["unassigned", "open"]);
        row.state.rep_owner = Some("ann@us.test".to_owned());
        assert_eq!(of(&row), ["mine", "open"]);
        row.state.status = ChatStatus::FollowUpNeeded.into();
        assert_eq!(of(&row), ["mine", "follow_up", "open"]);
        for folder in [Folder::Snoozed, Folder::Done, Folder::Closed, Folder::Rejected, Folder::Spam] {
            row.folder = Some(folder.into());
            assert_eq!(of(&row), [folder.as_str()]);
        }
    }

    #[wasm_bindgen_test]
    fn who_waits_longest_stands_first_and_others_by_activity() {
        let mut rows = vec![line(1, None, 9), line(2, Some(20), 1), line(3, None, 10), line(4, Some(10), 1)];
        rows.sort_by_key(|row| place(row, InboxOrder::Urgent));
        assert_eq!(numbers(&rows), [4, 2, 3, 1]);
        rows.sort_by_key(|row| place(row, InboxOrder::Active));
        assert_eq!(numbers(&rows), [3, 1, 2, 4]);
    }

    #[wasm_bindgen_test]
    fn a_fresh_page_replaces_what_it_covers_and_keeps_what_is_behind_it() {
        let shown = [line(1, Some(1), 0), line(2, Some(2), 0), line(3, Some(3), 0), line(4, None, 5)];
        let fresh = || vec![line(5, Some(0), 0), line(3, Some(3), 0)];
        assert_eq!(numbers(&joined(fresh(), &shown, InboxOrder::Urgent, false)), [5, 3, 4]);
        assert_eq!(numbers(&joined(fresh(), &shown, InboxOrder::Urgent, true)), [5, 3]);
        assert_eq!(numbers(&joined(Vec::new(), &shown, InboxOrder::Urgent, true)), [0; 0]);
    }

    #[wasm_bindgen_test]
    fn new_messages_of_the_lead_add_to_what_is_unread() {
        let row = |messages, unread| ConversationRow { lead_messages: Some(messages), unread, ..line(1, None, 0) };
        assert_eq!(unread(Some(&row(3, Some(1))), &row(5, None)), Some(3));
        assert_eq!(unread(Some(&row(3, Some(0))), &row(3, None)), Some(0));
        assert_eq!(unread(Some(&row(3, Some(2))), &row(4, Some(0))), Some(0), "a list knows who reads");
        assert_eq!(unread(None, &row(4, None)), None);
    }

    #[wasm_bindgen_test]
    fn an_answer_of_the_team_ends_what_is_unread() {
        let row = |seq, author, unread| {
            let last = Some(Message { author, ..sample::message(seq) });
            ConversationRow { last, lead_messages: Some(2), unread, ..line(1, None, 0) }
        };
        let known = row(3, Author::Lead, Some(2));
        assert_eq!(unread(Some(&known), &row(4, Author::Rep, None)), Some(0));
        assert_eq!(unread(Some(&known), &row(4, Author::AiAgent, None)), Some(2));
        let marked = row(4, Author::Rep, Some(1));
        assert_eq!(unread(Some(&marked), &row(4, Author::Rep, None)), Some(1), "marked as unread after the answer");
    }
}
