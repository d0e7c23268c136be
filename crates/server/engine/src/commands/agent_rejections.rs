//! Saves whom the agent rejects by conditions.

use crate::audited::{Change, Note, subject};
use crate::changes::Changes;
use knock_model::AuditAction;
use knock_ports::{Ledger, StoreError};
use knock_wire::{AgentRejection, AgentRejections};
use serde_json::{Map, Value, json};

/// Changes whom each kind of agent rejects, from the next message on. Leads who were rejected stay rejected.
#[derive(Clone, Debug)]
pub struct SaveAgentRejections {
    /// All of them, validated.
    pub rejections: AgentRejections,
}

impl Change for SaveAgentRejections {
    type Outcome = ();

    fn make(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<((), Option<Note>), StoreError> {
        let before = ledger.agent_rejections()?;
        if before == self.rejections {
            return Ok(((), None));
        }
        ledger.save_agent_rejections(&self.rejections)?;
        let (before, after) = (changed(&before, &self.rejections), changed(&self.rejections, &before));
        let note = Note::new(AuditAction::AgentChanged, subject("workspace", "", ""));
        Ok(((), Some(note.changed(before, after))))
    }
}

/// The kinds of agent with another setting than in `other`, by their name.
fn changed(of: &AgentRejections, other: &AgentRejections) -> Value {
    let differs = |one: &&AgentRejection| !other.agents.contains(one);
    let shown = |one: &AgentRejection| {
        (format!("rejects_{}", one.kind), json!({"is_on": one.is_on, "when": one.when, "reason": one.reason}))
    };
    Value::Object(of.agents.iter().filter(differs).map(shown).collect::<Map<_, _>>())
}
