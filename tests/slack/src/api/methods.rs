//! The methods, with what each wants and how often it may be called.

use super::arguments::Arguments;
use super::limits::Tier;
use super::{Call, Done, access, chat, conversations, files, history, users, views};
use crate::world::World;

pub(super) struct Method {
    name: &'static str,
    pub(super) scopes: &'static [&'static str],
    pub(super) tier: Tier,
    pub(super) needs_token: bool,
    pub(super) run: fn(&mut World, &Call) -> Done,
}

const fn method(
    name: &'static str,
    tier: Tier,
    scopes: &'static [&'static str],
    run: fn(&mut World, &Call) -> Done,
) -> Method {
    Method { name, scopes, tier, needs_token: true, run }
}

const METHODS: [Method; 24] = [
    Method { needs_token: false, ..method("api.test", Tier::Four, &[], access::api_test) },
    method("auth.test", Tier::Special, &[], access::auth_test),
    method("auth.revoke", Tier::Three, &[], access::revoke),
    Method { needs_token: false, ..method("oauth.v2.access", Tier::Four, &[], access::exchange) },
    method("users.list", Tier::Two, &["users:read"], users::list),
    method("users.info", Tier::Four, &["users:read"], users::info),
    method("users.lookupByEmail", Tier::Three, &["users:read.email"], users::by_email),
    method("conversations.list", Tier::Two, &[], conversations::list),
    method("conversations.info", Tier::Three, &[], conversations::info),
    method("conversations.create", Tier::Two, &["channels:manage"], conversations::create),
    method("conversations.join", Tier::Three, &["channels:join"], conversations::join),
    method("conversations.open", Tier::Three, &["im:write"], conversations::open),
    method("conversations.members", Tier::Four, &[], conversations::members),
    method("conversations.history", Tier::Three, &[], history::history),
    method("conversations.replies", Tier::Three, &[], history::replies),
    method("chat.postMessage", Tier::PerChannel, &["chat:write"], chat::post),
    method("chat.postEphemeral", Tier::Four, &["chat:write"], chat::ephemeral),
    method("chat.update", Tier::Three, &["chat:write"], chat::update),
    method("chat.delete", Tier::Three, &["chat:write"], chat::delete),
    method("chat.getPermalink", Tier::Special, &[], chat::permalink),
    method("files.getUploadURLExternal", Tier::Four, &["files:write"], files::announce),
    method("files.completeUploadExternal", Tier::Four, &["files:write"], files::complete),
    method("files.info", Tier::Four, &["files:read"], files::info),
    method("views.open", Tier::Four, &[], views::open),
];

pub(super) fn find(name: &str) -> Option<&'static Method> {
    const { &METHODS }.iter().find(|method| method.name == name)
}

impl Method {
    /// The key of the calls that are counted together.
    pub(super) fn limit_key(&self, arguments: &Arguments) -> String {
        match self.tier {
            Tier::PerChannel => format!("{} {}", self.name, arguments.text("channel").unwrap_or_default()),
            Tier::Two | Tier::Three | Tier::Four | Tier::Special => self.name.to_owned(),
        }
    }
}
