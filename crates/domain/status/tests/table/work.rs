//! Done, snoozed, open: what a member says about work, and forms of leads without a chat (7.4, 7.5).

use crate::chat::{SNOOZED_UNTIL, facts};
use knock_model::Millis;
use knock_status::chat::{Derived, Folder, RepOwner, derive};

const DAY: i64 = 24 * 60 * 60_000;
const WAITS: [(i64, &str); 2] = [(0, "lead_message"), (1, "assigned_ann")];

/// The chat after the events of a waiting lead and these.
fn then(more: &[(i64, &str)], at: i64) -> Derived {
    let events: Vec<_> = WAITS.iter().chain(more).copied().collect();
    derive(&facts(&events), Millis(at))
}

/// Checks the folder, and the instant since which the lead waits.
fn check(more: &[(i64, &str)], at: i64, folder: Folder, waiting_since: Option<i64>) {
    let derived = then(more, at);
    assert_eq!((derived.folder, derived.waiting_since), (Some(folder), waiting_since.map(Millis)), "{more:?} at {at}");
}

#[test]
fn a_done_chat_waits_no_longer_and_comes_back_by_a_message_or_an_assignment() {
    check(&[], 5, Folder::Open, Some(0));
    check(&[(5, "done")], 6, Folder::Done, None);
    // What was done is not owed again.
    check(&[(5, "done"), (9, "lead_message")], 9, Folder::Open, Some(9));
    check(&[(5, "done"), (9, "assigned_bob")], 9, Folder::Open, None);
    check(&[(5, "done"), (9, "assigned_ann")], 9, Folder::Done, None);
    check(&[(5, "done"), (9, "queued")], 9, Folder::Open, None);
    check(&[(5, "done"), (9, "ann_wrote")], 9, Folder::Done, None);
    check(&[(5, "done"), (9, "ai_message")], 9, Folder::Done, None);
    // Undone, it is as if it had not been.
    check(&[(5, "done"), (9, "reopened")], 9, Folder::Open, Some(0));
    check(&[(5, "done"), (9, "rejected_rep")], 9, Folder::Rejected, None);
    check(&[(5, "done"), (9, "spam_detected")], 9, Folder::Spam, None);
    check(&[(5, "done"), (9, "spam_detected"), (10, "spam_reversed")], 10, Folder::Done, None);
    check(&[(5, "done")], 13 * DAY, Folder::Closed, None);
}

#[test]
fn a_snoozed_chat_comes_back_at_its_instant() {
    check(&[(5, "snoozed")], SNOOZED_UNTIL - 1, Folder::Snoozed, None);
    assert_eq!(then(&[(5, "snoozed")], 6).next_folder_at, Some(Millis(SNOOZED_UNTIL)));
    check(&[(5, "snoozed")], SNOOZED_UNTIL, Folder::Open, Some(0));
    assert_eq!(then(&[(5, "snoozed")], SNOOZED_UNTIL).woken(), Some((Millis(SNOOZED_UNTIL), Some("ann"))));
    check(&[(2, "ann_wrote"), (5, "snoozed")], SNOOZED_UNTIL, Folder::Open, None);
    check(&[(5, "snoozed"), (9, "lead_message")], 9, Folder::Open, Some(0));
    check(&[(5, "snoozed"), (9, "assigned_bob")], 9, Folder::Open, Some(0));
    check(&[(5, "snoozed"), (9, "reopened")], 9, Folder::Open, Some(0));
    check(&[(5, "snoozed"), (9, "done")], SNOOZED_UNTIL, Folder::Done, None);
    check(&[(5, "done"), (9, "snoozed")], SNOOZED_UNTIL, Folder::Open, Some(0));
    // One that ended before it was asked for ends at once.
    check(&[(SNOOZED_UNTIL + 5, "snoozed")], SNOOZED_UNTIL + 5, Folder::Open, Some(0));
}

#[test]
fn a_closed_chat_comes_back_by_hand_and_by_a_snooze_until_it_closes_again() {
    let closed = 12 * DAY + 1;
    check(&[(closed + 5, "reopened")], closed + 6, Folder::Open, Some(0));
    check(&[(closed + 5, "assigned_bob")], closed + 6, Folder::Open, Some(0));
    check(&[(closed - 5, "reopened")], closed, Folder::Closed, None);
    check(&[(closed + 5, "done")], closed + 6, Folder::Closed, None);
}

#[test]
fn a_qualified_lead_is_done_unless_they_wait() {
    let deal = [(0, "link_clicked"), (1, "lead_message"), (2, "ann_wrote"), (3, "deal_opened")];
    let folder = |more: &[(i64, &str)]| {
        let events: Vec<_> = deal.iter().chain(more).copied().collect();
        derive(&facts(&events), Millis(40 * DAY)).folder
    };
    assert_eq!(folder(&[]), Some(Folder::Done));
    assert_eq!(folder(&[(5, "lead_message")]), Some(Folder::Open));
    assert_eq!(folder(&[(5, "lead_message"), (6, "ann_wrote")]), Some(Folder::Done));
    assert_eq!(folder(&[(5, "lead_message"), (6, "done")]), Some(Folder::Done));
    assert_eq!(folder(&[(5, "reopened")]), Some(Folder::Open));
    assert_eq!(folder(&[(5, "assigned_bob")]), Some(Folder::Open));
    assert_eq!(folder(&[(5, "assigned_bob"), (6, "done")]), Some(Folder::Done));
    let waited = [(0, "link_clicked"), (1, "lead_message"), (3, "deal_opened")];
    assert_eq!(derive(&facts(&waited), Millis(40 * DAY)).folder, Some(Folder::Open));
}

#[test]
fn a_form_is_work_without_a_status() {
    let form = |more: &[(i64, &str)]| {
        let events: Vec<_> = [(0, "form_sent")].iter().chain(more).copied().collect();
        let derived = derive(&facts(&events), Millis(100));
        assert!(derived.status.is_none() || more.iter().any(|(_, event)| *event == "lead_message"));
        (derived.folder, derived.waiting_since.map(|since| since.0), derived.fields.rep_owner)
    };
    let ann = || Some(RepOwner::Rep("ann".into()));
    assert_eq!(form(&[]), (Some(Folder::Open), Some(0), None));
    assert_eq!(form(&[(1, "assigned_ann")]), (Some(Folder::Open), Some(0), ann()));
    assert_eq!(form(&[(1, "queued")]), (Some(Folder::Open), Some(0), Some(RepOwner::AiAgent)));
    assert_eq!(form(&[(1, "queued"), (2, "assigned_ann")]), (Some(Folder::Open), Some(0), ann()));
    assert_eq!(form(&[(1, "ann_wrote")]), (Some(Folder::Open), None, ann()));
    assert_eq!(form(&[(1, "done")]), (Some(Folder::Done), None, None));
    assert_eq!(form(&[(1, "done"), (2, "form_sent")]), (Some(Folder::Open), Some(2), None));
    assert_eq!(form(&[(1, "spam_detected")]), (Some(Folder::Spam), None, None));
    assert_eq!(form(&[(1, "spam_detected"), (2, "spam_reversed")]), (Some(Folder::Open), Some(0), None));
    assert_eq!(form(&[(1, "ann_wrote"), (2, "lead_message")]), (Some(Folder::Open), Some(2), ann()));
}

#[test]
fn the_agent_cannot_answer_a_form() {
    let since = |events: &[(i64, &str)]| derive(&facts(events), Millis(100)).waiting_since.map(|since| since.0);
    assert_eq!(since(&[(0, "lead_message"), (1, "assigned_ai"), (5, "form_sent")]), Some(5));
    assert_eq!(since(&[(0, "lead_message"), (1, "assigned_ai"), (5, "form_sent"), (6, "lead_message")]), Some(5));
    assert_eq!(since(&[(0, "lead_message"), (1, "assigned_ai"), (5, "form_sent"), (6, "ann_wrote")]), None);
    assert_eq!(since(&[(0, "form_sent"), (1, "assigned_ai"), (5, "lead_message"), (6, "assigned_ann")]), Some(0));
    // A qualified or closed lead who sends a form is open again.
    let deal = [(0, "link_clicked"), (1, "deal_opened"), (5, "form_sent")];
    let derived = derive(&facts(&deal), Millis(100));
    assert_eq!((derived.folder, derived.waiting_since), (Some(Folder::Open), Some(Millis(5))));
    let closed = [(0, "lead_message"), (1, "ann_wrote"), (13 * DAY, "form_sent")];
    let derived = derive(&facts(&closed), Millis(13 * DAY));
    assert_eq!((derived.folder, derived.waiting_since), (Some(Folder::Open), Some(Millis(13 * DAY))));
}

#[test]
fn who_writes_first_has_the_work_without_a_status_until_the_lead_answers() {
    const MINUTE: i64 = 60_000;
    let invited = |more: &[(i64, &str)], at: i64| {
        let events: Vec<_> = [(0, "invited")].iter().chain(more).copied().collect();
        derive(&facts(&events), Millis(at))
    };
    let first = invited(&[], 30 * DAY);
    assert_eq!((first.status, first.folder, first.waiting_since), (None, Some(Folder::Open), None));
    assert_eq!((first.fields.standing_rep(), first.next_change_at), (Some("ann"), None));
    assert_eq!(first.rep_wrote_at, Some(Millis(0)));
    // The answer starts the wait for the rep's reply.
    let answered = invited(&[(5, "lead_message")], 5);
    assert_eq!(answered.status.map(|status| status.as_str()), Some("AI Discovery"));
    assert_eq!((answered.waiting_since, answered.next_change_at), (Some(Millis(5)), Some(Millis(5 + 2 * MINUTE))));
    let assigned = invited(&[(5, "lead_message"), (5, "assigned_ann")], 5 + 2 * MINUTE);
    assert_eq!(assigned.status.map(|status| status.as_str()), Some("Rep Reply Needed"));
    // What the team says about work counts as of a form.
    assert_eq!(invited(&[(5, "done")], 6).folder, Some(Folder::Done));
    assert_eq!(invited(&[(5, "done"), (9, "lead_message")], 9).folder, Some(Folder::Open));
    assert_eq!(invited(&[(5, "spam_detected")], 6).folder, Some(Folder::Spam));
    assert_eq!(invited(&[(5, "spam_detected"), (7, "spam_reversed")], 7).folder, Some(Folder::Open));
    assert_eq!(invited(&[(5, "ann_wrote")], 6).status, None);
    // Who has the lead already keeps them.
    let of_another = derive(&facts(&[(0, "form_sent"), (1, "assigned_bob"), (2, "invited")]), Millis(3));
    assert_eq!((of_another.fields.standing_rep(), of_another.waiting_since), (Some("bob"), None));
}
