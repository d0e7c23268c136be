//! Workflows as `knock_workflow` reads and writes them.
#![expect(dead_code, reason = "described, never read")]

use super::{CategorySchema, SignalTypeSchema, named, words_of};
use knock_workflow::{Action, Author, Weekday};
use serde::Deserialize;
use std::borrow::Cow;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{AnyOfBuilder, ObjectBuilder, Schema, SchemaType, Type};
use utoipa::{PartialSchema, ToSchema};

named!(WorkflowAction, "WorkflowAction", words_of::<Action>("What an action does."));
named!(MessageBy, "MessageBy", words_of::<Author>("The author of a message."));
named!(WeekdaySchema, "Weekday", words_of::<Weekday>("A day of the week."));
named!(TriggerKind, "TriggerKind", one_of(["signal", "field", "message", "form", "link"]));
named!(WorkflowCondition, "WorkflowCondition", {
    let values = ObjectBuilder::new().schema_type(SchemaType::AnyValue);
    let condition = ObjectBuilder::new().schema_type(Type::Object).additional_properties(Some(values));
    let meaning = "A condition as that of a routing rule; it can ask `chat.status`, `meeting.status`, `tags` and \
                   `consent` besides.";
    condition.description(Some(meaning)).into()
});
named!(EnrolledAgain, "EnrolledAgain", {
    let after = ObjectBuilder::new().schema_type(Type::Object).required("after_ms");
    let after = after.property("after_ms", ObjectBuilder::new().schema_type(Type::Integer));
    let meaning = "Whether a lead is enrolled again: `once`, `always`, or so long after the last time.";
    AnyOfBuilder::new().item(one_of(["once", "always"])).item(after).description(Some(meaning)).into()
});
named!(TriggerValue, "TriggerValue", {
    let types = [Type::String, Type::Number, Type::Boolean];
    ObjectBuilder::new().schema_type(SchemaType::from_iter(types)).into()
});

fn one_of<'w>(words: impl IntoIterator<Item = &'w str>) -> RefOr<Schema> {
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(words)).into()
}

/// A workflow: what enrols a lead, and its steps.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = WorkflowDefinition)]
pub(crate) struct WorkflowSchema {
    /// Its id; the server sets it.
    #[serde(default)]
    id: String,
    /// The server sets it, by the state of the workflow.
    #[serde(default)]
    enabled: bool,
    /// The event that enrols.
    trigger: TriggerSchema,
    /// The condition on the lead at that instant.
    #[serde(default)]
    when: Option<WorkflowCondition>,
    /// `once` when absent.
    #[serde(default)]
    again: EnrolledAgain,
    /// Events that end the run of a lead.
    #[serde(default)]
    stop_when: Vec<TriggerSchema>,
    /// The quiet hours, in place of those of the workspace.
    #[serde(default)]
    quiet: Option<QuietSchema>,
    /// The cap, in place of that of the workspace.
    #[serde(default)]
    cap: Option<CapSchema>,
    /// The steps, 1 to 100.
    steps: Vec<StepSchema>,
}

/// An event, or a number of signals in a span.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = WorkflowTrigger)]
struct TriggerSchema {
    /// Its kind.
    on: TriggerKind,
    /// Of `signal`: the type.
    #[serde(default)]
    signal: Option<SignalTypeSchema>,
    /// Of `signal`: the category.
    #[serde(default)]
    category: Option<CategorySchema>,
    /// Of `signal`: so many of them within the span.
    #[serde(default)]
    count: Option<u32>,
    /// Of `signal` with `count`: the span.
    #[serde(default)]
    within_ms: Option<i64>,
    /// Of `field`: its name.
    #[serde(default)]
    field: Option<String>,
    /// Of `field`: the values that it becomes one of.
    #[serde(default)]
    to: Option<Vec<TriggerValue>>,
    /// Of `message`: the author.
    #[serde(default)]
    by: Option<MessageBy>,
    /// Of `form`: its name.
    #[serde(default)]
    form: Option<String>,
    /// Of `link`: its slug.
    #[serde(default)]
    link: Option<String>,
}

/// A step: exactly one of `wait`, `wait_until`, `wait_for`, `branch`, `do` and `stop`.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = WorkflowStep)]
struct StepSchema {
    /// Its id, unique in the workflow; contents are found by it.
    id: String,
    /// A wait of a span.
    #[serde(default)]
    wait: Option<WaitSchema>,
    /// A wait until a time of day.
    #[serde(default)]
    wait_until: Option<WaitUntilSchema>,
    /// A wait for an event or a condition.
    #[serde(default)]
    wait_for: Option<WaitForSchema>,
    /// A condition that chooses between `then` and `else`.
    #[serde(default)]
    branch: Option<WorkflowCondition>,
    /// An action.
    #[serde(default, rename = "do")]
    act: Option<WorkflowAction>,
    /// The end of the run: `true`.
    #[serde(default)]
    stop: Option<bool>,
    /// The steps when it happened, or holds.
    #[serde(default)]
    #[schema(no_recursion)]
    then: Option<Vec<StepSchema>>,
    /// The steps otherwise.
    #[serde(default, rename = "else")]
    #[schema(no_recursion)]
    otherwise: Option<Vec<StepSchema>>,
    /// How much later than its entry an action to the lead may come.
    #[serde(default)]
    expires_ms: Option<i64>,
}

/// A wait of a span.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = WorkflowWait)]
struct WaitSchema {
    for_ms: i64,
}

/// A wait until a time of day.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = WorkflowWaitUntil)]
struct WaitUntilSchema {
    /// `HH:MM`.
    time: String,
    /// Every day when absent.
    #[serde(default)]
    days: Option<Vec<WeekdaySchema>>,
    /// Such as `Europe/Berlin`.
    zone: String,
}

/// A wait for one of `event` and `is`.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = WorkflowWaitFor)]
struct WaitForSchema {
    #[serde(default)]
    event: Option<TriggerSchema>,
    #[serde(default)]
    is: Option<WorkflowCondition>,
    /// The longest wait.
    within_ms: i64,
}

/// Hours and days in which no action reaches a lead.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = WorkflowQuiet)]
pub(crate) struct QuietSchema {
    /// The first quiet time, `HH:MM`.
    from: String,
    /// The first time that is not quiet.
    to: String,
    /// Such as `Europe/Berlin`.
    zone: String,
    /// Days that are quiet as a whole.
    #[serde(default)]
    days: Vec<WeekdaySchema>,
}

/// The most actions to a lead in a span.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = WorkflowCap)]
pub(crate) struct CapSchema {
    #[schema(minimum = 1)]
    actions: u32,
    /// The span, in milliseconds.
    within_ms: i64,
}
