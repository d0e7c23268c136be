//! Notification channels and their messages ([`crate::pages::PUSH`]).

mod deliver;

pub(crate) use deliver::work;

use crate::world::World;
use serde_json::{Value as Json, json};

/// A channel on the events of a calendar.
#[derive(Clone, Debug)]
pub(crate) struct Channel {
    pub(crate) id: String,
    pub(crate) account: String,
    /// The id of the watched resource, the same for every channel on it.
    pub(crate) resource: String,
    pub(crate) calendar: String,
    pub(crate) address: String,
    pub(crate) token: Option<String>,
    /// In milliseconds since 1970.
    pub(crate) expires: i64,
    /// The number of the last message.
    pub(crate) sent: u64,
    pub(crate) is_stopped: bool,
}

impl Channel {
    pub(crate) fn is_open(&self, now: i64) -> bool {
        !self.is_stopped && now < self.expires
    }
}

/// A message to a channel.
#[derive(Clone, Debug)]
pub(crate) struct Message {
    pub(crate) channel: Channel,
    pub(crate) number: u64,
    /// `sync` or `exists`.
    pub(crate) state: &'static str,
    /// The number of failed deliveries, and when the next one is due.
    pub(crate) failures: u32,
    pub(crate) due: i64,
}

#[derive(Debug, Default)]
pub(crate) struct Pushes {
    pub(crate) channels: Vec<Channel>,
    pub(crate) waiting: Vec<Message>,
    /// What was delivered, lost or given up, for tests to read.
    pub(crate) log: Vec<Json>,
    /// The number of next messages that are lost.
    pub(crate) lose: usize,
    /// How often each next message is repeated, and for how many.
    pub(crate) repeat: (usize, usize),
}

/// The id of the events of a calendar as an account sees them.
pub(crate) fn resource_of(calendar: &str, account: &str) -> String {
    let mut sum: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in calendar.bytes().chain([0]).chain(account.bytes()) {
        sum = (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    format!("res{sum:016x}")
}

/// Opens a channel; its first message says so.
pub(crate) fn open(world: &mut World, channel: Channel) {
    world.pushes.channels.push(channel);
    let last = world.pushes.channels.len() - 1;
    message(world, last, "sync");
}

/// Sends a message to the open channels of a calendar: something has changed in it.
pub(crate) fn changed(world: &mut World, calendar: &str) {
    let now = world.now();
    let is_meant = |channel: &Channel| channel.calendar == calendar && channel.is_open(now);
    let open: Vec<usize> =
        world.pushes.channels.iter().enumerate().filter(|(_, channel)| is_meant(channel)).map(|(at, _)| at).collect();
    for at in open {
        message(world, at, "exists");
    }
}

fn message(world: &mut World, at: usize, state: &'static str) {
    let now = world.now();
    let pushes = &mut world.pushes;
    let Some(channel) = pushes.channels.get_mut(at) else { return };
    channel.sent += 1;
    let message = Message { channel: channel.clone(), number: channel.sent, state, failures: 0, due: now };
    if pushes.lose > 0 {
        pushes.lose -= 1;
        pushes.log.push(logged(&message, "lost"));
        return;
    }
    let (copies, left) = pushes.repeat;
    if left > 0 {
        pushes.repeat = (copies, left - 1);
        pushes.waiting.extend(std::iter::repeat_n(message.clone(), copies));
    }
    pushes.waiting.push(message);
}

pub(crate) fn logged(message: &Message, outcome: &str) -> Json {
    json!({
        "channel": message.channel.id, "number": message.number, "state": message.state, "outcome": outcome,
        "address": message.channel.address,
    })
}
