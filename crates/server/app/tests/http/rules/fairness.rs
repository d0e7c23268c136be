//! The fairness of a rule's pools.

use super::refused;
use crate::members::Browser;
use crate::routing::Team;
use knock_model::Role;
use serde_json::{Value, json};

const QUOTE: &str = "How much is a licence for 200 people? We need a quote";
const JOBS: &str = "Are you hiring backend engineers? I'd like to send my CV";

/// Name, turns, skips, whether in the pool, and whether next, of each member of a pool.
fn shares(pool: &Value) -> Vec<(String, Value, Value, Value, Value)> {
    let of = |rep: &Value| {
        let name = rep["name"].as_str().expect("a name").to_owned();
        (name, rep["turns"].clone(), rep["skipped"].clone(), rep["is_in_pool"].clone(), rep["is_next"].clone())
    };
    pool["reps"].as_array().expect("a list").iter().map(of).collect()
}

fn share(name: &str, turns: u32, skipped: Value, is_next: bool) -> (String, Value, Value, Value, Value) {
    (name.to_owned(), json!(turns), skipped, json!(true), json!(is_next))
}

#[test]
fn pools_show_turns_skips_and_who_is_next() {
    let team = Team::start();
    let admin = Browser::admin(&team.knock);
    let bo = Browser::member(&team.knock, &admin, "bo@us.example", Role::Rep);
    let bo_id = admin.id_of(&team.knock, "bo@us.example");
    let mut rule = team.rule("Default Routing Rule");
    rule["segments"][0]["assign"] = json!({"pool": [bo_id]});
    rule["fallback"] = json!({"assign": {"pool": [team.rep, bo_id]}});
    assert_eq!(team.ask("PUT", "/api/v1/rules/default_chat", &rule).code, 200);
    let path = "/api/v1/rules/default_chat/fairness";
    let pools = || team.knock.get(path, &team.key).body["pools"].clone();

    let before = pools();
    assert_eq!((&before[0]["segment"], &before[0]["name"]), (&json!("jobs"), &json!("Job seekers")));
    assert_eq!((&before[1]["segment"], &before[1]["name"]), (&json!("fallback"), &json!("Fallback Segment")));
    let none = json!({});
    assert_eq!(
        shares(&before[1]),
        [share("admin@localhost", 0, none.clone(), true), share("Bo", 0, none.clone(), false)]
    );

    for visitor in 1..=3 {
        team.chat(visitor, &[QUOTE]);
    }
    let now = team.knock.now();
    let pool = pools()[1].clone();
    assert_eq!(shares(&pool), [share("admin@localhost", 2, none.clone(), false), share("Bo", 1, none.clone(), true)]);
    assert_eq!((&pool["reps"][0]["open_chats"], &pool["reps"][0]["state"]), (&json!(2), &json!("active")));
    assert!(pool["reps"][0]["last_at"].as_i64().expect("an instant") <= now);

    // Members who are away are skipped, also where the fallback decides because none is available.
    assert_eq!(bo.ask(&team.knock, "PUT", "/api/v1/availability", &json!({"state": "away"})).code, 200);
    team.chat(4, &[QUOTE]);
    team.chat(5, &[JOBS]);
    let pools_now = pools();
    assert_eq!(shares(&pools_now[0]), [share("Bo", 0, json!({"away": 1}), false)]);
    assert_eq!(
        shares(&pools_now[1]),
        [share("admin@localhost", 4, none.clone(), true), share("Bo", 1, json!({"away": 2}), false)]
    );
    assert_eq!(pools_now[1]["reps"][1]["state"], "away");

    // A member who is no longer in the pool stays in the list with the former turns.
    rule["fallback"] = json!({"assign": {"pool": [team.rep]}});
    assert_eq!(team.ask("PUT", "/api/v1/rules/default_chat", &rule).code, 200);
    let left = shares(&pools()[1])[1].clone();
    assert_eq!((&left.0, &left.1, &left.3), (&"Bo".to_owned(), &json!(1), &json!(false)));

    team.knock.set_clock(&json!({"advance_ms": 31 * 86_400_000_i64}));
    assert_eq!(shares(&pools()[1]), [share("admin@localhost", 0, none, true)]);
    assert_eq!(team.knock.get(&format!("{path}?days=60"), &team.key).body["pools"][1]["reps"][0]["turns"], 4);
    assert_eq!(
        refused(&team.knock.get(&format!("{path}?days=0"), &team.key), 400, "query/days"),
        "is not between 1 and 90"
    );
    assert_eq!(team.knock.get("/api/v1/rules/none/fairness", &team.key).code, 404);
    let meetings = team.knock.get("/api/v1/rules/default_meeting/fairness", &team.key).body;
    assert_eq!(meetings["pools"], json!([]), "calendars take no turns of chats");
}
