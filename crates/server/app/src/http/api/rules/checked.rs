//! Validation of a rule against the current team.

use crate::http::problem::Problem;
use knock_ports::{StoreError, View};
use knock_routing::{Calendars, ChatTarget, MeetingTarget, Plan, Rule};
use knock_wire::FieldError;

/// The maximum number of days back.
const MOST_DAYS: u32 = 90;

/// Refuses to look further back than [`MOST_DAYS`].
pub(super) fn checked_days(days: u32) -> Vec<FieldError> {
    if (1..=MOST_DAYS).contains(&days) {
        return Vec::new();
    }
    vec![FieldError { pointer: "/days".into(), reason: format!("is not between 1 and {MOST_DAYS}") }]
}

/// Refuses a rule without a name, or with reps who are not members.
pub(super) fn checked(view: &dyn View, rule: &Rule, at: &str) -> Result<Vec<FieldError>, StoreError> {
    let members: Vec<String> = view.members()?.iter().map(|member| member.id.to_string()).collect();
    let mut errors = Vec::new();
    let mut wrong = |field: &str, reason: String| errors.push(FieldError { pointer: format!("{at}/{field}"), reason });
    if rule.name.trim().is_empty() || rule.name.chars().count() > 100 {
        wrong("name", "is empty or longer than 100 characters".into());
    }
    for (field, rep) in named(rule) {
        if !members.contains(&rep) {
            wrong(&field, format!("`{rep}` is not a member of the team"));
        }
    }
    Ok(errors)
}

/// Combines all errors into one problem.
pub(super) fn refuse(errors: Vec<FieldError>) -> Result<(), Problem> {
    let mut errors = errors.into_iter();
    match errors.next() {
        None => Ok(()),
        Some(first) => Err(errors.fold(Problem::invalid(first), Problem::field)),
    }
}

/// Every rep that a rule names, with its place.
fn named(rule: &Rule) -> Vec<(String, String)> {
    let place = |at: usize| format!("segments/{at}/assign");
    let fallback = "fallback/assign".to_owned();
    match &rule.plan {
        Plan::Chat { segments, fallback: last } => {
            let targets = segments.iter().enumerate().map(|(at, segment)| (place(at), &segment.target));
            targets.chain([(fallback, last)]).flat_map(|(field, target)| of(field, chat(target))).collect()
        }
        Plan::Meeting { segments, fallback: last, .. } => {
            let targets = segments.iter().enumerate().map(|(at, segment)| (place(at), &segment.target));
            targets.chain([(fallback, last)]).flat_map(|(field, target)| of(field, meeting(target))).collect()
        }
    }
}

fn of(field: String, reps: &[String]) -> Vec<(String, String)> {
    reps.iter().map(|rep| (field.clone(), rep.clone())).collect()
}

fn chat(target: &ChatTarget) -> &[String] {
    match target {
        ChatTarget::Rep(rep) => std::slice::from_ref(rep),
        ChatTarget::Pool(reps) => reps,
        ChatTarget::AiAgent(_) => &[],
    }
}

fn meeting(target: &MeetingTarget) -> &[String] {
    match target {
        MeetingTarget::Calendars(Calendars { reps, .. }) => reps,
        MeetingTarget::Disqualify => &[],
    }
}
