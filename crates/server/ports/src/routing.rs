//! Rules, links and the decisions made by them.

use crate::{Cursor, Link, StoreError};
use knock_intent::{Question, TypeWhy};
use knock_model::{IntentType, LeadId, Millis, RepId, SignalId};
use knock_routing::{Decision, Funnel, LeadFields, Rule, Turns};
use std::collections::BTreeMap;

/// A decision with its inputs. It is a fact: only a what-if decides again.
#[derive(Clone, Debug, PartialEq)]
pub struct Decided {
    /// The id of the resulting assignment.
    pub id: SignalId,
    pub lead: LeadId,
    pub at: Millis,
    /// The link that the lead used.
    pub link: String,
    /// The fields of the lead at that time.
    pub fields: LeadFields,
    /// The assignee and the reason.
    pub decision: Decision,
}

/// A decision of the intent type of a lead (IF-03). It is a fact too.
#[derive(Clone, Debug, PartialEq)]
pub struct TypeDecided {
    /// The message that decided it.
    pub id: SignalId,
    pub lead: LeadId,
    pub at: Millis,
    pub kind: IntentType,
    /// The distance to the second best type, in natural log-odds.
    pub margin: f64,
    pub why: TypeWhy,
    /// Whether the agent may still ask what the lead wants, or has asked.
    pub question: Question,
}

/// A saved version of a rule.
#[derive(Clone, Debug, PartialEq)]
pub struct SavedRule {
    pub rule: Rule,
    pub saved_at: Millis,
    /// The member who saved it; none for a program and for the server itself.
    pub saved_by: Option<RepId>,
    /// The instant of the deletion of the rule, with all of its versions.
    pub deleted_at: Option<Millis>,
}

/// Writing rules and decisions.
pub trait RoutingLedger {
    /// Stores a new version of a rule; `by` is the member who saves it.
    fn append_rule(&mut self, rule: &Rule, by: Option<RepId>, now: Millis) -> Result<(), StoreError>;

    /// Marks a rule as deleted. Its versions stay.
    fn delete_rule(&mut self, id: &str, now: Millis) -> Result<(), StoreError>;

    /// Stores a link, new or known.
    fn save_link(&mut self, link: &Link, now: Millis) -> Result<(), StoreError>;

    /// Stores a decision, with the turn that it used.
    fn append_decision(&mut self, decided: &Decided) -> Result<(), StoreError>;

    /// Stores a decision of the type of a lead.
    fn append_type(&mut self, decided: &TypeDecided) -> Result<(), StoreError>;
}

/// Reading rules and decisions.
pub trait RoutingView {
    /// Returns the newest version of every rule that is not deleted, in the order of their creation.
    fn rules(&self) -> Result<Vec<Rule>, StoreError>;

    /// The same, with the member and the instant of saving.
    fn saved_rules(&self) -> Result<Vec<SavedRule>, StoreError>;

    /// All versions of a rule, newest first, also once it is deleted.
    fn rule_versions(&self, id: &str) -> Result<Vec<SavedRule>, StoreError>;

    /// The number of leads by rule since an instant.
    fn leads_by_rule(&self, since: Millis) -> Result<BTreeMap<String, u64>, StoreError>;

    /// The number of decisions by version of a rule.
    fn decisions_by_version(&self, rule: &str) -> Result<BTreeMap<u32, u64>, StoreError>;

    /// The last decision about the meeting of a lead.
    fn last_meeting_decision(&self, lead: LeadId) -> Result<Option<Decided>, StoreError>;

    /// The last decision about the chat of a lead.
    fn last_decision(&self, lead: LeadId) -> Result<Option<Decided>, StoreError>;

    /// The turns of all pools.
    fn turns(&self) -> Result<Turns, StoreError>;

    /// All links, by slug.
    fn links(&self) -> Result<Vec<Link>, StoreError>;

    /// The link with this slug.
    fn link(&self, slug: &str) -> Result<Option<Link>, StoreError>;

    /// The clicks of each link, by the stored signals.
    fn link_clicks(&self) -> Result<BTreeMap<String, u64>, StoreError>;

    /// The conversions of each link: leads who wrote in a chat, without spam.
    fn link_conversions(&self) -> Result<BTreeMap<String, u64>, StoreError>;

    /// The decisions about a lead, oldest first.
    fn decisions_of(&self, lead: LeadId) -> Result<Vec<Decided>, StoreError>;

    /// A page of all decisions, newest first.
    fn decisions(&self, before: Option<Cursor>, limit: u32) -> Result<Vec<Decided>, StoreError>;

    /// The decisions of a funnel from `from` on, oldest first.
    fn decisions_since(&self, funnel: Funnel, from: Millis, limit: u32) -> Result<Vec<Decided>, StoreError>;

    /// The same, newest first.
    fn newest_decisions(&self, funnel: Funnel, from: Millis, limit: u32) -> Result<Vec<Decided>, StoreError>;

    /// The decisions made by a rule from `from` on, newest first.
    fn decisions_by_rule(&self, rule: &str, from: Millis, limit: u32) -> Result<Vec<Decided>, StoreError>;

    /// The turns of all pools before an instant.
    fn turns_before(&self, at: Millis) -> Result<Turns, StoreError>;

    /// Returns the decisions of a lead's type, oldest first.
    fn type_decisions(&self, lead: LeadId) -> Result<Vec<TypeDecided>, StoreError>;
}
