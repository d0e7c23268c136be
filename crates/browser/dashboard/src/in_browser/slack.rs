//! Settings > Slack.

use knock_model::Millis;
use knock_wire::{
    InstallStarted, Invitation, SlackChannels, SlackManifest, SlackProblem, SlackSettings, SlackTested, SlackUsers,
};
use leptos::prelude::*;
use leptos_router::components::Router;
use wasm_bindgen_test::wasm_bindgen_test;

use super::sign_in::type_into;
use super::webhooks::{ok, sent};
use super::{Stage, settle};
use crate::api::{Call, Method, Reply};
use crate::pages::slack::SlackPage;

const SETTINGS: &str = include_str!("../../../../../tests/wire/slack_settings.json");
const CHANNELS: &str = include_str!("../../../../../tests/wire/slack_channels.json");
const USERS: &str = include_str!("../../../../../tests/wire/slack_users.json");
const INVITATION: &str = include_str!("../../../../../tests/wire/invitation.json");
const MANIFEST: &str = include_str!("../../../../../tests/wire/slack_manifest.json");

fn read<T: serde::de::DeserializeOwned>(text: &str) -> T {
    serde_json::from_str(text).expect("a shape of the wire")
}

/// A server with these settings; requests for changes get the response of `change`.
fn show(settings: SlackSettings, change: impl Fn(&Call) -> Reply + Send + Sync + 'static) -> Stage {
    show_with(settings, read(USERS), change)
}

/// The same with these people in the workspace.
fn show_with(
    settings: SlackSettings,
    people: SlackUsers,
    change: impl Fn(&Call) -> Reply + Send + Sync + 'static,
) -> Stage {
    let answer = move |call: &Call| match (call.method, call.path.as_str()) {
        (Method::Get, "/api/v1/slack") => ok(&settings),
        (Method::Get, "/api/v1/slack/channels") => ok(&read::<SlackChannels>(CHANNELS)),
        (Method::Get, path) if path.starts_with("/api/v1/slack/users") => ok(&people),
        (Method::Get, _) => ok(&read::<SlackManifest>(MANIFEST)),
        (Method::Post | Method::Put | Method::Patch | Method::Delete, _) => change(call),
    };
    Stage::answering(answer, || view! { <Router><SlackPage /></Router> })
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
async fn an_app_is_installed_at_slack_and_what_is_wrong_stands_at_its_field() {
    let refused =
        r#"{"type":"x","title":"Wrong","status":422,"errors":[{"pointer":"/client_id","reason":"is no Client ID"}]}"#;
    let stage = show(SlackSettings::default(), move |call| match call.body.as_deref() {
        Some(body) if body.contains("A01") => Reply { status_code: 422, body: refused.to_owned() },
        // An address that stays on the page.
        _ => ok(&InstallStarted { url: "#at-slack".to_owned().into() }),
    });
    settle().await;
    type_into(&stage, "#install-id", "A01");
    type_into(&stage, "#install-secret", "flint-7");
    type_into(&stage, "#install-signing", " granite-41 ");
    press(&stage, "Install to Slack");
    settle().await;
    assert!(stage.find("#install-id-notes").inner_text().contains("is no Client ID"));
    type_into(&stage, "#install-id", "1001.2002");
    press(&stage, "Install to Slack");
    settle().await;
    let body = r#"{"client_id":"1001.2002","client_secret":"flint-7","signing_secret":"granite-41"}"#;
    let bodies = sent(&stage, Method::Post);
    assert_eq!(bodies.last(), Some(&("/api/v1/slack/install".to_owned(), Some(body.to_owned()))));
    assert_eq!(window().location().hash().expect("a hash"), "#at-slack");
    window().location().set_hash("").expect("it is set");
    let stage = show(SlackSettings { is_app_known: true, ..SlackSettings::default() }, |_| {
        ok(&InstallStarted { url: "#again".to_owned().into() })
    });
    settle().await;
    assert!(!stage.has("#install-id"), "nothing has to be pasted");
    press(&stage, "Install to Slack");
    settle().await;
    let body = r#"{"client_id":"","client_secret":"","signing_secret":""}"#;
    assert_eq!(sent(&stage, Method::Post), [("/api/v1/slack/install".to_owned(), Some(body.to_owned()))]);
    window().location().set_hash("").expect("it is set");
}

#[wasm_bindgen_test]
async fn people_are_invited_together_and_who_has_left_is_removed() {
    let stage = show(read(SETTINGS), |call| match (call.method, call.path.as_str()) {
        (Method::Post, "/api/v1/members") => ok(&read::<Invitation>(INVITATION)),
        (Method::Delete, _) => Reply { status_code: 204, body: String::new() },
        _ => ok(&read::<SlackSettings>(SETTINGS)),
    });
    settle().await;
    assert!(!stage.has("#slack-role"));
    stage.find("[aria-label='Invite Bob Ray']").click();
    settle().await;
    stage.find("[aria-label='Invite Bob Ray']").click();
    settle().await;
    assert!(!stage.has("#slack-role"));
    // Members, invited people and those without an address are not selected.
    stage.find("[aria-labelledby='slack-people'] details button").click();
    settle().await;
    press(&stage, "Invite (1)");
    settle().await;
    let body = r#"{"email":"bob@acme.test","role":"rep"}"#;
    assert_eq!(sent(&stage, Method::Post), [("/api/v1/members".to_owned(), Some(body.to_owned()))]);
    assert!(!stage.has("#slack-role"), "who is invited is no longer ticked");
    let mut people = read::<SlackUsers>(USERS);
    people.users[0].has_left = true;
    let stage = show_with(read(SETTINGS), people, |_| Reply { status_code: 204, body: String::new() });
    settle().await;
    assert!(stage.text().contains("Members have left Slack"));
    stage.all("details.why > summary").iter().for_each(|summary| summary.click());
    settle().await;
    press(&stage, "Remove");
    settle().await;
    assert!(stage.text().contains("signed out everywhere"));
    stage.find("dialog button[type=submit]").click();
    settle().await;
    assert_eq!(sent(&stage, Method::Delete).len(), 1);
}

#[wasm_bindgen_test]
async fn a_channel_is_created_under_a_name_and_a_wrong_name_says_why() {
    let refused = r#"{"type":"x","title":"Wrong","status":422,"errors":[{"pointer":"/name","reason":"is no name of a channel"}]}"#;
    let stage = show(read(SETTINGS), move |call| match call.body.as_deref() {
        Some(body) if body.contains("New") => Reply { status_code: 422, body: refused.to_owned() },
        _ => ok(&read::<SlackSettings>(SETTINGS)),
    });
    settle().await;
    type_into(&stage, "#slack-new-channel", "New");
    press(&stage, "Create the channel");
    settle().await;
    assert!(stage.find("#slack-new-channel-notes").inner_text().contains("is no name of a channel"));
    type_into(&stage, "#slack-new-channel", "leads");
    press(&stage, "Create the channel");
    settle().await;
    let body = r#"{"name":"leads"}"#;
    let bodies = sent(&stage, Method::Post);
    assert_eq!(bodies.last(), Some(&("/api/v1/slack/channels".to_owned(), Some(body.to_owned()))));
    assert!(stage.text().contains("The channel is created."));
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
        places: Vec::new(),
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
async fn a_channel_is_pasted_by_its_id_tested_and_the_workspace_is_disconnected() {
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

#[wasm_bindgen_test]
async fn people_are_searched_and_listed_page_by_page_and_all_of_slack_may_answer() {
    let stage = show(read(SETTINGS), |call| {
        match call.body.as_deref() {
        Some(body) if body.contains("wrong") => Reply {
            status_code: 422,
            body: r#"{"type":"x","title":"Wrong","status":422,"errors":[{"pointer":"/everyone/domains","reason":"wrong is no domain"}]}"#.to_owned(),
        },
        _ => ok(&read::<SlackSettings>(SETTINGS)),
    }
    });
    settle().await;
    let asked = |stage: &Stage, path: &str| stage.calls().iter().filter(|call| call.path == path).count();
    type_into(&stage, "[aria-label='Search people']", "ray");
    settle().await;
    assert_eq!(asked(&stage, "/api/v1/slack/users?query=ray"), 1);
    stage.all("details.why > summary").iter().for_each(|summary| summary.click());
    settle().await;
    press(&stage, "Show more people");
    settle().await;
    assert_eq!(asked(&stage, "/api/v1/slack/users?query=ray&after=U02BOB001"), 1);
    assert_eq!(stage.all("[aria-label='People of the workspace'] li").len(), 4);
    type_into(&stage, "#slack-everyone-domains", "wrong");
    press(&stage, "Save who may answer");
    settle().await;
    assert!(stage.find("#slack-everyone-domains-notes").inner_text().contains("Wrong is no domain."));
    type_into(&stage, "#slack-everyone-domains", "acme.test, acme.example");
    press(&stage, "Save who may answer");
    settle().await;
    let (_, body) = sent(&stage, Method::Put).pop().expect("it is saved");
    let everyone = r#""everyone":{"is_on":true,"role":"rep","domains":["acme.test","acme.example"]}"#;
    assert!(body.as_ref().is_some_and(|body| body.contains(everyone)), "{body:?}");
}
