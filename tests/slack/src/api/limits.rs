//! The rate limits of methods.

use std::collections::{BTreeMap, VecDeque};

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;

/// Calls a minute of each method in a workspace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tier {
    Two,
    Three,
    Four,
    /// Hundreds.
    Special,
    /// One a second in a channel, with short bursts, and a limit for all channels.
    PerChannel,
}

impl Tier {
    const fn a_minute(self) -> usize {
        match self {
            Tier::Two => 20,
            Tier::Three => 50,
            Tier::Four => 100,
            Tier::Special | Tier::PerChannel => 600,
        }
    }
}

/// The instants of calls.
#[derive(Debug)]
pub(crate) struct Limits {
    pub(crate) is_on: bool,
    /// Messages that a channel takes at once.
    pub(crate) burst: usize,
    /// Times the usual limits of the tiers.
    pub(crate) factor: usize,
    /// Calls that were refused.
    pub(crate) limited: u64,
    /// Of those, the ones that came before they were asked to.
    pub(crate) early: u64,
    calls: BTreeMap<String, VecDeque<i64>>,
    /// The instant until which the limit of each channel is used up.
    used: BTreeMap<String, i64>,
    until: BTreeMap<String, i64>,
}

impl Default for Limits {
    fn default() -> Limits {
        let (calls, used, until) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        Limits { is_on: true, burst: 3, factor: 1, limited: 0, early: 0, calls, used, until }
    }
}

impl Limits {
    /// Counts a call; the seconds to wait when it is one too many.
    pub(crate) fn take(&mut self, key: &str, tier: Tier, now: i64) -> Result<(), u64> {
        if !self.is_on {
            return Ok(());
        }
        let wait = match tier {
            Tier::PerChannel => self.in_channel(key, now),
            Tier::Two | Tier::Three | Tier::Four | Tier::Special => self.in_minute(key, tier.a_minute(), now),
        };
        if wait <= 0 {
            return Ok(());
        }
        self.limited += 1;
        if self.until.get(key).is_some_and(|until| now < *until) {
            self.early += 1;
        }
        let seconds = u64::try_from(wait).unwrap_or_default().div_ceil(SECOND.unsigned_abs());
        self.until.insert(key.to_owned(), now + i64::try_from(seconds).unwrap_or(1) * SECOND);
        Err(seconds)
    }

    /// The wait of a method with a limit per minute.
    fn in_minute(&mut self, key: &str, a_minute: usize, now: i64) -> i64 {
        let calls = self.calls.entry(key.to_owned()).or_default();
        while calls.front().is_some_and(|at| *at <= now - MINUTE) {
            calls.pop_front();
        }
        if calls.len() < a_minute * self.factor {
            calls.push_back(now);
            return 0;
        }
        calls.front().map_or(MINUTE, |first| first + MINUTE - now)
    }

    /// The wait of a channel with one message a second, and a burst.
    fn in_channel(&mut self, key: &str, now: i64) -> i64 {
        let is_used_until = self.used.get(key).copied().unwrap_or(now).max(now) + SECOND;
        let wait = is_used_until - now - i64::try_from(self.burst).unwrap_or(1) * SECOND;
        if wait <= 0 {
            self.used.insert(key.to_owned(), is_used_until);
        }
        wait
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_channel_takes_one_a_second_with_a_burst() {
        let mut limits = Limits::default();
        let mut take = |now| limits.take("chat.postMessage C1", Tier::PerChannel, now);
        assert_eq!([take(0), take(1), take(2)], [Ok(()); 3]);
        assert_eq!([take(500), take(999)], [Err(1); 2]);
        assert_eq!(take(1_000), Ok(()));
        assert_eq!(take(1_001), Err(1));
        assert_eq!(take(2_001), Ok(()));
        assert_eq!(limits.take("chat.postMessage C2", Tier::PerChannel, 2_001), Ok(()));
        assert_eq!((limits.limited, limits.early), (3, 2));
    }

    #[test]
    fn a_tier_takes_so_many_a_minute() {
        let mut limits = Limits::default();
        for at in 0..20 {
            assert_eq!(limits.take("users.list", Tier::Two, at), Ok(()));
        }
        assert_eq!(limits.take("users.list", Tier::Two, 30_000), Err(30));
        assert_eq!(limits.take("users.info", Tier::Four, 30_000), Ok(()));
        assert_eq!(limits.take("users.list", Tier::Two, 60_000), Ok(()));
        limits.is_on = false;
        assert_eq!(limits.take("users.list", Tier::Two, 60_000), Ok(()));
    }
}
