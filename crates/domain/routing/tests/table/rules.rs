//! The valid content of a rule, the rule of a new workspace, and segments from top to bottom.

use crate::scene::{NOW, decided, gist, rule, team};
use knock_routing::{Funnel, InvalidRule, LeadFields, Rule, RuleEdit};
use serde_json::{Value, json};

fn chat(segments: Value, fallback: Value) -> Result<Rule, String> {
    let rule = json!({"id": "r", "name": "R", "funnel": "chat", "segments": segments, "fallback": fallback});
    serde_json::from_value(rule).map_err(|error| error.to_string())
}

fn meeting(segments: Value, fallback: Value) -> Result<Rule, String> {
    let rule = json!({"id": "r", "name": "R", "funnel": "meeting", "segments": segments, "fallback": fallback});
    serde_json::from_value(rule).map_err(|error| error.to_string())
}

fn segment(id: &str, assign: Value) -> Value {
    json!({"id": id, "when": {"all": []}, "assign": assign})
}

fn to(assign: Value) -> Value {
    json!({"assign": assign})
}

#[test]
fn a_rule_of_a_new_workspace_gives_everything_to_one_rep() {
    for (funnel, lead) in [(Funnel::Chat, json!({})), (Funnel::Meeting, json!({"email": "a@corp.example"}))] {
        let rule = Rule::standard(funnel, "ann");
        assert_eq!(rule.check(), Ok(()));
        assert_eq!((rule.funnel(), rule.is_default, rule.enabled, rule.version), (funnel, true, true, 1));
        assert_eq!(rule.name, "Default Routing Rule");
        let decision = decided(&rule, lead, &team());
        assert_eq!(gist(&decision)["to"], json!({"type": "rep", "id": "ann"}));
        assert_eq!(gist(&decision)["segment"], "fallback");
        assert_eq!(decision.segment_name, "Fallback Segment");
    }
}

#[test]
fn what_a_rule_may_not_say_is_named() {
    let ann = || json!({"rep": "ann"});
    let calendars = |mode: &str, reps: &[&str]| json!({"calendar": mode, "reps": reps});
    let bad = |rule: Result<Rule, String>, field: &str| {
        let error = rule.expect_err(field);
        assert!(error.starts_with(field), "{error}");
    };
    assert!(chat(json!([segment("a", ann()), segment("b", ann())]), to(ann())).is_ok());
    bad(chat(json!([segment("a", ann()), segment("a", ann())]), to(ann())), "segments[1].id: another");
    bad(chat(json!([segment("", ann())]), to(ann())), "segments[0].id: expected a name");
    bad(chat(json!([segment("fallback", ann())]), to(ann())), "segments[0].id: expected a name");
    bad(chat(json!([segment("a", json!({"pool": []}))]), to(ann())), "segments[0].assign: `pool` expects");
    bad(chat(json!([]), to(json!({"pool": []}))), "fallback.assign: `pool` expects");
    bad(chat(json!([]), json!({"disqualify": true})), "fallback: only a meeting rule");
    bad(chat(json!([]), to(calendars("any", &["ann"]))), "fallback: expected `assign`");
    bad(chat(json!([]), to(json!({"rep": "ann", "pool": ["bob"]}))), "fallback: expected `assign`");
    bad(chat(json!([]), json!({})), "fallback: expected `assign`");
    let deep = (0..5).fold(json!({"all": []}), |inner, _| json!({"not": inner}));
    bad(chat(json!([{"id": "a", "when": deep, "assign": ann()}]), to(ann())), "segments[0].when: nested deeper");
    let of_workflows = json!({"not": {"field": "tags", "op": "has_any", "value": ["vip"]}});
    bad(
        chat(json!([{"id": "a", "when": of_workflows, "assign": ann()}]), to(ann())),
        "segments[0].when: `tags` is a field of workflows",
    );

    assert!(meeting(json!([]), to(calendars("single", &["ann"]))).is_ok());
    bad(meeting(json!([]), to(calendars("single", &["ann", "bob"]))), "fallback.assign: `single` expects");
    bad(meeting(json!([]), to(calendars("any", &[]))), "fallback.assign: `reps` expects");
    bad(
        meeting(json!([segment("a", calendars("all", &[]))]), json!({"disqualify": true})),
        "segments[0].assign: `reps`",
    );
    let timed = |minutes: u32| to(json!({"calendar": "any", "reps": ["ann", "bob"], "duration_min": minutes}));
    bad(meeting(json!([]), timed(0)), "fallback.assign: `duration_min`");
    assert!(meeting(json!([]), timed(1)).is_ok());
    bad(meeting(json!([]), to(ann())), "fallback: expected `assign`");
    bad(meeting(json!([]), json!({"disqualify": false})), "fallback: expected `assign`");

    let private = json!({"funnel": "chat", "reject_private_email": true, "segments": [], "fallback": to(ann())});
    let error = serde_json::from_value::<Rule>(private).expect_err("refused").to_string();
    assert_eq!(
        error,
        InvalidRule { field: "reject_private_email".into(), reason: "only a meeting rule has it".into() }.to_string()
    );
}

#[test]
fn what_is_not_said_has_its_usual_value() {
    let rule =
        chat(json!([segment("a", json!({"rep": "bob"}))]), to(json!({"ai_agent": "auto"}))).expect("a good rule");
    assert_eq!((rule.version, rule.enabled, rule.is_default), (1, true, false));
    let knock_routing::Plan::Chat { segments, .. } = &rule.plan else { panic!("a chat rule") };
    assert_eq!((segments[0].enabled, segments[0].name.as_str()), (true, "a"));
}

#[test]
fn an_edit_names_the_version_that_it_began_with_or_none() {
    let draft =
        json!({"id": "r", "name": "R", "funnel": "chat", "segments": [], "fallback": to(json!({"rep": "ann"}))});
    for (version, from) in [(json!(null), None), (json!(0), None), (json!(1), Some(1)), (json!(7), Some(7))] {
        let mut draft = draft.clone();
        draft["version"] = version.clone();
        let edit: RuleEdit = serde_json::from_value(draft).expect("a good rule");
        assert_eq!(edit.from, from, "{version}");
    }
}

#[test]
fn the_first_segment_that_matches_and_is_on_wins() {
    let when = |kind: &str| json!({"field": "intent.type", "op": "eq", "value": kind});
    let rule = rule(json!({"funnel": "chat", "fallback": {"assign": {"rep": "ann"}}, "segments": [
        {"id": "off", "name": "Off", "enabled": false, "when": {"all": []}, "assign": {"rep": "cyd"}},
        {"id": "buy", "name": "Buying", "when": when("Buying"), "assign": {"rep": "bob"}},
        {"id": "own", "name": "Own", "when": when("Support"), "monitoring_channel": "#own", "assign": {"ai_agent": "support"}},
        {"id": "all", "name": "All", "when": {"not": when("Partnership")}, "assign": {"rep": "cyd"}},
    ]}));
    let asked = |kind: &str| {
        let lead: LeadFields = serde_json::from_value(json!({"intent.type": kind})).expect("good fields");
        let tried = rule.tried(&lead, Some(NOW));
        tried.iter().map(|one| format!("{} {} {}", one.id, one.name, one.holds)).collect::<Vec<_>>()
    };
    let check = |kind: &str, segment: &str, channel: &str, expected: &[&str]| {
        let decision = decided(&rule, json!({"intent.type": kind}), &team());
        assert_eq!(decision.segment.as_deref(), Some(segment));
        assert_eq!(decision.notify[0].to_string(), channel);
        assert_eq!(asked(kind), expected);
    };
    check("Buying", "buy", "#team", &["buy Buying true"]);
    check("Support", "own", "#own", &["buy Buying false", "own Own true"]);
    check("Job seeker", "all", "#team", &["buy Buying false", "own Own false", "all All true"]);
    check("Partnership", "fallback", "#team", &["buy Buying false", "own Own false", "all All false"]);
}

#[test]
fn the_deciding_conditions_are_reported() {
    let part = |field: &str| json!({"field": field, "op": "is_set"});
    let decides = |condition: Value, expected: &[&str]| {
        let condition: knock_routing::Condition = serde_json::from_value(condition).expect("a good condition");
        let lead: LeadFields = serde_json::from_value(json!({"email": "a", "company.name": "b"})).expect("good fields");
        let deciding = condition.deciding(&lead, Some(NOW));
        let deciding: Vec<String> =
            deciding.iter().map(|one| format!("{} {}", one.leaf.field().name(), one.holds)).collect();
        assert_eq!(deciding, expected);
    };
    let (email, title, name) = (part("email"), part("person.title"), part("company.name"));
    decides(json!({"all": [email, title, name]}), &["person.title false"]);
    decides(json!({"any": [title, email, name]}), &["email true"]);
    decides(json!({"all": [email, name]}), &["email true", "company.name true"]);
    decides(json!({"any": [title, {"not": email}]}), &["person.title false", "email true"]);
}

#[test]
fn rules_are_written_as_they_are_read() {
    let whole = |funnel: &str, segment: Value, fallback: Value| {
        let mut rule = json!({"id": "r", "name": "R", "funnel": funnel, "version": 7, "is_default": true, "enabled": false,
        "crm_aware": "notify", "monitoring_channel": "#team", "fallback": fallback, "segments": [
            {"id": "s", "name": "S", "enabled": false, "when": {"not": {"field": "email", "op": "eq", "value": "a"}},
                "monitoring_channel": "#own"},
        ]});
        let key = if segment == json!(true) { "disqualify" } else { "assign" };
        rule["segments"][0][key] = segment;
        if funnel == "meeting" {
            rule["reject_private_email"] = json!(true);
        }
        let read: Rule = serde_json::from_value(rule.clone()).expect("a good rule");
        assert_eq!(serde_json::to_value(&read).expect("JSON"), rule);
    };
    whole("chat", json!({"rep": "ann"}), to(json!({"pool": ["ann", "bob"]})));
    whole("chat", json!({"ai_agent": "auto"}), to(json!({"ai_agent": "hiring"})));
    whole("meeting", json!(true), to(json!({"calendar": "all", "reps": ["ann"], "duration_min": 20})));
    whole("meeting", json!({"calendar": "any", "reps": ["ann"]}), json!({"disqualify": true}));
}

#[test]
fn every_segment_is_asked_by_itself_and_the_first_enabled_match_gets_the_lead() {
    let jobs = json!({"field": "intent.type", "op": "eq", "value": "Job seeker"});
    let off = json!({"id": "off", "enabled": false, "when": {"all": []}, "assign": {"rep": "ann"}});
    let segments =
        json!([off, {"id": "jobs", "when": jobs, "assign": {"rep": "ann"}}, segment("all", json!({"rep": "ann"}))]);
    let rule = chat(segments, to(json!({"rep": "ann"}))).expect("a rule");
    let asked = |kind: &str| {
        let lead: LeadFields = serde_json::from_value(json!({"intent.type": kind})).expect("fields");
        let matches = rule.matches(&lead, None).into_iter();
        matches.map(|segment| (segment.id.to_owned(), segment.holds, segment.is_first)).collect::<Vec<_>>()
    };
    let row = |id: &str, holds, is_first| (id.to_owned(), holds, is_first);
    assert_eq!(asked("Job seeker"), [row("off", true, false), row("jobs", true, true), row("all", true, false)]);
    assert_eq!(asked("Buying"), [row("off", true, false), row("jobs", false, false), row("all", true, true)]);
}

#[test]
fn a_rule_without_a_member_names_their_successor_or_the_others() {
    let after = |assign: Value, successor: Option<&str>| {
        let rule = chat(json!([segment("s", assign)]), to(json!({"pool": ["cyd", "ann"]}))).expect("a good rule");
        let changed = rule.without("ann", successor).map(|rule| serde_json::to_value(rule).expect("JSON"));
        changed.map(|rule| (rule["segments"][0]["assign"].clone(), rule["fallback"]["assign"]["pool"].clone()))
    };
    let both = |assign: Value, fallback: Value| Some((assign, fallback));
    assert_eq!(after(json!({"rep": "ann"}), Some("bob")), both(json!({"rep": "bob"}), json!(["cyd", "bob"])));
    assert_eq!(after(json!({"rep": "ann"}), None), both(json!({"rep": "ann"}), json!(["cyd"])));
    assert_eq!(after(json!({"pool": ["ann"]}), None), both(json!({"pool": ["ann"]}), json!(["cyd"])));
    // Who is in the pool already is in it once.
    let pool = json!({"pool": ["ann", "bob"]});
    assert_eq!(after(pool.clone(), Some("bob")), both(json!({"pool": ["bob"]}), json!(["cyd", "bob"])));
    assert_eq!(after(pool, Some("cyd")), both(json!({"pool": ["cyd", "bob"]}), json!(["cyd"])));
    let calendars = |mode: &str, successor| {
        let fallback = to(json!({"calendar": mode, "reps": ["ann", "bob"]}));
        let rule = meeting(json!([]), fallback).expect("a good rule").without("ann", successor);
        rule.map(|rule| serde_json::to_value(rule).expect("JSON")["fallback"]["assign"]["reps"].clone())
    };
    assert_eq!(calendars("any", None), Some(json!(["bob"])));
    assert_eq!(calendars("all", None), None, "one less is another meeting");
    assert_eq!(calendars("all", Some("cyd")), Some(json!(["cyd", "bob"])));
    assert_eq!(chat(json!([]), to(json!({"rep": "bob"}))).expect("a good rule").without("ann", Some("cyd")), None);
}
