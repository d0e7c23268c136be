//! Decides a lead by the draft of a rule, with the server's code.

use knock_model::Millis;
use knock_routing::{
    Ask, Assignee, Decision, LeadFields, Link, Rep, RepState, Rule, Rules, Team, Tried, Turns, decide,
};
use knock_wire::{RuleInputs, RuleRep, Word};

use crate::words::decision::{note_words, reason_words};
use crate::words::rule::{agent_words, comparison_words, outcome_words, reps_words, value_words};

/// A decision in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TestResult {
    pub(crate) assignee: String,
    /// The matching segment; empty if none was evaluated.
    pub(crate) segment: String,
    pub(crate) reason: String,
    pub(crate) notes: Vec<String>,
    /// Every evaluated segment, from the top.
    pub(crate) path: Vec<EvaluatedSegment>,
}

/// An evaluated segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct EvaluatedSegment {
    /// Its name.
    pub(crate) segment: String,
    /// Whether it matched.
    pub(crate) holds: bool,
    /// The deciding conditions.
    pub(crate) because: Vec<String>,
}

/// Decides by a draft alone for a lead without a conversation, with or without a link, by the current state of the
/// team; none if the rule has no decision.
pub(crate) fn decide_by_draft(
    rule: &Rule,
    lead: &LeadFields,
    link: Option<&Link>,
    inputs: &RuleInputs,
    now: Millis,
) -> Option<TestResult> {
    // Evaluated as the default rule: for any link.
    let rule = Rule { is_default: true, ..rule.clone() };
    let mut turns = Turns::default();
    inputs.turns.iter().for_each(|turn| turns.set(&turn.rule, &turn.segment, &turn.rep, turn.number));
    let team = Team { reps: inputs.reps.iter().map(rep).collect(), turns, free_at_slot: None };
    let (funnel, now) = (rule.funnel(), Some(now));
    let ask = Ask { funnel, link, lead, team: &team, sticky: None, needs_human: false, now };
    let decision = decide(Rules(std::slice::from_ref(&rule)), &ask).ok()?;
    Some(result(&rule, &ask, decision, &inputs.reps))
}

fn result(rule: &Rule, ask: &Ask<'_>, decision: Decision, reps: &[RuleRep]) -> TestResult {
    let lead = ask.fields();
    // Without a segment the decision was made before any was evaluated.
    let is_asked = decision.segment.is_some();
    let path = rule.tried(&lead, ask.now).into_iter().filter(|_| is_asked).map(|tried| EvaluatedSegment {
        segment: tried.name.to_owned(),
        holds: tried.holds,
        because: tried.deciding.iter().map(because).collect(),
    });
    let names = rule.segment_names().into_iter();
    let names = names.map(|(id, name)| (id.to_owned(), name.to_owned())).collect();
    TestResult {
        assignee: assignee_words(&decision, reps),
        reason: reason_words(&decision.reason.into()),
        notes: decision.notes.iter().map(|note| note_words(&note.clone().into(), &names)).collect(),
        path: path.collect(),
        segment: decision.segment_name,
    }
}

fn rep(known: &RuleRep) -> Rep {
    let state = match known.state {
        Word::Known(state) => state,
        Word::Unknown(_) => RepState::Active,
    };
    Rep {
        id: known.id.clone(),
        state,
        has_calendar: known.has_calendar,
        at_capacity: known.is_full,
        email: Some(known.email.clone()),
        ..Rep::default()
    }
}

fn because(tried: &Tried<'_>) -> String {
    let asked = comparison_words(tried.leaf.field().name(), tried.leaf.operator(), tried.leaf.value());
    match tried.value {
        None => format!("{asked}: this lead has no value"),
        Some(value) => format!("{asked}: this lead has {}", value_words(value)),
    }
}

fn assignee_words(decision: &Decision, reps: &[RuleRep]) -> String {
    match &decision.assignee {
        None => outcome_words(decision.outcome).to_owned(),
        Some(Assignee::Rep { id }) => reps_words(std::slice::from_ref(id), reps),
        Some(Assignee::AiAgent { id }) => agent_words(*id),
        Some(Assignee::CalendarSet { reps: set, .. }) => reps_words(set, reps),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;
    use knock_routing::{Field, Value};
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn a_lead_is_tried_with_the_path_that_led_there() {
        let (rule, inputs) = (sample::chat_rule(), sample::rule_inputs());
        let mut fields = LeadFields::default();
        fields.set(&Field::parse("intent.type").expect("a field"), Value::text("Buying"));
        let result = decide_by_draft(&rule, &fields, None, &inputs, Millis(0)).expect("a decision");
        assert_eq!(result.segment, "Buyers");
        assert_eq!(result.assignee, "Bo", "Ann had the last turn");
        let path: Vec<_> = result.path.iter().map(|asked| (asked.segment.as_str(), asked.holds)).collect();
        assert_eq!(path, [("Job seekers", false), ("Buyers", true)]);
        assert_eq!(result.path[0].because, ["Intent type is \"Job seeker\": this lead has \"Buying\""]);
        let nothing = decide_by_draft(&rule, &LeadFields::default(), None, &inputs, Millis(0)).expect("a decision");
        assert_eq!((nothing.segment.as_str(), nothing.assignee.as_str()), ("Fallback Segment", "Ann"));
    }
}
