//! The limit of meetings that one address books in an hour and in a day.

use super::limiter::{KEYS, Limited};
use crate::proxies::neighbourhood;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

const HOUR: Duration = Duration::from_secs(3_600);
const DAY: Duration = Duration::from_secs(86_400);

/// The meetings that addresses have booked within a day.
pub(crate) struct Bookings {
    hourly: usize,
    booked: Mutex<HashMap<IpAddr, Vec<Instant>>>,
}

/// A booking that is counted; it is given back when this is dropped, unless it was kept.
#[must_use]
pub(crate) struct Counted {
    bookings: Arc<Bookings>,
    address: IpAddr,
    at: Instant,
    is_kept: bool,
}

impl Bookings {
    /// So many in an hour and twice as many in a day; 0 is off.
    pub(crate) fn new(hourly: u32) -> Bookings {
        Bookings { hourly: usize::try_from(hourly).unwrap_or(usize::MAX), booked: Mutex::default() }
    }

    /// Counts a booking, before it is known whether its slot is free.
    pub(crate) fn take(self: &Arc<Bookings>, from: IpAddr) -> Result<Counted, Limited> {
        let (address, at) = (neighbourhood(from), Instant::now());
        let mut booked = self.booked.lock().unwrap_or_else(PoisonError::into_inner);
        forget(&mut booked, at);
        let of_address = booked.entry(address).or_default();
        of_address.retain(|booked| at - *booked < DAY);
        if let Some(wait) = self.wait(of_address, at) {
            return Err(Limited { by: "address", wait });
        }
        if self.hourly > 0 {
            of_address.push(at);
        }
        Ok(Counted { bookings: Arc::clone(self), address, at, is_kept: false })
    }

    /// The time until another one is free, if none is free now.
    fn wait(&self, booked: &[Instant], now: Instant) -> Option<Duration> {
        let until = |most: usize, window: Duration| {
            let oldest = booked.len().checked_sub(most).and_then(|place| booked.get(place));
            oldest.map(|oldest| (*oldest + window).saturating_duration_since(now)).filter(|wait| !wait.is_zero())
        };
        if self.hourly == 0 {
            return None;
        }
        until(self.hourly, HOUR).max(until(self.hourly.saturating_mul(2), DAY))
    }
}

impl Counted {
    /// The meeting was booked.
    pub(crate) fn keep(mut self) {
        self.is_kept = true;
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        if self.is_kept {
            return;
        }
        let mut booked = self.bookings.booked.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(of_address) = booked.get_mut(&self.address) else { return };
        if let Some(place) = of_address.iter().position(|at| *at == self.at) {
            of_address.remove(place);
        }
    }
}

/// Removes the addresses of before once there are many; if there are still too many, all of them.
fn forget(booked: &mut HashMap<IpAddr, Vec<Instant>>, now: Instant) {
    if booked.len() > KEYS {
        booked.retain(|_, booked| booked.last().is_some_and(|last| now - *last < DAY));
    }
    if booked.len() > KEYS {
        booked.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    #[tokio::test(start_paused = true)]
    async fn one_network_books_so_many_an_hour_and_twice_as_many_a_day() {
        let bookings = Arc::new(Bookings::new(2));
        let book = |from: &str| bookings.take(address(from)).map(Counted::keep).map_err(|refused| refused.wait);
        assert!(book("2001:db8::1").is_ok() && book("2001:db8::2").is_ok());
        assert_eq!(book("2001:db8::3"), Err(HOUR), "a network of 64 bits is one");
        assert!(book("2001:db8:0:1::3").is_ok(), "another network");
        tokio::time::advance(HOUR).await;
        assert!(book("2001:db8::1").is_ok() && book("2001:db8::1").is_ok());
        tokio::time::advance(HOUR).await;
        assert_eq!(book("2001:db8::1"), Err(DAY - 2 * HOUR));
        tokio::time::advance(DAY - 2 * HOUR).await;
        assert!(book("2001:db8::1").is_ok());
    }

    #[test]
    fn what_booked_nothing_does_not_count_and_0_is_off() {
        let bookings = Arc::new(Bookings::new(1));
        let from = address("192.0.2.1");
        drop(bookings.take(from).expect("free"));
        let counted = bookings.take(from).expect("free again");
        assert!(bookings.take(from).is_err(), "one is under way");
        counted.keep();
        assert!(bookings.take(from).is_err());
        let off = Arc::new(Bookings::new(0));
        assert!((0..100).all(|_| off.take(from).map(Counted::keep).is_ok()));
    }

    #[test]
    fn however_many_addresses_book_few_are_remembered() {
        let bookings = Arc::new(Bookings::new(1));
        for number in 0..2 * KEYS as u32 {
            bookings.take(IpAddr::from(number.to_be_bytes())).map(Counted::keep).expect("free");
        }
        assert!(bookings.booked.lock().expect("not poisoned").len() <= KEYS + 1);
    }
}
