//! Every word of the vocabulary: spelling, owner, rule.

use crate::chat::event;
use knock_status::chat::{ChatOwner, ChatStatus};
use knock_status::meeting::MeetingStatus;

#[test]
fn chat_statuses_have_their_owner_and_rule() {
    let expected = [
        ("New", ChatOwner::AiAgent, "CS-01"),
        ("Save the Lead", ChatOwner::AiAgent, "CS-02"),
        ("Spam", ChatOwner::AiAgent, "CS-03"),
        ("AI Discovery", ChatOwner::AiAgent, "CS-04"),
        ("Rep Reply Needed", ChatOwner::Rep, "CS-05"),
        ("Rep Discovery", ChatOwner::Rep, "CS-06"),
        ("Follow Up Needed", ChatOwner::Rep, "CS-07"),
        ("Rejected", ChatOwner::AiAgent, "CS-08"),
        ("Closed", ChatOwner::Rep, "CS-09"),
        ("Qualified", ChatOwner::Rep, "CS-10"),
    ];
    let told = ChatStatus::ALL.iter().map(|status| (status.as_str(), status.owner(), status.rule()));
    assert_eq!(told.collect::<Vec<_>>(), expected);
}

#[test]
fn meeting_statuses_have_their_rule() {
    let expected = [
        ("New", "MS-01"),
        ("Save the Lead", "MS-02"),
        ("Spam", "MS-03"),
        ("Unqualified", "MS-04"),
        ("Qualified but Not Booked", "MS-05"),
        ("Meeting Booked", "MS-06"),
        ("Meeting Cancelled", "MS-07"),
    ];
    let told = MeetingStatus::ALL.iter().map(|status| (status.as_str(), status.rule()));
    assert_eq!(told.collect::<Vec<_>>(), expected);
}

#[test]
fn chat_events_are_stored_under_their_names() {
    let same = [
        "link_clicked",
        "chat_activity",
        "lead_message",
        "ai_message",
        "rep_message",
        "spam_detected",
        "spam_reversed",
        "rejection_reversed",
        "deal_opened",
    ];
    let others = [("assigned_ann", "assigned"), ("assigned_ai", "assigned"), ("rejected_ai", "rejected")];
    for (event_of, name) in same.into_iter().map(|name| (name, name)).chain(others) {
        assert_eq!(event(event_of).as_str(), name);
    }
}
