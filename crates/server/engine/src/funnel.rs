//! The facts for a lead's funnel stage (RO-16, RO-17): deals, and what CRMs say.

use knock_intent::{FunnelStage, Relation, funnel_stage};
use knock_model::{CrmSystem, Millis};
use knock_ports::{CrmKnown, Lead, StoreError, View};
use knock_routing::Field;

/// Returns the relation with a lead; `has_deal` is whether a deal was opened following a chat, `was_known_before` whether
/// they were known in an earlier session.
pub(crate) fn relation(known: &[(CrmSystem, CrmKnown)], has_deal: bool, was_known_before: bool) -> Relation {
    let mut relation = Relation { is_opportunity: has_deal, was_known_before, ..Relation::default() };
    for (system, known) in known {
        let stage = lifecycle(*system, known).and_then(FunnelStage::of_lifecycle);
        relation.is_customer |= known.has_won_deal || stage == Some(FunnelStage::Customer);
        relation.is_opportunity |= known.has_open_deal || stage == Some(FunnelStage::Opportunity);
        relation.is_in_crm |= known.contact.is_some();
    }
    relation
}

/// The stage of a person by these answers of CRMs, as their record shows it.
pub(crate) fn stage(
    view: &dyn View,
    person: &Lead,
    known: &[(CrmSystem, CrmKnown)],
    has_deal: bool,
) -> Result<FunnelStage, StoreError> {
    let was_known_before = person.email.is_some() && view.has_earlier_session(person.id, Millis(i64::MAX))?;
    Ok(funnel_stage(relation(known, has_deal, was_known_before)))
}

/// The lifecycle stage of a contact in a CRM, as the CRM spells it.
fn lifecycle(system: CrmSystem, known: &CrmKnown) -> Option<&str> {
    let field = Field::parse(&format!("crm.{}.lifecycle", system.as_str())).ok()?;
    known.fields.get(&field)?.as_text()
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_routing::{LeadFields, Value};

    fn known(lifecycle: &str, has_open_deal: bool, has_won_deal: bool) -> CrmKnown {
        let mut fields = LeadFields::default();
        let field = Field::parse("crm.hubspot.lifecycle").expect("a field");
        fields.set(&field, Value::text(lifecycle));
        CrmKnown { fields, contact: Some("7".into()), has_open_deal, has_won_deal, at: Millis(1) }
    }

    #[test]
    fn deals_and_lifecycle_give_the_furthest_stage() {
        let cases = [
            (known("lead", false, false), false, FunnelStage::Existing),
            (known("opportunity", false, false), false, FunnelStage::Opportunity),
            (known("customer", false, false), false, FunnelStage::Customer),
            (known("customer", true, false), true, FunnelStage::Customer),
            (known("lead", false, false), true, FunnelStage::Opportunity),
            (known("lead", true, false), false, FunnelStage::Opportunity),
            (known("opportunity", false, true), false, FunnelStage::Customer),
        ];
        for (known, has_deal, expected) in cases {
            let said = [(CrmSystem::Hubspot, known)];
            assert_eq!(funnel_stage(relation(&said, has_deal, false)), expected, "{said:?}");
        }
        assert_eq!(funnel_stage(relation(&[], false, true)), FunnelStage::Existing);
        assert_eq!(funnel_stage(relation(&[], false, false)), FunnelStage::FirstSeen);
    }

    /// The lifecycle of another CRM is that CRM's own field.
    #[test]
    fn each_crm_has_its_own_lifecycle() {
        let said = [(CrmSystem::Salesforce, known("customer", false, false))];
        assert_eq!(funnel_stage(relation(&said, false, false)), FunnelStage::Existing);
    }
}
