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
    /// A rule for chats.
    Chat(ChatRule),
    /// A rule for meetings.
    Meeting(MeetingRule),
}

/// A rule for chats: every lead gets an assignee.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChatRule {
    /// `chat`.
    funnel: ChatFunnel,
    /// Its id, the same in all versions; the server assigns one to a new rule.
    #[serde(default)]
    id: String,
    /// Its name.
    #[serde(default)]
    name: String,
    /// Its version, from 1; each save creates the next one.
    #[serde(default)]
    version: u32,
    /// Whether it is the default rule, for leads to whom no rule of a link applies.
    #[serde(default)]
    is_default: bool,
    /// Whether links may use it; true when absent.
    #[serde(default)]
    enabled: bool,
    /// The treatment of the owner of the lead in the CRM; `off` when absent.
    #[serde(default)]
    crm_aware: CrmAware,
    /// The Slack channel of this rule, for leads of segments without their own.
    #[serde(default)]
    monitoring_channel: Option<String>,
    /// The segments, from top to bottom; the first match wins.
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
    /// Its id, the same in all versions; the server assigns one to a new rule.
    #[serde(default)]
    id: String,
    /// Its name.
    #[serde(default)]
    name: String,
    /// Its version, from 1; each save creates the next one.
    #[serde(default)]
    version: u32,
    /// Whether it is the default rule, for leads to whom no rule of a link applies.
    #[serde(default)]
    is_default: bool,
    /// Whether links may use it; true when absent.
    #[serde(default)]
    enabled: bool,
    /// The treatment of the owner of the lead in the CRM; `off` when absent.
    #[serde(default)]
    crm_aware: CrmAware,
    /// The Slack channel of this rule, for leads of segments without their own.
    #[serde(default)]
    monitoring_channel: Option<String>,
    /// Whether a lead with a free mail address is Unqualified.
    #[serde(default)]
    reject_private_email: bool,
    /// The segments, from top to bottom; the first match wins.
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
    /// Whether it is evaluated; true when absent.
    #[serde(default)]
    enabled: bool,
    /// The condition that leads match.
    when: ConditionSchema,
    /// The assignee.
    assign: ChatAssignment,
    /// The Slack channel of this segment, in place of that of the rule.
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
    /// Whether it is evaluated; true when absent.
    #[serde(default)]
    enabled: bool,
    /// The condition that leads match.
    when: ConditionSchema,
    /// The calendars.
    #[serde(default)]
    assign: Option<MeetingAssignment>,
    /// Whether the lead is Unqualified and gets no calendar.
    #[serde(default)]
    disqualify: Option<bool>,
    /// The Slack channel of this segment, in place of that of the rule.
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

/// The Fallback Segment of a rule for meetings, with one of `assign` and `disqualify`.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MeetingFallback {
    /// The calendars.
    #[serde(default)]
    assign: Option<MeetingAssignment>,
    /// Whether the lead is Unqualified and gets no calendar.
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
    /// The id of the rep.
    rep: String,
}

/// A pool: the rep whose turn it is gets the chat.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PoolAssignment {
    /// The ids of the reps.
    #[schema(min_items = 1)]
    pool: Vec<String>,
    /// The strategy of the pool; `round_robin` is the only one.
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

/// The calendars in which a meeting can be booked.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MeetingAssignment {
    /// The calendar mode.
    calendar: CalendarMode,
    /// The reps; exactly one for `single`.
    #[schema(min_items = 1)]
    reps: Vec<String>,
    /// The duration, in minutes; the default of the workspace when absent.
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

/// A condition that holds if every part holds; an empty list always holds.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AllOf {
    #[schema(no_recursion)]
    all: Vec<ConditionSchema>,
}

/// A condition that holds if at least one part holds.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AnyOf {
    #[schema(no_recursion)]
    any: Vec<ConditionSchema>,
}

/// A condition that holds if its part does not hold.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NotThis {
    #[schema(no_recursion)]
    not: Box<ConditionSchema>,
}

/// A comparison of a field of the lead. The operators of each field are in `docs/domain.md`.
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

/// An element of a list that a field is compared with.
#[derive(Deserialize, ToSchema)]
#[serde(untagged)]
enum Scalar {
    Text(String),
    Number(f64),
    Bool(bool),
}
