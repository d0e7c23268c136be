//! Properties of any rule that the team's API accepts (`cargo xtask fuzz`).
#![expect(clippy::expect_used, reason = "a test may stop")]

use knock_model::Millis;
use knock_routing::{Ask, Condition, LeadFields, Plan, Rep, RepState, Rule, Rules, Team, Turns, decide};
use serde_json::Value;

const NOW: Millis = Millis(1_800_000_000_000);

/// A rule, then after an empty line the fields of a lead. What is taken keeps within the limits, is written as it was
/// read, and decides.
#[test]
fn rule() {
    knock_fuzz::target("rule", |bytes| {
        let Ok(text) = std::str::from_utf8(bytes) else { return };
        let (rule, lead) = text.split_once("\n\n").unwrap_or((text, "{}"));
        match serde_json::from_str::<Rule>(rule) {
            Ok(rule) => check_rule(rule, &serde_json::from_str(lead).unwrap_or_default()),
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    });
}

fn check_rule(rule: Rule, lead: &LeadFields) {
    let written = serde_json::to_string(&rule).expect("it is written");
    assert_eq!(serde_json::from_str::<Rule>(&written).expect("it is read again"), rule, "{written}");
    let lead_written = serde_json::to_string(lead).expect("it is written");
    assert_eq!(serde_json::from_str::<LeadFields>(&lead_written).expect("it is read again"), *lead);
    conditions(&rule).into_iter().for_each(|when| check_condition(when, lead));
    for tried in rule.tried(lead, Some(NOW)) {
        assert!(!tried.holds || !tried.name.is_empty());
    }
    let rule = Rule { is_default: true, enabled: true, ..rule };
    let ask = Ask {
        funnel: rule.funnel(),
        link: None,
        lead,
        team: &team(),
        sticky: None,
        needs_human: false,
        now: Some(NOW),
    };
    let rules = [rule];
    let decision = decide(Rules(&rules), &ask).expect("there is a default rule");
    assert_eq!(decision.rule, rules[0].id);
    assert_eq!(decide(Rules(&rules), &ask), Ok(decision));
}

fn conditions(rule: &Rule) -> Vec<&Condition> {
    match &rule.plan {
        Plan::Chat { segments, .. } => segments.iter().map(|segment| &segment.when).collect(),
        Plan::Meeting { segments, .. } => segments.iter().map(|segment| &segment.when).collect(),
    }
}

/// Within its limits, and the opposite of its opposite.
fn check_condition(when: &Condition, lead: &LeadFields) {
    let (levels, leaves) = size(&serde_json::to_value(when).expect("it is written"));
    assert!(levels <= 5 && leaves <= 100, "{levels} {leaves}");
    let not = Condition::Not(Box::new(when.clone()));
    for now in [None, Some(NOW)] {
        assert_ne!(when.holds(lead, now), not.holds(lead, now));
        when.deciding(lead, now).iter().for_each(|tried| assert_eq!(tried.leaf.holds(lead, now), tried.holds));
    }
}

/// Levels and leaves of a condition as it is written.
fn size(when: &Value) -> (usize, usize) {
    let parts: Vec<&Value> = match (when.get("all").or(when.get("any")), when.get("not")) {
        (Some(Value::Array(parts)), _) => parts.iter().collect(),
        (_, Some(part)) => vec![part],
        _ => return (1, 1),
    };
    let sizes = parts.into_iter().map(size);
    sizes.fold((1, 0), |(levels, leaves), (inner, more)| (levels.max(inner + 1), leaves + more))
}

fn team() -> Team {
    let rep = |id: &str, state| Rep {
        id: id.into(),
        state,
        has_calendar: true,
        at_capacity: false,
        email: None,
        crm_ids: [].into(),
        upcoming_meetings: 0,
        last_booked: None,
    };
    let reps = vec![rep("ann", RepState::Active), rep("bob", RepState::Away), rep("", RepState::Active)];
    Team { reps, turns: Turns::default(), free_at_slot: None }
}
