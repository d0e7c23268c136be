//! What the agent would do with a message, and why.

use super::Team;
use serde_json::{Value, json};

fn tried(team: &Team, question: &str) -> Value {
    let tried = team.ask("POST", "/try", &json!({"site": team.site, "question": question, "language": "en"}));
    assert_eq!(tried.code, 200, "{}", tried.body);
    tried.body
}

#[test]
fn a_trial_says_what_was_found_and_why() {
    let team = Team::start();
    team.answer("Do you ship to Norway?", "Yes, in three days.");
    let known = tried(&team, "do you ship to norway");
    assert_eq!(known["found"]["text"], "Yes, in three days.");
    let why = known["why"].as_str().expect("a sentence");
    assert!(why.starts_with("Answered: ") && why.contains("Do you ship to Norway?"), "{why}");
    assert_eq!((&known["more"], &known["offered"]), (&json!([]), &json!([])));
    let unknown = tried(&team, "who painted the mona lisa");
    assert_eq!(unknown["found"], Value::Null);
    assert!(unknown["why"].as_str().is_some_and(|why| why.starts_with("Nothing ")), "{unknown}");
}

#[test]
fn a_trial_names_the_act_of_a_message() {
    let team = Team::start();
    let wish = tried(&team, "Can I talk to a human?");
    assert_eq!((&wish["act"], &wish["found"]), (&json!("asks_human"), &Value::Null), "{wish}");
    assert_eq!(tried(&team, "Which carriers do you integrate with?")["act"], Value::Null);
}
