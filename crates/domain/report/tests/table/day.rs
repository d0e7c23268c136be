//! A day: the agent, a person, a deal, and what is not known.

use crate::person::{ask, at, figure, meeting, person, rep, table, wait};
use knock_model::MeetingState;
use knock_report::{Ask, Dimension, NO_VALUE, Person, Rejection, Said, Voice};
use knock_status::chat::{ChatStatus, Rejecter};
use knock_status::meeting::Canceller;

fn agent(person: &Person) -> Vec<Option<f64>> {
    table("agent", &ask(), person, at(600)).total
}

#[test]
fn the_agent_alone_hands_over_or_has_no_part() {
    let mut person = person();
    person.chat.episodes = vec![at(10), at(100), at(200)];
    person.chat.statuses = vec![(ChatStatus::AiDiscovery, at(10)), (ChatStatus::AiDiscovery, at(100))];
    person.chat.messages = vec![Said { at: at(11), by: Voice::Agent }, Said { at: at(210), by: Voice::Rep(rep(1)) }];
    person.chat.waits = vec![wait(110, None, None)];
    person.chat.rejections = vec![Rejection { at: at(300), by: Rejecter::Ai, reason: "Student".to_owned() }];
    let expected = [Some(3.0), Some(1.0), Some(1.0), Some(33.33), Some(1.0), Some(1.0), Some(0.0), Some(1.0)];
    assert_eq!(agent(&person), expected);
}

#[test]
fn without_items_numbers_are_zero_and_figures_unknown() {
    let expected = [Some(0.0), Some(0.0), Some(0.0), None, Some(0.0), Some(0.0), Some(0.0), Some(0.0)];
    assert_eq!(agent(&person()), expected);
}

#[test]
fn a_booking_and_a_deal_qualify() {
    let mut person = person();
    let qualified = |person: &Person| figure("funnel", "qualified", &table("funnel", &ask(), person, at(600)));
    assert_eq!(qualified(&person), Some(0.0));
    person.meetings = vec![meeting(10, 20, MeetingState::Cancelled)];
    assert_eq!(qualified(&person), Some(1.0));
    person.meetings.clear();
    person.chat.deal_at = Some(at(30));
    assert_eq!(qualified(&person), Some(1.0));
}

#[test]
fn a_deal_is_of_the_rep_who_answered_first() {
    let mut person = person();
    let said = |minute, by| Said { at: at(minute), by };
    // An invitation before the first message answers nothing.
    person.chat.messages = vec![
        said(5, Voice::Rep(rep(3))),
        said(10, Voice::Lead),
        said(11, Voice::Rep(rep(2))),
        said(12, Voice::Rep(rep(1))),
    ];
    person.chat.deal_at = Some(at(30));
    let table = table("team", &ask(), &person, at(60));
    let deals = |number: u8| {
        let row = table.rows.iter().find(|row| row.key == rep(number).to_string()).expect("a row");
        row.values.last().copied().flatten()
    };
    assert_eq!((deals(1), deals(2), deals(3)), (Some(0.0), Some(1.0), Some(0.0)));
}

#[test]
fn a_cancellation_is_of_the_lead_only_if_they_cancelled() {
    let mut person = person();
    let by = |cancelled_by| {
        let mut meeting = meeting(10, 20, MeetingState::Cancelled);
        meeting.cancelled_by = cancelled_by;
        meeting
    };
    person.meetings = vec![by(None), by(Some(Canceller::Rep)), by(Some(Canceller::Lead))];
    let table = table("meetings", &ask(), &person, at(60));
    assert_eq!(figure("meetings", "cancelled_by_lead", &table), Some(1.0));
    assert_eq!(figure("meetings", "cancelled_by_rep", &table), Some(2.0));
}

#[test]
fn the_last_status_lasts_and_has_no_duration() {
    let mut person = person();
    person.chat.statuses = vec![(ChatStatus::New, at(1)), (ChatStatus::AiDiscovery, at(4))];
    let table = table("statuses", &ask(), &person, at(60));
    let row = |key: &str| table.rows.iter().find(|row| row.key == key).expect("a row").values[..4].to_vec();
    assert_eq!(row("New"), [Some(1.0), Some(0.0), Some(3.0), Some(3.0)]);
    assert_eq!(row("AI Discovery"), [Some(1.0), Some(1.0), None, None]);
}

#[test]
fn what_has_no_value_in_a_dimension_is_a_group() {
    let ask = Ask { group: Some(Dimension::Campaign), ..ask() };
    let keys: Vec<String> = table("funnel", &ask, &person(), at(60)).rows.into_iter().map(|row| row.key).collect();
    assert_eq!(keys, [NO_VALUE]);
    let weekdays = Ask { group: Some(Dimension::Weekday), ..ask };
    assert_eq!(table("funnel", &weekdays, &person(), at(60)).rows.len(), 7);
}
