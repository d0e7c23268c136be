//! Turns (RO-04, RR-27): with the same people at work, everybody comes once in every round.

use crate::made::{NOW, REPS};
use knock_routing::{Ask, ChatTarget, Funnel, LeadFields, Plan, Rep, RepState, Rule, Rules, Team, decide};
use proptest::collection::vec;
use proptest::prelude::*;

fn pool_rule(members: &[&str]) -> Rule {
    let pool = members.iter().map(ToString::to_string).collect();
    Rule {
        plan: Plan::Chat { segments: Vec::new(), fallback: ChatTarget::Pool(pool) },
        ..Rule::standard(Funnel::Chat, "")
    }
}

fn team(turns: &[Option<u64>], is_away: &[bool]) -> Team {
    let states = is_away.iter().map(|away| if *away { RepState::Away } else { RepState::Active });
    let reps = REPS.iter().zip(states).map(|(id, state)| Rep { id: (*id).into(), state, ..Rep::default() });
    let mut team = Team { reps: reps.collect(), ..Team::default() };
    for (rep, turn) in REPS.iter().zip(turns) {
        if let Some(turn) = turn {
            team.turns.set("default_chat", "fallback", rep, *turn);
        }
    }
    team
}

/// Gives one chat away and keeps the turn it used up.
fn give(rule: &Rule, team: &mut Team) -> Option<String> {
    let lead = LeadFields::default();
    let ask =
        Ask { funnel: Funnel::Chat, link: None, lead: &lead, team, sticky: None, needs_human: false, now: Some(NOW) };
    let decision = decide(Rules(std::slice::from_ref(rule)), &ask).expect("a default rule");
    team.turns.take(&decision);
    Some(decision.turn?.rep)
}

/// The numbers of past turns: distinct, and none for who never had one.
fn turns() -> impl Strategy<Value = Vec<Option<u64>>> {
    let numbers = Just(vec![3, 8, 11, 20, 21]).prop_shuffle();
    (numbers, vec(any::<bool>(), REPS.len()))
        .prop_map(|(numbers, had)| numbers.into_iter().zip(had).map(|(number, had)| had.then_some(number)).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// Any window of n assignments over n members at work contains each once.
    #[test]
    fn every_window_holds_every_member_once(turns in turns(), is_away in vec(any::<bool>(), REPS.len()), given in 1..40_usize) {
        let mut team = team(&turns, &is_away);
        let rule = pool_rule(&REPS);
        let at_work = is_away.iter().filter(|away| !**away).count();
        let got: Vec<_> = (0..given).filter_map(|_| give(&rule, &mut team)).collect();
        prop_assert_eq!(got.len(), if at_work == 0 { 0 } else { given });
        for window in got.windows(at_work.max(1)) {
            let mut members = window.to_vec();
            members.sort();
            members.dedup();
            prop_assert_eq!(members.len(), window.len());
        }
        let counts = REPS.iter().zip(&is_away).filter(|(_, away)| !**away);
        let counts: Vec<_> = counts.map(|(id, _)| got.iter().filter(|rep| rep == id).count()).collect();
        let spread = counts.iter().max().zip(counts.iter().min()).map_or(0, |(most, least)| most - least);
        prop_assert!(spread <= 1);
    }

    /// A rep who comes back gets the next turn, and only one until the round is over: no rep is flooded.
    #[test]
    fn who_comes_back_gets_one_turn(away in 0..REPS.len(), before in 5..30_usize) {
        let mut team = team(&[None; 5], &[false; 5]);
        let rule = pool_rule(&REPS);
        for _ in 0..REPS.len() {
            give(&rule, &mut team);
        }
        team.reps[away].state = RepState::Away;
        for _ in 0..before {
            let got = give(&rule, &mut team);
            prop_assert_ne!(got.as_deref(), Some(REPS[away]));
        }
        team.reps[away].state = RepState::Active;
        let round: Vec<_> = (0..REPS.len()).filter_map(|_| give(&rule, &mut team)).collect();
        prop_assert_eq!(&round[0], REPS[away]);
        prop_assert_eq!(round.iter().filter(|rep| *rep == REPS[away]).count(), 1);
    }

    /// The order in which a pool is written matters only between those who never had a turn.
    #[test]
    fn an_edited_pool_goes_on_by_who_waits_longest(order in Just(REPS.to_vec()).prop_shuffle(), numbers in Just(vec![1_u64, 2, 3, 4, 5]).prop_shuffle()) {
        let turns: Vec<_> = numbers.into_iter().map(Some).collect();
        let (mut one, mut two) = (team(&turns, &[false; 5]), team(&turns, &[false; 5]));
        let (plain, edited) = (pool_rule(&REPS), pool_rule(&order));
        for _ in 0..12 {
            prop_assert_eq!(give(&plain, &mut one), give(&edited, &mut two));
        }
    }
}
