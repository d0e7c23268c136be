//! The rule of a link, and what a link says of a lead.

use crate::scene::{gist, routed, rule, team};
use knock_routing::{Funnel, Link, Rule};
use serde_json::json;

fn named(id: &str, funnel: &str, more: serde_json::Value) -> Rule {
    let assign = if funnel == "chat" { json!({"rep": "bob"}) } else { json!({"calendar": "any", "reps": ["bob"]}) };
    let mut given = json!({"id": id, "funnel": funnel, "is_default": false, "fallback": {"assign": assign}});
    for (key, value) in more.as_object().expect("an object") {
        given[key] = value.clone();
    }
    rule(given)
}

fn link(rule: Option<&str>) -> Link {
    Link { id: "lk".into(), funnel: Funnel::Chat, channel: "G2".into(), rule: rule.map(str::to_owned), calendar: None }
}

#[test]
fn a_links_rule_is_used_where_it_can_be() {
    let rules = [
        named("other", "chat", json!({})),
        named("own", "chat", json!({})),
        named("off", "chat", json!({"enabled": false})),
        named("meet", "meeting", json!({})),
        named("default_meet", "meeting", json!({"is_default": true})),
        Rule::standard(Funnel::Chat, "ann"),
    ];
    let check = |link: Option<Link>, rule: &str, notes: &str| {
        let decision = routed(&rules, &rules[0], json!({}), &team(), link.as_ref());
        assert_eq!((decision.rule.as_str(), gist(&decision)["notes"].as_str()), (rule, Some(notes)), "{link:?}");
    };
    check(Some(link(Some("own"))), "own", "");
    check(Some(link(None)), "default_chat", "");
    check(None, "default_chat", "");
    for unusable in ["off", "meet", "gone"] {
        check(Some(link(Some(unusable))), "default_chat", "link_rule_invalid");
    }
}

#[test]
fn a_link_tells_what_the_lead_does_not_say() {
    let by_link = rule(json!({"funnel": "chat", "fallback": {"assign": {"rep": "ann"}}, "segments": [
        {"id": "s", "when": {"all": [
            {"field": "link.id", "op": "eq", "value": "lk"},
            {"field": "link.channel", "op": "eq", "value": "g2"},
            {"field": "link.funnel", "op": "eq", "value": "chat"},
        ]}, "assign": {"rep": "bob"}},
    ]}));
    let segment = |lead: serde_json::Value, link: Option<&Link>| {
        routed(std::slice::from_ref(&by_link), &by_link, lead, &team(), link).segment
    };
    assert_eq!(segment(json!({}), Some(&link(None))).as_deref(), Some("s"));
    assert_eq!(segment(json!({}), None).as_deref(), Some("fallback"));
    assert_eq!(segment(json!({"link.channel": "Email"}), Some(&link(None))).as_deref(), Some("fallback"));
}
