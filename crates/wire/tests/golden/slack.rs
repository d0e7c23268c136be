//! How Knock is connected to a Slack workspace.

use crate::Shape;
use crate::made::AT;
use knock_model::{RepId, Role};
use knock_wire::{
    InstallStarted, SlackChannel, SlackChannelDraft, SlackChannelPlace, SlackChannels, SlackConnect, SlackDraft,
    SlackEveryone, SlackInstall, SlackManifest, SlackParked, SlackProblem, SlackSettings, SlackTested, SlackUser,
    SlackUsers,
};
use serde_json::json;

pub(crate) fn shapes() -> Vec<Shape> {
    let problem = SlackProblem {
        kind: "not_in_channel".into(),
        channel: "C02LEADS01".into(),
        text: "the bot is not in the channel (not_in_channel)".into(),
        since: AT,
        places: vec![SlackChannelPlace {
            rule_id: "default_chat".into(),
            rule: "Default Routing Rule".into(),
            segment: "Enterprise".into(),
        }],
    };
    let channel = SlackChannel { id: "C02LEADS01".into(), name: "leads".into(), is_private: false, is_member: true };
    vec![
        Shape::of("slack_settings", &settings(problem.clone())),
        Shape::of(
            "slack_draft",
            &SlackDraft { monitoring_channel: "C02LEADS01".into(), note_mark: "//".into(), everyone: Some(everyone()) },
        ),
        Shape::of(
            "slack_connect",
            &SlackConnect {
                bot_token: "xoxb-1001-heron".to_owned().into(),
                signing_secret: "granite-41".to_owned().into(),
            },
        ),
        Shape::of(
            "slack_install",
            &SlackInstall {
                client_id: "1001.2002".into(),
                client_secret: "flint-7".to_owned().into(),
                signing_secret: "granite-41".to_owned().into(),
            },
        ),
        Shape::of(
            "install_started",
            &InstallStarted { url: "https://slack.com/oauth/v2/authorize?client_id=1001.2002".to_owned().into() },
        ),
        Shape::of(
            "slack_channels",
            &SlackChannels {
                channels: vec![channel],
                is_complete: false,
                problem: "Slack takes no more requests for now".into(),
                problems: vec![problem.clone()],
            },
        ),
        Shape::of("slack_channel_draft", &SlackChannelDraft { name: "leads".into() }),
        Shape::of("slack_users", &users()),
        Shape::of(
            "slack_manifest",
            &SlackManifest {
                manifest: json!({"display_information": {"name": "Knock"}}),
                create_url: "https://api.slack.com/apps?new_app=1".into(),
                problem: String::new(),
            },
        ),
        Shape::of("slack_tested", &SlackTested { is_posted: false, problem: "no channel is chosen".into() }),
    ]
}

fn users() -> SlackUsers {
    let user = |id: &str, name: &str, email: &str, member| SlackUser {
        id: id.into(),
        name: name.into(),
        email: email.into(),
        member,
        is_invited: false,
        has_left: false,
    };
    let users = vec![
        user("U01ANN001", "Ann Lee", "ann@acme.test", Some(RepId::new([1; 16]))),
        user("U02BOB001", "Bob Ray", "bob@acme.test", None),
    ];
    SlackUsers { users, next: Some("U02BOB001".into()), left: 1 }
}

fn everyone() -> SlackEveryone {
    SlackEveryone { is_on: true, role: Role::Rep, domains: vec!["acme.test".into()] }
}

fn settings(problem: SlackProblem) -> SlackSettings {
    SlackSettings {
        monitoring_channel: "C02LEADS01".into(),
        monitoring_channel_name: "leads".into(),
        note_mark: "//".into(),
        is_connected: true,
        is_configured: false,
        is_app_known: true,
        team: "Acme".into(),
        bot: "knock".into(),
        missing_scopes: vec!["groups:read".into()],
        problems: vec![problem],
        users: 12,
        users_matched: 4,
        waiting: 1,
        parked: 3,
        parked_reasons: vec![SlackParked { reason: "it was not answered for a day".into(), count: 3 }],
        everyone: everyone(),
    }
}
