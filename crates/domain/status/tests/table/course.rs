//! What a chat's course says of stories: messages, waits, episodes, rejections.

use crate::chat::facts;
use knock_model::Millis;
use knock_status::chat::{Author, Course, Rejecter, Wait, derive};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// Begin, rep, end, and the rep who answered.
type Expected = (i64, Option<&'static str>, Option<i64>, Option<&'static str>);

/// The course right after the last of these events.
fn course(events: &[(i64, &str)]) -> Course {
    let last = events.last().map_or(0, |(at, _)| *at);
    derive(&facts(events), Millis(last)).course
}

fn check(events: &[(i64, &str)], waits: &[Wait], expected: &[Expected]) {
    let expected = expected.iter().map(|(since, rep, ended_at, answered_by)| Wait {
        since: Millis(*since),
        rep: rep.map(str::to_owned),
        ended_at: ended_at.map(Millis),
        answered_by: answered_by.map(str::to_owned),
    });
    assert_eq!(waits, expected.collect::<Vec<_>>(), "{events:?}");
}

fn replies(events: &[(i64, &str)], expected: &[Expected]) {
    check(events, &course(events).replies, expected);
}

fn waits(events: &[(i64, &str)], expected: &[Expected]) {
    check(events, &course(events).waits, expected);
}

fn rejections(events: &[(i64, &str)], expected: &[(i64, Rejecter)]) {
    let rejections = course(events).rejections.into_iter();
    let rejections: Vec<_> = rejections.map(|rejected| (rejected.at.0, rejected.rejection.by)).collect();
    assert_eq!(rejections, expected, "{events:?}");
}

const ANN: Option<&str> = Some("ann");
const BOB: Option<&str> = Some("bob");

/// An assigned chat, whose rep is awaited since its begin.
fn assigned(more: &[(i64, &'static str)]) -> Vec<(i64, &'static str)> {
    [(0, "link_clicked"), (0, "lead_message"), (0, "assigned_ann")].iter().chain(more).copied().collect()
}

#[test]
fn a_first_reply_is_awaited_once_per_assignment() {
    replies(&[(0, "link_clicked"), (1, "lead_message")], &[]);
    replies(&[(0, "link_clicked"), (1, "assigned_ann")], &[]);
    replies(&[(0, "lead_message"), (1, "assigned_ann"), (2, "lead_message")], &[(1, ANN, None, None)]);
    replies(&assigned(&[(1, "ai_message"), (2, "assigned_ann")]), &[(0, ANN, None, None)]);
    replies(&assigned(&[(5, "ann_wrote"), (6, "lead_message")]), &[(0, ANN, Some(5), ANN)]);
    replies(&assigned(&[(5, "bob_wrote")]), &[(0, ANN, Some(5), BOB)]);
    let twice = [(5, "ann_wrote"), (6, "lead_message"), (7, "assigned_bob"), (9, "bob_wrote")];
    replies(&assigned(&twice), &[(0, ANN, Some(5), ANN), (7, BOB, Some(9), BOB)]);
    // A rep who wrote first is awaited from the answer on.
    replies(&[(0, "invited"), (5, "lead_message"), (8, "ann_wrote")], &[(5, ANN, Some(8), ANN)]);
}

#[test]
fn another_rep_begins_anew_unless_the_first_has_missed_it() {
    let early = [(MINUTE, "assigned_bob"), (2 * MINUTE, "bob_wrote")];
    replies(&assigned(&early), &[(0, ANN, Some(MINUTE), None), (MINUTE, BOB, Some(2 * MINUTE), BOB)]);
    let missed = [(3 * MINUTE, "assigned_bob"), (4 * MINUTE, "bob_wrote")];
    replies(&assigned(&missed), &[(0, BOB, Some(4 * MINUTE), BOB)]);
}

#[test]
fn handing_back_and_reopening_end_a_reply_without_answer() {
    replies(&assigned(&[(5, "assigned_ai")]), &[(0, ANN, Some(5), None)]);
    replies(&assigned(&[(5, "queued")]), &[(0, ANN, Some(5), None)]);
    replies(&assigned(&[(5, "assigned_ai"), (7, "assigned_ann")]), &[(0, ANN, Some(5), None), (7, ANN, None, None)]);
    let late = 20 * DAY;
    replies(&assigned(&[(late, "lead_message")]), &[(0, ANN, Some(late), None), (late, ANN, None, None)]);
    let clicked = [(late, "link_clicked"), (late + 1, "lead_message"), (late + 2, "ann_wrote")];
    replies(&assigned(&clicked), &[(0, ANN, Some(late), None), (late + 1, ANN, Some(late + 2), ANN)]);
    // Neither closing nor a rejection does.
    replies(&assigned(&[(late, "assigned_ann")]), &[(0, ANN, None, None)]);
    replies(&assigned(&[(5, "rejected_rep")]), &[(0, ANN, None, None)]);
}

#[test]
fn every_message_in_a_chat_of_the_team_waits_for_a_human() {
    waits(&assigned(&[]), &[(0, ANN, None, None)]);
    waits(&assigned(&[(1, "lead_message"), (2, "assigned_bob")]), &[(0, BOB, None, None)]);
    let later = [(3, "ann_wrote"), (4, "lead_message"), (5, "lead_message"), (6, "bob_wrote")];
    waits(&assigned(&later), &[(0, ANN, Some(3), ANN), (4, ANN, Some(6), BOB)]);
    waits(&[(0, "lead_message"), (1, "queued")], &[(0, None, None, None)]);
    waits(&[(0, "lead_message"), (1, "queued"), (2, "assigned_ann")], &[(0, ANN, None, None)]);
    waits(&[(0, "lead_message"), (1, "queued"), (2, "assigned_ai")], &[(0, None, Some(2), None)]);
    // The rep has left: the lead waits on.
    waits(&assigned(&[(1, "queued")]), &[(0, ANN, None, None)]);
    let late = 20 * DAY;
    waits(&assigned(&[(late, "link_clicked")]), &[(0, ANN, Some(late), None)]);
    waits(&assigned(&[(late, "lead_message")]), &[(0, ANN, Some(late), None), (late, ANN, None, None)]);
    waits(&assigned(&[(1, "done")]), &[(0, ANN, None, None)]);
    waits(&assigned(&[(1, "done"), (2, "lead_message")]), &[(0, ANN, Some(2), None), (2, ANN, None, None)]);
}

#[test]
fn what_the_agent_answers_does_not_wait() {
    waits(&[(0, "lead_message"), (1, "lead_message")], &[]);
    waits(&[(0, "lead_message"), (1, "assigned_ai"), (2, "lead_message")], &[]);
    waits(&[(0, "lead_message"), (0, "assigned_ai"), (1, "ann_wrote")], &[]);
    waits(
        &[(0, "lead_message"), (0, "assigned_ai"), (2, "lead_message"), (3, "assigned_ann")],
        &[(2, ANN, None, None)],
    );
    // A rep who takes a chat that no one has yet has answered.
    waits(&[(0, "lead_message"), (1, "ann_wrote")], &[(0, None, Some(1), ANN)]);
    waits(&assigned(&[(1, "assigned_ai")]), &[(0, ANN, Some(1), None)]);
    // Taken back without a further message, it is the same wait.
    waits(&assigned(&[(1, "assigned_ai"), (2, "assigned_bob")]), &[(0, BOB, None, None)]);
    let written = [(1, "assigned_ai"), (2, "lead_message"), (3, "assigned_ann")];
    waits(&assigned(&written), &[(0, ANN, Some(1), None), (2, ANN, None, None)]);
}

#[test]
fn a_form_waits_also_with_the_agent() {
    waits(&[(0, "form_sent")], &[(0, None, None, None)]);
    waits(&[(0, "form_sent"), (1, "ann_wrote")], &[(0, None, Some(1), ANN)]);
    let agents = [(0, "lead_message"), (0, "assigned_ai"), (1, "form_sent")];
    waits(&agents, &[(1, None, None, None)]);
    // An answer to both is owed since the first of them, and it is one wait.
    waits(&[&agents[..], &[(2, "assigned_ann")]].concat(), &[(0, ANN, None, None)]);
    waits(&assigned(&[(1, "form_sent"), (2, "assigned_ai")]), &[(1, ANN, None, None)]);
    let back = [(1, "assigned_ai"), (2, "form_sent"), (3, "assigned_bob")];
    waits(&assigned(&back), &[(0, BOB, None, None)]);
    assert_eq!(course(&assigned(&back)).forms, [Millis(2)]);
}

#[test]
fn an_episode_begins_with_the_first_message_after_a_beginning() {
    let (second, third) = (20 * DAY, 40 * DAY);
    let events = [
        (0, "link_clicked"),
        (1, "lead_message"),
        (2, "lead_message"),
        (second, "lead_message"),
        (second + 1, "ann_wrote"),
        (second + 2, "lead_message"),
        (third, "link_clicked"),
        (third + 1, "lead_message"),
    ];
    assert_eq!(course(&events).episodes, [1, second, third + 1].map(Millis));
    assert_eq!(course(&[(0, "link_clicked"), (4 * HOUR, "lead_message")]).episodes, [Millis(4 * HOUR)]);
    assert_eq!(course(&[(0, "invited"), (1, "lead_message")]).episodes, [Millis(1)]);
    assert!(course(&[(0, "link_clicked"), (1, "ann_wrote"), (2, "lead_message")]).episodes.is_empty());
}

#[test]
fn each_message_counts_with_its_author() {
    let events = [(0, "spam_message"), (1, "ai_message"), (2, "bob_wrote"), (3, "rejected_rep"), (4, "lead_message")];
    let messages = course(&events).messages.into_iter().map(|message| (message.at.0, message.by));
    let expected = [(0, Author::Lead), (1, Author::Agent), (2, Author::Rep("bob".into())), (4, Author::Lead)];
    assert_eq!(messages.collect::<Vec<_>>(), expected);
    assert_eq!(course(&[(0, "invited")]).messages.len(), 1);
}

#[test]
fn a_rejection_counts_unless_it_is_taken_back_or_said_nothing() {
    rejections(&[(0, "lead_message"), (1, "rejected_rep")], &[(1, Rejecter::Rep)]);
    let twice = [(0, "lead_message"), (1, "rejected_ai"), (2, "rejected_rep")];
    rejections(&twice, &[(1, Rejecter::Ai), (2, Rejecter::Rep)]);
    let reversed = [&twice[..], &[(3, "rejection_reversed")]].concat();
    rejections(&reversed, &[]);
    rejections(&[&reversed[..], &[(4, "rejected_ai")]].concat(), &[(4, Rejecter::Ai)]);
    rejections(&[(0, "rejected_rep"), (1, "lead_message")], &[]);
    rejections(&[(0, "link_clicked"), (1, "deal_opened"), (2, "rejected_ai")], &[]);
    let reason = course(&[(0, "lead_message"), (1, "rejected_rep")]).rejections.remove(0).rejection.reason;
    assert_eq!(reason.as_deref(), Some("no budget"));
}

#[test]
fn a_verdict_that_is_taken_back_leaves_the_waits() {
    waits(&assigned(&[(1, "spam_detected"), (2, "spam_reversed")]), &[(0, ANN, None, None)]);
    replies(&assigned(&[(1, "spam_detected"), (2, "spam_reversed"), (3, "ann_wrote")]), &[(0, ANN, Some(3), ANN)]);
    waits(&assigned(&[(1, "rejected_rep"), (2, "rejection_reversed")]), &[(0, ANN, None, None)]);
    // Without the rejection the chat had been closed and opened again: the old wait ends with the reversal.
    let late = 20 * DAY;
    let closed = [(1, "rejected_rep"), (late, "lead_message"), (late + 1, "rejection_reversed")];
    waits(&assigned(&closed), &[(0, ANN, Some(late + 1), None), (late, ANN, None, None)]);
}
