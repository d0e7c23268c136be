//! Stories of waiting leads, and the folder of each status.

use crate::chat::facts;
use knock_model::Millis;
use knock_status::chat::{Folder, derive};

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;

/// Checks the instant since which the lead waits right after the last of these events.
fn check(events: &[(i64, &str)], expected: Option<i64>) {
    let last = events.last().map_or(0, |(at, _)| *at);
    assert_eq!(derive(&facts(events), Millis(last)).waiting_since, expected.map(Millis), "{events:?}");
}

fn folder(events: &[(i64, &str)], at: i64) -> Option<Folder> {
    derive(&facts(events), Millis(at)).folder
}

#[test]
fn a_lead_waits_since_the_first_message_until_a_human_writes() {
    check(&[], None);
    check(&[(0, "link_clicked")], None);
    check(&[(0, "link_clicked"), (1, "lead_message")], Some(1));
    check(&[(0, "link_clicked"), (1, "lead_message"), (2, "ai_message"), (3, "lead_message")], Some(1));
    check(&[(0, "lead_message"), (1, "assigned_ann"), (2, "lead_message")], Some(0));
    check(&[(0, "lead_message"), (1, "ann_wrote")], None);
    check(&[(0, "lead_message"), (1, "assigned_ann"), (2, "bob_wrote")], None);
    check(&[(0, "lead_message"), (1, "ann_wrote"), (2, "lead_message"), (3, "lead_message")], Some(2));
    // Another rep finds the same wait.
    check(&[(0, "lead_message"), (1, "assigned_ann"), (2, "lead_message"), (3, "assigned_bob")], Some(0));
}

#[test]
fn nothing_waits_while_the_agent_has_the_chat() {
    check(&[(0, "lead_message"), (1, "assigned_ai")], None);
    check(&[(0, "lead_message"), (1, "assigned_ai"), (2, "lead_message")], None);
    check(&[(0, "lead_message"), (1, "assigned_ann"), (2, "assigned_ai")], None);
    // From the agent to a rep: the last message is what has no answer.
    check(&[(0, "lead_message"), (1, "assigned_ai"), (2, "lead_message"), (3, "assigned_ann")], Some(2));
    check(&[(0, "lead_message"), (1, "assigned_ann"), (2, "assigned_ai"), (3, "assigned_ann")], Some(0));
    check(
        &[(0, "lead_message"), (1, "assigned_ai"), (2, "lead_message"), (3, "assigned_ann"), (4, "lead_message")],
        Some(2),
    );
    // What a human answered before is answered.
    check(&[(0, "lead_message"), (1, "ann_wrote"), (2, "assigned_ai"), (3, "assigned_bob")], None);
    // A rep who writes has the chat.
    check(&[(0, "lead_message"), (1, "assigned_ai"), (2, "ann_wrote"), (3, "lead_message")], Some(3));
}

#[test]
fn a_queued_lead_waits_while_the_agent_answers() {
    check(&[(0, "lead_message"), (0, "queued")], Some(0));
    check(&[(0, "lead_message"), (0, "queued"), (1, "ai_message"), (2, "lead_message")], Some(0));
    // It keeps its place when somebody can take it, and when no one can once more.
    check(&[(0, "lead_message"), (0, "queued"), (2, "lead_message"), (3, "assigned_ann")], Some(0));
    check(&[(0, "lead_message"), (0, "queued"), (2, "lead_message"), (3, "queued")], Some(0));
    // The agent answered all but the last before the lead asked for a person.
    check(&[(0, "lead_message"), (0, "assigned_ai"), (2, "lead_message"), (2, "queued"), (3, "lead_message")], Some(2));
    // A member hands it to the agent for good.
    check(&[(0, "lead_message"), (0, "queued"), (1, "assigned_ai"), (2, "lead_message")], None);
    check(&[(0, "lead_message"), (0, "queued"), (1, "ann_wrote")], None);
    check(&[(0, "lead_message"), (0, "queued"), (1, "ann_wrote"), (2, "lead_message")], Some(2));
    // The rep has left; what they answered is answered.
    check(&[(0, "lead_message"), (1, "ann_wrote"), (2, "queued")], None);
    check(&[(0, "lead_message"), (1, "ann_wrote"), (2, "queued"), (3, "lead_message")], Some(3));
    check(&[(0, "lead_message"), (1, "assigned_ann"), (2, "lead_message"), (3, "queued")], Some(0));
    check(&[(0, "lead_message"), (0, "queued"), (1, "rejected_rep")], None);
    check(&[(0, "lead_message"), (0, "queued"), (1, "spam_detected"), (2, "spam_reversed")], Some(0));
}

#[test]
fn rejection_spam_and_closing_end_it() {
    check(&[(0, "lead_message"), (1, "rejected_rep")], None);
    check(&[(0, "lead_message"), (1, "rejected_rep"), (2, "lead_message")], None);
    check(&[(0, "lead_message"), (1, "spam_detected")], None);
    check(&[(0, "spam_message")], None);
    // Taken back, it is as if they had never been (R9b).
    check(&[(0, "lead_message"), (1, "spam_detected"), (2, "spam_reversed")], Some(0));
    check(&[(0, "lead_message"), (1, "rejected_rep"), (2, "rejection_reversed")], Some(0));
    let closed = [(0, "lead_message")];
    assert_eq!(derive(&facts(&closed), Millis(12 * DAY)).waiting_since, Some(Millis(0)));
    assert_eq!(derive(&facts(&closed), Millis(12 * DAY + 1)).waiting_since, None);
    // A closed chat that is opened again is a new episode (R5).
    check(&[(0, "lead_message"), (20 * DAY, "link_clicked")], None);
    check(&[(0, "lead_message"), (20 * DAY, "lead_message")], Some(20 * DAY));
}

#[test]
fn a_deal_does_not_end_it() {
    check(&[(0, "link_clicked"), (1, "lead_message"), (2, "deal_opened")], Some(1));
    check(&[(0, "link_clicked"), (1, "deal_opened"), (2, "ann_wrote"), (3, "lead_message")], Some(3));
}

#[test]
fn each_chat_is_kept_in_one_folder() {
    assert_eq!(folder(&[], 0), None);
    for open in ["link_clicked", "lead_message"] {
        assert_eq!(folder(&[(0, open)], 1), Some(Folder::Open));
        assert_eq!(folder(&[(0, open)], 13 * DAY), Some(Folder::Closed));
    }
    assert_eq!(folder(&[(0, "lead_message"), (1, "rejected_ai")], 30 * DAY), Some(Folder::Rejected));
    let spam = [(0, "lead_message"), (1, "spam_detected")];
    // Also once it is closed (R4b).
    assert_eq!(folder(&spam, 2), Some(Folder::Spam));
    assert_eq!(folder(&spam, 13 * DAY), Some(Folder::Spam));
}
