//! Properties of every condition.

use crate::made::{NOW, condition, lead};
use knock_routing::{Condition, LeadFields};
use proptest::collection::vec;
use proptest::prelude::*;

fn not(part: &Condition) -> Condition {
    Condition::Not(Box::new(part.clone()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// `not` is plain negation, `all` and `any` mirror one another.
    #[test]
    fn logic_has_two_values(parts in vec(condition(), 0..4), lead in lead()) {
        let holds = |condition: &Condition| condition.holds(&lead, Some(NOW));
        let negated = parts.iter().map(not).collect();
        prop_assert_eq!(!holds(&Condition::All(parts.clone())), holds(&Condition::Any(negated)));
        for part in &parts {
            prop_assert_eq!(holds(part), !holds(&not(part)));
        }
    }

    /// A condition reads back as it was written, and answers the same.
    #[test]
    fn json_keeps_a_condition(condition in condition(), lead in lead()) {
        let text = serde_json::to_string(&condition).expect("JSON");
        let read: Condition = serde_json::from_str(&text).expect("the same condition");
        prop_assert_eq!(&read, &condition);
        let text = serde_json::to_string(&lead).expect("JSON");
        let lead_read: LeadFields = serde_json::from_str(&text).expect("the same lead");
        prop_assert_eq!(&lead_read, &lead);
        prop_assert_eq!(read.holds(&lead_read, Some(NOW)), condition.holds(&lead, Some(NOW)));
    }

    /// The deciding comparisons decide: the rest of the lead does not matter.
    #[test]
    fn the_deciding_comparisons_decide(condition in condition(), lead in lead()) {
        let deciding = condition.deciding(&lead, Some(NOW));
        let mut only = LeadFields::default();
        for tried in &deciding {
            prop_assert_eq!(tried.holds, tried.leaf.holds(&lead, Some(NOW)));
            prop_assert_eq!(tried.value, lead.get(tried.leaf.field()));
            if let Some(value) = tried.value {
                only.set(tried.leaf.field(), value.clone());
            }
        }
        // Forgetting what did not decide may let an earlier part decide instead, never turn the answer of one leaf.
        for tried in deciding {
            prop_assert_eq!(tried.leaf.holds(&only, Some(NOW)), tried.holds);
        }
    }
}
