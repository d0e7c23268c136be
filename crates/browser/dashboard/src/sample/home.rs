//! The page Home.

use super::AT;
use knock_model::{ConversationId, FirstStep, MeetingId, Millis, RepId};
use knock_routing::RepState;
use knock_wire::{
    Home, HomeFigure, HomeMeeting, HomeMember, HomeStep, HomeTeam, HomeTeamWait, HomeToday, HomeTrouble, HomeWait,
    HomeWaitAge, Word,
};

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
    Home { steps, today: HomeToday { on_site: 2, unanswered: 1, ..HomeToday::default() }, team: None }
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

/// A figure of today.
pub(crate) fn home_figure(
    metric: &str,
    unit: &str,
    better: &str,
    today: Option<f64>,
    usual: Option<f64>,
) -> HomeFigure {
    let (metric, unit, better) = (metric.to_owned(), unit.to_owned(), better.to_owned());
    HomeFigure { label: format!("Label of {metric}"), metric, unit, today, usual, better }
}

/// A day of a team: more chats than usual, three that wait, and a member in each state.
pub(crate) fn home_team() -> HomeTeam {
    let longest = HomeTeamWait {
        conversation: ConversationId::new([6; 16]),
        name: "Ann Lee".to_owned(),
        since: AT - Millis(480_000),
        owner_name: "Bo".to_owned(),
    };
    HomeTeam {
        zone: "Europe/Berlin".to_owned(),
        day: "2026-11-20".to_owned(),
        figures: vec![
            home_figure("chats", "count", "", Some(15.0), Some(12.0)),
            home_figure("first_reply_median", "minutes", "lower", Some(4.5), Some(3.0)),
            home_figure("within_two_minutes", "percent", "higher", None, None),
        ],
        waiting: vec![
            waits(0, Some(2), 1),
            HomeWaitAge { longest: Some(longest), ..waits(2, Some(10), 2) },
            waits(10, Some(60), 0),
            waits(60, Some(1_440), 0),
            waits(1_440, None, 0),
        ],
        members: vec![
            HomeMember { is_online: true, ..member("Lena", RepState::Active, 3) },
            HomeMember {
                is_full: true,
                capacity: Some(5),
                since: Some(AT - Millis(7_200_000)),
                ..member("Bo", RepState::Away, 5)
            },
            HomeMember { capacity: Some(4), since: Some(AT - Millis(600_000)), ..member("Cy", RepState::Active, 0) },
            member("Di", RepState::OffHours, 1),
        ],
    }
}

fn waits(from_minutes: u32, to_minutes: Option<u32>, count: u32) -> HomeWaitAge {
    HomeWaitAge { from_minutes, to_minutes, count, longest: None }
}

fn member(name: &str, state: RepState, open_chats: u32) -> HomeMember {
    HomeMember {
        id: RepId::new([9; 16]),
        name: name.to_owned(),
        state: Word::Known(state),
        is_online: false,
        is_full: false,
        since: None,
        open_chats,
        capacity: None,
    }
}
