//! Scores as they are before `knock explain` rounds them, of persons made up by a fixed sequence of numbers.

use knock_intent::{History, Weighed, provisional_type, score, strength};
use knock_model::{Category, Millis, SignalId, SignalType};

const START: Millis = Millis(1_780_315_200_000);
const PERSONS: usize = 20;
const SIGNALS: usize = 25;

/// Splitmix64: numbers that are the same on every machine.
struct Sequence(u64);

impl Sequence {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).unwrap_or_default()
    }

    /// From a millisecond to about twelve days, most of them short.
    fn gap(&mut self) -> Millis {
        let bits = self.below(31);
        Millis((self.next() >> (63 - bits)).cast_signed() + 1)
    }

    fn signal(&mut self, at: Millis) -> Weighed {
        let mut random = [0; 10];
        random[2..].copy_from_slice(&self.next().to_be_bytes());
        Weighed {
            id: SignalId::new(at, &random),
            at,
            category: Category::ALL[self.below(Category::ALL.len())],
            strength: strength(SignalType::ALL[self.below(SignalType::ALL.len())]),
        }
    }
}

/// The bits of every number that a score has, after each signal of each person.
pub(crate) fn folded() -> Vec<u8> {
    let mut sequence = Sequence(1);
    let mut bytes = Vec::new();
    for _ in 0..PERSONS {
        let (mut history, mut changes, mut at) = (History::default(), Vec::new(), START);
        for _ in 0..SIGNALS {
            at = at + sequence.gap();
            let signal = sequence.signal(at);
            history.add(&[signal], &mut changes);
            record(&history, &signal, at + sequence.gap(), &mut bytes);
        }
        bytes.extend(history.evidence.to_text().bytes());
        for change in changes {
            bytes.extend(change.at.0.to_be_bytes());
            bytes.extend(change.to.as_str().bytes());
            bytes.extend(change.cause.iter().flat_map(SignalId::as_bytes));
        }
    }
    bytes
}

fn record(history: &History, signal: &Weighed, now: Millis, bytes: &mut Vec<u8>) {
    let scored = score(&history.evidence, now);
    let contribution = scored.contribution(signal.category, signal.strength, signal.at);
    let left = Category::ALL.iter().map(|category| history.evidence.raw(*category, now));
    let numbers = [scored.score, scored.damping, contribution].into_iter().chain(scored.points).chain(left);
    bytes.extend(numbers.flat_map(|number| number.to_bits().to_be_bytes()));
    bytes.extend(scored.next_change_at.unwrap_or_default().0.to_be_bytes());
    bytes.extend([scored.bucket.index() as u8, scored.engagement]);
    bytes.extend(provisional_type(&history.evidence, now).as_str().bytes());
}
