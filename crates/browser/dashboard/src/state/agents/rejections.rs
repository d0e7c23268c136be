//! Form state of whom the AI agent rejects by conditions.

use futures_util::FutureExt;
use knock_routing::Funnel;
use knock_wire::AgentRejections;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Agents;
use crate::api::Failure;
use crate::kit::changing::{focus_later, one_at_a_time};
use crate::kit::reactive::effect;
use crate::kit::single::Single;
use crate::state::rules::form::{RuleForm, part_id};
use crate::words::failure::{errors_at, unplaced};
use crate::words::rejections::{segment_of, written};
use crate::words::rules::draft::SegmentDraft;
use crate::words::rules::fault::Fault;

/// The form and the state of saving it.
#[derive(Clone, Copy)]
pub(crate) struct RejectionsForm {
    pub(crate) agents: Agents,
    pub(crate) stored: Single<AgentRejections>,
    /// The conditions: a segment for each kind of agent.
    pub(crate) conditions: RuleForm,
}

impl RejectionsForm {
    /// Loads what is stored, and the fields of conditions for those who may change them.
    pub(crate) fn start(agents: Agents) -> RejectionsForm {
        let session = agents.session;
        let stored = Single::new(move || {
            let client = session.client();
            async move { client.agent_rejections().await }.boxed_local()
        });
        let form = RejectionsForm { agents, stored, conditions: RuleForm::of_conditions(session) };
        effect(move || {
            if let Some(stored) = stored.value.get() {
                form.begin(&stored);
            }
        });
        if agents.may_edit {
            let (client, inputs) = (session.client(), form.conditions.inputs);
            spawn_local(async move {
                // Without them the fields of the conditions that are there can be chosen.
                if let Ok(known) = client.rule_inputs(Funnel::Chat).await {
                    inputs.try_set(known);
                }
            });
        }
        stored.load();
        form
    }

    fn begin(self, stored: &AgentRejections) {
        self.conditions.change(|draft| draft.segments = stored.agents.iter().map(segment_of).collect());
    }

    /// Changes the segment of a kind of agent.
    pub(crate) fn change(self, kind: &str, change: impl FnOnce(&mut SegmentDraft)) {
        self.conditions.change(|draft| {
            if let Some(segment) = draft.segments.iter_mut().find(|segment| segment.id == kind) {
                change(segment);
            }
        });
    }

    /// Whether the form differs from what is stored.
    pub(crate) fn is_changed(self) -> bool {
        let draft = self.conditions.draft.with(|draft| written(&draft.segments)).ok();
        // A single comparison is a group of one in the form.
        let read = |stored: &AgentRejections| written(&stored.agents.iter().map(segment_of).collect::<Vec<_>>()).ok();
        self.stored.value.with(|stored| stored.as_ref().is_some_and(|stored| draft != read(stored)))
    }

    /// Saves all of them; if an input is missing, the focus goes to the first one.
    pub(crate) fn save(self) {
        let RuleForm { is_busy, failure, said, refused, draft, .. } = self.conditions;
        said.set(String::new());
        failure.set(None);
        let rejections = match draft.with_untracked(|draft| written(&draft.segments)) {
            Ok(rejections) => rejections,
            Err(faults) => {
                said.set("Not saved: something is missing.".to_owned());
                focus_on_first(&faults);
                refused.set(faults);
                return;
            }
        };
        let (client, stored) = (self.agents.session.client(), self.stored);
        let work = async move {
            let saved = client.change_agent_rejections(&rejections).await?;
            said.try_set("Saved. It applies from the next message on.".to_owned());
            stored.value.try_set(Some(saved));
            Ok(())
        };
        one_at_a_time(is_busy, failure, work.boxed_local(), Box::new(move |outcome| failure.set(outcome)));
    }

    /// The server's errors about a field of the agent at a place.
    pub(crate) fn errors(self, at: usize, field: &str) -> Vec<String> {
        self.conditions.failure.with(|failure| errors_at(failure.as_ref(), &format!("agents/{at}/{field}")))
    }

    /// The failure, unless a field shows it.
    pub(crate) fn unplaced(self) -> Option<Failure> {
        let count = self.conditions.draft.with(|draft| draft.segments.len());
        let fields = (0..count).flat_map(|at| ["when", "reason"].map(|field| format!("agents/{at}/{field}")));
        let fields: Vec<String> = fields.collect();
        let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
        unplaced(self.conditions.failure.get(), &fields)
    }
}

fn focus_on_first(faults: &[Fault]) {
    if let Some(fault) = faults.first() {
        focus_later(part_id(fault.at));
    }
}
