//! The workspace as it begins: a small company with everybody that may be in one.

use super::{Channel, ChannelKind, User, UserKind};
use std::collections::BTreeMap;

/// The workspace.
pub const TEAM: &str = "T01ACME01";
pub const TEAM_NAME: &str = "Acme";
pub const APP: &str = "A01KNOCK1";
pub const BOT: &str = "B01KNOCK1";
pub const BOT_USER: &str = "U01KNOCK1";
/// The token of the bot.
pub const TOKEN: &str = "xoxb-contract-0001";
/// The secret that signs requests.
pub const SIGNING_SECRET: &str = "contract-signing-secret";
/// The public id of the app for installations.
pub const CLIENT_ID: &str = "1001.2002";
pub const CLIENT_SECRET: &str = "contract-client-secret";
/// A member with an address.
pub const ANN: &str = "U01ANN001";
/// Another one.
pub const BOB: &str = "U02BOB001";
/// A third one.
pub const CLEO: &str = "U03CLEO01";
/// A public channel with the bot in it.
pub const GENERAL: &str = "C01GENERAL";
/// A public channel without the bot.
pub const LEADS: &str = "C02LEADS01";
/// An archived channel.
pub const ARCHIVED: &str = "C03OLD0001";
/// A private channel with the bot in it.
pub const PRIVATE: &str = "C04PRIVATE";
/// A private channel that the bot does not see.
pub const SECRET: &str = "C05SECRET1";

/// All that the bot's token may do.
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

pub(super) fn users() -> BTreeMap<String, User> {
    let users = [
        User::new("USLACKBOT", "Slackbot", None, UserKind::Slackbot),
        User::new(BOT_USER, "Knock", None, UserKind::Bot),
        User::new("U09OTHERB", "Deploys", None, UserKind::Bot),
        User::new(ANN, "Ann Lee", Some("ann@acme.example"), UserKind::Member),
        User::new(BOB, "Bob Ray", Some("bob@acme.example"), UserKind::Member),
        User::new(CLEO, "Cleo Diaz", Some("cleo@acme.example"), UserKind::Member),
        User::new("U04NORA01", "Nora Noaddress", None, UserKind::Member),
        User::new("U05GUS001", "Gus Guest", Some("gus@partner.example"), UserKind::Guest),
        User::new("U06ULI001", "Uli Single", Some("uli@partner.example"), UserKind::SingleChannelGuest),
        User::new("U07DAN001", "Dan Departed", Some("dan@acme.example"), UserKind::Deactivated),
    ];
    users.into_iter().map(|user| (user.id.clone(), user)).collect()
}

pub(super) fn channels() -> BTreeMap<String, Channel> {
    let mut archived = Channel::new(ARCHIVED, "old", ChannelKind::Public);
    archived.is_archived = true;
    let with_bot = |mut channel: Channel| {
        channel.members.insert(BOT_USER.to_owned());
        channel
    };
    let channels = [
        with_bot(Channel::new(GENERAL, "general", ChannelKind::Public)),
        Channel::new(LEADS, "leads", ChannelKind::Public),
        archived,
        with_bot(Channel::new(PRIVATE, "sales-private", ChannelKind::Private)),
        Channel::new(SECRET, "board", ChannelKind::Private),
    ];
    let people = [ANN, BOB, CLEO].map(str::to_owned);
    let mut channels: BTreeMap<_, _> = channels.into_iter().map(|channel| (channel.id.clone(), channel)).collect();
    channels.values_mut().for_each(|channel| channel.members.extend(people.clone()));
    channels
}
