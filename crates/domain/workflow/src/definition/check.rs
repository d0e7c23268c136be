//! What a workflow must be to be saved, beyond what the types and its JSON ensure.

use super::{Awaited, Step, StepKind, Trigger, WaitFor, Workflow};
use alloc::format;
use alloc::string::String;
use core::fmt;
use knock_model::{Millis, Vocabulary};
use knock_routing::{Condition, Field, InvalidCondition, Kind, Value};
use knock_status::chat::ChatStatus;
use knock_status::meeting::MeetingStatus;

/// The most steps of a workflow, those of branches included.
const MOST_STEPS: usize = 100;
/// The longest id of a step, in characters: it is part of keys of databases.
const LONGEST_ID: usize = 100;
/// The deepest nesting of steps.
const MOST_LEVELS: usize = 10;

/// A workflow that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidWorkflow {
    /// The part at fault, such as `steps[2].then[0].wait.for_ms`.
    pub field: String,
    /// The error, and the expected value.
    pub reason: String,
}

impl fmt::Display for InvalidWorkflow {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{}: {}", self.field, self.reason)
    }
}

impl core::error::Error for InvalidWorkflow {}

pub(super) fn invalid(field: impl Into<String>, reason: impl Into<String>) -> InvalidWorkflow {
    InvalidWorkflow { field: field.into(), reason: reason.into() }
}

type Checked = Result<(), InvalidWorkflow>;

impl Workflow {
    /// Checks what a workflow must be to be saved: names, positive spans, conditions and triggers that can hold at all
    /// (WF-E4).
    ///
    /// # Errors
    /// Names the first part at fault.
    pub fn check(&self) -> Checked {
        named("id", &self.id)?;
        trigger("trigger", &self.trigger)?;
        self.when.as_ref().map_or(Ok(()), |when| condition("when", when))?;
        if let super::Again::AfterMs(span) = self.again {
            positive("again.after_ms", span)?;
        }
        for (place, stop) in self.stop_when.iter().enumerate() {
            trigger(&format!("stop_when[{place}]"), stop)?;
        }
        if self.quiet.as_ref().is_some_and(|quiet| quiet.from == quiet.to && quiet.days.is_empty()) {
            return Err(invalid("quiet", "expected hours of some length, or days"));
        }
        if let Some(cap) = self.cap {
            positive("cap.within_ms", cap.within)?;
            positive("cap.actions", Millis(i64::from(cap.actions)))?;
        }
        self.check_steps()
    }

    fn check_steps(&self) -> Checked {
        if self.steps.is_empty() {
            return Err(invalid("steps", "expected at least one step"));
        }
        if count(&self.steps) > MOST_STEPS {
            return Err(invalid("steps", format!("expected at most {MOST_STEPS} steps")));
        }
        if levels(&self.steps) > MOST_LEVELS {
            return Err(invalid("steps", format!("nested deeper than {MOST_LEVELS} levels")));
        }
        steps("steps", &self.steps)
    }
}

fn count(steps: &[Step]) -> usize {
    steps.iter().map(|step| 1 + step.branches().into_iter().map(count).sum::<usize>()).sum()
}

fn levels(steps: &[Step]) -> usize {
    steps.iter().map(|step| 1 + step.branches().into_iter().map(levels).max().unwrap_or_default()).max().unwrap_or(0)
}

fn steps(path: &str, steps: &[Step]) -> Checked {
    steps.iter().enumerate().try_for_each(|(place, one)| step(&format!("{path}[{place}]"), one))
}

fn step(path: &str, step: &Step) -> Checked {
    identified(&format!("{path}.id"), &step.id)?;
    match &step.kind {
        StepKind::Wait(span) => positive(&format!("{path}.wait.for_ms"), *span)?,
        StepKind::WaitFor(WaitFor { awaited, within, .. }) => {
            positive(&format!("{path}.wait_for.within_ms"), *within)?;
            match awaited {
                Awaited::Event(event) => trigger(&format!("{path}.wait_for.event"), event)?,
                Awaited::Condition(is) => condition(&format!("{path}.wait_for.is"), is)?,
            }
        }
        StepKind::Branch { condition: branch, .. } => condition(&format!("{path}.branch"), branch)?,
        StepKind::Act { expires: Some(span), .. } => positive(&format!("{path}.expires_ms"), *span)?,
        StepKind::WaitUntil(_) | StepKind::Act { expires: None, .. } | StepKind::Stop => {}
    }
    let [then, otherwise] = step.branches();
    steps(&format!("{path}.then"), then)?;
    steps(&format!("{path}.else"), otherwise)
}

fn named(path: &str, name: &str) -> Checked {
    if name.trim().is_empty() { Err(invalid(path, "expected a name")) } else { Ok(()) }
}

fn identified(path: &str, id: &str) -> Checked {
    named(path, id)?;
    if id.chars().count() > LONGEST_ID || id.chars().any(char::is_control) {
        return Err(invalid(path, format!("expected at most {LONGEST_ID} characters, on one line")));
    }
    Ok(())
}

fn positive(path: &str, span: Millis) -> Checked {
    if span > Millis(0) { Ok(()) } else { Err(invalid(path, "expected more than 0")) }
}

fn condition(path: &str, condition: &Condition) -> Checked {
    condition.check().map_err(|InvalidCondition(reason)| invalid(path, reason))?;
    if has_empty_any(condition) {
        return Err(invalid(path, "an empty `any` matches no lead"));
    }
    if let Some(found) = condition.impossible() {
        return Err(invalid(path, format!("`{}` is never `{}`", found.field, found.value)));
    }
    Ok(())
}

fn has_empty_any(condition: &Condition) -> bool {
    match condition {
        Condition::Any(parts) => parts.is_empty() || parts.iter().any(has_empty_any),
        Condition::All(parts) => parts.iter().any(has_empty_any),
        Condition::Not(part) => has_empty_any(part),
        Condition::Leaf(_) => false,
    }
}

fn trigger(path: &str, trigger: &Trigger) -> Checked {
    match trigger {
        Trigger::Signal { count: Some(_), within: None, .. } => {
            Err(invalid(format!("{path}.within_ms"), "a `count` expects the span it is counted in"))
        }
        Trigger::Signal { count: None, within: Some(_), .. } => {
            Err(invalid(format!("{path}.count"), "`within_ms` expects a `count`"))
        }
        Trigger::Signal { within: Some(within), .. } => positive(&format!("{path}.within_ms"), *within),
        Trigger::Field { field, to } => values(&format!("{path}.to"), field, to),
        Trigger::Signal { .. } | Trigger::Message { .. } | Trigger::Form { .. } | Trigger::Link { .. } => Ok(()),
    }
}

/// Checks that a field can have each of these values.
fn values(path: &str, field: &Field, to: &[Value]) -> Checked {
    if to.is_empty() {
        return Err(invalid(path, "expected at least one value"));
    }
    let known: alloc::vec::Vec<Value> = options(field).iter().map(|word| Value::text(word)).collect();
    for (place, value) in to.iter().enumerate() {
        let is_of_kind = match (field.kind(), value) {
            (Kind::Text | Kind::List | Kind::Any, Value::Text(_))
            | (Kind::Number | Kind::Any, Value::Number(_))
            | (Kind::Bool | Kind::Any, Value::Bool(_)) => true,
            (Kind::Text | Kind::List | Kind::Number | Kind::Bool | Kind::Any, _) => false,
        };
        if !is_of_kind {
            let reason = format!("not a value of the {} field `{}`", field.kind().as_str(), field.name());
            return Err(invalid(format!("{path}[{place}]"), reason));
        }
        if !known.is_empty() && !value.has_any_of(&known) {
            let reason = format!("expected one of {}", options(field).join(", "));
            return Err(invalid(format!("{path}[{place}]"), reason));
        }
    }
    Ok(())
}

/// The values that a field can have, where they are few and known.
fn options(field: &Field) -> alloc::vec::Vec<alloc::borrow::Cow<'static, str>> {
    match field.name() {
        "chat.status" => <ChatStatus as Vocabulary>::words(),
        "meeting.status" => <MeetingStatus as Vocabulary>::words(),
        "consent" => <crate::Consent as Vocabulary>::words(),
        _ => field.options().iter().map(|word| (*word).into()).collect(),
    }
}
