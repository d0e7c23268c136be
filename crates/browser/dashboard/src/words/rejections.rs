//! Whom the AI agent rejects: a segment of a draft for each kind of agent, and how it reads.

use knock_routing::{AgentChoice, ChatTarget};
use knock_wire::{AgentRejection, AgentRejections};

use super::rule::agent_label;
use super::rules::condition::Group;
use super::rules::draft::SegmentDraft;
use super::rules::fault::Fault;
use super::rules::target::TargetDraft;
use super::rules::texts::condition_words;

/// The segment of a kind of agent: its id is the kind, its name the reason.
pub(crate) fn segment_of(of: &AgentRejection) -> SegmentDraft {
    let target = TargetDraft::of_chat(&ChatTarget::AiAgent(AgentChoice::Auto));
    let new = SegmentDraft::new(of.kind.clone(), of.reason.clone(), target);
    SegmentDraft { is_enabled: of.is_on, when: Group::read(&of.when), ..new }
}

/// What is to be saved of the segments; otherwise all missing inputs.
pub(crate) fn written(segments: &[SegmentDraft]) -> Result<AgentRejections, Vec<Fault>> {
    let mut faults = Vec::new();
    let one = |segment: &SegmentDraft| AgentRejection {
        kind: segment.id.clone(),
        is_on: segment.is_enabled,
        when: segment.when.condition(&mut faults),
        reason: segment.name.trim().to_owned(),
    };
    let agents = segments.iter().map(one).collect();
    if faults.is_empty() { Ok(AgentRejections { agents }) } else { Err(faults) }
}

/// Whether the agent rejects, whom, and with which reason, for those who may not change it.
pub(crate) fn rejection_words(of: &AgentRejection) -> String {
    if !of.is_on {
        return format!("{}: off.", agent_label(&of.kind));
    }
    let when = condition_words(&Group::read(&of.when));
    format!("{}: rejects leads who match: {when}. Reject reason: {}.", agent_label(&of.kind), of.reason)
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_routing::Condition;
    use wasm_bindgen_test::wasm_bindgen_test;

    fn hiring(when: &str) -> AgentRejection {
        let when: Condition = serde_json::from_str(when).expect("a condition");
        AgentRejection { kind: "hiring".to_owned(), is_on: true, when, reason: " Job seeker ".to_owned() }
    }

    #[wasm_bindgen_test]
    fn a_rejection_is_read_and_written_again() {
        let stored = hiring(r#"{"any":[{"field":"email.is_free","op":"eq","value":true}]}"#);
        let written = written(&[segment_of(&stored)]);
        let expected = AgentRejection { reason: "Job seeker".to_owned(), ..stored };
        assert_eq!(written, Ok(AgentRejections { agents: vec![expected] }));
    }

    #[wasm_bindgen_test]
    fn it_reads_as_a_sentence() {
        let on = hiring(r#"{"any":[{"field":"email.is_free","op":"eq","value":true}]}"#);
        assert!(rejection_words(&on).contains("rejects leads who match"), "{}", rejection_words(&on));
        let off = AgentRejection { is_on: false, ..on };
        assert!(rejection_words(&off).ends_with(": off."));
    }
}
