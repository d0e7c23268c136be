//! The assignee of a chat, in the order of part 3.4.

use crate::scene::{decided, everybody, gist, rule, team, to_agent, to_rep};
use knock_routing::{
    AgentKind, Ask, Funnel, LeadFields, NoDefaultRule, Outcome, Reason, Rep, RepState, Rule, Rules, SkipReason, Team,
    decide, decide_for_agent, decide_for_writer,
};
use serde_json::{Value, json};

fn chat(segment: Value, fallback: Value) -> Rule {
    rule(json!({"funnel": "chat", "segments": [everybody(segment)], "fallback": {"assign": fallback}}))
}

fn check(rule: &Rule, lead: Value, expected: Value) {
    assert_eq!(gist(&decided(rule, lead, &team())), expected);
}

#[test]
fn a_segment_gives_the_chat_to_whom_it_names() {
    let to = |segment: Value, to: Value, reason: &str, notify: &str| {
        let expected = json!({"segment": "s", "reason": reason, "to": to, "notes": "", "notify": notify});
        check(&chat(segment, json!({"rep": "ann"})), json!({}), expected);
    };
    to(json!({"rep": "bob"}), to_rep("bob"), "segment_rep", "#team dm:bob");
    to(json!({"pool": ["cyd", "bob"]}), to_rep("cyd"), "segment_round_robin", "#team dm:cyd");
    to(json!({"pool": ["eve", "dan", "zed", "bob"]}), to_rep("bob"), "segment_round_robin", "#team dm:bob");
    to(json!({"ai_agent": "hiring"}), to_agent("hiring"), "segment_ai", "#team");
}

#[test]
fn who_asks_for_a_person_gets_the_fallback_of_an_agent() {
    let asked = |rule: &Rule| {
        let (lead, team) = (LeadFields::default(), team());
        let now = None;
        let funnel = Funnel::Chat;
        let ask = Ask { funnel, link: None, lead: &lead, team: &team, sticky: None, needs_human: true, now };
        gist(&decide(Rules(std::slice::from_ref(rule)), &ask).expect("a rule"))
    };
    let agent = chat(json!({"ai_agent": "buying"}), json!({"rep": "ann"}));
    let expected = json!({"segment": "fallback", "reason": "fallback", "to": to_rep("ann"),
        "notes": "s:person_asked_for", "notify": "#team dm:ann"});
    assert_eq!(asked(&agent), expected);
    let rep = asked(&chat(json!({"rep": "bob"}), json!({"rep": "ann"})));
    assert_eq!((&rep["to"], &rep["notes"]), (&to_rep("bob"), &json!("")));
    let agents_only = asked(&chat(json!({"ai_agent": "buying"}), json!({"ai_agent": "general"})));
    let expected = json!({"segment": "fallback", "reason": "nobody_available", "to": to_agent("general"),
        "notes": "s:person_asked_for fallback:person_asked_for", "notify": "#team"});
    assert_eq!(agents_only, expected);
    let with_pool = asked(&chat(json!({"pool": ["bob"]}), json!({"ai_agent": "general"})));
    assert_eq!((&with_pool["to"], &with_pool["reason"]), (&to_rep("bob"), &json!("segment_round_robin")));
    let away = asked(&chat(json!({"pool": ["eve"]}), json!({"ai_agent": "general"})));
    assert_eq!((&away["to"], &away["reason"]), (&to_agent("general"), &json!("nobody_available")));
}

#[test]
fn an_agent_by_the_leads_intent() {
    let auto = chat(json!({"ai_agent": "auto"}), json!({"rep": "ann"}));
    for (kind, agent) in [
        (json!("Buying"), "buying"),
        (json!(" support "), "support"),
        (json!("Job seeker"), "hiring"),
        (json!("Partnership"), "partnership"),
        (json!("Unknown"), "general"),
        (json!("else"), "general"),
        (json!(null), "general"),
    ] {
        assert_eq!(gist(&decided(&auto, json!({"intent.type": kind}), &team()))["to"], to_agent(agent));
    }
}

#[test]
fn who_is_away_is_named_all_the_same_but_not_in_pools() {
    let fallback = json!({"rep": "ann"});
    let away = json!({"segment": "s", "reason": "segment_rep", "to": to_rep("eve"), "notes": "rep_away", "notify": "#team dm:eve"});
    check(&chat(json!({"rep": "eve"}), fallback.clone()), json!({}), away);
    let fell = |note: &str| json!({"segment": "fallback", "reason": "fallback", "to": to_rep("ann"), "notes": note, "notify": "#team dm:ann"});
    check(&chat(json!({"pool": ["eve", "dan"]}), fallback.clone()), json!({}), fell("s:pool_unavailable"));
    check(&chat(json!({"rep": "dan"}), fallback.clone()), json!({}), fell("s:rep_removed"));
    check(&chat(json!({"rep": "zed"}), fallback), json!({}), fell("s:rep_removed"));
}

#[test]
fn pools_name_whom_they_skip_and_why() {
    let mut team = team();
    let mut set = |id: &str, change: fn(&mut Rep)| {
        change(team.reps.iter_mut().find(|rep| rep.id == id).expect("a rep of the team"));
    };
    set("ann", |rep| rep.at_capacity = true);
    set("cyd", |rep| rep.state = RepState::OffHours);
    let rule = chat(json!({"pool": ["ann", "eve", "bob", "cyd", "dan", "zed"]}), json!({"rep": "cyd"}));
    let decision = decided(&rule, json!({}), &team);
    assert_eq!(decision.assignee.as_ref().and_then(|assignee| assignee.rep()), Some("bob"));
    let skipped: Vec<_> = decision.skipped.iter().map(|skipped| (skipped.rep.as_str(), skipped.reason)).collect();
    let expected = [
        ("ann", SkipReason::AtCapacity),
        ("eve", SkipReason::Away),
        ("cyd", SkipReason::OffHours),
        ("dan", SkipReason::Removed),
        ("zed", SkipReason::Removed),
    ];
    assert_eq!(skipped, expected);
    // Named alone, a rep outside the hours gets the lead all the same.
    let alone = decided(&chat(json!({"rep": "cyd"}), json!({"rep": "ann"})), json!({}), &team);
    assert_eq!((&gist(&alone)["to"], &gist(&alone)["notes"]), (&to_rep("cyd"), &json!("rep_off_hours")));
}

#[test]
fn the_fallback_is_by_turns_or_not_and_the_last_resort_an_agent() {
    let check = |fallback: Value, reason: &str, to: Value, notes: &str, notify: &str| {
        let expected = json!({"segment": "fallback", "reason": reason, "to": to, "notes": notes, "notify": notify});
        check(&chat(json!({"rep": "dan"}), fallback), json!({}), expected);
    };
    check(json!({"pool": ["bob", "ann"]}), "fallback_round_robin", to_rep("bob"), "s:rep_removed", "#team dm:bob");
    check(json!({"ai_agent": "support"}), "fallback", to_agent("support"), "s:rep_removed", "#team");
    check(json!({"rep": "eve"}), "fallback", to_rep("eve"), "s:rep_removed rep_away", "#team dm:eve");
    let gone = "s:rep_removed fallback:rep_removed";
    check(json!({"rep": "dan"}), "last_resort_ai", to_agent("general"), gone, "#team");
    let unavailable = "s:rep_removed fallback:pool_unavailable";
    check(json!({"pool": ["dan"]}), "last_resort_ai", to_agent("general"), unavailable, "#team");
}

#[test]
fn a_lead_waits_for_those_of_the_pools_who_are_not_available_now() {
    let mut team = team();
    let state = |team: &mut Team, id: &str, state| {
        team.reps.iter_mut().find(|rep| rep.id == id).expect("a rep of the team").state = state;
    };
    state(&mut team, "ann", RepState::OffHours);
    state(&mut team, "bob", RepState::Away);
    let waits = |segment: Value, fallback: Value| {
        let decision = decided(&chat(segment, fallback), json!({}), &team);
        let awaits: Vec<String> = decision.awaits().map(str::to_owned).collect();
        (decision.outcome, decision.reason, awaits.join(" "))
    };
    let waiting = |reps: &str| (Outcome::Waiting, Reason::NobodyAvailable, reps.to_owned());
    // Who is in both pools is awaited once, who has left is not.
    let both = waits(json!({"pool": ["ann", "dan"]}), json!({"pool": ["bob", "ann", "zed"]}));
    assert_eq!(both, waiting("ann bob"));
    assert_eq!(waits(json!({"pool": ["ann"]}), json!({"rep": "dan"})), waiting("ann"));
    // One rep alone is named all the same, and an agent is there at any time.
    let assigned = |reason| (Outcome::Assigned, reason, String::new());
    assert_eq!(waits(json!({"pool": ["ann"]}), json!({"rep": "bob"})), assigned(Reason::Fallback));
    assert_eq!(waits(json!({"pool": ["ann"]}), json!({"ai_agent": "support"})), assigned(Reason::Fallback));
    assert_eq!(waits(json!({"pool": ["dan"]}), json!({"rep": "zed"})), assigned(Reason::LastResortAi));
}

#[test]
fn an_open_conversation_keeps_its_rep_until_they_are_gone() {
    let rule = chat(json!({"rep": "bob"}), json!({"rep": "ann"}));
    let check = |sticky: &str, reason: &str, to: &str, notes: &str| {
        let (lead, team) = (LeadFields::default(), team());
        let ask = Ask {
            funnel: Funnel::Chat,
            link: None,
            lead: &lead,
            team: &team,
            sticky: Some(sticky),
            needs_human: false,
            now: None,
        };
        let decision = decide(Rules(std::slice::from_ref(&rule)), &ask).expect("a default rule");
        let gist = gist(&decision);
        assert_eq!((&gist["reason"], &gist["to"], &gist["notes"]), (&json!(reason), &to_rep(to), &json!(notes)));
        assert_eq!(decision.segment.is_none(), reason == "sticky_existing_rep");
    };
    check("cyd", "sticky_existing_rep", "cyd", "");
    check("eve", "sticky_existing_rep", "eve", "rep_away");
    check("dan", "segment_rep", "bob", "");
    check("zed", "segment_rep", "bob", "");
}

#[test]
fn without_a_default_rule_there_is_no_decision() {
    let (lead, team) = (LeadFields::default(), Team::default());
    let ask =
        Ask { funnel: Funnel::Chat, link: None, lead: &lead, team: &team, sticky: None, needs_human: false, now: None };
    let meeting = Rule::standard(Funnel::Meeting, "ann");
    assert_eq!(decide(Rules(&[meeting]), &ask), Err(NoDefaultRule(Funnel::Chat)));
    assert_eq!(NoDefaultRule(Funnel::Chat).to_string(), "no rule is the default of the chat funnel");
}

#[test]
fn a_chat_writes_its_owner_to_the_crm() {
    let fields = |segment: Value| decided(&chat(segment, json!({"rep": "ann"})), json!({}), &team()).crm_fields();
    assert_eq!(fields(json!({"rep": "bob"})), [("Knock: Rep Owner", "bob".to_owned())].into());
    assert_eq!(fields(json!({"ai_agent": "auto"})), [("Knock: Rep Owner", "AI Agent".to_owned())].into());
}

#[test]
fn who_wrote_first_gets_the_chat_whatever_the_segments_say() {
    let rule = chat(json!({"ai_agent": "buying"}), json!({"rep": "ann"}));
    let (lead, team) = (LeadFields::default(), team());
    let ask = Ask {
        funnel: Funnel::Chat,
        link: None,
        lead: &lead,
        team: &team,
        sticky: Some("ann"),
        needs_human: false,
        now: None,
    };
    let given = |rep: &str| decide_for_writer(Rules(std::slice::from_ref(&rule)), &ask, rep).expect("a rule");
    let expected = |rep: &str, notes: &str| json!({"segment": null, "reason": "wrote_first", "to": to_rep(rep), "notes": notes, "notify": format!("#team dm:{rep}")});
    assert_eq!(given("bob").as_ref().map(gist), Some(expected("bob", "")));
    assert_eq!(given("eve").as_ref().map(gist), Some(expected("eve", "rep_away")));
    assert_eq!(["dan", "zed"].map(given), [None, None], "one who has left has no chats");
    assert!(decide_for_writer(Rules(&[]), &ask, "bob").is_err());
}

#[test]
fn an_answered_chat_stays_with_the_agent_and_notifies_no_one() {
    let (lead, team) = (LeadFields::default(), team());
    let left = |segment: Value| {
        let rule = chat(segment, json!({"rep": "ann"}));
        let now = None;
        let funnel = Funnel::Chat;
        let ask = Ask { funnel, link: None, lead: &lead, team: &team, sticky: None, needs_human: false, now };
        decide_for_agent(Rules(std::slice::from_ref(&rule)), &ask, AgentKind::Support).expect("a rule")
    };
    let kept =
        json!({"segment": null, "reason": "answered_by_agent", "to": to_agent("support"), "notes": "", "notify": ""});
    for segment in [json!({"rep": "bob"}), json!({"pool": ["cyd", "bob"]}), json!({"pool": ["eve"]})] {
        let decision = left(segment.clone());
        assert_eq!((gist(&decision), &decision.turn), (kept.clone(), &None), "{segment}");
        assert_eq!(decision.crm_fields(), [("Knock: Rep Owner", "AI Agent".to_owned())].into());
    }
    let own = left(json!({"ai_agent": "hiring"}));
    assert_eq!(
        (own.reason, gist(&own)["to"].clone()),
        (Reason::SegmentAi, to_agent("hiring")),
        "the segment's own agent"
    );
    let ask =
        Ask { funnel: Funnel::Chat, link: None, lead: &lead, team: &team, sticky: None, needs_human: false, now: None };
    assert!(decide_for_agent(Rules(&[]), &ask, AgentKind::General).is_err());
}
