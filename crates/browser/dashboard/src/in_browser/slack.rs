//! Settings > Slack.

use knock_model::Millis;
use knock_wire::{SlackChannels, SlackManifest, SlackProblem, SlackSettings, SlackTested, SlackUsers};
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use super::sign_in::type_into;
use super::webhooks::{ok, sent};
use super::{Stage, settle};
use crate::api::{Call, Method, Reply};
use crate::pages::SlackPage;

const SETTINGS: &str = include_str!("../../../../../tests/wire/slack_settings.json");
const CHANNELS: &str = include_str!("../../../../../tests/wire/slack_channels.json");
const USERS: &str = include_str!("../../../../../tests/wire/slack_users.json");
const MANIFEST: &str = include_str!("../../../../../tests/wire/slack_manifest.json");

fn read<T: serde::de::DeserializeOwned>(text: &str) -> T {
    serde_json::from_str(text).expect("a shape of the wire")
}

/// A server with these settings; what changes something is answered by `change`.
fn show(settings: SlackSettings, change: impl Fn(&Call) -> Reply + Send + Sync + 'static) -> Stage {
    let answer = move |call: &Call| match (call.method, call.path.as_str()) {
        (Method::Get, "/api/v1/slack") => ok(&settings),
        (Method::Get, "/api/v1/slack/channels") => ok(&read::<SlackChannels>(CHANNELS)),
        (Method::Get, "/api/v1/slack/users") => ok(&read::<SlackUsers>(USERS)),
        (Method::Get, _) => ok(&read::<SlackManifest>(MANIFEST)),
        (Method::Post | Method::Put | Method::Patch | Method::Delete, _) => change(call),
    };
    Stage::answering(answer, || view! { <SlackPage /> })
}

fn press(stage: &Stage, words: &str) {
    let all = stage.all("button");
    let found = all.iter().find(|button| button.inner_text().trim() == words);
    found.unwrap_or_else(|| panic!("no button {words} in {}", stage.root.inner_html())).click();
}

#[wasm_bindgen_test]
async fn a_workspace_is_connected_by_its_steps_and_what_is_wrong_stands_at_its_field() {
    let refused = r#"{"type":"x","title":"Wrong","status":422,"errors":[{"pointer":"/bot_token","reason":"Slack does not accept it"}]}"#;
    let stage = show(SlackSettings::default(), move |call| match call.body.as_deref() {
        Some(body) if body.contains("xoxb-wrong") => Reply { status_code: 422, body: refused.to_owned() },
        _ => ok(&read::<SlackSettings>(SETTINGS)),
    });
    settle().await;
    assert!(stage.find("[aria-label=Manifest]").inner_text().is_empty(), "it is folded");
    assert!(stage.find(".vendor-steps a").outer_html().contains("https://api.slack.com/apps?new_app=1"));
    type_into(&stage, "#slack-token", "xoxb-wrong");
    type_into(&stage, "#slack-secret", "granite-41");
    press(&stage, "Connect");
    settle().await;
    assert!(stage.find("#slack-token-notes").inner_text().contains("Slack does not accept it"));
    type_into(&stage, "#slack-token", " xoxb-1001-heron ");
    press(&stage, "Connect");
    settle().await;
    let body = r#"{"bot_token":"xoxb-1001-heron","signing_secret":"granite-41"}"#;
    let bodies = sent(&stage, Method::Post);
    assert_eq!(bodies.last(), Some(&("/api/v1/slack/connect".to_owned(), Some(body.to_owned()))));
    assert!(stage.text().contains("Choose the channel where chats are shown."));
    assert!(!stage.has(".vendor-steps"));
}

#[wasm_bindgen_test]
async fn problems_say_what_mends_them_and_people_who_they_are() {
    let stage = show(read(SETTINGS), |_| ok(&()));
    settle().await;
    let problems = stage.find("[aria-label=Problems]").inner_text();
    for words in ["groups:read", "the bot is not in the channel", "Invite the bot to that channel in Slack"] {
        assert!(problems.contains(words), "{words}: {problems}");
    }
    let text = stage.text();
    for words in ["12 people in Slack, 4 members", "3 messages", "#leads", "Slack takes no more requests for now"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let people = stage.all("[aria-label='People of the workspace'] li");
    assert!(people[0].text_content().is_some_and(|line| line.contains("Ann Lee") && line.ends_with("Member")));
    assert!(people[1].text_content().is_some_and(|line| line.ends_with("No member here")));
}

#[wasm_bindgen_test]
async fn another_token_is_at_hand_where_that_mends_it() {
    let problem = |kind: &str| SlackProblem {
        kind: kind.to_owned(),
        channel: String::new(),
        text: "Slack does not accept the token".to_owned(),
        since: Millis(1_795_163_907_123),
    };
    for (kind, is_open) in [("token", true), ("unreachable", false)] {
        let settings = SlackSettings { problems: vec![problem(kind)], ..read(SETTINGS) };
        let stage = show(settings, |_| ok(&()));
        settle().await;
        assert_eq!(stage.has("details[open] #slack-token"), is_open, "{kind}");
    }
    let stage = show(SlackSettings { is_configured: true, ..read(SETTINGS) }, |_| ok(&()));
    settle().await;
    assert!(!stage.has("#slack-token"));
    assert!(stage.text().contains("stand in the configuration of the server"));
}

#[wasm_bindgen_test]
async fn a_channel_is_pasted_by_its_id_tested_and_the_workspace_let_go() {
    let connected = || read::<SlackSettings>(SETTINGS);
    let stage = show(connected(), move |call| match (call.method, call.path.as_str()) {
        (Method::Put, _) => ok(&SlackSettings { monitoring_channel: "C9".to_owned(), ..connected() }),
        (_, "/api/v1/slack/test") => ok(&SlackTested { is_posted: false, problem: "no channel".to_owned() }),
        _ => Reply { status_code: 204, body: String::new() },
    });
    settle().await;
    type_into(&stage, "#slack-channel-id", " C9 ");
    press(&stage, "Save");
    settle().await;
    let body = r#"{"monitoring_channel":"C9","note_mark":"//"}"#;
    assert_eq!(sent(&stage, Method::Put), [("/api/v1/slack".to_owned(), Some(body.to_owned()))]);
    press(&stage, "Send a test message");
    settle().await;
    assert!(stage.text().contains("The message was not posted: no channel"));
    press(&stage, "Disconnect");
    settle().await;
    assert_eq!(sent(&stage, Method::Delete), [], "it asks first");
    stage.find("dialog [type=submit]").click();
    settle().await;
    assert_eq!(sent(&stage, Method::Delete), [("/api/v1/slack".to_owned(), None)]);
    assert!(!stage.has("dialog"));
}
