//! Validation of a rule against the current team.

use crate::http::problem::Problem;
use knock_ports::{StoreError, View};
use knock_routing::{Calendars, ChatTarget, Condition, Impossible, MeetingTarget, Plan, Rule};
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

/// Refuses a rule without a name, with reps who are not members, or with a condition that is the same for every lead.
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
    let before = view.rules()?.into_iter().find(|known| known.id == rule.id);
    let saved: Vec<String> = before.iter().flat_map(conditions).flat_map(|(_, when)| names(when)).collect();
    for (place, when) in conditions(rule) {
        if let Some(reason) = never_so(view, when, &saved)? {
            wrong(&place, reason);
        }
    }
    Ok(errors)
}

/// Why a condition cannot be saved: it asks for a property of a connected CRM that rules cannot use, for a custom field
/// that is not defined, or for a value that its field never has. Fields in `saved` are kept as they are.
pub(in crate::http::api) fn never_so(
    view: &dyn View,
    when: &Condition,
    saved: &[String],
) -> Result<Option<String>, StoreError> {
    if let Some(Impossible { field, value, options }) = when.impossible() {
        return Ok(Some(format!("`{field}` is never `{value}`: it is one of {}", options.join(", "))));
    }
    unknown_field(view, &names(when), saved)
}

/// Why these fields cannot be asked for; those in `saved` are kept as they are.
pub(in crate::http::api) fn unknown_field(
    view: &dyn View,
    names: &[String],
    saved: &[String],
) -> Result<Option<String>, StoreError> {
    let new: Vec<String> = names.iter().filter(|name| !saved.contains(name)).cloned().collect();
    match unknown_custom(view, &new)? {
        None => unknown_property(view, &new),
        unknown => Ok(unknown),
    }
}

/// A custom field that neither the settings nor a question of a link has.
fn unknown_custom(view: &dyn View, names: &[String]) -> Result<Option<String>, StoreError> {
    let own: Vec<&str> = names.iter().filter_map(|name| name.strip_prefix("custom.")).collect();
    if own.is_empty() {
        return Ok(None);
    }
    let defined = view.custom_fields()?.fields.into_iter().map(|field| field.name);
    let asked = view.links()?.into_iter().flat_map(|link| link.questions).map(|question| question.field);
    let known: Vec<String> = defined.chain(asked).collect();
    let unknown = own.into_iter().find(|name| !known.iter().any(|known| known == name));
    Ok(unknown.map(|name| format!("`custom.{name}` is no custom field: add it in Settings > Custom fields")))
}

fn unknown_property(view: &dyn View, names: &[String]) -> Result<Option<String>, StoreError> {
    for (system, sync) in view.crm_syncs()?.into_iter().filter(|(_, sync)| sync.connection.is_some()) {
        let prefix = format!("crm.{}.fields.", system.as_str());
        let is_unknown = |name: &&String| {
            let own = name.strip_prefix(&prefix);
            own.is_some_and(|own| !sync.read_fields.iter().any(|known| known == own))
        };
        if let Some(name) = names.iter().find(is_unknown) {
            let label = system.label();
            return Ok(Some(format!(
                "`{name}` is none of the properties of {label} that rules can use: add it in Settings > CRM Sync"
            )));
        }
    }
    Ok(None)
}

/// The conditions of a rule's segments, with their places.
fn conditions(rule: &Rule) -> Vec<(String, &Condition)> {
    let place = |at: usize| format!("segments/{at}/when");
    match &rule.plan {
        Plan::Chat { segments, .. } => {
            segments.iter().enumerate().map(|(at, segment)| (place(at), &segment.when)).collect()
        }
        Plan::Meeting { segments, .. } => {
            segments.iter().enumerate().map(|(at, segment)| (place(at), &segment.when)).collect()
        }
    }
}

/// The names of the fields that a condition asks for.
pub(in crate::http::api) fn names(when: &Condition) -> Vec<String> {
    when.fields().into_iter().map(|field| field.name().to_owned()).collect()
}

/// Combines all errors into one problem.
pub(in crate::http::api) fn refuse(errors: Vec<FieldError>) -> Result<(), Problem> {
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
