//! The corpus of texts both ways: `tests/vectors/slack.json`.

use super::{Names, from_slack, to_slack};
use serde::Deserialize;

const VECTORS: &str = include_str!("../../../../../tests/vectors/slack.json");

#[derive(Deserialize)]
struct Vectors {
    names: Known,
    to_slack: Vec<Case>,
    from_slack: Vec<Case>,
}

#[derive(Deserialize)]
struct Known {
    users: std::collections::BTreeMap<String, String>,
    channels: std::collections::BTreeMap<String, String>,
    emoji: std::collections::BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    given: String,
    expected: String,
}

#[test]
fn every_case_is_as_it_says() {
    let vectors: Vectors = serde_json::from_str(VECTORS).expect("the corpus");
    let Known { users, channels, emoji } = vectors.names;
    let names = Names { users, channels, emoji };
    assert!(vectors.to_slack.len() + vectors.from_slack.len() >= 50);
    for Case { name, given, expected } in &vectors.to_slack {
        assert_eq!(&to_slack(given), expected, "{name}");
        // What a visitor wrote reads in Slack as they wrote it.
        let inert = given.replace(':', ";");
        assert_eq!(from_slack(&to_slack(&inert), &names), inert, "{name}");
    }
    for Case { name, given, expected } in &vectors.from_slack {
        assert_eq!(&from_slack(given, &names), expected, "{name}");
    }
}
