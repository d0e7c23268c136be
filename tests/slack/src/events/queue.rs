//! The requests to send, and their results.

use serde_json::{Value, json};
use std::collections::VecDeque;

/// Waits before the attempts after the first one, in milliseconds.
const RETRIES: [i64; 3] = [0, 60_000, 300_000];

/// The addresses of the app for deliveries.
#[derive(Clone, Debug, Default)]
pub(crate) struct Addresses {
    pub(crate) events: Option<String>,
    pub(crate) actions: Option<String>,
    pub(crate) commands: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Event,
    Action,
    Command,
    Verification,
}

#[derive(Clone, Debug)]
pub(super) struct Post {
    pub(super) number: u64,
    pub(super) kind: Kind,
    label: String,
    pub(super) body: String,
    /// Attempts before this one.
    pub(super) retries: usize,
    pub(super) reason: &'static str,
    due: i64,
}

impl Post {
    pub(super) fn content_type(&self) -> &'static str {
        match self.kind {
            Kind::Event | Kind::Verification => "application/json",
            Kind::Action | Kind::Command => "application/x-www-form-urlencoded",
        }
    }
}

/// An attempt that has ended.
#[derive(Clone, Debug)]
pub(crate) struct Sent {
    pub(crate) number: u64,
    label: String,
    retries: usize,
    pub(crate) status: u16,
    pub(crate) body: String,
    reason: &'static str,
    millis: i64,
}

/// The response to a request.
pub(super) struct Answered {
    pub(super) status: u16,
    pub(super) body: String,
    pub(super) refuses_retries: bool,
    /// The reason for which it does not count as a response.
    pub(super) reason: Option<&'static str>,
    pub(super) millis: i64,
}

/// In which order posts go that were kept back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    Forward,
    Backward,
}

#[derive(Debug, Default)]
pub(crate) struct Deliveries {
    pub(crate) addresses: Addresses,
    /// The number of duplicates of each event that are sent at once.
    pub(crate) duplicates: u32,
    pub(crate) has_other_ids: bool,
    /// Whether events are kept back.
    pub(crate) is_held: bool,
    /// Whether events go beside each other, not one after the other.
    pub(crate) is_parallel: bool,
    /// Another secret than the right one.
    pub(crate) secret: Option<String>,
    /// Seconds by which the instant of the signature is wrong.
    pub(crate) skew: i64,
    waiting: VecDeque<Post>,
    held: Vec<Post>,
    under_way: usize,
    sent: Vec<Sent>,
    counter: u64,
}

impl Deliveries {
    pub(super) fn add(&mut self, kind: Kind, label: &str, body: String, now: i64) -> u64 {
        self.counter += 1;
        let label = label.to_owned();
        let post = Post { number: self.counter, kind, label, body, retries: 0, reason: "", due: now };
        if kind == Kind::Event && self.is_held {
            self.held.push(post)
        } else {
            self.waiting.push_back(post)
        }
        self.counter
    }

    /// Lets what was kept back go, each so many times.
    pub(crate) fn release(&mut self, order: Order, times: usize) {
        self.is_held = false;
        let mut held = std::mem::take(&mut self.held);
        if order == Order::Backward {
            held.reverse();
        }
        let all = held.into_iter().flat_map(|post| std::iter::repeat_n(post, times));
        self.waiting.extend(all);
    }

    /// The next one that is due; one at a time, unless they go beside each other.
    pub(super) fn take(&mut self, now: i64) -> Option<Post> {
        let at = self.waiting.iter().position(|post| {
            post.due <= now && (self.under_way == 0 || self.is_parallel || post.kind != Kind::Event)
        })?;
        let post = self.waiting.remove(at)?;
        if post.kind == Kind::Event {
            self.under_way += 1;
        }
        Some(post)
    }

    /// The instant of the next request.
    pub(super) fn due(&self) -> Option<i64> {
        self.waiting.iter().map(|post| post.due).min()
    }

    /// Makes every retry due.
    pub(crate) fn hurry(&mut self, now: i64) {
        self.waiting.iter_mut().for_each(|post| post.due = post.due.min(now));
    }

    pub(super) fn ended(&mut self, post: Post, answered: Answered, now: i64) {
        if post.kind == Kind::Event {
            self.under_way -= 1;
        }
        let Answered { status, body, refuses_retries, reason, millis } = answered;
        self.sent.push(Sent {
            number: post.number,
            label: post.label.clone(),
            retries: post.retries,
            status,
            body,
            reason: reason.unwrap_or_default(),
            millis,
        });
        // Only events are retried: an interaction is a person's to repeat.
        let (Kind::Event, Some(reason)) = (post.kind, reason) else { return };
        let is_over = refuses_retries && reason != "http_timeout";
        if let Some(wait) = RETRIES.get(post.retries).filter(|_| !is_over) {
            self.waiting.push_back(Post { retries: post.retries + 1, reason, due: now + wait, ..post });
        }
    }

    /// The result of a request, after it is known.
    pub(crate) fn outcome(&self, number: u64) -> Option<&Sent> {
        self.sent.iter().find(|sent| sent.number == number)
    }

    /// Whether nothing is due or under way any more.
    pub(crate) fn is_quiet(&self, now: i64) -> bool {
        self.under_way == 0 && self.waiting.iter().all(|post| post.due > now)
    }

    pub(crate) fn shown(&self) -> Value {
        let sent = self.sent.iter().map(|sent| {
            json!({
                "number": sent.number, "label": sent.label, "retries": sent.retries, "status": sent.status,
                "body": sent.body, "reason": sent.reason, "millis": sent.millis,
            })
        });
        json!({
            "sent": sent.collect::<Vec<_>>(), "waiting": self.waiting.len(), "held": self.held.len(),
            "under_way": self.under_way,
        })
    }
}
