//! The calendars of a meeting, in the order of part 3.4.

use crate::scene::{decided, everybody, gist, routed, rule, team, to_rep};
use knock_routing::{Decision, Funnel, Link, Outcome, Rule, Team};
use serde_json::{Value, json};

fn calendars(mode: &str, reps: &[&str]) -> Value {
    json!({"calendar": mode, "reps": reps})
}

fn meeting(segment: Value, fallback: Value) -> Rule {
    rule(json!({"funnel": "meeting", "segments": [everybody(segment)], "fallback": {"assign": fallback}}))
}

fn lead() -> Value {
    json!({"email": "a@corp.example"})
}

fn free(reps: &[&str]) -> Team {
    Team { free_at_slot: Some(reps.iter().map(ToString::to_string).collect()), ..team() }
}

fn set(mode: &str, reps: &[&str], owner: Option<&str>) -> Value {
    let mut set = json!({"type": "calendar_set", "mode": mode, "reps": reps});
    if let Some(owner) = owner {
        set["owner"] = json!(owner);
    }
    set
}

fn crm(decision: &Decision) -> Value {
    serde_json::to_value(decision.crm_fields()).expect("JSON")
}

#[test]
fn the_address_comes_first() {
    let reject = |reject: bool| {
        rule(
            json!({"funnel": "meeting", "reject_private_email": reject, "fallback": {"assign": calendars("single", &["ann"])}}),
        )
    };
    let check = |private: bool, lead: Value, outcome: Outcome, reason: &str, notify: &str, fields: Value| {
        let decision = decided(&reject(private), lead, &team());
        assert_eq!((decision.outcome, decision.reason.as_str()), (outcome, reason));
        assert_eq!(gist(&decision)["notify"], notify);
        assert_eq!(crm(&decision), fields);
        assert_eq!(decision.segment.is_some(), reason == "fallback");
    };
    let unqualified =
        |reason: &str| json!({"Meeting Status": "Unqualified", "Reject Reason": reason, "Rejected By": "AI"});
    let spam = json!({"Meeting Status": "Spam", "Reject Reason": "Spam", "Rejected By": "AI"});
    let owner = json!({"Knock: Meeting Owner": "ann"});
    check(false, json!({}), Outcome::Pending, "email_required", "", json!({}));
    check(false, json!({"email": " "}), Outcome::Pending, "email_required", "", json!({}));
    check(
        false,
        json!({"email": "a@x", "email.is_disposable": true}),
        Outcome::Disqualified,
        "spam_email",
        "",
        spam.clone(),
    );
    check(false, json!({"email": "a@x", "email.is_fake": true}), Outcome::Disqualified, "spam_email", "", spam);
    let free = json!({"email": "a@x", "email.is_free": true});
    check(true, free.clone(), Outcome::Disqualified, "private_email", "#team", unqualified("private email"));
    check(false, free, Outcome::Assigned, "fallback", "#team dm:ann", owner.clone());
    let work = json!({"email": "a@x", "email.is_free": false, "email.is_fake": false, "email.is_disposable": false});
    check(true, work, Outcome::Assigned, "fallback", "#team dm:ann", owner);
}

#[test]
fn calendars_go_together_as_the_segment_says() {
    let check = |mode: &str, reps: &[&str], to: Value, reason: &str| {
        let rule = meeting(calendars(mode, reps), calendars("single", &["ann"]));
        let found = gist(&decided(&rule, lead(), &team()));
        assert_eq!(
            (&found["to"], &found["reason"], &found["notes"]),
            (&to, &json!(reason), &json!("")),
            "{mode} {reps:?}"
        );
        let notify = to["id"].as_str().map_or("#team".to_owned(), |rep| format!("#team dm:{rep}"));
        assert_eq!(found["notify"], notify);
    };
    check("single", &["bob"], to_rep("bob"), "segment_single_calendar");
    check("any", &["cyd", "fay", "bob", "eve", "dan"], set("any", &["cyd", "bob"], None), "segment_any_calendar");
    check("round_robin", &["fay", "cyd", "bob"], to_rep("cyd"), "segment_round_robin_calendar");
    check("all", &["cyd", "bob"], set("all", &["cyd", "bob"], Some("cyd")), "segment_all_calendars");
}

#[test]
fn the_chosen_slot_fixes_the_owner() {
    let check = |mode: &str, reps: &[&str], at_slot: &[&str], to: Value, reason: &str, notes: &str| {
        let rule = meeting(calendars(mode, reps), calendars("single", &["ann"]));
        let found = gist(&decided(&rule, lead(), &free(at_slot)));
        assert_eq!(
            (&found["to"], &found["reason"], &found["notes"]),
            (&to, &json!(reason), &json!(notes)),
            "{mode} {at_slot:?}"
        );
    };
    let pool = ["ann", "bob", "cyd"];
    check("any", &pool, &["cyd", "bob"], to_rep("bob"), "segment_any_calendar_slot", "");
    check("any", &pool, &["eve"], set("any", &pool, None), "segment_any_calendar", "slot_gone");
    check("round_robin", &pool, &["cyd"], to_rep("cyd"), "segment_round_robin_calendar", "");
    check("round_robin", &pool, &[], to_rep("ann"), "segment_round_robin_calendar", "slot_gone");
    check("single", &["bob"], &["bob"], to_rep("bob"), "segment_single_calendar", "");
    check("single", &["bob"], &["ann"], to_rep("bob"), "segment_single_calendar", "slot_gone");
    let everybody = || set("all", &pool, Some("ann"));
    check("all", &pool, &pool, everybody(), "segment_all_calendars", "");
    check("all", &pool, &["ann", "bob"], everybody(), "segment_all_calendars", "slot_gone");
}

#[test]
fn the_rep_with_fewest_meetings_and_the_longest_wait_is_next() {
    let check = |turns: [(u64, Option<u64>); 3], expected: &str| {
        let mut team = team();
        for (rep, (upcoming_meetings, last_booked)) in team.reps.iter_mut().zip(turns) {
            (rep.upcoming_meetings, rep.last_booked) = (upcoming_meetings, last_booked);
        }
        let rule = meeting(calendars("round_robin", &["ann", "bob", "cyd"]), calendars("single", &["ann"]));
        assert_eq!(gist(&decided(&rule, lead(), &team))["to"], to_rep(expected), "{turns:?}");
    };
    check([(2, None), (1, Some(9)), (1, Some(8))], "cyd");
    check([(1, Some(1)), (1, None), (1, Some(1))], "bob");
    check([(1, Some(1)), (1, Some(1)), (1, Some(2))], "ann");
}

#[test]
fn a_segment_without_a_calendar_falls_back_and_is_never_unqualified() {
    let check = |segment: Value, fallback: Value, expected: [&str; 3], fields: Value| {
        let fallback = if fallback == json!(null) { json!({"disqualify": true}) } else { json!({"assign": fallback}) };
        let rule = rule(json!({"funnel": "meeting", "segments": [everybody(segment)], "fallback": fallback}));
        let decision = decided(&rule, lead(), &team());
        let found = gist(&decision);
        assert_eq!(
            [&found["segment"], &found["reason"], &found["notes"]].map(|part| part.as_str()),
            expected.map(Some)
        );
        assert_eq!(crm(&decision), fields);
        assert_eq!(found["notify"].as_str().expect("text").split(' ').next(), Some("#team"));
    };
    let not_booked = || json!({"Meeting Status": "Qualified but Not Booked"});
    let (gone, ann) = (calendars("single", &["fay"]), calendars("single", &["ann"]));
    check(
        gone.clone(),
        ann.clone(),
        ["fallback", "fallback", "s:calendar_missing"],
        json!({"Knock: Meeting Owner": "ann"}),
    );
    check(
        calendars("all", &["ann", "fay"]),
        ann,
        ["fallback", "fallback", "s:calendar_missing"],
        json!({"Knock: Meeting Owner": "ann"}),
    );
    check(gone.clone(), json!(null), ["fallback", "no_calendar", "s:calendar_missing"], not_booked());
    let both = "s:calendar_missing fallback:calendar_missing";
    check(gone.clone(), calendars("any", &["dan", "eve"]), ["fallback", "no_calendar", both], not_booked());
    check(gone, calendars("any", &["ann", "bob"]), ["fallback", "fallback", "s:calendar_missing"], json!({}));
}

#[test]
fn a_disqualification_is_notified_with_its_reason() {
    let unqualified = json!({"Meeting Status": "Unqualified", "Reject Reason": "routing", "Rejected By": "AI"});
    let by_segment = json!([{"id": "small", "when": {"all": []}, "disqualify": true}]);
    let by_fallback = json!([]);
    for (segments, segment, reason) in
        [(by_segment, "small", "segment_disqualified"), (by_fallback, "fallback", "fallback_disqualified")]
    {
        let rule = rule(json!({"funnel": "meeting", "segments": segments, "fallback": {"disqualify": true}}));
        let decision = decided(&rule, lead(), &team());
        assert_eq!(decision.outcome, Outcome::Disqualified);
        let expected = json!({"segment": segment, "reason": reason, "to": null, "notes": "", "notify": "#team"});
        assert_eq!(gist(&decision), expected);
        assert_eq!(crm(&decision), unqualified);
    }
}

fn link_of(rep: &str) -> Link {
    let (id, channel, calendar) = ("l".to_owned(), "Chat".to_owned(), Some(rep.to_owned()));
    Link { id, funnel: Funnel::Meeting, channel, rule: None, calendar }
}

#[test]
fn a_calendar_that_a_rep_gave_away_comes_before_every_rule_but_that_against_spam() {
    let strict = rule(json!({
        "funnel": "meeting",
        "reject_private_email": true,
        "segments": [everybody(calendars("single", &["ann"]))],
        "fallback": {"disqualify": true},
    }));
    let by_calendar_of = |rep: &str, lead: Value| {
        let decision = routed(std::slice::from_ref(&strict), &strict, lead, &team(), Some(&link_of(rep)));
        let found = gist(&decision);
        assert_eq!((&found["segment"], &found["notes"]), (&json!(null), &json!("")), "{rep}");
        (decision.outcome, decision.reason.as_str(), found["to"].clone())
    };
    let private = json!({"email": "a@x", "email.is_free": true});
    let owned = json!({"email": "a@corp.example", "crm.hubspot.owner": "hs-bob"});
    let own = (Outcome::Assigned, "own_calendar", to_rep("cyd"));
    for lead in [lead(), private, owned] {
        assert_eq!(by_calendar_of("cyd", lead.clone()), own, "{lead}");
    }
    let refused = |outcome: Outcome, reason: &'static str| (outcome, reason, json!(null));
    for rep in ["eve", "dan", "fay", "zoe"] {
        assert_eq!(by_calendar_of(rep, lead()), refused(Outcome::Unbookable, "no_calendar"), "{rep}");
    }
    let spam = |field: &str| json!({"email": "a@x", field: true});
    for field in ["email.is_fake", "email.is_disposable"] {
        assert_eq!(by_calendar_of("cyd", spam(field)), refused(Outcome::Disqualified, "spam_email"), "{field}");
    }
    assert_eq!(by_calendar_of("cyd", json!({})), refused(Outcome::Pending, "email_required"));
}

#[test]
fn a_chat_ignores_the_calendar_of_its_link() {
    let chat = rule(json!({"funnel": "chat", "fallback": {"assign": {"rep": "ann"}}}));
    let link = Link { funnel: Funnel::Chat, ..link_of("cyd") };
    let decision = routed(std::slice::from_ref(&chat), &chat, lead(), &team(), Some(&link));
    assert_eq!(gist(&decision)["to"], to_rep("ann"));
}
