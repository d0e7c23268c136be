//! The instants at which items count.

use crate::person::{ask, at, figure, meeting, person, table, wait};
use knock_model::MeetingState;
use knock_report::{Anchor, Ask, Said, Voice};

const DAY: i64 = 1_440;

fn by(anchor: Anchor) -> Ask {
    Ask { anchor: Some(anchor), ..ask() }
}

#[test]
fn a_step_counts_on_the_day_of_the_first_visit_or_on_its_own() {
    let mut person = person();
    person.chat.messages = vec![Said { at: at(DAY + 5), by: Voice::Lead }];
    let wrote = |anchor, now| figure("funnel", "wrote", &table("funnel", &by(anchor), &person, at(now)));
    assert_eq!(wrote(Anchor::FirstSeen, DAY), Some(0.0), "not yet");
    assert_eq!(wrote(Anchor::FirstSeen, DAY + 5), Some(1.0));
    assert_eq!(wrote(Anchor::Reached, DAY + 5), Some(0.0), "the day after");
}

#[test]
fn a_reply_counts_when_it_was_asked_for_or_given() {
    let mut person = person();
    person.chat.replies = vec![wait(10, Some(DAY + 10), Some(1)), wait(-5, Some(5), Some(1))];
    let median =
        |anchor| figure("response", "first_reply_median", &table("response", &by(anchor), &person, at(2 * DAY)));
    assert_eq!(median(Anchor::Asked), Some(1_440.0));
    assert_eq!(median(Anchor::Answered), Some(10.0));
}

#[test]
fn a_meeting_to_come_counts_only_as_booked() {
    let mut person = person();
    person.meetings = vec![meeting(10, 600, MeetingState::Booked)];
    let meetings = |metric, anchor, now| figure("meetings", metric, &table("meetings", &by(anchor), &person, at(now)));
    assert_eq!(meetings("meetings_booked", Anchor::Booked, 100), Some(1.0));
    assert_eq!(meetings("meetings_booked", Anchor::Start, 100), Some(0.0));
    assert_eq!(meetings("meetings_booked", Anchor::Start, 600), Some(1.0));
    assert_eq!(meetings("unmarked", Anchor::Start, 629), Some(0.0));
    assert_eq!(meetings("unmarked", Anchor::Start, 630), Some(1.0));
    assert_eq!(meetings("lead_time_median", Anchor::Booked, 100), Some(590.0));
}
