//! The Slack workspace in words.

use knock_wire::{SlackChannel, SlackChannelPlace, SlackParked, SlackSettings, SlackTested};

use super::network::vendor_words;
use super::number::{count, counted};

/// Reasons for given-up messages that are shown.
const REASONS: usize = 3;
pub(crate) const SLACK: &str = "Slack";

/// The solution of a problem; empty if unknown.
pub(crate) fn mend_words(kind: &str) -> &'static str {
    match kind {
        "token" => "Copy the bot token again under OAuth & Permissions of the app in Slack, and connect with it below.",
        "secret" => {
            "Copy the signing secret again under Basic Information of the app in Slack, and connect with it below."
        }
        "channel_gone" => "Choose another channel, or bring it back in Slack. Then what was given up is posted.",
        "channel_unknown" => "Invite the bot there if the channel is private, or choose another one.",
        "not_in_channel" => "Invite the bot to that channel in Slack, or choose another one.",
        "missing_scope" => {
            "Add the scope to the app in Slack, install the app again, and connect with its token below."
        }
        "unreachable" => "It is tried again by itself; chats go on without Slack.",
        _ => "",
    }
}

/// What is wrong with the channel of a rule, and what to do about it.
pub(crate) fn broken_words(kind: &str) -> &'static str {
    match kind {
        "channel_gone" => {
            "This channel is archived: unarchive it, or choose another one. Until then its leads are shown in the channel of Settings > Slack."
        }
        "not_in_channel" => {
            "The bot is not in this channel: invite it there with /invite, or choose another one. Until then its leads are shown in the channel of Settings > Slack."
        }
        _ => {
            "The bot sees no such channel: invite it there if it is private, or choose another one. Until then its leads are shown in the channel of Settings > Slack."
        }
    }
}

/// The rules that name a channel with a problem; empty for that of the workspace.
pub(crate) fn places_words(places: &[SlackChannelPlace]) -> String {
    let place = |SlackChannelPlace { rule, segment, .. }: &SlackChannelPlace| match segment.is_empty() {
        true => format!("rule \u{201c}{rule}\u{201d}"),
        false => format!("rule \u{201c}{rule}\u{201d}, segment \u{201c}{segment}\u{201d}"),
    };
    let named = places.iter().map(place).collect::<Vec<_>>().join("; ");
    if named.is_empty() { named } else { format!("Chosen in {named}.") }
}

/// The messages that were given up, with the reasons.
pub(crate) fn parked_words(settings: &SlackSettings) -> String {
    let number = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    let all = counted(number(settings.parked), "message");
    let reason = |SlackParked { reason, count: times }: &SlackParked| {
        format!("{} of them: {}", count(number(*times)), vendor_words(SLACK, reason))
    };
    let reasons: Vec<String> = settings.parked_reasons.iter().take(REASONS).map(reason).collect();
    if reasons.is_empty() { all } else { format!("{all}. {}", reasons.join("; ")) }
}

/// A channel in a list.
pub(crate) fn channel_words(channel: &SlackChannel) -> String {
    let private = if channel.is_private { ", private" } else { "" };
    let outside = if channel.is_member || channel.is_private { "" } else { ", the bot joins it" };
    format!("#{}{private}{outside}", channel.name)
}

/// The monitoring channel.
pub(crate) fn monitoring_words(settings: &SlackSettings) -> String {
    match (settings.monitoring_channel.as_str(), settings.monitoring_channel_name.as_str()) {
        ("", _) => "No channel is chosen".to_owned(),
        (id, "") => id.to_owned(),
        (_, name) => format!("#{name}"),
    }
}

/// The number of Slack users who are members.
pub(crate) fn slack_people_words(settings: &SlackSettings) -> String {
    let number = |people: u64| i64::try_from(people).unwrap_or(i64::MAX);
    let all = number(settings.users);
    let people = if all == 1 { "1 person".to_owned() } else { format!("{} people", count(all)) };
    format!("{people} in Slack, {} of this team", counted(number(settings.users_matched), "member"))
}

pub(crate) fn slack_tested_words(tested: &SlackTested) -> String {
    if tested.is_posted {
        return "The message was posted: look at the channel in Slack.".to_owned();
    }
    format!("The message was not posted: {}", vendor_words(SLACK, &tested.problem))
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn problems_name_their_rules_and_given_up_messages_their_reasons() {
        let place = |segment: &str| SlackChannelPlace {
            rule_id: "default_chat".to_owned(),
            rule: "Assign".to_owned(),
            segment: segment.to_owned(),
        };
        assert_eq!(places_words(&[]), "");
        assert_eq!(
            places_words(&[place(""), place("Enterprise")]),
            "Chosen in rule \u{201c}Assign\u{201d}; rule \u{201c}Assign\u{201d}, segment \u{201c}Enterprise\u{201d}."
        );
        let mut settings = SlackSettings { parked: 66, ..SlackSettings::default() };
        assert_eq!(parked_words(&settings), "66 messages");
        settings.parked_reasons =
            vec![SlackParked { reason: "Slack failed with status code 503".to_owned(), count: 66 }];
        assert_eq!(parked_words(&settings), "66 messages. 66 of them: Slack failed with status code 503");
    }

    #[wasm_bindgen_test]
    fn channels_and_people_are_told_as_slack_has_them() {
        let channel = |is_private, is_member| SlackChannel {
            id: "C1".to_owned(),
            name: "sales".to_owned(),
            is_private,
            is_member,
        };
        assert_eq!(channel_words(&channel(false, true)), "#sales");
        assert_eq!(channel_words(&channel(true, true)), "#sales, private");
        assert_eq!(channel_words(&channel(false, false)), "#sales, the bot joins it");
        let mut settings = SlackSettings { users: 1, users_matched: 1, ..SlackSettings::default() };
        assert_eq!(slack_people_words(&settings), "1 person in Slack, 1 member of this team");
        assert_eq!(monitoring_words(&settings), "No channel is chosen");
        settings.monitoring_channel = "C1".to_owned();
        assert_eq!(monitoring_words(&settings), "C1");
        settings.monitoring_channel_name = "sales".to_owned();
        assert_eq!(monitoring_words(&settings), "#sales");
    }
}
