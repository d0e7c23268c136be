//! Sentences by which the team tests the agent.

use super::{Team, pointer};
use crate::members::Browser;
use crate::support::Reply;
use knock_model::Role;
use serde_json::{Value, json};

fn save(team: &Team, sentences: &Value) -> Reply {
    team.ask("PUT", &format!("/tests?site={}", team.site), &json!({"sentences": sentences}))
}

fn run(team: &Team) -> Value {
    let run = team.ask("POST", "/tests/run", &json!({"site": team.site}));
    assert_eq!(run.code, 200, "{}", run.body);
    run.body["results"].clone()
}

#[test]
fn a_sentence_differs_from_what_was_accepted_once_the_agent_does_something_else() {
    let team = Team::start();
    let list = format!("/tests?site={}", team.site);
    assert_eq!(team.get(&list), json!({"sentences": []}));
    let text = "do you ship to norway";
    assert_eq!(save(&team, &json!([{"text": format!(" {text}\n")}])).body, json!({"sentences": [{"text": text}]}));
    assert_eq!(run(&team), json!([{"text": text, "now": "No answer"}]));
    let accepted = save(&team, &json!([{"text": text, "accepted": "No answer"}])).body["sentences"][0].clone();
    assert!(accepted["accepted_at"].is_i64(), "{accepted}");
    let id = team.answer("Do you ship to Norway?", "Yes.");
    let taught = run(&team)[0].clone();
    assert_eq!(
        (&taught["now"], &taught["accepted"]),
        (&json!("Answer: \u{201c}Do you ship to Norway?\u{201d}"), &json!("No answer"),)
    );
    team.knock.advance(1_000);
    let again = save(&team, &json!([{"text": text, "accepted": "No answer"}, {"text": "hi"}]));
    assert_eq!(again.body["sentences"][0], accepted, "it was accepted then");
    assert_eq!(team.get(&list), again.body);
    assert_eq!(team.ask("DELETE", &format!("/answers/{id}"), &Value::Null).code, 204);
    assert_eq!(run(&team)[0]["now"], "No answer");
    let log = team.knock.get("/api/v1/audit?action=test_sentences.saved", &team.key);
    assert_eq!(log.body["entries"].as_array().map(Vec::len), Some(3), "{}", log.body);
}

#[test]
fn a_wrong_sentence_is_named_and_a_rep_only_runs_them() {
    let team = Team::start();
    let many: Vec<Value> = (0..201).map(|number| json!({"text": format!("sentence {number}")})).collect();
    for (sentences, expected) in [
        (json!([{"text": "a"}, {"text": " "}]), "/sentences/1/text"),
        (json!([{"text": "a"}, {"text": "a "}]), "/sentences/1/text"),
        (json!([{"text": "a".repeat(301)}]), "/sentences/0/text"),
        (json!([{"text": "a", "accepted": ""}]), "/sentences/0/accepted"),
        (json!(many), "/sentences"),
    ] {
        assert_eq!(pointer(&save(&team, &sentences)), (422, expected.to_owned()));
    }
    let unknown = team.ask("POST", "/tests/run", &json!({"site": "nothing"}));
    assert_eq!(pointer(&unknown), (422, "/site".to_owned()));
    let admin = Browser::admin(&team.knock);
    let rep = Browser::member(&team.knock, &admin, "rep@us.example", Role::Rep);
    let path = format!("/api/v1/knowledge/tests?site={}", team.site);
    assert_eq!(rep.ask(&team.knock, "PUT", &path, &json!({"sentences": []})).code, 403);
    let run = rep.ask(&team.knock, "POST", "/api/v1/knowledge/tests/run", &json!({"site": team.site}));
    assert_eq!(run.body, json!({"results": []}));
}
