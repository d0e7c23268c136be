//! Made days: members come, go and are removed, leads write in the chat, by a link, by a form, by mail and to a member who wrote
//! first, sessions end, servers restart. At no instant is a lead who
//! wrote without an answer, a member who has the chat, or a place among those who wait for the first who can take them.

use crate::fairness::form;
use crate::mails::{from, take};
use crate::story::{EMAILS, START, Story, rep};
use knock_engine::availability::{is_full, state};
use knock_engine::commands::{CreateLink, RemoveMember, SaveRule, SetAvailability};
use knock_model::{AI_AGENT, AvailabilityState, LeadId, MemberState, Millis, RepId, Role};
use knock_ports::{ChatFact, Decided, Link, Member, View, WEBSITE};
use knock_routing::{ChatTarget, Funnel, Outcome, Plan, Reason, RepState, Rule, Segment};
use knock_status::chat::{Event, Folder, RepOwner, derive};
use knock_wire::{Availability, WeeklyHours};
use proptest::prelude::*;

const HOUR: i64 = 3_600_000;
/// The link of the visitors from the fifth on.
const LINK: &str = "g2";
const TEXTS: [&str; 4] =
    ["hi", "We are 200 people and need a quote", "Can I talk to a person?", "What does the plan cost?"];

#[derive(Clone, Copy, Debug)]
enum Step {
    Writes {
        visitor: u8,
        text: usize,
    },
    Answers {
        visitor: u8,
    },
    Acts {
        visitor: u8,
        action: usize,
    },
    SendsForm,
    Invites {
        visitor: u8,
        member: u8,
    },
    /// The lead answers a mail of the chat.
    Mails {
        visitor: u8,
        key: u8,
    },
    /// The visitor answers who wrote first.
    Accepts {
        visitor: u8,
    },
    Available {
        member: u8,
        how: u8,
    },
    Leaves {
        member: u8,
        successor: Option<u8>,
    },
    Waits {
        ms: i64,
    },
    Restarts,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let (visitor, member) = (|| 0..6u8, || 0..3u8);
    let ms = prop_oneof![Just(1i64), 1..200_000i64, 0..9 * HOUR, 0..40 * HOUR];
    let step = prop_oneof![
        6 => (visitor(), 0..TEXTS.len()).prop_map(|(visitor, text)| Step::Writes { visitor, text }),
        2 => visitor().prop_map(|visitor| Step::Answers { visitor }),
        2 => (visitor(), 0..9usize).prop_map(|(visitor, action)| Step::Acts { visitor, action }),
        2 => Just(Step::SendsForm),
        2 => (visitor(), member()).prop_map(|(visitor, member)| Step::Invites { visitor, member }),
        2 => visitor().prop_map(|visitor| Step::Accepts { visitor }),
        2 => (visitor(), any::<u8>()).prop_map(|(visitor, key)| Step::Mails { visitor, key }),
        4 => (member(), 0..6u8).prop_map(|(member, how)| Step::Available { member, how }),
        1 => (member(), proptest::option::of(member())).prop_map(|(member, successor)| Step::Leaves { member, successor }),
        6 => ms.prop_map(|ms| Step::Waits { ms }),
        1 => Just(Step::Restarts),
    ];
    proptest::collection::vec(step, 1..24)
}

fn member(number: u8) -> RepId {
    RepId::new([100 + number; 16])
}

/// A workspace where an agent has the leads with a question about the price, and a pool all others.
fn workspace() -> Story {
    let mut story = Story::begin();
    story.while_stopped(|store, _| {
        let saved = store.write(&mut |ledger| {
            (0..3).try_for_each(|number| {
                let (id, email) = (member(number), format!("rep{number}@us.example"));
                ledger.create_member(&Member::new(id, email, Role::Rep, MemberState::Active), START)
            })
        });
        saved.expect("they are saved");
    });
    let reps = |numbers: &[u8]| numbers.iter().map(|number| member(*number).to_string()).collect::<Vec<_>>();
    let when = serde_json::from_value(serde_json::json!({"field": "intent.type", "op": "eq", "value": "Buying"}));
    let buyers = Segment {
        id: "buyers".into(),
        name: "Buyers".into(),
        enabled: true,
        when: when.expect("a condition"),
        target: ChatTarget::Pool(reps(&[0, 1])),
        monitoring_channel: None,
    };
    let plan = Plan::Chat { segments: vec![buyers], fallback: ChatTarget::Pool(reps(&[1, 2])) };
    let rule = Rule { plan, ..Rule::standard(Funnel::Chat, "") };
    story.change(SaveRule { rule, is_new: false, from: None, by: None, now: START });
    let plan = Plan::Chat { segments: Vec::new(), fallback: ChatTarget::Rep(member(0).to_string()) };
    let own = Rule { id: LINK.into(), name: LINK.into(), is_default: false, plan, ..Rule::standard(Funnel::Chat, "") };
    story.change(SaveRule { rule: own, is_new: true, from: None, by: None, now: START });
    let link = Link { rule: Some(LINK.into()), ..Link::new(LINK, LINK, Funnel::Chat, "G2") };
    story.change(CreateLink { link, is_slug_free: false, now: START });
    story
}

/// Opens the chat of a visitor: that of the first four on the site, that of the others by a link with a rule of its own.
fn open(story: &mut Story, visitor: u8) {
    story.open_by(visitor, if visitor < 4 { WEBSITE } else { LINK }, None);
}

fn availability(how: u8, now: Millis) -> Availability {
    let day = || vec![("09:00".to_owned(), "12:00".to_owned()), ("13:00".to_owned(), "17:00".to_owned())];
    let [mon, tue, wed, thu, fri] = std::array::from_fn(|_| day());
    let weekdays = WeeklyHours { zone: "Europe/Berlin".into(), mon, tue, wed, thu, fri, ..WeeklyHours::default() };
    let away = Availability { state: AvailabilityState::Away, ..Availability::default() };
    match how {
        0 => Availability::default(),
        1 => Availability { capacity: Some(1), ..Availability::default() },
        2 => Availability { hours: Some(weekdays), ..Availability::default() },
        3 => Availability { hours: Some(weekdays), capacity: Some(2), ..Availability::default() },
        4 => Availability { away_until: Some(now + Millis(5 * HOUR)), hours: Some(weekdays), ..away },
        _ => away,
    }
}

fn run(story: &mut Story, step: Step) {
    let now = story.now;
    match step {
        Step::Writes { visitor, text } => {
            if !story.conversations.contains_key(&visitor) {
                open(story, visitor);
            }
            story.write(visitor, TEXTS[text]);
        }
        Step::Answers { visitor } => story.step(crate::story::Step::Answer { visitor }),
        Step::Acts { visitor, action } => story.step(crate::story::Step::Act { visitor, action }),
        Step::SendsForm => drop(story.commit(form(now.0.unsigned_abs(), now))),
        Step::Invites { visitor, member: number } if is_here(story, member(number)) => {
            if let Some(id) = story.invite(visitor, member(number)) {
                story.invitations.insert(visitor, id);
            }
        }
        Step::Invites { .. } => {}
        Step::Mails { visitor, key } if story.conversations.contains_key(&visitor) => {
            take(story, visitor, key, from(EMAILS[0], "We take it. How do we sign?"));
        }
        Step::Mails { .. } => {}
        Step::Accepts { visitor } => {
            if let Some(id) = story.invitations.remove(&visitor) {
                story.open_by(visitor, WEBSITE, Some(id));
                story.write(visitor, TEXTS[1]);
            }
        }
        Step::Available { member: number, how } => {
            drop(story.change(SetAvailability { member: member(number), availability: availability(how, now), now }));
        }
        Step::Leaves { member: number, successor } => {
            drop(story.change(RemoveMember { member: member(number), successor: successor.map(member), now }));
        }
        Step::Waits { ms } => story.now = story.now + Millis(ms),
        Step::Restarts => story.restart(),
    }
    // What is due by now has happened: the clock worker sleeps until then.
    story.fire();
}

/// Whether a member has not left.
fn is_here(story: &Story, id: RepId) -> bool {
    let mut is_here = false;
    let read = story.store().read(&mut |view| {
        is_here = view.member(id)?.is_some_and(|member| member.state == MemberState::Active);
        Ok(())
    });
    read.expect("it reads");
    is_here
}

/// Checks each lead who wrote, and returns the number of those who wait for the first who can take them.
fn check(story: &Story) -> usize {
    let mut waiting = 0;
    let read = story.store().read(&mut |view| {
        waiting = 0;
        for chat in view.chats(false, None, 200)? {
            waiting += usize::from(is_waiting(view, chat.lead, story.now));
        }
        Ok(())
    });
    read.expect("it reads");
    waiting
}

/// Whether a lead waits for the team. Panics where a lead is lost.
fn is_waiting(view: &dyn View, lead: LeadId, now: Millis) -> bool {
    let facts = view.chat_facts(lead).expect("facts");
    let derived = derive(&facts, now);
    let chat = view.chat_summary(lead).expect("it reads").expect("a chat");
    if derived.folder == Some(Folder::Snoozed) {
        assert!(derived.next_folder_at.is_some_and(|until| now < until));
    }
    let is_leads = |fact: &&ChatFact| matches!(fact.what, Event::LeadMessage { .. } | Event::FormSent { .. });
    if derived.folder != Some(Folder::Open) || !facts.iter().any(|fact| is_leads(&fact)) {
        return false;
    }
    assert_eq!((chat.waiting_since, &chat.owner), (derived.waiting_since, &derived.fields.rep_owner));
    let decided = view.last_decision(lead).expect("it reads");
    match &derived.fields.rep_owner {
        // The agent has asked what it is about, and a timer ends that; or a form that no member gets waits for everybody.
        None => {
            let reason = decided.map(|decided| decided.decision.reason);
            assert!(reason.is_none_or(|reason| reason == Reason::LastResortAi), "{reason:?}");
            assert!(derived.waiting_since.is_some());
            false
        }
        Some(RepOwner::Rep(id)) => {
            let owner = view.member(RepId::parse(id).expect("an id")).expect("it reads").expect("a member");
            assert_eq!(owner.state, MemberState::Active, "{} has the chat of a lead", owner.email);
            false
        }
        Some(RepOwner::AiAgent) => {
            let Decided { decision, .. } = decided.expect("a decision");
            // Everybody has left, or the agent has answered.
            if [Reason::LastResortAi, Reason::AnsweredByAgent].contains(&decision.reason) {
                return false;
            }
            assert_eq!(decision.outcome, Outcome::Waiting, "{decision:?}");
            assert!(derived.is_queued && chat.is_queued && decision.awaits().next().is_some());
            let is_last = |fact: &&ChatFact| {
                is_leads(fact)
                    || matches!(fact.what, Event::RepMessage { .. } | Event::Invited { .. } | Event::Done { .. })
            };
            let last = facts.iter().rev().find(is_last);
            let is_answered = !last.is_some_and(|last| is_leads(&last));
            assert!(is_answered || derived.waiting_since.is_some(), "{AI_AGENT} has a lead who waits nowhere");
            let (members, loads) = (view.members().expect("members"), view.workloads(now).expect("loads"));
            for awaited in decision.awaits() {
                let Some(member) = members.iter().find(|member| member.id.to_string() == awaited) else { continue };
                let can = state(&member.availability, None, now) == RepState::Active && !is_full(member, &loads, now);
                assert!(!can, "{} can take a lead who waits: {:?}", member.email, member.availability);
            }
            true
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, max_shrink_iters: 400, ..ProptestConfig::default() })]

    #[test]
    fn no_lead_who_wrote_or_sent_a_form_is_lost(steps in steps()) {
        let mut story = workspace();
        for step in steps {
            run(&mut story, step);
            check(&story);
        }
    }
}

#[test]
fn the_made_days_reach_the_case() {
    let mut story = workspace();
    for number in 0..3 {
        run(&mut story, Step::Available { member: number, how: 5 });
    }
    run(&mut story, Step::Writes { visitor: 0, text: 2 });
    assert_eq!(check(&story), 1);
    run(&mut story, Step::Available { member: 2, how: 0 });
    assert_eq!(check(&story), 0);
    assert_ne!(rep(), member(2));
    // Who wrote first has the chat, although the rule names others; the lead of the link goes to that of its own rule.
    run(&mut story, Step::Invites { visitor: 1, member: 0 });
    run(&mut story, Step::Accepts { visitor: 1 });
    run(&mut story, Step::Writes { visitor: 4, text: 1 });
    let mut owners = Vec::new();
    let read = story.store().read(&mut |view| {
        owners = view.chats(false, None, 200)?.into_iter().map(|chat| (chat.owner, chat.is_queued)).collect();
        Ok(())
    });
    read.expect("it reads");
    let first = (Some(RepOwner::Rep(member(0).to_string())), false);
    assert_eq!(owners.iter().filter(|owner| **owner == first).count(), 2, "{owners:?}");
    assert_eq!(check(&story), 0);
}

#[test]
fn of_two_decisions_of_one_instant_the_later_one_counts() {
    let mut story = workspace();
    let steps = [
        Step::Available { member: 0, how: 1 },
        Step::Available { member: 1, how: 4 },
        Step::Available { member: 2, how: 4 },
        Step::Writes { visitor: 1, text: 2 },
        Step::Writes { visitor: 2, text: 1 },
        Step::Available { member: 2, how: 1 },
        Step::Writes { visitor: 1, text: 1 },
    ];
    for step in steps {
        run(&mut story, step);
        check(&story);
    }
}
