//! How many signals may come in a second, from a site and from an address.

use crate::config::Ingest;
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, NotUntil, Quota, RateLimiter};
use std::hash::Hash;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::time::Duration;

/// Seconds of the rate that may come at once.
const BURST: u32 = 10;
/// Keys remembered before those not seen lately are forgotten.
const KEYS: usize = 10_000;

/// Come back after this long.
pub(crate) struct RetryAfter(pub(crate) Duration);

/// The limits in force.
pub(crate) struct Limiter {
    sites: Option<DefaultKeyedRateLimiter<i64>>,
    addresses: Option<DefaultKeyedRateLimiter<IpAddr>>,
}

impl Limiter {
    /// Limits as configured; 0 is off.
    pub(crate) fn new(rates: &Ingest) -> Limiter {
        Limiter { sites: limiter(rates.rate_per_site), addresses: limiter(rates.rate_per_ip) }
    }

    /// Takes `count` signals, or tells when to come back with all of them.
    pub(crate) fn take(&self, site: i64, address: IpAddr, count: usize) -> Result<(), RetryAfter> {
        take(self.addresses.as_ref(), &address, count)?;
        take(self.sites.as_ref(), &site, count)
    }
}

fn limiter<K: Hash + Eq + Clone>(rate: u32) -> Option<DefaultKeyedRateLimiter<K>> {
    let rate = NonZeroU32::new(rate)?;
    // A whole batch must fit.
    let burst = rate.get().saturating_mul(BURST).max(500);
    Some(RateLimiter::keyed(Quota::per_second(rate).allow_burst(NonZeroU32::new(burst)?)))
}

fn take<K: Hash + Eq + Clone>(
    limiter: Option<&DefaultKeyedRateLimiter<K>>,
    key: &K,
    count: usize,
) -> Result<(), RetryAfter> {
    let count = u32::try_from(count).ok().and_then(NonZeroU32::new);
    let (Some(limiter), Some(count)) = (limiter, count) else { return Ok(()) };
    if limiter.len() > KEYS {
        limiter.retain_recent();
    }
    match limiter.check_key_n(key, count) {
        Ok(Ok(())) => Ok(()),
        Ok(Err(refused)) => Err(RetryAfter(wait(&refused))),
        Err(_) => Err(RetryAfter(Duration::from_secs(60))),
    }
}

fn wait(refused: &NotUntil<<DefaultClock as Clock>::Instant>) -> Duration {
    refused.wait_time_from(DefaultClock::default().now())
}
