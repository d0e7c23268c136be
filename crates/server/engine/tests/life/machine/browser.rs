//! The behaviour of browsers: each signal of a session is fixed by its number, so that a resent one is identical.

use super::model::Model;
use crate::story::{EMAILS, KINDS, START, visitor};
use knock_engine::commands::{AppendSignals, FreshIds};
use knock_intent::strength;
use knock_model::{AccountId, Category, LeadId, Millis, SessionId, SignalId, SignalType, SiteId};
use knock_ports::{Detail, NewSignal};

/// Signals from this one on have no number in their session.
const NUMBERED: u8 = 20;
/// The maximum age of a signal on arrival (R13b).
const OLDEST: Millis = Millis::days(30);

impl Model {
    /// Returns a batch as it reaches the server now: instants ahead of the server's clock are moved to now.
    pub(super) fn batch(&mut self, number: u8, nth: u8, numbers: &[u8]) -> AppendSignals {
        let signals = numbers.iter().map(|place| self.signal(number, nth, *place)).collect();
        let batch = AppendSignals {
            site: SiteId(1 + i64::from(nth % 2)),
            visitor: visitor(number),
            received_at: self.now,
            signals,
            fresh: Vec::new(),
        };
        self.arriving(&batch)
    }

    /// Returns the same batch, arriving now.
    pub(super) fn arriving(&mut self, batch: &AppendSignals) -> AppendSignals {
        let mut batch = AppendSignals { received_at: self.now, ..batch.clone() };
        for signal in &mut batch.signals {
            let made = signal.id.at();
            (signal.at, signal.received_at) = (made.max(self.now - OLDEST).min(self.now), self.now);
            signal.clamped = signal.at != made;
        }
        batch.fresh = batch.signals.iter().map(|_| self.fresh()).collect();
        batch
    }

    fn signal(&self, number: u8, nth: u8, place: u8) -> NewSignal {
        let (start, step) = times_of(number, nth);
        let at = start + Millis(step.0 * i64::from(place));
        let chance = self.chance(&[number, nth, place]);
        let kind = KINDS[chance % KINDS.len()];
        let email = EMAILS[chance / 7 % EMAILS.len()];
        let is_named = kind == SignalType::Identify;
        let detail = Detail {
            email: if is_named { email.to_owned() } else { String::new() },
            person: if is_named { format!("{} {place}", &email[..3]).into() } else { "".into() },
            ..Detail::default()
        };
        NewSignal {
            id: SignalId::new(at, &[number, nth, place, 0, 0, 0, 0, 0, 0, 0]),
            session: session(number, nth),
            kind,
            at,
            received_at: at,
            clamped: false,
            category: Category::ALL[chance / 31 % Category::ALL.len()],
            strength: strength(kind),
            seq: (place < NUMBERED).then_some(u64::from(place)),
            view: None,
            detail: detail.into(),
        }
    }

    pub(super) fn fresh(&mut self) -> FreshIds {
        self.count += 1;
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&self.count.to_be_bytes());
        FreshIds { lead: LeadId::new(bytes), account: AccountId::new(bytes) }
    }

    /// Returns a pseudo-random number that is fixed by the signal and the seed.
    fn chance(&self, of: &[u8]) -> usize {
        let mixed = of.iter().fold(self.seed, |mixed, byte| (mixed ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
        usize::try_from((mixed ^ (mixed >> 29)) % 100_003).expect("small")
    }
}

/// The start of a session and the distance of its signals: long ago, just now, and in the future of the server's clock.
fn times_of(number: u8, nth: u8) -> (Millis, Millis) {
    let own = Millis(i64::from(number) * 1_700);
    let (start, step) = match nth {
        0 => (START - Millis::days(27), Millis::DAY),
        1 => (START - Millis(50_000), Millis(3_000)),
        2 => (START - Millis::days(2), Millis(4 * 3_600_000)),
        _ => (START - Millis(5_000), Millis(700)),
    };
    (start + own, step)
}

fn session(number: u8, nth: u8) -> SessionId {
    SessionId::new(times_of(number, nth).0, &[number, nth, 0, 0, 0, 0, 0, 0, 0, 0])
}
