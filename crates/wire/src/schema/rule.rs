//! Routing rules as `knock_routing` reads and writes them; the test beside compares both.
#![expect(dead_code, reason = "described, never read")]

use super::{named, words_of};
use knock_routing::{AgentKind, CrmSystem, Funnel};
use serde::Deserialize;
use std::borrow::Cow;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{AnyOfBuilder, ObjectBuilder, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

named!(CalendarMode, "CalendarMode", words_of::<knock_routing::CalendarMode>("How several calendars go together."));
named!(
    CrmAware,
    "CrmAware",
    words_of::<knock_routing::CrmAware>("What is done with the owner of the lead in the CRM.")
);
named!(Operator, "Operator", words_of::<knock_routing::Operator>("How a field is compared."));
named!(ChatFunnel, "ChatFunnel", one_of([Funnel::Chat.as_str()]));
named!(MeetingFunnel, "MeetingFunnel", one_of([Funnel::Meeting.as_str()]));
named!(Strategy, "Strategy", one_of(["round_robin"]));
named!(AgentChoice, "AgentChoice", {
    let kinds = AgentKind::ALL.iter().map(|kind| kind.as_str());
    one_of(kinds.chain([knock_routing::AgentChoice::Auto.as_str()]))
});
named!(Field, "Field", {
    let of_crm = CrmSystem::ALL.iter().map(|system| system.as_str()).collect::<Vec<_>>().join("|");
    let own = format!("^(custom|crm\\.({of_crm})\\.fields)\\..+$");
    let own = ObjectBuilder::new().schema_type(Type::String).pattern(Some(own));
    AnyOfBuilder::new().item(one_of(knock_routing::Field::names())).item(own).into()
});

fn one_of<'w>(words: impl IntoIterator<Item = &'w str>) -> RefOr<Schema> {
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(words)).into()
}

/// One version of a routing rule: for chats or for meetings.
#[derive(Deserialize, ToSchema)]
#[serde(untagged)]
#[schema(as = Rule)]
pub enum RuleSchema {
    /// For chats.
    Chat(ChatRule),
    /// For meetings.
    Meeting(MeetingRule),
}

/// A rule for chats: somebody always gets the lead.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChatRule {
    /// `chat`.
    funnel: ChatFunnel,
    /// Its id, the same in all versions; a new rule gets one.
    #[serde(default)]
    id: String,
    /// Its name.
    #[serde(default)]
    name: String,
    /// Its version, from 1; saving makes the next one.
    #[serde(default)]
    version: u32,
    /// Whether it takes what no link's rule takes.
    #[serde(default)]
    is_default: bool,
    /// Whether links may use it; true when absent.
    #[serde(default)]
    enabled: bool,
    /// The treatment of the owner of the lead in the CRM; `off` when absent.
    #[serde(default)]
    crm_aware: CrmAware,
    /// The Slack channel that sees every lead of this rule.
    #[serde(default)]
    monitoring_channel: Option<String>,
    /// From top to bottom, the first match wins.
    segments: Vec<ChatSegment>,
    /// The fallback segment, for leads that match none.
    fallback: ChatFallback,
}

/// A rule for meetings.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MeetingRule {
    /// `meeting`.
    funnel: MeetingFunnel,
    /// Its id, the same in all versions; a new rule gets one.
    #[serde(default)]
    id: String,
    /// Its name.
    #[serde(default)]
    name: String,
    /// Its version, from 1; saving makes the next one.
    #[serde(default)]
    version: u32,
    /// Whether it takes what no link's rule takes.
    #[serde(default)]
    is_default: bool,
    /// Whether links may use it; true when absent.
    #[serde(default)]
    enabled: bool,
    /// The treatment of the owner of the lead in the CRM; `off` when absent.
    #[serde(default)]
    crm_aware: CrmAware,
    /// The Slack channel that sees every lead of this rule.
    #[serde(default)]
    monitoring_channel: Option<String>,
    /// Whether a free mail address is Unqualified.
    #[serde(default)]
    reject_private_email: bool,
    /// From top to bottom, the first match wins.
    segments: Vec<MeetingSegment>,
    /// The fallback segment, for leads that match none.
    fallback: MeetingFallback,
}

/// A segment of a chat rule: a condition and an assignee.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ChatSegment {
    /// Its id within the rule; not `fallback`.
    #[schema(min_length = 1)]
    id: String,
    /// Its name; the id when absent.
    #[serde(default)]
    name: String,
    /// Whether it is looked at; true when absent.
    #[serde(default)]
    enabled: bool,
    /// The condition that leads match.
    when: ConditionSchema,
    /// The assignee.
    assign: ChatAssignment,
    /// A Slack channel of its own.
    #[serde(default)]
    monitoring_channel: Option<String>,
}

/// A segment of a meeting rule: a condition with one of `assign` and `disqualify`.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MeetingSegment {
    /// Its id within the rule; not `fallback`.
    #[schema(min_length = 1)]
    id: String,
    /// Its name; the id when absent.
    #[serde(default)]
    name: String,
    /// Whether it is looked at; true when absent.
    #[serde(default)]
    enabled: bool,
    /// The condition that leads match.
    when: ConditionSchema,
    /// The calendars.
    #[serde(default)]
    assign: Option<MeetingAssignment>,
    /// No calendar: the lead is Unqualified.
    #[serde(default)]
    disqualify: Option<bool>,
    /// A Slack channel of its own.
    #[serde(default)]
    monitoring_channel: Option<String>,
}

/// The Fallback Segment of a rule for chats.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ChatFallback {
    /// The assignee.
    assign: ChatAssignment,
}

/// The Fallback Segment of a rule for meetings. One of the two.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MeetingFallback {
    /// The calendars.
    #[serde(default)]
    assign: Option<MeetingAssignment>,
    /// No calendar: the lead is Unqualified.
    #[serde(default)]
    disqualify: Option<bool>,
}

/// The assignee of a chat.
#[derive(Deserialize, ToSchema)]
#[serde(untagged)]
enum ChatAssignment {
    Rep(RepAssignment),
    Pool(PoolAssignment),
    AiAgent(AgentAssignment),
}

/// One rep.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RepAssignment {
    /// Their id.
    rep: String,
}

/// The rep whose turn it is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PoolAssignment {
    /// Their ids.
    #[schema(min_items = 1)]
    pool: Vec<String>,
    /// The strategy of the pool; there is one.
    #[serde(default)]
    strategy: Option<Strategy>,
}

/// An AI agent.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AgentAssignment {
    /// The kind of agent.
    ai_agent: AgentChoice,
}

/// Calendars a meeting can be booked in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MeetingAssignment {
    /// The calendar mode.
    calendar: CalendarMode,
    /// The reps; exactly one for `single`.
    #[schema(min_items = 1)]
    reps: Vec<String>,
    /// The duration, in minutes; the workspace's standard when absent.
    #[serde(default)]
    #[schema(minimum = 1)]
    duration_min: Option<u32>,
}

/// The condition that leads match.
#[derive(Deserialize, ToSchema)]
#[serde(untagged)]
#[schema(as = Condition)]
pub(crate) enum ConditionSchema {
    All(AllOf),
    Any(AnyOf),
    Not(NotThis),
    Comparison(Comparison),
}

/// Every part holds; an empty list always does.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AllOf {
    #[schema(no_recursion)]
    all: Vec<ConditionSchema>,
}

/// At least one part holds.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AnyOf {
    #[schema(no_recursion)]
    any: Vec<ConditionSchema>,
}

/// The part does not hold.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NotThis {
    #[schema(no_recursion)]
    not: Box<ConditionSchema>,
}

/// A field of the lead, compared. Which operators ask which field is in `docs/domain.md`.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Comparison {
    /// The field.
    field: Field,
    /// The operator.
    op: Operator,
    /// The value to compare with; absent for `is_set` and `is_not_set`.
    #[serde(default)]
    value: Option<Compared>,
}

/// The value that a field is compared with.
#[derive(Deserialize, ToSchema)]
#[serde(untagged)]
enum Compared {
    Text(String),
    Number(f64),
    Bool(bool),
    List(Vec<Scalar>),
}

/// One of a list that a field is compared with.
#[derive(Deserialize, ToSchema)]
#[serde(untagged)]
enum Scalar {
    Text(String),
    Number(f64),
    Bool(bool),
}
