//! The workflows as parsed values, with the events and fields that concern them: in memory until a commit changes one.

mod loaded;
mod matching;

use knock_model::{Category, Millis, SignalType};
use knock_ports::{StoreError, View};
use knock_routing::Field;
use knock_wire::{StepContent, WorkflowState};
use knock_workflow::{Awaited, EventKind, Run, RunKey, StepKind, Trigger, Version, Versions};
use loaded::{Loaded, expiry, loaded};
use matching::may_fire;
use std::collections::{BTreeMap, BTreeSet};

/// Fields whose changes are said by their own events: the signals of a lead change none of them.
const SAID: [&str; 5] = ["chat.status", "intent.score", "intent.type", "meeting.status", "tags"];

/// What a step does, in one version of its workflow.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StepAction<'i> {
    pub(crate) content: &'i StepContent,
    /// How much later than its entry it may come.
    pub(crate) expires: Millis,
    /// The name of the workflow.
    pub(crate) name: &'i str,
}

/// All workflows that enrol or that leads are in.
#[derive(Debug, Default)]
pub(crate) struct Index {
    /// The newest version of each one that is not archived, in their order.
    current: Vec<Loaded>,
    /// Older and archived ones with leads inside.
    former: Vec<Loaded>,
    /// Triggers of stops and waits.
    inner: Vec<Trigger>,
    /// The fields that triggers and waits for a condition name, each with the instant since which some version does.
    watched: BTreeMap<String, Millis>,
    /// The names of all fields that triggers and conditions ask.
    asked: BTreeSet<String>,
    has_condition_wait: bool,
    watches_signals: bool,
    /// Whether stops or waits count signals.
    counts_inside: bool,
    /// How long before a signal others are read that triggers count; `None` where none counts.
    looks_back: Option<Millis>,
}

impl Index {
    /// Reads the workflows.
    pub(crate) fn load(view: &(impl View + ?Sized)) -> Result<Index, StoreError> {
        let workflows = view.workflows()?;
        if workflows.is_empty() {
            return Ok(Index::default());
        }
        let settings = view.workflow_settings()?;
        let mut newest: BTreeMap<_, _> =
            view.newest_workflow_versions()?.into_iter().map(|version| (version.workflow, version)).collect();
        let (mut current, mut former, mut resting) = (Vec::new(), Vec::new(), Vec::new());
        for stored in workflows {
            let Some(version) = newest.remove(&stored.id) else { continue };
            match stored.state {
                WorkflowState::On => current.push(loaded(version, true, &settings)),
                WorkflowState::Off => current.push(loaded(version, false, &settings)),
                WorkflowState::Archived if view.leads_inside(stored.id, None, 1)?.is_empty() => {
                    resting.push(loaded(version, false, &settings));
                }
                WorkflowState::Archived => former.push(loaded(version, false, &settings)),
            }
        }
        for version in view.workflow_versions_in_use()? {
            let one = loaded(version, false, &settings);
            let is_known = |known: &Loaded| known.number == one.number && known.workflow.id == one.workflow.id;
            if !current.iter().chain(&former).any(is_known) {
                former.push(one);
            }
        }
        let watched = watched_by(current.iter().chain(&former).chain(&resting));
        Ok(Index::of(current, former, watched))
    }

    fn of(current: Vec<Loaded>, former: Vec<Loaded>, watched: BTreeMap<String, Millis>) -> Index {
        let mut index = Index { current, former, ..Index::default() };
        let (mut asked, mut inner) = (watched.keys().cloned().collect::<BTreeSet<_>>(), Vec::new());
        for one in index.current.iter().chain(&index.former) {
            let triggers = one.workflow.triggers();
            index.looks_back =
                triggers.iter().filter_map(|(_, trigger)| trigger.looks_back()).max().max(index.looks_back);
            for (_, condition) in one.workflow.conditions() {
                asked.extend(condition.fields().into_iter().map(|field: &Field| field.name().to_owned()));
            }
            // The first one enrols.
            inner.extend(triggers.into_iter().skip(1).map(|(_, trigger)| trigger.clone()));
            index.has_condition_wait |= one.workflow.all_steps().iter().any(|(_, step)| {
                matches!(&step.kind, StepKind::WaitFor(wait) if matches!(wait.awaited, Awaited::Condition(_)))
            });
        }
        index.counts_inside = inner.iter().any(|trigger| trigger.looks_back().is_some());
        let watches_signals = watched.keys().any(|field| !SAID.contains(&field.as_str()));
        Index { inner, watched, asked, watches_signals, ..index }
    }

    /// Whether there is nothing to react to.
    pub(crate) fn is_empty(&self) -> bool {
        self.current.is_empty() && self.former.is_empty() && self.watched.is_empty()
    }

    /// The versions, as an engine takes them.
    pub(crate) fn versions(&self) -> Versions<'_> {
        fn of(loaded: &[Loaded]) -> Vec<Version<'_>> {
            loaded.iter().map(|one| Version { number: one.number, workflow: &one.workflow }).collect()
        }
        Versions { current: of(&self.current), former: of(&self.former) }
    }

    /// Whether the version of a run is known.
    pub(crate) fn knows(&self, run: &Run) -> bool {
        self.find(&run.workflow, run.version).is_some()
    }

    /// The number of the newest version of a workflow that is not archived.
    pub(crate) fn newest(&self, workflow: &str) -> Option<u32> {
        self.current.iter().find(|one| one.workflow.id == workflow).map(|one| one.number)
    }

    /// What a step of a version does.
    pub(crate) fn action(&self, run: &RunKey, version: u32, step: &str) -> Option<StepAction<'_>> {
        let one = self.find(&run.workflow, version)?;
        let content = one.contents.get(step)?;
        let expires = one.workflow.step(step).and_then(expiry).unwrap_or(Millis(0));
        Some(StepAction { content, expires, name: &one.name })
    }

    fn find(&self, workflow: &str, version: u32) -> Option<&Loaded> {
        let mut all = self.current.iter().chain(&self.former);
        all.find(|one| one.number == version && one.workflow.id == workflow)
    }

    /// Whether an event can enrol a lead.
    pub(crate) fn enrols_by(&self, kind: &EventKind) -> bool {
        self.current.iter().any(|one| may_fire(&one.workflow.trigger, kind))
    }

    /// Whether an event can do something to a run.
    pub(crate) fn concerns_runs(&self, kind: &EventKind) -> bool {
        self.has_condition_wait || self.inner.iter().any(|trigger| may_fire(trigger, kind))
    }

    /// Whether a signal is to be looked at: of a lead, or of a browser without one.
    pub(crate) fn wants(&self, signal: SignalType, category: Category, is_of_lead: bool) -> bool {
        let may_matter = |kind: &EventKind| self.enrols_by(kind) || (is_of_lead && self.concerns_runs(kind));
        (is_of_lead && self.watches_signals)
            || may_matter(&EventKind::Signal { signal, category })
            || (signal == SignalType::FormSubmit && may_matter(&EventKind::Form { form: None }))
            || (signal == SignalType::LinkClick && may_matter(&EventKind::Link { link: None }))
    }

    /// The fields that triggers and waits for a condition name, each with the instant since which some version does.
    pub(crate) const fn watched(&self) -> &BTreeMap<String, Millis> {
        &self.watched
    }

    /// Whether triggers or waits name a field that the signals of a lead change without an event of its own.
    pub(crate) const fn watches_signals(&self) -> bool {
        self.watches_signals
    }

    /// Whether any trigger or condition asks a field whose name begins so.
    pub(crate) fn asks(&self, start: &str) -> bool {
        self.asked.range(start.to_owned()..).next().is_some_and(|field| field.starts_with(start))
    }

    /// The categories of the signals that enrolments by this event count; none where it is counted by none, no category
    /// where it is counted with all.
    pub(crate) fn counted_with(&self, kind: &EventKind) -> Option<BTreeSet<Category>> {
        let triggers = self.current.iter().map(|one| &one.workflow.trigger);
        let counting = triggers.filter(|trigger| trigger.looks_back().is_some() && may_fire(trigger, kind));
        let categories = counting.map(|trigger| match trigger {
            Trigger::Signal { category, .. } => *category,
            Trigger::Field { .. } | Trigger::Message { .. } | Trigger::Form { .. } | Trigger::Link { .. } => None,
        });
        let categories: Vec<Option<Category>> = categories.collect();
        let named: Option<BTreeSet<Category>> = categories.iter().copied().collect();
        (!categories.is_empty()).then(|| named.unwrap_or_default())
    }

    /// How long before a signal others are read that triggers count; none where none counts.
    pub(crate) const fn looks_back(&self) -> Option<Millis> {
        self.looks_back
    }

    /// Whether stops or waits count signals.
    pub(crate) const fn counts_inside(&self) -> bool {
        self.counts_inside
    }
}

/// The fields that triggers and waits for a condition name, each with the instant since which some version does. Archived
/// workflows count, since they can be in use again.
fn watched_by<'l>(all: impl Iterator<Item = &'l Loaded>) -> BTreeMap<String, Millis> {
    let mut watched = BTreeMap::new();
    for one in all {
        for field in one.workflow.triggers().into_iter().filter_map(|(_, trigger)| named(trigger)).chain(awaited(one)) {
            let since = watched.entry(field.name().to_owned()).or_insert(one.saved_at);
            *since = one.saved_at.min(*since);
        }
    }
    watched
}

/// The field that a trigger names.
fn named(trigger: &Trigger) -> Option<&Field> {
    match trigger {
        Trigger::Field { field, .. } => Some(field),
        Trigger::Signal { .. } | Trigger::Message { .. } | Trigger::Form { .. } | Trigger::Link { .. } => None,
    }
}

/// The fields of the conditions that steps wait for: a change of one of them alone can end such a wait.
fn awaited(one: &Loaded) -> impl Iterator<Item = &Field> {
    one.workflow.all_steps().into_iter().flat_map(|(_, step)| match &step.kind {
        StepKind::WaitFor(wait) => match &wait.awaited {
            Awaited::Condition(condition) => condition.fields(),
            Awaited::Event(_) => Vec::new(),
        },
        StepKind::Wait(_)
        | StepKind::WaitUntil(_)
        | StepKind::Branch { .. }
        | StepKind::Stop
        | StepKind::Act { .. } => Vec::new(),
    })
}
