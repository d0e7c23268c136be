//! Rate limits by site, address and chat: signals, bytes to be stored, chats, messages.

use crate::config::{Chat, Ingest};
use crate::http::problem::Problem;
use crate::proxies::neighbourhood;
use axum::http::StatusCode;
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, NotUntil, Quota, RateLimiter};
use knock_model::{ConversationId, RepId};
use std::hash::Hash;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// The burst, in seconds of the rate.
const BURST: u32 = 10;
/// The smallest burst of signals: a whole batch.
const BATCH: u32 = 500;
/// The largest burst of bytes.
const BYTES_AT_ONCE: u32 = 5_000_000;
/// The smallest burst of bytes: the largest batch.
const BATCH_BYTES: u32 = 2_000_000;
/// The disk space of an opened chat, in bytes, greeting and first decision included.
const CHAT_BYTES: usize = 6_000;
/// The disk space of a message beside its text, in bytes, the answer of the agent included.
const MESSAGE_BYTES: usize = 2_000;
/// Sign-in links a second that one address may request.
const LINKS: u32 = 1;
/// Requests a second about meetings from one address: an office may share it.
const BOOKINGS: u32 = 20;
/// Looks a second that pages of one address may ask for, apart from their signals: an office of members shares it.
const LOOKS: u32 = 500;
/// The longest e-mail address (RFC 5321).
const LONGEST_EMAIL: usize = 254;
/// Password attempts for one e-mail address at once, from any network address; after that, one in this time.
const PASSWORDS: NonZeroU32 = NonZeroU32::MIN.saturating_add(9);
const PASSWORD_IN: Duration = Duration::from_secs(30);
/// Typing notices of a lead: a burst, since each message begins anew, then one in each interval.
const TYPINGS: NonZeroU32 = NonZeroU32::MIN.saturating_add(4);
const TYPING_IN: Duration = Duration::from_secs(3);
/// Presence updates of a member: a burst, then one in each interval.
const PRESENCES: NonZeroU32 = NonZeroU32::MIN.saturating_add(19);
const PRESENCE_IN: Duration = Duration::from_millis(500);
/// The number of remembered keys from which on those not seen lately are forgotten.
pub(super) const KEYS: usize = 10_000;

/// A refusal by a limit, with the time to wait.
#[derive(Debug)]
pub(crate) struct Limited {
    /// The limit that was exceeded: `address`, `address_bytes`, `site`, `site_bytes`, `chat` or `e-mail address`.
    pub(crate) by: &'static str,
    /// The time until all of it could be accepted.
    pub(crate) wait: Duration,
}

impl From<Limited> for Problem {
    fn from(limited: Limited) -> Problem {
        let detail = match limited.by.strip_suffix("_bytes") {
            Some(by) => format!("more bytes than this {by} may send"),
            None => format!("more than this {} may send", limited.by),
        };
        Problem::new(StatusCode::TOO_MANY_REQUESTS, "rate-limited", "Too much at once")
            .detail(detail)
            .retry_after(limited.wait.as_secs() + 1)
    }
}

/// The limits in force.
pub(crate) struct Limiter {
    sites: Keyed<i64>,
    addresses: Keyed<IpAddr>,
    site_bytes: Keyed<i64>,
    address_bytes: Keyed<IpAddr>,
    openers: Keyed<IpAddr>,
    bookers: Keyed<IpAddr>,
    lookers: Keyed<IpAddr>,
    writers: Keyed<IpAddr>,
    chats: Keyed<ConversationId>,
    links: Keyed<IpAddr>,
    passwords: Keyed<String>,
    typists: Keyed<ConversationId>,
    presences: Keyed<RepId>,
}

impl Limiter {
    /// Limits as configured; 0 is off.
    pub(crate) fn new(signals: &Ingest, chat: &Chat) -> Limiter {
        Limiter {
            sites: Keyed::new("site", signals.rate_per_site, BATCH),
            addresses: Keyed::new("address", signals.rate_per_ip, BATCH),
            site_bytes: Keyed::bytes("site_bytes", signals.bytes_per_site),
            address_bytes: Keyed::bytes("address_bytes", signals.bytes_per_ip),
            writers: Keyed::new("address", chat.messages_per_ip, 1),
            openers: Keyed::new("address", chat.opens_per_ip, 1),
            bookers: Keyed::new("address", BOOKINGS, 1),
            lookers: Keyed::new("address", LOOKS, 1),
            chats: Keyed::new("chat", chat.messages_per_chat, 1),
            links: Keyed::new("address", LINKS, 1),
            passwords: Keyed::slow("e-mail address", PASSWORD_IN, PASSWORDS),
            typists: Keyed::slow("chat", TYPING_IN, TYPINGS),
            presences: Keyed::slow("member", PRESENCE_IN, PRESENCES),
        }
    }

    /// Takes signals from an address, or returns the time after which all of them would be accepted.
    pub(crate) fn take(&self, site: i64, from: Sender, load: Load) -> Result<(), Limited> {
        let address = neighbourhood(from.address);
        self.addresses.take(&address, load.signals)?;
        self.sites.take(&site, load.signals)?;
        // A server of the customer sends for all of its visitors.
        if !from.has_ingest_key {
            self.address_bytes.take(&address, load.bytes)?;
        }
        self.site_bytes.take(&site, load.bytes)
    }

    /// Takes a look-up of a possibly guessed secret: each costs a read.
    pub(crate) fn look_up(&self, address: IpAddr) -> Result<(), Limited> {
        self.addresses.take(&neighbourhood(address), 1)
    }

    /// Takes a request of a page for the look of its site.
    pub(crate) fn look(&self, address: IpAddr) -> Result<(), Limited> {
        self.lookers.take(&neighbourhood(address), 1)
    }

    /// Takes the opening of a chat.
    pub(crate) fn open_chat(&self, address: IpAddr) -> Result<(), Limited> {
        let address = neighbourhood(address);
        self.openers.take(&address, 1)?;
        self.address_bytes.take(&address, CHAT_BYTES)
    }

    /// Takes a request about a meeting.
    pub(crate) fn booking(&self, address: IpAddr) -> Result<(), Limited> {
        self.bookers.take(&neighbourhood(address), 1)
    }

    /// Takes a request about a meeting that stores so many bytes.
    pub(crate) fn booking_of(&self, address: IpAddr, bytes: usize) -> Result<(), Limited> {
        self.booking(address)?;
        self.stored(address, bytes)
    }

    /// Takes bytes that a request is about to store.
    pub(crate) fn stored(&self, address: IpAddr, bytes: usize) -> Result<(), Limited> {
        self.address_bytes.take(&neighbourhood(address), bytes)
    }

    /// Takes a request for a sign-in link by mail.
    pub(crate) fn sign_in_link(&self, address: IpAddr) -> Result<(), Limited> {
        self.links.take(&neighbourhood(address), 1)
    }

    /// Takes an attempt at a password for an e-mail address, whether or not it is a member's.
    pub(crate) fn password(&self, email: &str) -> Result<(), Limited> {
        // Longer ones are invalid: all of them share one count.
        let email = email.chars().take(LONGEST_EMAIL).collect();
        self.passwords.take(&email, 1)
    }

    /// Whether another typing notice for the lead of a conversation may be sent.
    pub(crate) fn may_tell_typing(&self, conversation: ConversationId) -> bool {
        self.typists.take(&conversation, 1).is_ok()
    }

    /// Takes a presence update of a member.
    pub(crate) fn presence(&self, member: RepId) -> Result<(), Limited> {
        self.presences.take(&member, 1)
    }

    /// Takes a message of a lead.
    pub(crate) fn message(&self, conversation: ConversationId, from: IpAddr, text: &str) -> Result<(), Limited> {
        let address = neighbourhood(from);
        self.chats.take(&conversation, 1)?;
        self.writers.take(&address, 1)?;
        self.address_bytes.take(&address, MESSAGE_BYTES + 2 * text.len())
    }
}

/// The sender of signals.
#[derive(Clone, Copy)]
pub(crate) struct Sender {
    /// The network address.
    pub(crate) address: IpAddr,
    /// Whether the request has a valid API key.
    pub(crate) has_ingest_key: bool,
}

/// The load of a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Load {
    pub(crate) signals: usize,
    /// The approximate disk space.
    pub(crate) bytes: usize,
}

/// One limit, with a bucket for each key; none if it is off.
pub(super) struct Keyed<K: Hash + Eq + Clone> {
    by: &'static str,
    limiter: Option<DefaultKeyedRateLimiter<K>>,
    crowd: Crowd,
}

/// The schedule for dropping keys that were not seen lately.
pub(super) struct Crowd(AtomicUsize);

impl Default for Crowd {
    fn default() -> Crowd {
        Crowd(AtomicUsize::new(KEYS))
    }
}

impl Crowd {
    /// Calls `forget`, which returns the number of remaining keys, if there are more keys than allowed. The next
    /// call is when there are twice as many: forgetting visits every key.
    pub(super) fn check(&self, keys: usize, forget: impl FnOnce() -> usize) {
        if keys > self.0.load(Ordering::Relaxed) {
            self.0.store(KEYS.max(2 * forget()), Ordering::Relaxed);
        }
    }
}

impl<K: Hash + Eq + Clone> Keyed<K> {
    /// `rate` a second, with a burst of [`BURST`] seconds.
    fn new(by: &'static str, rate: u32, at_least: u32) -> Keyed<K> {
        Keyed::with_burst(by, rate, rate.saturating_mul(BURST).max(at_least))
    }

    /// `rate` bytes a second.
    fn bytes(by: &'static str, rate: u32) -> Keyed<K> {
        Keyed::with_burst(by, rate, rate.saturating_mul(BURST).clamp(BATCH_BYTES, BYTES_AT_ONCE))
    }

    fn with_burst(by: &'static str, rate: u32, burst: u32) -> Keyed<K> {
        let quota = NonZeroU32::new(rate).zip(NonZeroU32::new(burst));
        let limiter = quota.map(|(rate, burst)| RateLimiter::keyed(Quota::per_second(rate).allow_burst(burst)));
        Keyed { by, limiter, crowd: Crowd::default() }
    }

    /// A limit of so many an hour, all of them at once if need be; 0 is off.
    pub(super) fn hourly(by: &'static str, count: u32) -> Keyed<K> {
        match NonZeroU32::new(count) {
            Some(count) => Keyed::slow(by, Duration::from_secs(3_600) / count.get(), count),
            None => Keyed { by, limiter: None, crowd: Crowd::default() },
        }
    }

    /// One in each interval, `burst` at once.
    fn slow(by: &'static str, one_in: Duration, burst: NonZeroU32) -> Keyed<K> {
        let quota = Quota::with_period(one_in).map(|quota| quota.allow_burst(burst));
        Keyed { by, limiter: quota.map(RateLimiter::keyed), crowd: Crowd::default() }
    }

    pub(super) fn take(&self, key: &K, count: usize) -> Result<(), Limited> {
        let count = u32::try_from(count).ok().and_then(NonZeroU32::new);
        let (Some(limiter), Some(count)) = (&self.limiter, count) else { return Ok(()) };
        self.crowd.check(limiter.len(), || {
            limiter.retain_recent();
            limiter.shrink_to_fit();
            limiter.len()
        });
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
    fn only_the_client_over_its_limit_is_refused() {
        let limiter = limiter();
        let take = |address: &str, signals| take(&limiter, 7, address, signals, 1);
        assert_eq!(take("2001:db8::1", 500), Ok(()));
        assert_eq!(take("2001:db8::2", 1), Err("address"), "another one of the same network");
        assert_eq!(take("192.0.2.1", 500), Ok(()));
        assert_eq!(take("192.0.2.2", 500), Err("site"));
        assert_eq!(self::take(&limiter, 8, "192.0.2.3", 500, 1), Ok(()), "another site");
    }

    fn take(limiter: &Limiter, site: i64, address: &str, signals: usize, bytes: usize) -> Result<(), &'static str> {
        let from = Sender { address: address.parse().expect("an address"), has_ingest_key: false };
        limiter.take(site, from, Load { signals, bytes }).map_err(|limited| limited.by)
    }

    #[test]
    fn bytes_have_limits_of_their_own() {
        let signals = Ingest { bytes_per_ip: 1_000, bytes_per_site: 1_500_000, ..Ingest::default() };
        let limiter = Limiter::new(&signals, &Chat::default());
        let (one, other) = ("192.0.2.1", "192.0.2.2");
        assert_eq!(take(&limiter, 7, one, 1, 2_000_000), Ok(()), "the heaviest batch fits at once");
        assert_eq!(take(&limiter, 7, one, 1, 100_000), Err("address_bytes"));
        assert!(limiter.open_chat(one.parse().expect("an address")).is_err(), "chats are stored, too");
        assert_eq!(take(&limiter, 7, other, 1, 2_000_000), Ok(()));
        assert_eq!(take(&limiter, 7, "192.0.2.3", 1, 2_000_000), Err("site_bytes"), "never more than 5 MB at once");
        let with_key = Sender { address: one.parse().expect("an address"), has_ingest_key: true };
        assert!(limiter.take(8, with_key, Load { signals: 1, bytes: 2_000_000 }).is_ok());
    }

    #[test]
    fn chats_have_limits_of_their_own_and_0_is_off() {
        let limiter = limiter();
        let address = "192.0.2.1".parse().expect("an address");
        let opened = (0..20).filter(|_| limiter.open_chat(address).is_ok()).count();
        assert!((10..20).contains(&opened), "{opened}");
        let chat = ConversationId::new([7; 16]);
        assert!((0..100).all(|_| limiter.message(chat, address, "Hello").is_ok()));
    }

    #[test]
    fn an_address_over_its_signals_still_gets_the_look() {
        let limiter = limiter();
        let address = "192.0.2.1".parse().expect("an address");
        assert_eq!(take(&limiter, 7, "192.0.2.1", 500, 1), Ok(()));
        assert!(limiter.look_up(address).is_err());
        assert!((0..1_000).all(|_| limiter.look(address).is_ok()));
    }

    #[test]
    fn typing_notices_are_limited_for_each_chat() {
        let limiter = limiter();
        let sent = |number| (0..50).filter(|_| limiter.may_tell_typing(ConversationId::new([number; 16]))).count();
        assert_eq!((sent(1), sent(2)), (5, 5));
    }

    #[test]
    fn passwords_are_limited_by_the_address_that_they_are_tried_for() {
        let limiter = limiter();
        let tried = (0..20).filter(|_| limiter.password("ann@acme.example").is_ok()).count();
        assert_eq!(tried, 10);
        assert!(limiter.password("bo@acme.example").is_ok());
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
