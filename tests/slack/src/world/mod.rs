//! The workspace and all that is in it.

mod channel;
mod file;
mod message;
pub mod seed;
mod user;

pub(crate) use channel::{Channel, ChannelKind};
pub(crate) use file::{File, Upload};
pub(crate) use message::Message;
pub(crate) use user::{User, UserKind};

use crate::api::{Faults, Limits};
use crate::clock::Clock;
use crate::events::Deliveries;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Everything, behind one lock.
pub(crate) struct World {
    pub(crate) clock: Clock,
    /// The address of this server.
    pub(crate) origin: String,
    pub(crate) users: BTreeMap<String, User>,
    pub(crate) channels: BTreeMap<String, Channel>,
    /// In the order in which they were written.
    pub(crate) messages: Vec<Message>,
    /// The messages that only one user saw.
    pub(crate) ephemeral: Vec<Value>,
    /// Modals that were opened.
    pub(crate) views: Vec<Value>,
    pub(crate) files: BTreeMap<String, File>,
    pub(crate) uploads: BTreeMap<String, Upload>,
    pub(crate) tokens: BTreeMap<String, Token>,
    pub(crate) codes: BTreeMap<String, Code>,
    pub(crate) triggers: BTreeMap<String, Trigger>,
    pub(crate) responses: BTreeMap<String, Response>,
    pub(crate) faults: Faults,
    pub(crate) limits: Limits,
    pub(crate) outage: Option<u16>,
    /// Every call of the Web API, with how it ended.
    pub(crate) calls: Vec<Value>,
    pub(crate) deliveries: Deliveries,
    last_ts: u64,
    counter: u64,
}

/// A token of the bot.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    pub(crate) scopes: BTreeSet<String>,
    pub(crate) state: TokenState,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenState {
    Valid,
    Revoked,
    /// The app was removed.
    Inactive,
}

/// A code with which the browser returned from the consent page.
#[derive(Clone, Debug)]
pub(crate) struct Code {
    pub(crate) scopes: BTreeSet<String>,
    pub(crate) redirect_uri: String,
    pub(crate) at: i64,
    pub(crate) is_used: bool,
}

/// A trigger, which opens a modal.
#[derive(Clone, Debug)]
pub(crate) struct Trigger {
    pub(crate) user: String,
    pub(crate) at: i64,
    pub(crate) is_used: bool,
}

/// An address for answers to a button or a command.
#[derive(Clone, Debug)]
pub(crate) struct Response {
    pub(crate) user: String,
    pub(crate) channel: String,
    pub(crate) at: i64,
    pub(crate) uses: u32,
}

impl World {
    pub(crate) fn new(origin: String) -> World {
        let mut world = World {
            clock: Clock::Running(0),
            origin,
            users: seed::users(),
            channels: seed::channels(),
            messages: Vec::new(),
            ephemeral: Vec::new(),
            views: Vec::new(),
            files: BTreeMap::new(),
            uploads: BTreeMap::new(),
            tokens: BTreeMap::new(),
            codes: BTreeMap::new(),
            triggers: BTreeMap::new(),
            responses: BTreeMap::new(),
            faults: Faults::default(),
            limits: Limits::default(),
            outage: None,
            calls: Vec::new(),
            deliveries: Deliveries::default(),
            last_ts: 0,
            counter: 0,
        };
        let scopes = seed::SCOPES.iter().map(|scope| (*scope).to_owned()).collect();
        world.tokens.insert(seed::TOKEN.to_owned(), Token { scopes, state: TokenState::Valid });
        world
    }

    pub(crate) fn now(&self) -> i64 {
        self.clock.now()
    }

    /// A new id of a kind, such as `C`.
    pub(crate) fn id(&mut self, kind: &str) -> String {
        self.counter += 1;
        format!("{kind}0NEW{:05}", self.counter)
    }

    /// A new time stamp: unique and later than all before.
    pub(crate) fn ts(&mut self) -> String {
        let now = u64::try_from(self.now()).unwrap_or_default().saturating_mul(1_000);
        self.last_ts = now.max(self.last_ts + 1);
        format!("{}.{:06}", self.last_ts / 1_000_000, self.last_ts % 1_000_000)
    }

    pub(crate) fn message(&self, channel: &str, ts: &str) -> Option<&Message> {
        self.messages.iter().find(|message| message.channel == channel && message.ts == ts)
    }

    pub(crate) fn message_mut(&mut self, channel: &str, ts: &str) -> Option<&mut Message> {
        self.messages.iter_mut().find(|message| message.channel == channel && message.ts == ts)
    }

    /// The replies of a thread that are there, by their time stamps.
    pub(crate) fn replies(&self, channel: &str, thread: &str) -> Vec<String> {
        let is_reply = |message: &&Message| {
            message.channel == channel && message.thread.as_deref() == Some(thread) && message.ts != thread
        };
        let replies = self.messages.iter().filter(is_reply).filter(|reply| !reply.is_deleted);
        replies.map(|reply| reply.ts.clone()).collect()
    }

    /// The direct messages of the bot with a user.
    pub(crate) fn direct(&mut self, user: &str) -> String {
        let known = self.channels.values().find(|channel| channel.kind == ChannelKind::Direct(user.to_owned()));
        if let Some(channel) = known {
            return channel.id.clone();
        }
        let id = self.id("D");
        self.channels.insert(id.clone(), Channel::direct(&id, user));
        id
    }

    /// A trigger that opens a modal for a user, for three seconds.
    pub(crate) fn trigger(&mut self, user: &str) -> String {
        let id = self.id("1.2.");
        let trigger = Trigger { user: user.to_owned(), at: self.now(), is_used: false };
        self.triggers.insert(id.clone(), trigger);
        id
    }

    /// The address for responses to an action of a user.
    pub(crate) fn response_url(&mut self, user: &str, channel: &str) -> String {
        let id = self.id("R");
        let response = Response { user: user.to_owned(), channel: channel.to_owned(), at: self.now(), uses: 0 };
        self.responses.insert(id.clone(), response);
        format!("{}/responses/{id}", self.origin)
    }

    /// All that a test may want to know.
    pub(crate) fn shown(&self) -> Value {
        json!({
            "now": self.now(),
            "messages": self.messages.iter().map(|message| message.recorded(self)).collect::<Vec<_>>(),
            "ephemeral": self.ephemeral,
            "views": self.views,
            "calls": self.calls.len(),
            "limited": self.limits.limited,
            "early": self.limits.early,
            "deliveries": self.deliveries.shown(),
            "channels": self.channels.values().map(Channel::to_json).collect::<Vec<_>>(),
            "files": self.files.values().map(|file| file.to_json(self)).collect::<Vec<_>>(),
        })
    }
}
