//! The owner of a lead in the CRM, as the rule wants them treated (3.6).

use crate::scene::{decided, everybody, gist, rep, rule, team, to_rep};
use knock_routing::{CrmSystem, Rep, RepState, Rule, Team};
use serde_json::{Value, json};

fn chat(aware: &str) -> Rule {
    let segments = json!([everybody(json!({"rep": "bob"}))]);
    rule(json!({"funnel": "chat", "crm_aware": aware, "segments": segments, "fallback": {"assign": {"rep": "ann"}}}))
}

fn meeting(aware: &str) -> Rule {
    let fallback = json!({"assign": {"calendar": "single", "reps": ["bob"]}});
    rule(json!({"funnel": "meeting", "crm_aware": aware, "fallback": fallback}))
}

fn owned_by(owner: &str) -> Value {
    json!({"email": "a@corp.example", "crm.hubspot.owner": owner})
}

fn check(rule: &Rule, lead: Value, to: &str, notes: &str, notify: &str) {
    let found = gist(&decided(rule, lead.clone(), &team()));
    let found = [&found["to"], &found["notes"], &found["notify"]];
    assert_eq!(found, [&to_rep(to), &json!(notes), &json!(notify)], "{lead}");
}

#[test]
fn a_rule_may_ignore_tell_or_prefer_the_owner() {
    check(&chat("off"), owned_by("hs-cyd"), "bob", "", "#team dm:bob");
    check(&chat("notify"), owned_by("hs-cyd"), "bob", "", "#team dm:bob dm:cyd");
    check(&chat("notify"), owned_by("hs-bob"), "bob", "", "#team dm:bob");
    check(&chat("assign"), owned_by("hs-cyd"), "cyd", "", "#team dm:cyd");
    assert_eq!(decided(&chat("assign"), owned_by("hs-cyd"), &team()).reason.as_str(), "crm_owner");
}

#[test]
fn an_owner_who_cannot_get_the_lead_is_noted() {
    check(&chat("assign"), json!({}), "bob", "crm_owner_unknown", "#team dm:bob");
    check(&chat("assign"), owned_by("  "), "bob", "crm_owner_unknown", "#team dm:bob");
    check(&chat("assign"), owned_by("hs-zed"), "bob", "crm_owner_unmapped", "#team dm:bob");
    check(&chat("assign"), owned_by("hs-dan"), "bob", "crm_owner_inactive", "#team dm:bob");
    check(&chat("assign"), owned_by("hs-eve"), "bob", "crm_owner_away", "#team dm:bob dm:eve");
    check(&chat("assign"), owned_by("hs-fay"), "fay", "", "#team dm:fay");
    let cases = [("hs-zed", "", ""), ("hs-dan", "crm_owner_inactive", ""), ("hs-eve", "", " dm:eve")];
    for (owner, note, notified) in cases {
        check(&chat("notify"), owned_by(owner), "bob", note, &format!("#team dm:bob{notified}"));
    }
}

#[test]
fn one_who_is_no_owner_in_the_crm_any_more_gets_nothing_and_is_noted() {
    let former = json!({"email": "a@corp.example", "crm.hubspot.former_owner": "hs-cyd"});
    for mode in ["assign", "notify"] {
        check(&chat(mode), former.clone(), "bob", "crm_owner_inactive", "#team dm:bob");
        check(&meeting(mode), former.clone(), "bob", "crm_owner_inactive", "#team dm:bob");
    }
    check(&chat("off"), former.clone(), "bob", "", "#team dm:bob");
    // The first CRM that says anything decides.
    let mut both = former;
    both["crm.marketo.owner"] = json!("hs-eve");
    check(&chat("assign"), both.clone(), "bob", "crm_owner_inactive", "#team dm:bob");
    both["crm.salesforce.owner"] = json!("hs-eve");
    check(&chat("assign"), both, "bob", "crm_owner_unmapped", "#team dm:bob");
}

#[test]
fn a_meetings_owner_needs_a_calendar_and_is_never_notified_beside_another() {
    check(&meeting("assign"), owned_by("hs-cyd"), "cyd", "", "#team dm:cyd");
    check(&meeting("assign"), owned_by("hs-fay"), "bob", "crm_owner_no_calendar", "#team dm:bob");
    check(&meeting("assign"), owned_by("hs-eve"), "bob", "crm_owner_away", "#team dm:bob");
    check(&meeting("notify"), owned_by("hs-cyd"), "bob", "", "#team dm:bob");
}

#[test]
fn an_owner_outside_their_hours_gets_meetings_and_no_chats() {
    let mut team = team();
    team.reps.iter_mut().filter(|rep| rep.id.as_str() == "cyd").for_each(|rep| rep.state = RepState::OffHours);
    let check = |rule: &Rule, to: &str, notes: &str| {
        let found = gist(&decided(rule, owned_by("hs-cyd"), &team));
        assert_eq!((&found["to"], &found["notes"]), (&to_rep(to), &json!(notes)));
    };
    check(&chat("assign"), "bob", "crm_owner_off_hours");
    check(&meeting("assign"), "cyd", "");
}

#[test]
fn the_first_crm_that_names_an_owner_decides_by_id_then_by_address() {
    let by_address = Rep { email: Some(" Hs-Cyd ".into()), crm_ids: [].into(), ..rep("ann") };
    let by_id = Rep {
        crm_ids: [(CrmSystem::Hubspot, "hs-cyd".into()), (CrmSystem::Salesforce, "sf".into())].into(),
        ..rep("cyd")
    };
    let mut team = Team { reps: vec![by_address, rep("bob"), by_id], ..Team::default() };
    let check = |lead: Value, expected: &str, note: &str| {
        let found = gist(&decided(&chat("assign"), lead.clone(), &team));
        assert_eq!((&found["to"], &found["notes"]), (&to_rep(expected), &json!(note)), "{lead}");
    };
    check(json!({"crm.hubspot.owner": " hs-cyd "}), "cyd", "");
    check(json!({"crm.hubspot.owner": "HS-CYD"}), "ann", "");
    check(json!({"crm.marketo.owner": "hs-cyd"}), "ann", "");
    check(json!({"crm.marketo.owner": "hs-cyd", "crm.hubspot.owner": "hs-bob"}), "bob", "");
    check(json!({"crm.salesforce.owner": "sf", "crm.hubspot.owner": "hs-bob"}), "cyd", "");
    check(json!({"crm.salesforce.owner": "hs-bob", "crm.hubspot.owner": "hs-bob"}), "bob", "crm_owner_unmapped");
    check(json!({"crm.salesforce.owner": " ", "crm.hubspot.owner": "hs-bob"}), "bob", "");
    team.reps[0].state = RepState::Removed;
    let found = gist(&decided(&chat("assign"), json!({"crm.marketo.owner": "hs-cyd"}), &team));
    assert_eq!(found["notes"], "crm_owner_inactive");
}
