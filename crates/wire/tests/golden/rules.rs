//! What rules are made of and tried with: inputs, matches, versions, tester, fairness, templates, custom fields.

use crate::Shape;
use crate::made::{AT, contact_ref, lead};
use crate::routing::{decision, rule};
use knock_model::{CustomFieldSource, CustomFieldType};
use knock_routing::{Condition, LeadFields, Outcome, Reason, RepState, SkipReason, Value};
use knock_wire::{
    ContactFields, CustomField, CustomFields, CustomValuesDraft, Fairness, FieldInput, FieldOption, PoolFairness,
    RepFairness, RuleInputs, RuleMatches, RuleMatchesAsk, RuleRep, RuleTurn, RuleVersion, RuleVersions, SegmentMatches,
    SegmentTemplate, SegmentTemplateDraft, SegmentTemplateList, TesterLead, TesterLeads,
};
use serde_json::json;
use std::collections::BTreeMap;

pub(crate) fn shapes() -> Vec<Shape> {
    let segment = |id: &str, matches, gets| SegmentMatches { id: id.to_owned(), matches, gets };
    let segments = vec![segment("large", 12, 12), segment("jobs", 7, 4)];
    let version = RuleVersion { rule: rule("chat"), saved_at: AT, saved_by: text("Ann Example"), decisions: 40 };
    let template =
        SegmentTemplate { id: "clean_crm".to_owned(), name: "Clean CRM".to_owned(), when: clean(), is_built_in: true };
    let draft = SegmentTemplateDraft { name: "Large".to_owned(), when: clean() };
    vec![
        Shape::of("rule_inputs", &inputs()),
        Shape::of("contact_fields", &ContactFields { fields: vec![tier()] }),
        Shape::of("rule_matches_ask", &RuleMatchesAsk { rule: rule("chat"), days: 30 }),
        Shape::of("rule_matches", &RuleMatches { leads: 40, segments, fallback: 24, is_cut: false }),
        Shape::of("rule_versions", &RuleVersions { versions: vec![version], deleted_at: Some(AT) }),
        Shape::of("tester_leads", &TesterLeads { leads: vec![tester_lead()] }),
        Shape::of("fairness", &fairness()),
        Shape::of("segment_template", &template),
        Shape::of("segment_template_draft", &draft),
        Shape::of("segment_template_list", &SegmentTemplateList { templates: vec![template.clone()] }),
        Shape::of("custom_fields", &custom_fields()),
        Shape::of("custom_values_draft", &CustomValuesDraft { values: values() }),
    ]
}

fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn clean() -> Condition {
    let leaf = json!({"field": "intent.score", "op": "neq", "value": "Low"});
    serde_json::from_value(leaf).expect("a condition")
}

fn inputs() -> RuleInputs {
    let field = |field: &str, label, value_type: &str, operators: &[&str], values: &[&str]| FieldInput {
        field: field.to_owned(),
        label,
        value_type: value_type.to_owned(),
        operators: operators.iter().map(|word| (*word).to_owned()).collect(),
        values: values.iter().map(|word| (*word).to_owned()).collect(),
        options: Vec::new(),
        has_source: true,
    };
    let rep = RuleRep {
        id: "ann".to_owned(),
        name: "Ann Example".to_owned(),
        email: "ann@acme.test".to_owned(),
        state: RepState::Active.into(),
        is_full: false,
        has_calendar: true,
    };
    let turn = |segment: &str, number| RuleTurn {
        rule: "enterprise".to_owned(),
        segment: segment.to_owned(),
        rep: "ann".to_owned(),
        number,
    };
    RuleInputs {
        fields: vec![
            field("session.country", None, "text", &["eq", "in", "is_set"], &["AT", "DE"]),
            field("custom.plan", text("Plan"), "text", &["eq", "is_set"], &["gold"]),
        ],
        reps: vec![rep],
        agents: vec!["auto".to_owned(), "buying".to_owned()],
        crm: text("hubspot"),
        has_slack: true,
        turns: vec![turn("large", 7), turn("fallback", 3)],
    }
}

fn tier() -> FieldInput {
    let option = |value: &str, label: &str| FieldOption { value: value.to_owned(), label: label.to_owned() };
    FieldInput {
        field: "crm.hubspot.fields.tier".to_owned(),
        label: text("HubSpot: Customer tier"),
        value_type: "text".to_owned(),
        operators: vec!["eq".to_owned(), "is_set".to_owned()],
        values: Vec::new(),
        options: vec![option("g1", "Gold"), option("s1", "Silver")],
        has_source: true,
    }
}

fn tester_lead() -> TesterLead {
    let fields: LeadFields = serde_json::from_value(json!({
        "session.country": "DE", "session.page_count": 4, "session.is_returning": true,
        "signals.categories": ["pricing"], "custom.plan": "gold",
    }))
    .expect("fields");
    TesterLead {
        lead: lead(),
        contact: Some(contact_ref()),
        label: "ann@globex.test".to_owned(),
        at: AT,
        link: "chat".to_owned(),
        fields,
        decision: decision(Reason::SegmentRep, Outcome::Assigned),
    }
}

fn fairness() -> Fairness {
    let skipped = SkipReason::ALL.iter().map(|reason| (reason.as_str().to_owned(), 2)).collect();
    let rep = |id: &str, turns, skipped, last_at| RepFairness {
        id: id.to_owned(),
        name: id.to_owned(),
        state: RepState::OffHours.into(),
        turns,
        skipped,
        open_chats: 3,
        last_at,
        is_next: turns == 0,
        is_in_pool: true,
    };
    let reps = vec![rep("ann", 4, skipped, Some(AT)), rep("bob", 0, BTreeMap::new(), None)];
    Fairness { pools: vec![PoolFairness { segment: "large".to_owned(), name: "Large".to_owned(), reps }] }
}

fn values() -> BTreeMap<String, Option<Value>> {
    let values = [("plan", Some(Value::text("gold"))), ("seats", Some(Value::Number(25.0))), ("partner", None)];
    values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn custom_fields() -> CustomFields {
    let field = |name: &str, value_type, sources: &[CustomFieldSource], form_field| CustomField {
        name: name.to_owned(),
        label: "Plan".to_owned(),
        value_type,
        sources: sources.to_vec(),
        form_field,
    };
    let (text_type, number, boolean) = (CustomFieldType::Text, CustomFieldType::Number, CustomFieldType::Boolean);
    CustomFields {
        fields: vec![
            field(
                "plan",
                text_type,
                &[CustomFieldSource::Identify, CustomFieldSource::Form, CustomFieldSource::Api],
                text("Your plan"),
            ),
            field("seats", number, &[CustomFieldSource::Identify], None),
            field("is_partner", boolean, &[CustomFieldSource::Api], None),
        ],
    }
}
