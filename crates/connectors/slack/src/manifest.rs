//! The manifest from which Slack makes an app of its own for a workspace.

use serde_json::{Value, json};

/// The scopes that the app needs.
pub const SCOPES: [&str; 15] = [
    "channels:history",
    "channels:join",
    "channels:manage",
    "channels:read",
    "chat:write",
    "commands",
    "files:read",
    "files:write",
    "groups:history",
    "groups:read",
    "im:history",
    "im:read",
    "im:write",
    "users:read",
    "users:read.email",
];

/// The events that the app subscribes to.
const EVENTS: [&str; 19] = [
    "app_uninstalled",
    "channel_archive",
    "channel_deleted",
    "channel_left",
    "channel_rename",
    "channel_unarchive",
    "group_archive",
    "group_deleted",
    "group_left",
    "group_rename",
    "group_unarchive",
    "member_joined_channel",
    "member_left_channel",
    "message.channels",
    "message.groups",
    "message.im",
    "team_join",
    "tokens_revoked",
    "user_change",
];

/// The manifest of an app for a server at this public address, such as `https://knock.example.com`.
pub fn manifest(public_url: &str) -> Value {
    let at = |path: &str| format!("{}/hooks/slack/{path}", public_url.trim_end_matches('/'));
    json!({
        "display_information": {
            "name": "Knock",
            "description": "Leads of your website, in the right channel and answered from the thread",
            "background_color": "#1f2937",
        },
        "features": {
            // People answer in the bot's direct messages.
            "app_home": {
                "home_tab_enabled": false,
                "messages_tab_enabled": true,
                "messages_tab_read_only_enabled": false,
            },
            "bot_user": { "display_name": "Knock", "always_online": true },
            "slash_commands": [{
                "command": "/knock",
                "url": at("commands"),
                "description": "Knock Links, and what Knock is doing",
                "usage_hint": "links | status | help",
                "should_escape": false,
            }],
        },
        "oauth_config": {
            "redirect_urls": [at("oauth")],
            "scopes": { "bot": SCOPES },
        },
        "settings": {
            "event_subscriptions": { "request_url": at("events"), "bot_events": EVENTS },
            "interactivity": { "is_enabled": true, "request_url": at("actions") },
            "org_deploy_enabled": false,
            "socket_mode_enabled": false,
            "token_rotation_enabled": false,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_the_servers() {
        let manifest = manifest("https://knock.example.com/");
        let at = |pointer: &str| manifest.pointer(pointer).and_then(Value::as_str).expect(pointer).to_owned();
        assert_eq!(at("/settings/event_subscriptions/request_url"), "https://knock.example.com/hooks/slack/events");
        assert_eq!(at("/settings/interactivity/request_url"), "https://knock.example.com/hooks/slack/actions");
        assert_eq!(at("/features/slash_commands/0/url"), "https://knock.example.com/hooks/slack/commands");
        assert_eq!(at("/oauth_config/redirect_urls/0"), "https://knock.example.com/hooks/slack/oauth");
        assert_eq!(manifest["features"]["app_home"]["messages_tab_read_only_enabled"], false);
    }

    #[test]
    fn texts_are_as_long_as_slack_allows() {
        let manifest = manifest("https://knock.example.com");
        let length = |pointer: &str| manifest.pointer(pointer).and_then(Value::as_str).expect(pointer).len();
        assert!(length("/display_information/name") <= 35);
        assert!(length("/display_information/description") <= 140);
    }
}
