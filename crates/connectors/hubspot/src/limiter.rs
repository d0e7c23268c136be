//! Client-side rate limiter of an account.
//!
//! HubSpot counts in windows that roll. A burst and what is given back during a window are together less than the limit,
//! so that no window ever has more, wherever it begins. A part of it is for what a lead waits for: a resync that goes on
//! for minutes keeps no look-up waiting.

use crate::outcome::{Fault, Kind};
use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use knock_model::Millis;
use knock_outbound::Reply;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// Requests in ten seconds of a private app, in the smallest account.
pub const PRIVATE_APP: Limits = Limits { requests: 100, window: Duration::from_secs(10) };
/// Requests in ten seconds of an OAuth app.
pub const OAUTH_APP: Limits = Limits { requests: 110, window: Duration::from_secs(10) };
/// Searches in a second; they have a limit of their own.
pub const SEARCHES_PER_SECOND: u32 = 4;

/// Of a limit, what is used: requests that were sent evenly arrive less evenly.
const USED_PERCENT: u32 = 92;
/// Of that, what writes leave to all other requests, which may use the part of writes too.
const OTHERS_PERCENT: u32 = 40;
/// Of each part, what may be sent at once: writes go evenly, a look-up is some requests and then nothing.
const BURST_PERCENT: [u32; 2] = [10, 40];
/// If less of a limit is left, other programs make requests too, and half a window is waited for them.
const SPARE_PERCENT: u32 = 5;
/// The longest that a request waits for its turn here.
const PATIENCE: Duration = Duration::from_secs(5);

const DAILY: &str = "x-hubspot-ratelimit-daily";
const DAILY_LEFT: &str = "x-hubspot-ratelimit-daily-remaining";

/// The request limits of an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    pub requests: u32,
    /// In any time of this length.
    pub window: Duration,
}

/// The requests of a day, as an answer said them last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Daily {
    pub(crate) most: u64,
    pub(crate) left: u64,
}

/// The kind of a request with regard to limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lane {
    /// A write of a batch: nothing waits for it.
    Write,
    Search,
    Other,
}

/// Keeps the limits of an account.
pub(crate) struct Limiter {
    state: Mutex<State>,
    searches: DefaultDirectRateLimiter,
    clock: DefaultClock,
}

struct State {
    limits: Limits,
    parts: Arc<Parts>,
    /// The end of the wait that HubSpot asked for.
    held: Option<Instant>,
    daily: Option<Daily>,
}

/// The parts of a limit.
struct Parts {
    writes: DefaultDirectRateLimiter,
    others: DefaultDirectRateLimiter,
}

impl Parts {
    fn new(limits: Limits) -> Parts {
        let [writes, others] = quotas(limits);
        Parts { writes: RateLimiter::direct(writes), others: RateLimiter::direct(others) }
    }

    /// Parts of which nothing may be sent at once: it was sent before.
    fn without_burst(limits: Limits) -> Parts {
        let (parts, [writes, others]) = (Parts::new(limits), quotas(limits));
        drop(parts.writes.check_n(writes.burst_size()));
        drop(parts.others.check_n(others.burst_size()));
        parts
    }
}

impl Limiter {
    pub(crate) fn new(limits: Limits) -> Limiter {
        let search = Limits { requests: SEARCHES_PER_SECOND, window: Duration::from_secs(1) };
        let searches = RateLimiter::direct(quota(search, used(search), BURST_PERCENT[0]));
        let state = Mutex::new(State { limits, parts: Arc::new(Parts::new(limits)), held: None, daily: None });
        Limiter { state, searches, clock: DefaultClock::default() }
    }

    /// Waits until a request may be sent.
    ///
    /// # Errors
    /// When that takes too long: the fault says after how long it may.
    pub(crate) async fn turn(&self, lane: Lane) -> Result<(), Fault> {
        let give_up = Instant::now() + PATIENCE;
        while let Some(wait) = self.wait(lane) {
            if Instant::now() + wait > give_up {
                let after = Millis(i64::try_from(wait.as_millis()).unwrap_or(i64::MAX));
                return Err(Fault::new(Kind::Limited(Some(after)), "HubSpot takes no more requests for now"));
            }
            tokio::time::sleep(wait).await;
        }
        Ok(())
    }

    /// The time to wait; none if the request may be made now, which counts it.
    fn wait(&self, lane: Lane) -> Option<Duration> {
        let (held, parts) = {
            let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            (state.held, Arc::clone(&state.parts))
        };
        let held = held.and_then(|until| until.checked_duration_since(Instant::now()));
        if let Some(wait) = held.filter(|wait| !wait.is_zero()) {
            return Some(wait);
        }
        let search = || (lane == Lane::Search).then(|| self.searches.check().err()).flatten();
        let refused = search().or_else(|| match lane {
            Lane::Write => parts.writes.check().err(),
            Lane::Search | Lane::Other => parts.others.check().or_else(|_| parts.writes.check()).err(),
        });
        refused.map(|until| until.wait_time_from(self.clock.now()).max(Duration::from_millis(1)))
    }

    /// Reads what an answer says of limits.
    pub(crate) fn heard(&self, reply: &Reply) {
        let number = |name: &str| reply.header(name).and_then(|text| text.parse::<u32>().ok());
        let most = number("x-hubspot-ratelimit-max").filter(|most| *most > 0);
        let window = number("x-hubspot-ratelimit-interval-milliseconds").filter(|window| *window > 0);
        if let (Some(requests), Some(window)) = (most, window) {
            self.set(Limits { requests, window: Duration::from_millis(u64::from(window)) });
        }
        if let (Some(most), Some(left)) = (number(DAILY), number(DAILY_LEFT)) {
            let daily = Daily { most: u64::from(most), left: u64::from(left) };
            self.state.lock().unwrap_or_else(PoisonError::into_inner).daily = Some(daily);
        }
        let left = number("x-hubspot-ratelimit-remaining").filter(|_| reply.code != 429);
        let limits = self.state.lock().unwrap_or_else(PoisonError::into_inner).limits;
        // Alone we leave more: others ask for the same account, such as another server of ours.
        if left.is_some_and(|left| left < spare(limits)) {
            self.hold(limits.window / 2);
        }
    }

    /// The requests of the day, where HubSpot has said them.
    pub(crate) fn daily(&self) -> Option<Daily> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).daily
    }

    /// Sends nothing for a while: HubSpot asked for it, or a window passes.
    pub(crate) fn limited(&self, after: Option<Millis>) -> Millis {
        let window = self.state.lock().unwrap_or_else(PoisonError::into_inner).limits.window;
        let asked = after.and_then(|after| u64::try_from(after.0).ok()).map(Duration::from_millis);
        let wait = asked.unwrap_or(window);
        self.hold(wait);
        Millis(i64::try_from(wait.as_millis()).unwrap_or(i64::MAX))
    }

    fn hold(&self, wait: Duration) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.held = state.held.max(Some(Instant::now() + wait));
    }

    /// Other limits than were thought: with those no burst is left.
    fn set(&self, limits: Limits) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.limits != limits {
            let parts = Arc::new(Parts::without_burst(limits));
            *state = State { limits, parts, held: state.held, daily: state.daily };
        }
    }
}

/// The number of requests reserved for those in flight.
fn spare(limits: Limits) -> u32 {
    limits.requests.saturating_mul(SPARE_PERCENT).div_ceil(100)
}

fn used(limits: Limits) -> u32 {
    limits.requests.saturating_mul(USED_PERCENT) / 100
}

/// The quota of writes, and the rest for other requests only.
fn quotas(limits: Limits) -> [Quota; 2] {
    let others = used(limits) * OTHERS_PERCENT / 100;
    let parts = [used(limits) - others, others];
    [0, 1].map(|part| quota(limits, parts[part], BURST_PERCENT[part]))
}

/// A quota of so many requests in any window.
fn quota(limits: Limits, requests: u32, burst_percent: u32) -> Quota {
    let burst = (requests * burst_percent / 100).max(1);
    // One at least is given back in a window, even of the smallest limit.
    let period = limits.window / requests.saturating_sub(burst).max(1);
    let burst = NonZeroU32::new(burst).unwrap_or(NonZeroU32::MIN);
    Quota::with_period(period).unwrap_or_else(|| Quota::per_second(NonZeroU32::MIN)).allow_burst(burst)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_window_has_more_than_the_limit() {
        for requests in 4..=250 {
            let limits = Limits { requests, window: Duration::from_secs(10) };
            let given = |quota: Quota| limits.window.as_nanos() / quota.replenish_interval().as_nanos();
            let most: u128 =
                quotas(limits).map(|quota| u128::from(quota.burst_size().get()) + given(quota)).iter().sum();
            assert!(most <= u128::from(requests), "{requests}: {most}");
            assert!(most * 100 >= u128::from(requests) * 70, "{requests}: {most} is too few");
        }
    }

    #[tokio::test]
    async fn writes_leave_a_part_to_others() {
        let limiter = Limiter::new(PRIVATE_APP);
        while limiter.wait(Lane::Write).is_none() {}
        let at_once = std::iter::repeat_with(|| limiter.wait(Lane::Other)).take_while(Option::is_none).count();
        assert!(at_once >= 12, "{at_once}");
    }

    fn reply(headers: &[(&str, &str)]) -> Reply {
        let vendor = headers.iter().map(|(name, value)| (format!("x-hubspot-ratelimit-{name}"), (*value).to_owned()));
        let vendor = vendor.collect();
        Reply {
            code: 200,
            etag: None,
            location: None,
            retry_after: None,
            challenges: Vec::new(),
            vendor,
            body: Vec::new(),
            is_whole: true,
        }
    }

    #[tokio::test]
    async fn what_hubspot_says_of_its_limits_counts() {
        let limiter = Limiter::new(PRIVATE_APP);
        limiter.turn(Lane::Other).await.expect("its turn");
        limiter.heard(&reply(&[("max", "2"), ("interval-milliseconds", "60000")]));
        let fault = limiter.turn(Lane::Other).await.expect_err("too long");
        assert!(matches!(fault.kind, Kind::Limited(Some(Millis(30_000..=60_000)))), "{fault:?}");
    }

    #[tokio::test]
    async fn after_a_refusal_nothing_is_sent_for_as_long_as_it_asks() {
        let limiter = Limiter::new(PRIVATE_APP);
        assert_eq!(limiter.limited(Some(Millis(7_000))), Millis(7_000));
        assert_eq!(limiter.limited(None), Millis(10_000), "a window");
        let fault = limiter.turn(Lane::Other).await.expect_err("too long");
        assert!(matches!(fault.kind, Kind::Limited(Some(Millis(9_000..=10_000)))), "{fault:?}");
    }
}
