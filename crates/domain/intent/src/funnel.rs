//! The funnel stage of a lead (RO-16, RO-17).

use knock_model::vocabulary;

vocabulary! {
    /// The funnel stage of a lead.
    FunnelStage {
        /// Unknown before.
        FirstSeen = "First Seen",
        /// Known: in a CRM, or by an earlier session under their address.
        Existing = "Existing",
        /// A deal is open, or a CRM calls them one.
        Opportunity = "Opportunity",
        /// A deal was won, or a CRM calls them one.
        Customer = "Customer",
    }
}

impl FunnelStage {
    /// The stage that a lifecycle stage of a CRM speaks for, in any letter case; none where it says no more than that
    /// there is a record. An evangelist is a customer who recommends the company.
    pub fn of_lifecycle(word: &str) -> Option<FunnelStage> {
        let is = |name: &str| word.trim().eq_ignore_ascii_case(name);
        if is("customer") || is("evangelist") {
            return Some(FunnelStage::Customer);
        }
        is("opportunity").then_some(FunnelStage::Opportunity)
    }
}

/// The facts about the relation with a lead.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "four independent facts, each from another source")]
pub struct Relation {
    /// A deal was won, or a CRM calls them a customer.
    pub is_customer: bool,
    /// A deal is open, or a CRM calls them an opportunity.
    pub is_opportunity: bool,
    /// A CRM has a record of them.
    pub is_in_crm: bool,
    /// Whether the lead was known in an earlier session.
    pub was_known_before: bool,
}

/// The furthest stage that any fact speaks for.
pub const fn funnel_stage(relation: Relation) -> FunnelStage {
    match relation {
        Relation { is_customer: true, .. } => FunnelStage::Customer,
        Relation { is_opportunity: true, .. } => FunnelStage::Opportunity,
        Relation { is_in_crm: true, .. } | Relation { was_known_before: true, .. } => FunnelStage::Existing,
        Relation { .. } => FunnelStage::FirstSeen,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_furthest_stage_counts() {
        let none = Relation::default();
        let cases = [
            (none, FunnelStage::FirstSeen),
            (Relation { was_known_before: true, ..none }, FunnelStage::Existing),
            (Relation { is_in_crm: true, ..none }, FunnelStage::Existing),
            (Relation { is_in_crm: true, is_opportunity: true, ..none }, FunnelStage::Opportunity),
            (Relation { is_opportunity: true, is_customer: true, ..none }, FunnelStage::Customer),
        ];
        for (relation, expected) in cases {
            assert_eq!(funnel_stage(relation), expected, "{relation:?}");
        }
    }

    #[test]
    fn lifecycles_of_crms_speak_for_a_stage() {
        let cases = [
            ("customer", Some(FunnelStage::Customer)),
            (" Customer ", Some(FunnelStage::Customer)),
            ("evangelist", Some(FunnelStage::Customer)),
            ("opportunity", Some(FunnelStage::Opportunity)),
            ("OPPORTUNITY", Some(FunnelStage::Opportunity)),
            ("salesqualifiedlead", None),
            ("lead", None),
            ("subscriber", None),
            ("other", None),
            ("1234567", None),
            ("not a customer", None),
            ("", None),
        ];
        for (word, expected) in cases {
            assert_eq!(FunnelStage::of_lifecycle(word), expected, "{word}");
        }
    }
}
