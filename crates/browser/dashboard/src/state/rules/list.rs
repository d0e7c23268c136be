//! The list of routing rules: levels and uses, creating and deleting.

use futures_util::FutureExt;
use knock_model::{Bucket, IntentType};
use knock_routing::{
    AgentChoice, AgentKind, Condition, CrmAware, Field, Funnel, Leaf, MeetingTarget, Operator, Plan, Rule, Value,
};
use knock_wire::{RuleList, RuleUse};
use leptos::prelude::*;

use super::form::new_segment_id;
use crate::api::Failure;
use crate::kit::changing::one_at_a_time;
use crate::kit::single::Single;
use crate::state::session::{Session, use_session};
use crate::words::rules::condition::Group;
use crate::words::rules::draft::{RuleDraft, SegmentDraft};
use crate::words::rules::level::Level;
use crate::words::rules::target::{TargetDraft, Way};
use crate::words::site::field_errors;

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct RuleLine {
    /// Its newest version.
    pub(crate) rule: Rule,
    /// The usage; none if the server does not send it.
    pub(crate) of_use: Option<RuleUse>,
}

pub(crate) fn level_of(line: &RuleLine) -> Level {
    let has_links = line.of_use.as_ref().is_some_and(|known| !known.links.is_empty());
    match (line.rule.is_default, has_links) {
        (true, _) => Level::Default,
        (false, true) => Level::PerLink,
        (false, false) => Level::Custom,
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum RuleDialog {
    Nothing,
    /// The form that creates a rule.
    Create,
    /// The confirmation of deleting this rule.
    Delete(Rule),
}

/// The list and the state of its actions.
#[derive(Clone, Copy)]
pub(crate) struct Rules {
    session: Session,
    pub(crate) list: Single<RuleList>,
    pub(crate) open: RwSignal<RuleDialog>,
    pub(crate) name: RwSignal<String>,
    /// `chat` or `meeting`.
    pub(crate) funnel: RwSignal<String>,
    /// Its start: a template or the id of a rule; empty for neither.
    pub(crate) from: RwSignal<String>,
    /// Whether a change is being made.
    pub(crate) is_busy: RwSignal<bool>,
    pub(crate) failure: RwSignal<Option<Failure>>,
    /// The message about the last change.
    pub(crate) said: RwSignal<String>,
}

/// The templates of a new rule.
pub(crate) const STARTS: [(&str, &str); 3] = [
    ("", "No segment"),
    ("clean", "Clean CRM: reps get no leads with a low score"),
    ("types", "One segment for each intent type"),
];

impl Rules {
    /// Loads the list.
    pub(crate) fn start() -> Rules {
        let session = use_session();
        let list = Single::new(move || {
            let client = session.client();
            async move { client.rules().await }.boxed_local()
        });
        list.load();
        Rules {
            session,
            list,
            open: RwSignal::new(RuleDialog::Nothing),
            name: RwSignal::new(String::new()),
            funnel: RwSignal::new("chat".to_owned()),
            from: RwSignal::new(String::new()),
            is_busy: RwSignal::new(false),
            failure: RwSignal::new(None),
            said: RwSignal::new(String::new()),
        }
    }

    /// The rules of a funnel at a level, in the order of their creation.
    pub(crate) fn at(self, funnel: Funnel, level: Level) -> Vec<RuleLine> {
        let mut lines = self.of(funnel);
        lines.retain(|line| level_of(line) == level);
        lines
    }

    pub(crate) fn of(self, funnel: Funnel) -> Vec<RuleLine> {
        self.list.value.with(|list| {
            let Some(list) = list else { return Vec::new() };
            let of_funnel = list.rules.iter().filter(|rule| rule.funnel() == funnel);
            of_funnel.map(|rule| RuleLine { rule: rule.clone(), of_use: list.uses.get(&rule.id).cloned() }).collect()
        })
    }

    /// The funnel of the new rule.
    pub(crate) fn chosen_funnel(self) -> Funnel {
        self.funnel.with(|word| Funnel::parse(word)).unwrap_or(Funnel::Chat)
    }

    /// Opens a dialog.
    pub(crate) fn ask(self, what: RuleDialog) {
        self.failure.set(None);
        self.said.set(String::new());
        if what == RuleDialog::Create {
            self.name.set(String::new());
            self.from.set(String::new());
        }
        self.open.set(what);
    }

    pub(crate) fn name_errors(self) -> Vec<String> {
        match self.failure.get() {
            Some(Failure::Refused(problem)) => field_errors(&problem, "name"),
            _ => Vec::new(),
        }
    }

    /// The failure, unless a field shows it.
    pub(crate) fn unplaced(self) -> Option<Failure> {
        self.failure.get().filter(|_| self.name_errors().is_empty())
    }

    pub(crate) fn create(self, show: impl Fn(String) + 'static) {
        let (client, known) = (self.session.client(), self.list.value.get_untracked());
        let (funnel, from, name) =
            (untrack(|| self.chosen_funnel()), self.from.get_untracked(), self.name.get_untracked());
        let work = async move {
            let list = match known {
                Some(list) => list,
                // The dialog was faster than the list.
                None => client.rules().await?,
            };
            let made = client.create_rule(&drafted(&list, funnel, &from, &name)?).await?;
            show(made.id);
            Ok(())
        };
        let ended = move |failure| self.failure.set(failure);
        one_at_a_time(self.is_busy, self.failure, work.boxed_local(), Box::new(ended));
    }

    pub(crate) fn delete(self, rule: Rule) {
        let client = self.session.client();
        let work = async move {
            client.delete_rule(&rule.id).await?;
            if self.open.try_set(RuleDialog::Nothing).is_none() {
                self.said.set(format!("Routing rule deleted: {}", rule.name));
                self.list.load();
            }
            Ok(())
        };
        let ended = move |failure| self.failure.set(failure);
        one_at_a_time(self.is_busy, self.failure, work.boxed_local(), Box::new(ended));
    }
}

/// A new rule. Unless it copies the rule `from`, its fallback is that of the default rule.
fn drafted(list: &RuleList, funnel: Funnel, from: &str, name: &str) -> Result<Rule, Failure> {
    let mut known = list.rules.iter().filter(|rule| rule.funnel() == funnel);
    let copied = known.clone().find(|rule| rule.id == from);
    let base = copied.or_else(|| known.find(|rule| rule.is_default)).ok_or(Failure::NotFound)?;
    let mut draft = RuleDraft::read(base);
    if copied.is_none() {
        draft.segments = segments_of(from, &draft);
        draft.crm_aware = CrmAware::Off;
        draft.channel = String::new();
    }
    draft.is_default = false;
    draft.is_enabled = true;
    // The server refuses an empty name, at its field.
    "new".clone_into(&mut draft.name);
    let rule = draft.rule().map_err(|_| Failure::Unreadable)?;
    Ok(Rule { id: String::new(), name: name.trim().to_owned(), ..rule })
}

/// The initial segments of a rule.
fn segments_of(start: &str, base: &RuleDraft) -> Vec<SegmentDraft> {
    match start {
        "clean" => {
            vec![segment("Low score", "intent.score", Bucket::Low.as_str(), away(base.funnel, AgentChoice::Auto))]
        }
        "types" => {
            let given =
                |kind: IntentType, target: TargetDraft| segment(kind.as_str(), "intent.type", kind.as_str(), target);
            let agent = |kind: AgentKind| away(base.funnel, AgentChoice::Kind(kind));
            vec![
                given(IntentType::Buying, base.fallback.clone()),
                given(IntentType::Partnership, base.fallback.clone()),
                given(IntentType::Support, agent(AgentKind::Support)),
                given(IntentType::JobSeeker, agent(AgentKind::Hiring)),
            ]
        }
        _ => Vec::new(),
    }
}

fn segment(name: &str, field: &str, value: &str, target: TargetDraft) -> SegmentDraft {
    let mut segment = SegmentDraft::new(new_segment_id(), name.to_owned(), target);
    let leaf = Field::parse(field).ok().and_then(|field| Leaf::new(field, Operator::Eq, Some(Value::text(value))).ok());
    segment.when = Group::read(&Condition::All(leaf.map(Condition::Leaf).into_iter().collect()));
    segment
}

/// A target without a rep: chats go to the AI agent, meetings are not booked.
fn away(funnel: Funnel, agent: AgentChoice) -> TargetDraft {
    match funnel {
        Funnel::Chat => {
            TargetDraft { way: Way::Agent, agent: agent.as_str().to_owned(), ..TargetDraft::new(funnel, None) }
        }
        Funnel::Meeting => TargetDraft::of_meeting(&MeetingTarget::Disqualify),
    }
}

pub(crate) fn segment_count(rule: &Rule) -> usize {
    match &rule.plan {
        Plan::Chat { segments, .. } => segments.len(),
        Plan::Meeting { segments, .. } => segments.len(),
    }
}
