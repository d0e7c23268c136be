//! A life of each kind, followed through every place at once: contacts, inbox, counts, Slack, webhooks, CRM, mail.

mod lives;
mod places;
mod scene;

use scene::Scene;
use serde_json::{Value, json};
use std::fs;

const GOLDEN: &str = "tests/http/everywhere/lives.json";

/// A life: its name, the address of its lead, and its steps.
type Life = (&'static str, &'static str, fn(&mut Scene) -> Vec<Value>);

const LIVES: [Life; 7] = [
    ("chat", "lee@first.example", lives::chat),
    ("meeting", "kim@second.example", lives::meeting),
    ("form", "cem@third.example", lives::form),
    ("link", "ida@fourth.example", lives::link),
    ("mail", "ida@fourth.example", lives::mail),
    ("spam in the chat", "win@fifth.example", lives::spam),
    ("spam as an address", "nope@mailinator.com", lives::fake_address),
];

#[test]
fn a_life_of_each_kind_reaches_every_place() {
    let mut scene = Scene::open();
    let lived: Vec<Value> = LIVES
        .iter()
        .map(|(name, email, live)| {
            scene.follows(email);
            json!({"life": name, "lead": email, "steps": live(&mut scene)})
        })
        .collect();
    let lived = format!("{}\n", serde_json::to_string_pretty(&lived).expect("JSON"));
    if bless() {
        fs::write(GOLDEN, &lived).expect("it is written");
    }
    assert_eq!(lived, fs::read_to_string(GOLDEN).expect("the golden file"));
}

#[expect(clippy::disallowed_methods, reason = "blessing is asked for by the environment")]
fn bless() -> bool {
    std::env::var("KNOCK_BLESS").is_ok()
}
