//! What metrics count of what was done about a person, and of forms, read a second time.

use crate::made::Scene;
use crate::things::{Thing, length, thing};
use knock_model::{Millis, RepId};
use knock_report::{Dimension, Person, Routed, RoutedTo, Run, StepTaken, Voice, Written};

/// None for a metric of something else.
pub(crate) fn acted(scene: &Scene, name: &str, person: &Person) -> Option<Vec<Thing>> {
    let acts = &person.acts;
    let decided = || acts.decisions.iter().filter(|routed| routed.to != RoutedTo::Pending);
    Some(match name {
        "decisions"
        | "assigned_by_turn"
        | "fallbacks"
        | "fallback_share"
        | "none_available"
        | "none_available_share"
        | "to_agent"
        | "disqualified"
        | "unbookable" => decided().filter_map(|routed| decision(name, routed)).collect(),
        "passed_over" => decided().flat_map(skips).collect(),
        "forms_sent" | "forms_answered" | "form_answer_median" | "form_answer_p90" | "forms_booked" => {
            person.chat.forms.iter().filter_map(|sent| form(scene, name, person, *sent)).collect()
        }
        "enrolled" | "running" | "completed" | "stopped" | "run_time_median" => {
            acts.runs.iter().filter_map(|run| enrolment(name, run)).collect()
        }
        "steps_done" | "steps_skipped" => {
            let steps = acts.runs.iter().flat_map(|run| run.steps.iter().map(move |taken| (run, taken)));
            steps.filter_map(|(run, taken)| step(name, run, taken)).collect()
        }
        _ if name.starts_with("crm_") => acts.writes.iter().filter_map(|write| written(name, write)).collect(),
        "agent_unanswered" => acts.questions.iter().map(|at| thing(*at)).collect(),
        _ => return None,
    })
}

fn of_decision(routed: &Routed, reason: &str, rep: Option<RepId>) -> Thing {
    let keys = vec![
        (Dimension::Segment, routed.segment.clone()),
        (Dimension::Rule, routed.rule.clone()),
        (Dimension::Score, routed.score.clone()),
        (Dimension::Reason, reason.to_owned()),
    ];
    Thing { keys, rep, ..thing(routed.at) }
}

fn decision(name: &str, routed: &Routed) -> Option<Thing> {
    let rep = if let RoutedTo::Rep(rep) = routed.to { Some(rep) } else { None };
    let counts = match name {
        "assigned_by_turn" => routed.is_by_turn,
        "fallbacks" => routed.is_fallback,
        "none_available" => routed.to == RoutedTo::Waiting,
        "to_agent" => routed.to == RoutedTo::Agent,
        "disqualified" => routed.to == RoutedTo::Disqualified,
        "unbookable" => routed.to == RoutedTo::Unbookable,
        _ => true,
    };
    let hit = if name == "none_available_share" { routed.to == RoutedTo::Waiting } else { routed.is_fallback };
    counts.then(|| Thing { hit, ..of_decision(routed, routed.reason, rep) })
}

fn skips(routed: &Routed) -> Vec<Thing> {
    routed.skipped.iter().map(|(rep, reason)| of_decision(routed, reason, Some(*rep))).collect()
}

fn form(scene: &Scene, name: &str, person: &Person, sent: Millis) -> Option<Thing> {
    let mut answers: Vec<(Millis, RepId)> = Vec::new();
    for said in person.chat.messages.iter().filter(|said| said.at >= sent) {
        if let Voice::Rep(rep) = said.by {
            answers.push((said.at, rep));
        }
    }
    let first = answers.iter().map(|(at, _)| *at).min();
    let answer = answers.iter().find(|(at, _)| Some(*at) == first);
    let is_booked = person.meetings.iter().any(|meeting| meeting.booked_at >= sent);
    let counts = match name {
        "forms_sent" => true,
        "forms_booked" => is_booked,
        _ => answer.is_some(),
    };
    let took = answer.map(|(at, rep)| length(scene, Some(*rep), sent.0, at.0));
    counts.then(|| Thing { took, rep: answer.map(|(_, rep)| *rep), ..thing(sent) })
}

fn enrolment(name: &str, run: &Run) -> Option<Thing> {
    let is_completed = run.ended_at.is_some() && !run.is_stopped;
    let counts = match name {
        "enrolled" => true,
        "running" => run.ended_at.is_none(),
        "stopped" => run.ended_at.is_some() && run.is_stopped,
        _ => is_completed,
    };
    let took = run.ended_at.filter(|_| is_completed).map(|ended| (ended.0 - run.enrolled_at.0).max(0));
    let keys = vec![(Dimension::Workflow, run.workflow.clone())];
    counts.then(|| Thing { keys, took, ..thing(run.enrolled_at) })
}

fn step(name: &str, run: &Run, taken: &StepTaken) -> Option<Thing> {
    let wanted = if name == "steps_done" { "done" } else { "skipped" };
    let keys = vec![
        (Dimension::Workflow, run.workflow.clone()),
        (Dimension::Step, taken.step.clone()),
        (Dimension::Reason, taken.reason.clone()),
    ];
    (taken.outcome == wanted).then(|| Thing { keys, ..thing(taken.at) })
}

fn written(name: &str, write: &Written) -> Option<Thing> {
    let keys = vec![(Dimension::Crm, write.crm.clone()), (Dimension::Cause, write.cause.clone())];
    let took = write.written_at.map(|at| (at.0 - write.cause_at.0).max(0));
    let counts = took.is_none() == (name == "crm_given_up");
    counts.then(|| Thing { keys, took, ..thing(write.cause_at) })
}
