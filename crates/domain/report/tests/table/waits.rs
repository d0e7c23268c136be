//! Waits: what counts, for which rep, and as what.

use crate::person::{ask, at, figure, person, rep, table, wait};
use knock_report::{Person, Said, Voice, Wait};

fn response(person: &Person, metric: &str, now: i64) -> Option<f64> {
    figure("response", metric, &table("response", &ask(), person, at(now)))
}

fn replies(waits: &[Wait]) -> Person {
    let mut person = person();
    person.chat.replies = waits.to_vec();
    person
}

#[test]
fn two_minutes_are_within_two_minutes() {
    let share = |waits: &[Wait], now: i64| response(&replies(waits), "within_two_minutes", now);
    assert_eq!(share(&[wait(10, Some(12), Some(1))], 60), Some(100.0));
    assert_eq!(share(&[wait(10, Some(13), Some(1))], 60), Some(0.0));
    assert_eq!(
        share(&[wait(10, Some(11), Some(1)), wait(20, Some(60), Some(1)), wait(30, Some(40), None)], 99),
        Some(33.33)
    );
}

#[test]
fn a_wait_that_can_still_be_answered_in_time_is_not_decided() {
    let open = replies(&[wait(10, None, None)]);
    assert_eq!(response(&open, "within_two_minutes", 12), None);
    assert_eq!(response(&open, "within_two_minutes", 13), Some(0.0));
    assert_eq!((response(&open, "first_replies", 12), response(&open, "unanswered", 99)), (Some(1.0), Some(1.0)));
    assert_eq!(response(&open, "first_reply_median", 99), None);
}

#[test]
fn an_answer_is_of_the_rep_who_gave_it_and_a_miss_of_the_rep_who_had_the_chat() {
    let person = replies(&[wait(10, Some(11), Some(2)), wait(20, Some(30), None)]);
    let table = table("team", &ask(), &person, at(60));
    let row = |number: u8| table.rows.iter().find(|row| row.key == rep(number).to_string()).expect("a row");
    // Awaited, median, within two minutes, not given.
    assert_eq!(row(2).values[..4], [Some(1.0), Some(1.0), Some(100.0), Some(0.0)]);
    assert_eq!(row(1).values[..4], [Some(1.0), None, Some(0.0), Some(1.0)]);
}

#[test]
fn a_wait_is_a_later_one_after_an_answer_in_its_episode() {
    let mut person = person();
    person.chat.episodes = vec![at(5), at(100)];
    person.chat.replies = vec![wait(10, Some(20), Some(1)), wait(110, None, None)];
    person.chat.messages = vec![Said { at: at(20), by: Voice::Rep(rep(1)) }];
    person.chat.waits = vec![wait(8, Some(20), Some(1)), wait(30, Some(40), Some(1)), wait(105, None, None)];
    assert_eq!(response(&person, "later_waits", 200), Some(1.0));
    assert_eq!(response(&person, "later_median", 200), Some(10.0));
    // Without a first reply to measure it, a wait counts at least here.
    person.chat.replies = Vec::new();
    assert_eq!(response(&person, "later_waits", 200), Some(3.0));
}
