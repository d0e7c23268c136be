//! Decisions, rules and links.

use crate::Shape;
use crate::made::{AT, contact_ref, lead};
use knock_routing::{Notified, Outcome, Reason, Rule, SkipReason};
use knock_wire::{
    DecisionPage, DecisionRow, DecisionShown, LinkName, RuleList, RuleUse, SegmentWhy, SkippedRep, WhatIf, WhatIfAsk,
    WhatIfChange, Word,
};
use serde_json::json;
use std::collections::BTreeMap;

/// What else is to know about a decision.
const NOTES: [&str; 11] = [
    "link_rule_invalid",
    "crm_owner_unknown",
    "crm_owner_unmapped",
    "crm_owner_inactive",
    "crm_owner_away",
    "crm_owner_off_hours",
    "crm_owner_no_calendar",
    "rep_away",
    "rep_off_hours",
    "enterprise:pool_unavailable",
    "slot_gone",
];

pub(crate) fn shapes() -> Vec<Shape> {
    let text = str::to_owned;
    let row = |decision| DecisionRow { lead: lead(), contact: Some(contact_ref()), link: text("chat"), decision };
    vec![
        Shape::of("decision_page", &DecisionPage { decisions: decisions().into_iter().map(row).collect(), next: None }),
        Shape::of("rule_chat", &rule("chat")),
        Shape::of("rule_meeting", &rule("meeting")),
        Shape::of("rule_list", &RuleList { rules: vec![rule("chat"), rule("meeting")], uses: uses() }),
        Shape::of("what_if_ask", &WhatIfAsk { rule: rule("chat"), days: 30, links: vec![text("chat")] }),
        Shape::of("what_if", &what_if()),
    ]
}

/// A decision for every reason.
pub(crate) fn decisions() -> Vec<DecisionShown> {
    let reasons = Reason::ALL.iter().zip(Outcome::ALL.iter().cycle());
    let mut decisions: Vec<_> = reasons.map(|(reason, outcome)| decision(*reason, *outcome)).collect();
    decisions[0].notes = NOTES.iter().map(|note| Word::parse(note)).collect();
    let skipped = |reason: &SkipReason| SkippedRep { rep: "ann@acme.test".to_owned(), reason: (*reason).into() };
    decisions[0].skipped = SkipReason::ALL.iter().map(skipped).collect();
    decisions
}

pub(crate) fn decision(reason: Reason, outcome: Outcome) -> DecisionShown {
    DecisionShown {
        at: AT,
        rule: "Enterprise".to_owned(),
        rule_id: "enterprise".to_owned(),
        version: 2,
        segment: "Large".to_owned(),
        outcome: outcome.into(),
        assignee: "ann@acme.test".to_owned(),
        reason: reason.into(),
        notes: Vec::new(),
        segment_names: BTreeMap::new(),
        notify: vec![Notified::Channel("#sales".to_owned()), Notified::Rep("ann@acme.test".to_owned())],
        skipped: Vec::new(),
    }
}

fn uses() -> BTreeMap<String, RuleUse> {
    let links = vec![LinkName { slug: "chat".to_owned(), name: "Chat page".to_owned() }];
    let saved_by = Some("Ann Example".to_owned());
    let chat = RuleUse { links, leads_30_days: 120, saved_at: AT, saved_by };
    let meeting = RuleUse { links: Vec::new(), leads_30_days: 0, saved_at: AT, saved_by: None };
    BTreeMap::from([("enterprise".to_owned(), chat), ("demo".to_owned(), meeting)])
}

fn what_if() -> WhatIf {
    WhatIf {
        since: AT,
        decisions: 12,
        is_cut: true,
        changed_count: 1,
        changed: vec![WhatIfChange {
            lead: lead(),
            contact: None,
            was: decision(Reason::Fallback, Outcome::Assigned),
            would: decision(Reason::SegmentRep, Outcome::Assigned),
            why: vec![SegmentWhy {
                segment: "Large".to_owned(),
                holds: false,
                because: vec!["company.employees gte 200: missing".to_owned()],
            }],
        }],
        before: BTreeMap::from([("AI Agent".to_owned(), 7), ("ann@acme.test".to_owned(), 5)]),
        after: BTreeMap::from([("ann@acme.test".to_owned(), 12)]),
    }
}

/// A rule with all that a rule can say.
pub(crate) fn rule(funnel: &str) -> Rule {
    let leaf = |field: &str, op: &str, value: serde_json::Value| json!({"field": field, "op": op, "value": value});
    let when = json!({"all": [
        leaf("company.employees", "gte", json!(200)),
        {"any": [
            leaf("session.country", "in", json!(["AT", "DE"])),
            {"not": leaf("email.is_free", "eq", json!(true))},
            {"field": "custom.plan", "op": "is_set"},
        ]},
    ]});
    let rule = match funnel {
        "chat" => json!({
            "id": "enterprise", "name": "Enterprise", "funnel": "chat", "version": 3, "is_default": false,
            "enabled": true, "crm_aware": "notify", "monitoring_channel": "#sales",
            "segments": [
                {"id": "large", "name": "Large", "enabled": true, "when": when, "assign": {"pool": ["ann", "bob"]},
                 "monitoring_channel": "#large"},
                {"id": "jobs", "name": "Jobs", "enabled": false, "when": {"all": []}, "assign": {"ai_agent": "hiring"}},
                {"id": "one", "name": "One", "enabled": true, "when": {"any": []}, "assign": {"rep": "ann"}},
            ],
            "fallback": {"assign": {"rep": "ann"}},
        }),
        _ => json!({
            "id": "demo", "name": "Demo", "funnel": "meeting", "version": 1, "is_default": true, "enabled": true,
            "crm_aware": "assign", "reject_private_email": true,
            "segments": [
                {"id": "large", "name": "Large", "enabled": true, "when": when,
                 "assign": {"calendar": "any", "reps": ["ann", "bob"], "duration_min": 45}},
                {"id": "small", "name": "Small", "enabled": true, "when": {"all": []}, "disqualify": true},
            ],
            "fallback": {"assign": {"calendar": "single", "reps": ["ann"]}},
        }),
    };
    serde_json::from_value(rule).expect("a rule")
}
