//! Properties of every decision.

use crate::made::{NOW, REPS, lead, link, rule, team};
use knock_routing::{
    Ask, Assignee, Decision, Funnel, LeadFields, Outcome, Plan, Reason, RepState, Rule, Rules, Segment, Team, decide,
};
use proptest::prelude::*;

fn decided(rule: &Rule, lead: &LeadFields, team: &Team, sticky: Option<&str>) -> Decision {
    let link = link(rule.funnel());
    let ask = Ask { funnel: rule.funnel(), link: Some(&link), lead, team, sticky, needs_human: false, now: Some(NOW) };
    decide(Rules(std::slice::from_ref(rule)), &ask).expect("a default rule")
}

/// The segment that decided, and everything but the turn of a pool.
fn gist(decision: &Decision) -> (Option<String>, Outcome, Option<Assignee>, Reason) {
    (decision.segment.clone(), decision.outcome, decision.assignee.clone(), decision.reason)
}

fn without<T: Clone>(segments: &[Segment<T>], keep: impl Fn(usize, &Segment<T>) -> bool) -> Vec<Segment<T>> {
    segments
        .iter()
        .enumerate()
        .filter(|(place, segment)| keep(*place, segment))
        .map(|(_, segment)| segment.clone())
        .collect()
}

/// The rule without the segments that are off, or those below the first `most`.
fn cut(rule: &Rule, most: usize, only_enabled: bool) -> Rule {
    let plan = match &rule.plan {
        Plan::Chat { segments, fallback } => Plan::Chat {
            segments: without(segments, |place, segment| place < most && (segment.enabled || !only_enabled)),
            fallback: fallback.clone(),
        },
        Plan::Meeting { reject_private_email, segments, fallback } => Plan::Meeting {
            reject_private_email: *reject_private_email,
            segments: without(segments, |place, segment| place < most && (segment.enabled || !only_enabled)),
            fallback: fallback.clone(),
        },
    };
    Rule { plan, ..rule.clone() }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// Every chat has somewhere to go (RR-03): a rep who is here, or an AI agent; it waits exactly where somebody can
    /// take it later, and no one now.
    #[test]
    fn every_chat_has_somebody(rule in rule(Funnel::Chat), lead in lead(), team in team(), sticky in proptest::option::of(0..REPS.len())) {
        let decision = decided(&rule, &lead, &team, sticky.map(|place| REPS[place]));
        let is_waiting = decision.outcome == Outcome::Waiting;
        prop_assert!(is_waiting || decision.outcome == Outcome::Assigned);
        prop_assert_eq!(is_waiting, decision.reason == Reason::NobodyAvailable);
        prop_assert_eq!(is_waiting, decision.awaits().next().is_some());
        match decision.assignee.as_ref().expect("somebody") {
            _ if is_waiting => {
                prop_assert_eq!(decision.assignee.as_ref().and_then(Assignee::rep), None);
                for id in decision.awaits() {
                    let rep = team.rep(id).expect("of the team");
                    prop_assert!(rep.state != RepState::Removed && (rep.at_capacity || rep.state != RepState::Active));
                }
            }
            Assignee::Rep { id } => prop_assert_ne!(team.rep(id).expect("of the team").state, RepState::Removed),
            Assignee::AiAgent { .. } => {}
            Assignee::CalendarSet { .. } => prop_assert!(false, "no calendars in chats"),
        }
        prop_assert_eq!(decision.crm_fields().len(), 1);
        if let Some(turn) = &decision.turn {
            let numbers = team.reps.iter().filter_map(|rep| rep.last_booked);
            prop_assert!(numbers.max().is_none_or(|last| turn.number == last + 1));
            prop_assert_eq!(decision.assignee.as_ref().and_then(Assignee::rep), Some(turn.rep.as_str()));
        }
    }

    /// A meeting without calendars is never Unqualified; only who is at work with a calendar is offered.
    #[test]
    fn a_meeting_is_offered_by_those_who_can(rule in rule(Funnel::Meeting), lead in lead(), team in team()) {
        let decision = decided(&rule, &lead, &team, None);
        let offered: Vec<String> = match &decision.assignee {
            Some(Assignee::Rep { id }) => vec![id.clone()],
            Some(Assignee::CalendarSet { reps, owner, .. }) => {
                prop_assert!(owner.as_ref().is_none_or(|owner| reps.contains(owner)));
                reps.clone()
            }
            Some(Assignee::AiAgent { .. }) => unreachable!("no agents in meetings"),
            None => Vec::new(),
        };
        prop_assert_eq!(offered.is_empty(), decision.outcome != Outcome::Assigned);
        for id in offered {
            let rep = team.rep(&id).expect("of the team");
            prop_assert!(rep.state == RepState::Active && rep.has_calendar);
        }
        let is_unqualified = decision.crm_fields().get("Meeting Status").is_some_and(|status| status == "Unqualified");
        prop_assert!(!(is_unqualified && decision.notes.iter().any(|note| note.to_string().ends_with("calendar_missing"))));
        prop_assert!(decision.turn.is_none());
    }

    /// The first match wins: what stands below it, or is off, says nothing (RR-08, RR-09).
    #[test]
    fn only_segments_down_to_the_match_count(rule in prop_oneof![rule(Funnel::Chat), rule(Funnel::Meeting)], lead in lead(), team in team()) {
        let whole = decided(&rule, &lead, &team, None);
        prop_assert_eq!(gist(&decided(&cut(&rule, usize::MAX, true), &lead, &team, None)), gist(&whole));
        let link = link(rule.funnel());
        let ask = Ask { funnel: rule.funnel(), link: Some(&link), lead: &lead, team: &team, sticky: None, needs_human: false, now: Some(NOW) };
        let fields = ask.fields();
        let tried = rule.tried(&fields, Some(NOW));
        prop_assert!(tried.iter().rev().skip(1).all(|segment| !segment.holds));
        if let Some(matched) = tried.last().filter(|segment| segment.holds) {
            let place = matched.id.trim_start_matches('s').parse::<usize>().expect("a place");
            prop_assert_eq!(gist(&decided(&cut(&rule, place + 1, false), &lead, &team, None)), gist(&whole));
        } else {
            prop_assert_eq!(gist(&decided(&cut(&rule, 0, false), &lead, &team, None)), gist(&whole));
        }
    }

    /// Each recipient is notified once, removed reps never; the channel comes first.
    #[test]
    fn every_recipient_is_notified_once(rule in prop_oneof![rule(Funnel::Chat), rule(Funnel::Meeting)], lead in lead(), team in team()) {
        let decision = decided(&rule, &lead, &team, None);
        let recipients: Vec<String> = decision.notify.iter().map(ToString::to_string).collect();
        let mut once = recipients.clone();
        once.sort();
        once.dedup();
        prop_assert_eq!(once.len(), recipients.len());
        for (place, recipient) in recipients.iter().enumerate() {
            match recipient.strip_prefix("dm:") {
                Some(rep) => prop_assert_ne!(team.rep(rep).expect("of the team").state, RepState::Removed),
                None => prop_assert_eq!(place, 0),
            }
        }
    }

    /// Rules and decisions read back as they were written.
    #[test]
    fn json_keeps_rules_and_decisions(rule in prop_oneof![rule(Funnel::Chat), rule(Funnel::Meeting)], lead in lead(), team in team()) {
        let text = serde_json::to_string(&rule).expect("JSON");
        prop_assert_eq!(&serde_json::from_str::<Rule>(&text).expect("the same rule"), &rule);
        let decision = decided(&rule, &lead, &team, None);
        let text = serde_json::to_string(&decision).expect("JSON");
        prop_assert_eq!(serde_json::from_str::<Decision>(&text).expect("the same decision"), decision);
    }
}
