//! Wrong secrets from one address: after some of them, all of its requests with a secret have to wait.

use super::limiter::{Crowd, KEYS, Limited};
use crate::proxies::neighbourhood;
use governor::clock::{Clock, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::DefaultKeyedStateStore;
use governor::{Quota, RateLimiter};
use knock_ports::SecretHash;
use std::collections::HashMap;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// The number of wrong secrets that an address may send at once.
const AT_ONCE: NonZeroU32 = NonZeroU32::MIN.saturating_add(19);
/// The interval of further wrong secrets.
const ONE_IN: Duration = Duration::from_secs(3);
/// The period for which a correct secret is exempt from a wait of its address.
const KNOWN_FOR: Duration = Duration::from_secs(3_600);

type Wrong = RateLimiter<IpAddr, DefaultKeyedStateStore<IpAddr>, DefaultClock, StateInformationMiddleware>;

/// The addresses that have sent wrong secrets lately.
pub(crate) struct Guesses {
    wrong: Wrong,
    crowd: Crowd,
    state: Mutex<State>,
    clock: DefaultClock,
}

#[derive(Default)]
struct State {
    /// The end of the wait of each address.
    waiting: HashMap<IpAddr, Instant>,
    /// Correct secrets, with the end of their exemption: clients behind the same address as a guesser are not blocked.
    right: HashMap<SecretHash, Instant>,
}

impl State {
    fn may_guess(&self, from: IpAddr, now: Instant) -> Result<(), Limited> {
        let until = self.waiting.get(&neighbourhood(from)).filter(|until| **until > now);
        until.map_or(Ok(()), |until| Err(Limited { by: "address", wait: *until - now }))
    }
}

impl Default for Guesses {
    fn default() -> Guesses {
        let quota = Quota::with_period(ONE_IN).unwrap_or(Quota::per_second(NonZeroU32::MIN)).allow_burst(AT_ONCE);
        let wrong = RateLimiter::keyed(quota).with_middleware();
        Guesses { wrong, crowd: Crowd::default(), state: Mutex::default(), clock: DefaultClock::default() }
    }
}

impl Guesses {
    /// Whether an address may try a secret now.
    pub(crate) fn may_try(&self, from: IpAddr, secret: SecretHash) -> Result<(), Limited> {
        let now = Instant::now();
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let is_known = state.right.get(&secret).is_some_and(|known| *known > now);
        if is_known { Ok(()) } else { state.may_guess(from, now) }
    }

    /// Whether an address may try a password now. Correct ones are not remembered: only their slow hash is stored.
    pub(crate) fn may_guess(&self, from: IpAddr) -> Result<(), Limited> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).may_guess(from, Instant::now())
    }

    pub(crate) fn right(&self, secret: SecretHash) {
        let now = Instant::now();
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.right.insert(secret, now + KNOWN_FOR);
        forget(&mut state.right, now);
    }

    pub(crate) fn wrong(&self, from: IpAddr) {
        metrics::counter!("knock_wrong_secrets_total").increment(1);
        let address = neighbourhood(from);
        self.crowd.check(self.wrong.len(), || {
            self.wrong.retain_recent();
            self.wrong.len()
        });
        let wait = match self.wrong.check_key(&address) {
            Ok(left) if left.remaining_burst_capacity() > 0 => return,
            // That was the last one of the burst.
            Ok(_) => ONE_IN,
            Err(refused) => refused.wait_time_from(self.clock.now()),
        };
        let now = Instant::now();
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.waiting.insert(address, now + wait);
        forget(&mut state.waiting, now);
    }
}

/// Removes expired entries once there are many; if there are still too many, all of them.
fn forget<K: std::hash::Hash + Eq>(known: &mut HashMap<K, Instant>, now: Instant) {
    if known.len() > KEYS {
        known.retain(|_, until| *until > now);
    }
    if known.len() > KEYS {
        known.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_guesses_waits_and_who_is_known_does_not() {
        let guesses = Guesses::default();
        let (guesser, other) = (IpAddr::from([192, 0, 2, 1]), IpAddr::from([192, 0, 2, 2]));
        let (unknown, known) = (SecretHash([1; 32]), SecretHash([2; 32]));
        guesses.right(known);
        for round in 0..20 {
            assert!(guesses.may_try(guesser, unknown).is_ok(), "{round}");
            guesses.wrong(guesser);
        }
        let refused = guesses.may_try(guesser, unknown).expect_err("it waits");
        assert!(refused.wait <= ONE_IN, "{refused:?}");
        assert!(guesses.may_try(guesser, known).is_ok(), "a colleague goes on");
        assert!(guesses.may_try(other, unknown).is_ok());
    }

    #[test]
    fn however_many_guess_few_are_remembered() {
        let guesses = Guesses::default();
        for number in 0..2 * KEYS as u32 {
            let bytes = number.to_be_bytes();
            (0..21).for_each(|_| guesses.wrong(IpAddr::from(bytes)));
            let mut secret = [0; 32];
            secret[..4].copy_from_slice(&bytes);
            guesses.right(SecretHash(secret));
        }
        let state = guesses.state.lock().expect("not poisoned");
        assert!(state.waiting.len() <= KEYS && state.right.len() <= KEYS);
    }
}
