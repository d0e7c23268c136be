//! The page Home.

use crate::Shape;
use crate::made::AT;
use knock_model::{ConversationId, FirstStep, MeetingId, RepId};
use knock_routing::RepState;
use knock_wire::{
    Home, HomeFigure, HomeMeeting, HomeMember, HomeStep, HomeStepDraft, HomeTeam, HomeTeamWait, HomeToday, HomeTrouble,
    HomeWait, HomeWaitAge,
};

pub(crate) fn shapes() -> Vec<Shape> {
    let site = HomeStep { fact: "brew.example".to_owned(), at: Some(AT), is_done: true, ..step(FirstStep::Site) };
    let answers = HomeStep { count: Some(3), ..step(FirstStep::Answers) };
    let slack = HomeStep { is_put_aside: true, ..step(FirstStep::Slack) };
    let home = Home { steps: vec![site, answers, slack], today: today(), team: None };
    vec![
        Shape::of("home", &home),
        Shape::of("home_step_draft", &HomeStepDraft { is_put_aside: true }),
        Shape::of("home_without_work", &Home::default()),
        Shape::of("home_of_manager", &Home { team: Some(team()), ..Home::default() }),
    ]
}

fn step(step: FirstStep) -> HomeStep {
    let can_wait = step.can_wait();
    let (fact, count, at) = (String::new(), None, None);
    HomeStep { step: step.into(), is_done: false, fact, count, at, can_wait, is_put_aside: false }
}

fn today() -> HomeToday {
    let wait =
        HomeWait { conversation: ConversationId::new([6; 16]), name: "Ann Lee".to_owned(), since: AT, is_mine: true };
    let meeting = HomeMeeting {
        id: MeetingId::new([0x0b; 16]),
        name: "Lee".to_owned(),
        start_at: AT,
        end_at: AT,
        owner_name: "Bo".to_owned(),
        is_mine: false,
    };
    let webhook = HomeTrouble {
        kind: "webhook".to_owned(),
        name: "example.com".to_owned(),
        text: "answered 500".to_owned(),
        parked: Some(3),
        since: Some(AT),
    };
    let storage = HomeTrouble { kind: "storage".to_owned(), name: "low".to_owned(), ..HomeTrouble::default() };
    HomeToday {
        waiting: 1,
        waits: vec![wait],
        on_site: 2,
        meetings: vec![meeting],
        changed_meetings: 1,
        unanswered: 4,
        broken: vec![webhook, storage],
    }
}

fn team() -> HomeTeam {
    let replies = HomeFigure {
        metric: "first_reply_median".to_owned(),
        label: "First reply, median".to_owned(),
        unit: "minutes".to_owned(),
        today: Some(3.25),
        usual: None,
        better: "lower".to_owned(),
    };
    let longest = HomeTeamWait {
        conversation: ConversationId::new([6; 16]),
        name: "Ann Lee".to_owned(),
        since: AT,
        owner_name: "Bo".to_owned(),
    };
    let away = HomeMember {
        id: RepId::new([9; 16]),
        name: "Bo".to_owned(),
        state: RepState::Away.into(),
        is_online: false,
        is_full: true,
        since: Some(AT),
        open_chats: 5,
        capacity: Some(5),
    };
    HomeTeam {
        zone: "Europe/Berlin".to_owned(),
        day: "2026-11-20".to_owned(),
        figures: vec![replies],
        waiting: vec![
            HomeWaitAge { to_minutes: Some(2), ..HomeWaitAge::default() },
            HomeWaitAge { from_minutes: 1_440, to_minutes: None, count: 1, longest: Some(longest) },
        ],
        members: vec![away],
    }
}
