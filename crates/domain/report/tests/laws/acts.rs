//! What was done about persons, drawn as numbers. Some of it ends before it begins: a clock was set back.

use crate::made::{moments, pick, rep};
use knock_model::Millis;
use knock_report::{Acts, Routed, RoutedTo, Run, StepTaken, Written};
use proptest::prelude::*;

const REASONS: [&str; 3] = ["segment_round_robin", "fallback", "segment_ai"];
const OUTCOMES: [&str; 3] = ["done", "skipped", "waited"];

pub(crate) fn acts() -> impl Strategy<Value = Acts> {
    let parts = (moments(5), moments(3), moments(5), moments(3));
    parts.prop_map(|(decisions, runs, writes, questions)| Acts {
        decisions: decisions.into_iter().map(routed).collect(),
        runs: runs.into_iter().map(run).collect(),
        writes: writes.into_iter().map(written).collect(),
        questions: questions.into_iter().map(|(at, ..)| at).collect(),
    })
}

/// From an hour before to seven hours after.
pub(crate) fn around(at: Millis, number: u8) -> Millis {
    at + Millis((i64::from(number % 64) - 8) * 8 * Millis::MINUTE.0)
}

fn routed((at, a, b): (Millis, u8, u8)) -> Routed {
    let places = [
        RoutedTo::Rep(rep(b)),
        RoutedTo::Calendars,
        RoutedTo::Agent,
        RoutedTo::Waiting,
        RoutedTo::Disqualified,
        RoutedTo::Pending,
        RoutedTo::Unbookable,
    ];
    Routed {
        at,
        funnel: pick(&["chat", "meeting"], a),
        rule: pick(&["1", "2"], a / 2).to_owned(),
        segment: pick(&["1/a", "1/fallback", "2/b", ""], b).to_owned(),
        to: pick(&places, a),
        reason: pick(&REASONS, b),
        is_fallback: b.is_multiple_of(3),
        is_by_turn: a.is_multiple_of(2),
        skipped: (0..b % 3).map(|number| (rep(number), pick(&["away", "off_hours"], a.wrapping_add(number)))).collect(),
        score: pick(&["High", "Low", ""], a).to_owned(),
    }
}

fn run((at, a, b): (Millis, u8, u8)) -> Run {
    let step = |number: u8| StepTaken {
        step: format!("w/{number}"),
        at: around(at, b.wrapping_add(number * 17)),
        outcome: pick(&OUTCOMES, a / 3 + number),
        reason: pick(&["", "no_address"], b / 2 + number).to_owned(),
    };
    Run {
        workflow: pick(&["w", "v"], a).to_owned(),
        enrolled_at: at,
        ended_at: (b % 3 > 0).then(|| around(at, b)),
        is_stopped: a % 5 == 0,
        steps: (0..a % 4).map(step).collect(),
    }
}

fn written((at, a, b): (Millis, u8, u8)) -> Written {
    Written {
        crm: pick(&["hubspot", "salesforce"], a).to_owned(),
        cause: pick(&["status", "score"], b).to_owned(),
        cause_at: at,
        written_at: (b % 4 > 0).then(|| around(at, a)),
    }
}
