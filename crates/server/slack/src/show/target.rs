//! The channel in which a card belongs, and the one in which it stands while that cannot be used.

use knock_ports::{StoreError, View};
use knock_routing::{Decision, Notified};
use knock_slack::Refusal;
use knock_slack::text::Mrkdwn;

/// The channel of a card.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Target {
    /// The channel that the decision names, by its id or its name; else that of the workspace; empty for none.
    pub(super) channel: String,
    /// The monitoring channel of the workspace; empty for none.
    pub(super) workspace: String,
    /// The rule, with the segment, whose channel it is.
    place: String,
    /// What is known to be wrong with the channel, by the kind of the problem; empty for nothing.
    pub(super) trouble: String,
}

impl Target {
    /// # Errors
    /// When the database fails.
    pub(super) fn read(view: &dyn View, decision: Option<&Decision>) -> Result<Target, StoreError> {
        let workspace = view.slack_choice()?.monitoring_channel;
        let named = decision.and_then(|decision| Some((decision, channel_of(decision)?)));
        let Some((decision, channel)) = named else {
            return Ok(Target { channel: workspace.clone(), workspace, ..Target::default() });
        };
        let trouble = view.slack_problems()?.into_iter().find(|problem| problem.channel == channel);
        let trouble = trouble.map(|problem| problem.kind).unwrap_or_default();
        Ok(Target { channel: channel.to_owned(), workspace, place: place(decision), trouble })
    }

    /// A channel for which no other one stands in: what it refuses is kept until it can be used again.
    pub(super) fn only(channel: String) -> Target {
        Target { workspace: channel.clone(), channel, ..Target::default() }
    }

    /// Whether a rule or a segment names it, and the workspace has another one to stand in for it.
    pub(super) fn is_of_rule(&self) -> bool {
        !self.place.is_empty() && self.channel != self.workspace
    }

    /// Whether the workspace's channel takes over a post after this refusal in another one.
    pub(super) fn stands_in_for(&self, refusal: &Refusal, channel: &str) -> bool {
        refusal.is_of_channel() && !self.workspace.is_empty() && channel != self.workspace
    }

    /// The line of a card that stands in the workspace's channel since that of its rule cannot be used.
    pub(super) fn line(&self, kind: &str) -> Mrkdwn {
        let mended = match kind {
            "channel_gone" => "is archived. Unarchive it, or choose another one in the rule.",
            "not_in_channel" => "is private. Invite the bot there with /invite, or choose another one in the rule.",
            _ => "is unknown to the bot. Invite the bot there if it is private, or choose another one in the rule.",
        };
        let begun = Mrkdwn::new().text("Posted here because ");
        let named = match self.channel.starts_with('#') {
            true => begun.text(&self.channel),
            false => begun.channel(&self.channel),
        };
        named.text(&format!(", the channel of {}, {mended}", self.place))
    }
}

/// The channel that a decision notifies.
fn channel_of(decision: &Decision) -> Option<&str> {
    let channels = decision.notify.iter().filter_map(|notified| match notified {
        Notified::Channel(channel) => Some(channel.as_str()),
        Notified::Rep(_) => None,
    });
    channels.into_iter().find(|channel| !channel.is_empty())
}

/// The rule of a decision, with its segment if it has one.
fn place(decision: &Decision) -> String {
    let Decision { rule_name: rule, segment_name: segment, .. } = decision;
    match segment.is_empty() {
        true => format!("the rule \u{201c}{rule}\u{201d}"),
        false => format!("the rule \u{201c}{rule}\u{201d}, segment \u{201c}{segment}\u{201d}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_names_the_channel_the_rule_and_what_to_do() {
        let target = |channel: &str| Target {
            channel: channel.to_owned(),
            workspace: "C1".to_owned(),
            place: "the rule \u{201c}Assign\u{201d}".to_owned(),
            trouble: String::new(),
        };
        let line = |channel, kind| target(channel).line(kind).as_str().to_owned();
        let rule = "the channel of the rule \u{201c}Assign\u{201d}";
        assert_eq!(
            line("C9", "channel_gone"),
            format!("Posted here because <#C9>, {rule}, is archived. Unarchive it, or choose another one in the rule.")
        );
        assert!(line("C9", "not_in_channel").contains("Invite the bot there with /invite"));
        assert!(line("#old", "channel_unknown").starts_with(&format!("Posted here because #old, {rule}, is unknown")));
        assert!(target("C9").is_of_rule() && !target("C1").is_of_rule());
    }
}
