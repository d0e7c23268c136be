//! The page Home.

use super::AT;
use knock_model::{ConversationId, FirstStep, MeetingId, Millis};
use knock_wire::{Home, HomeMeeting, HomeStep, HomeToday, HomeTrouble, HomeWait, Word};

/// A step that is open, without any part of its fact.
pub(crate) fn home_step(step: FirstStep) -> HomeStep {
    let (fact, can_wait) = (String::new(), step.can_wait());
    HomeStep { step: Word::Known(step), is_done: false, fact, count: None, at: None, can_wait, is_put_aside: false }
}

/// Home of an admin with a name and a site that waits for its first signal.
pub(crate) fn home() -> Home {
    let mut steps: Vec<HomeStep> = FirstStep::ALL.iter().map(|step| home_step(*step)).collect();
    (steps[0].is_done, steps[0].fact) = (true, "Lena Ito".to_owned());
    steps[1].fact = "brew.example".to_owned();
    Home { steps, today: HomeToday { on_site: 2, unanswered: 1, ..HomeToday::default() } }
}

/// A day with a wait, a meeting of a colleague and a webhook that fails.
pub(crate) fn busy_day() -> HomeToday {
    HomeToday {
        waiting: 7,
        waits: vec![HomeWait {
            conversation: ConversationId::new([6; 16]),
            name: "Ann Lee".to_owned(),
            since: AT - Millis(240_000),
            is_mine: true,
        }],
        meetings: vec![HomeMeeting {
            id: MeetingId::new([11; 16]),
            name: "Grace".to_owned(),
            start_at: AT + Millis(3_600_000),
            end_at: AT + Millis(5_400_000),
            owner_name: "Bo".to_owned(),
            is_mine: false,
        }],
        changed_meetings: 2,
        broken: vec![HomeTrouble {
            kind: "webhook".to_owned(),
            name: "hooks.example".to_owned(),
            text: "the server answered 500".to_owned(),
            parked: Some(3),
            since: Some(AT - Millis(7_200_000)),
        }],
        ..HomeToday::default()
    }
}
