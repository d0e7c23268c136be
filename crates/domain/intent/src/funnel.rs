//! The funnel stage of a lead (RO-16, RO-17).

use knock_model::vocabulary;

vocabulary! {
    /// The funnel stage of a lead.
    FunnelStage {
        /// Unknown before.
        FirstSeen = "First Seen",
        /// Known: in a CRM, or by an earlier session under their address.
        Existing = "Existing",
        /// A deal is open.
        Opportunity = "Opportunity",
        /// A deal was won.
        Customer = "Customer",
    }
}

/// The facts about the relation with a lead.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "four independent facts, each from another source")]
pub struct Relation {
    /// A deal was won, or a CRM calls them a customer.
    pub is_customer: bool,
    pub has_open_deal: bool,
    /// A CRM has a record of them.
    pub is_in_crm: bool,
    /// Whether the lead was known in an earlier session.
    pub was_known_before: bool,
}

/// The furthest stage that any fact speaks for.
pub const fn funnel_stage(relation: Relation) -> FunnelStage {
    match relation {
        Relation { is_customer: true, .. } => FunnelStage::Customer,
        Relation { has_open_deal: true, .. } => FunnelStage::Opportunity,
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
            (Relation { is_in_crm: true, has_open_deal: true, ..none }, FunnelStage::Opportunity),
            (Relation { has_open_deal: true, is_customer: true, ..none }, FunnelStage::Customer),
        ];
        for (relation, expected) in cases {
            assert_eq!(funnel_stage(relation), expected, "{relation:?}");
        }
    }
}
