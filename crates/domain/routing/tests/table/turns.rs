//! Turns of pools: who waits longest, and what a decision uses up (3.5).

use crate::scene::{decided, everybody, gist, rule, team, to_rep};
use knock_routing::{Rule, Turn, Turns};
use serde_json::{Value, json};

fn pool(id: &str, members: &[&str]) -> Rule {
    let segments = json!([everybody(json!({"pool": members}))]);
    rule(json!({"id": id, "funnel": "chat", "segments": segments, "fallback": {"assign": {"rep": "ann"}}}))
}

fn given(rule: &Rule, turns: &Turns) -> (Value, Option<Turn>) {
    let mut team = team();
    team.turns = turns.clone();
    let decision = decided(rule, json!({}), &team);
    (gist(&decision)["to"].clone(), decision.turn)
}

fn turn(rep: &str, number: u64) -> Option<Turn> {
    Some(Turn { rep: rep.into(), number })
}

#[test]
fn the_longest_wait_is_next_and_never_is_longest() {
    let rule = pool("r", &["bob", "ann", "cyd"]);
    let numbers = |numbers: &[(&str, u64)]| {
        Turns::shared(numbers.iter().map(|(rep, number)| ((*rep).to_owned(), *number)).collect())
    };
    assert_eq!(given(&rule, &Turns::default()), (to_rep("bob"), turn("bob", 1)));
    assert_eq!(given(&rule, &numbers(&[("bob", 4)])), (to_rep("ann"), turn("ann", 5)));
    assert_eq!(given(&rule, &numbers(&[("bob", 4), ("ann", 2), ("cyd", 3)])), (to_rep("ann"), turn("ann", 5)));
    // Also somebody who left the pool was given one.
    assert_eq!(given(&rule, &numbers(&[("fay", 9)])), (to_rep("bob"), turn("bob", 10)));
    assert_eq!(given(&rule, &numbers(&[("fay", u64::MAX)])), (to_rep("bob"), turn("bob", u64::MAX)));
}

#[test]
fn a_turn_counts_in_its_own_pool() {
    let (one, two) = (pool("one", &["ann", "bob"]), pool("two", &["ann", "bob"]));
    let mut team = team();
    let taken = decided(&one, json!({}), &team);
    team.turns.take(&taken);
    assert_eq!(given(&one, &team.turns), (to_rep("bob"), turn("bob", 2)));
    assert_eq!(given(&two, &team.turns), (to_rep("ann"), turn("ann", 1)));
    team.turns.set("one", "s", "bob", 7);
    assert_eq!(given(&one, &team.turns), (to_rep("ann"), turn("ann", 8)));
    team.turns.set("one", "other", "ann", 9);
    assert_eq!(given(&one, &team.turns), (to_rep("ann"), turn("ann", 8)));
}

#[test]
fn a_rep_at_capacity_is_passed_over() {
    let mut team = team();
    team.reps[0].at_capacity = true;
    let decision = decided(&pool("r", &["ann", "bob"]), json!({}), &team);
    assert_eq!(gist(&decision)["to"], to_rep("bob"));
    // A rep who is named gets the chat all the same.
    let named = rule(json!({"funnel": "chat", "fallback": {"assign": {"rep": "ann"}}}));
    let decision = decided(&named, json!({}), &team);
    assert_eq!((&gist(&decision)["to"], decision.turn), (&to_rep("ann"), None));
}
