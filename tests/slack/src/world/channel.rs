//! Channels and direct messages.

use super::seed::{BOT_USER, TEAM};
use serde_json::{Value, json};
use std::collections::BTreeSet;

#[derive(Clone, Debug)]
pub(crate) struct Channel {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) kind: ChannelKind,
    pub(crate) is_archived: bool,
    pub(crate) members: BTreeSet<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ChannelKind {
    Public,
    Private,
    /// With this user.
    Direct(String),
}

impl ChannelKind {
    /// The word in events and in scopes.
    pub(crate) fn word(&self) -> &'static str {
        match self {
            ChannelKind::Public => "channel",
            ChannelKind::Private => "group",
            ChannelKind::Direct(_) => "im",
        }
    }

    /// The scope that an app needs, such as `channels:history`.
    pub(crate) fn scope(&self, what: &str) -> String {
        match self {
            ChannelKind::Public => format!("channels:{what}"),
            ChannelKind::Private => format!("groups:{what}"),
            ChannelKind::Direct(_) => format!("im:{what}"),
        }
    }
}

impl Channel {
    pub(crate) fn new(id: &str, name: &str, kind: ChannelKind) -> Channel {
        Channel { id: id.to_owned(), name: name.to_owned(), kind, is_archived: false, members: BTreeSet::new() }
    }

    pub(crate) fn direct(id: &str, user: &str) -> Channel {
        let members = [user.to_owned(), BOT_USER.to_owned()].into();
        Channel { members, ..Channel::new(id, "", ChannelKind::Direct(user.to_owned())) }
    }

    pub(crate) fn has_bot(&self) -> bool {
        self.members.contains(BOT_USER)
    }

    /// Whether the bot knows that it exists.
    pub(crate) fn is_visible(&self) -> bool {
        self.kind == ChannelKind::Public || self.has_bot()
    }

    pub(crate) fn to_json(&self) -> Value {
        let mut channel = json!({
            "id": self.id, "created": 1_700_000_000, "creator": "U01ANN001", "is_archived": self.is_archived,
            "is_im": false, "is_org_shared": false, "context_team_id": TEAM, "updated": 1_700_000_000_000_i64,
        });
        let rest = if let ChannelKind::Direct(user) = &self.kind {
            json!({ "is_im": true, "user": user, "is_user_deleted": false, "priority": 0 })
        } else {
            let is_private = self.kind == ChannelKind::Private;
            json!({
                "name": self.name, "name_normalized": self.name, "is_channel": !is_private, "is_group": is_private,
                "is_mpim": false, "is_private": is_private, "is_general": self.name == "general", "is_shared": false,
                "is_ext_shared": false, "is_member": self.has_bot(), "num_members": self.members.len(),
                "topic": { "value": "", "creator": "", "last_set": 0 },
                "purpose": { "value": "", "creator": "", "last_set": 0 },
            })
        };
        let fields = rest.as_object().cloned().unwrap_or_default();
        channel.as_object_mut().into_iter().for_each(|channel| channel.extend(fields.clone()));
        channel
    }
}
