//! How much may come in a second: signals from a site and from an address, chats and messages.

use crate::config::{Chat, Ingest};
use crate::http::problem::Problem;
use crate::proxies::neighbourhood;
use axum::http::StatusCode;
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, NotUntil, Quota, RateLimiter};
use knock_model::ConversationId;
use std::hash::Hash;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// Seconds of the rate that may come at once.
const BURST: u32 = 10;
/// Signals that must fit at once: a whole batch.
const BATCH: u32 = 500;
/// Sign-in links a second that one address may ask for.
const LINKS: u32 = 1;
/// Keys remembered before those not seen lately are forgotten.
const KEYS: usize = 10_000;

/// Too much: come back after `wait`.
#[derive(Debug)]
pub(crate) struct Limited {
    /// What there was too much of: `address`, `site` or `chat`.
    pub(crate) by: &'static str,
    /// When all of it could be taken.
    pub(crate) wait: Duration,
}

impl From<Limited> for Problem {
    fn from(limited: Limited) -> Problem {
        Problem::new(StatusCode::TOO_MANY_REQUESTS, "rate-limited", "Too much at once")
            .detail(format!("more than this {} may send", limited.by))
            .retry_after(limited.wait.as_secs() + 1)
    }
}

/// The limits in force.
pub(crate) struct Limiter {
    sites: Keyed<i64>,
    addresses: Keyed<IpAddr>,
    openers: Keyed<IpAddr>,
    chats: Keyed<ConversationId>,
    links: Keyed<IpAddr>,
}

impl Limiter {
    /// Limits as configured; 0 is off.
    pub(crate) fn new(signals: &Ingest, chat: &Chat) -> Limiter {
        Limiter {
            sites: Keyed::new("site", signals.rate_per_site, BATCH),
            addresses: Keyed::new("address", signals.rate_per_ip, BATCH),
            openers: Keyed::new("address", chat.opens_per_ip, 1),
            chats: Keyed::new("chat", chat.messages_per_chat, 1),
            links: Keyed::new("address", LINKS, 1),
        }
    }

    /// Takes `count` signals, or tells when to come back with all of them.
    pub(crate) fn take(&self, site: i64, address: IpAddr, count: usize) -> Result<(), Limited> {
        self.addresses.take(&neighbourhood(address), count)?;
        self.sites.take(&site, count)
    }

    /// Looks up a secret for somebody who may be guessing: each costs a read.
    pub(crate) fn look_up(&self, address: IpAddr) -> Result<(), Limited> {
        self.addresses.take(&neighbourhood(address), 1)
    }

    /// Opens a chat.
    pub(crate) fn open_chat(&self, address: IpAddr) -> Result<(), Limited> {
        self.openers.take(&neighbourhood(address), 1)
    }

    /// Asks for a sign-in link by mail.
    pub(crate) fn sign_in_link(&self, address: IpAddr) -> Result<(), Limited> {
        self.links.take(&neighbourhood(address), 1)
    }

    /// Takes a message of a lead.
    pub(crate) fn message(&self, conversation: ConversationId) -> Result<(), Limited> {
        self.chats.take(&conversation, 1)
    }
}

/// One limit, a bucket a key; none when it is off.
struct Keyed<K: Hash + Eq + Clone> {
    by: &'static str,
    limiter: Option<DefaultKeyedRateLimiter<K>>,
    /// So many keys, and it is time to forget some.
    crowded: AtomicUsize,
}

impl<K: Hash + Eq + Clone> Keyed<K> {
    fn new(by: &'static str, rate: u32, at_least: u32) -> Keyed<K> {
        let limiter = NonZeroU32::new(rate).and_then(|rate| {
            let burst = NonZeroU32::new(rate.get().saturating_mul(BURST).max(at_least))?;
            Some(RateLimiter::keyed(Quota::per_second(rate).allow_burst(burst)))
        });
        Keyed { by, limiter, crowded: AtomicUsize::new(KEYS) }
    }

    fn take(&self, key: &K, count: usize) -> Result<(), Limited> {
        let count = u32::try_from(count).ok().and_then(NonZeroU32::new);
        let (Some(limiter), Some(count)) = (&self.limiter, count) else { return Ok(()) };
        if limiter.len() > self.crowded.load(Ordering::Relaxed) {
            limiter.retain_recent();
            limiter.shrink_to_fit();
            // Not again until there are twice as many: forgetting looks at every key.
            self.crowded.store(KEYS.max(2 * limiter.len()), Ordering::Relaxed);
        }
        match limiter.check_key_n(key, count) {
            Ok(Ok(())) => Ok(()),
            Ok(Err(refused)) => Err(Limited { by: self.by, wait: wait(&refused) }),
            Err(_) => Err(Limited { by: self.by, wait: Duration::from_secs(60) }),
        }
    }
}

fn wait(refused: &NotUntil<<DefaultClock as Clock>::Instant>) -> Duration {
    refused.wait_time_from(DefaultClock::default().now())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limiter() -> Limiter {
        let signals = Ingest { rate_per_site: 100, rate_per_ip: 10, ..Ingest::default() };
        Limiter::new(&signals, &Chat { opens_per_ip: 1, messages_per_chat: 0, ..Chat::default() })
    }

    #[test]
    fn who_takes_too_much_is_told_and_nobody_else() {
        let limiter = limiter();
        let take = |address: &str, count| {
            limiter.take(7, address.parse().expect("an address"), count).map_err(|limited| limited.by)
        };
        assert_eq!(take("2001:db8::1", 500), Ok(()));
        assert_eq!(take("2001:db8::2", 1), Err("address"), "another one of the same network");
        assert_eq!(take("192.0.2.1", 500), Ok(()));
        assert_eq!(take("192.0.2.2", 500), Err("site"));
        assert!(limiter.take(8, "192.0.2.3".parse().expect("an address"), 500).is_ok(), "another site");
    }

    #[test]
    fn chats_have_limits_of_their_own_and_0_is_off() {
        let limiter = limiter();
        let address = "192.0.2.1".parse().expect("an address");
        let opened = (0..20).filter(|_| limiter.open_chat(address).is_ok()).count();
        assert!((10..20).contains(&opened), "{opened}");
        let chat = ConversationId::new([7; 16]);
        assert!((0..1_000).all(|_| limiter.message(chat).is_ok()));
    }

    #[test]
    fn however_many_addresses_come_few_are_remembered() {
        let signals = Ingest { rate_per_site: 0, rate_per_ip: u32::MAX, ..Ingest::default() };
        let limiter = Limiter::new(&signals, &Chat::default());
        for number in 0..5 * KEYS as u32 {
            limiter.look_up(IpAddr::from(number.to_be_bytes())).expect("free");
        }
        assert!(limiter.addresses.limiter.as_ref().is_some_and(|limiter| limiter.len() <= KEYS + 1));
    }
}
