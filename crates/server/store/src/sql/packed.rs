//! Signals of a batch as bytes: half of what they take as JSON, and most of a burst is writing them down.

use super::row::{at_index, number};
use knock_model::{Category, Millis, SessionId, SignalId, SignalType, ViewId};
use knock_ports::{DetailText, NewSignal, StoreError};
use serde::{Deserialize, Serialize};

/// The first byte. Batches of versions before this one are JSON, and start with a bracket.
const FORMAT: u8 = 1;
const JSON: u8 = b'[';

#[derive(Serialize, Deserialize)]
struct Packed<'s> {
    id: [u8; 16],
    session: [u8; 16],
    view: Option<[u8; 16]>,
    kind: i64,
    at: i64,
    received_at: i64,
    clamped: bool,
    category: i64,
    strength: f64,
    seq: Option<u64>,
    detail: &'s str,
}

/// The bytes.
pub(super) fn pack(signals: &[NewSignal]) -> Result<Vec<u8>, StoreError> {
    let packed: Vec<Packed<'_>> = signals.iter().map(Packed::of).collect();
    postcard::to_extend(&packed, vec![FORMAT]).map_err(|error| StoreError::Broken(error.to_string()))
}

/// The signals; none when the bytes are no batch.
pub(super) fn unpack(bytes: &[u8]) -> Option<Vec<NewSignal>> {
    match bytes.split_first()? {
        (&FORMAT, packed) => {
            let packed: Vec<Packed<'_>> = postcard::from_bytes(packed).ok()?;
            packed.into_iter().map(Packed::signal).collect()
        }
        (&JSON, _) => serde_json::from_slice(bytes).ok(),
        _ => None,
    }
}

impl Packed<'_> {
    fn of(signal: &NewSignal) -> Packed<'_> {
        Packed {
            id: *signal.id.as_bytes(),
            session: *signal.session.as_bytes(),
            view: signal.view.map(|view| *view.as_bytes()),
            kind: number(signal.kind.index()),
            at: signal.at.0,
            received_at: signal.received_at.0,
            clamped: signal.clamped,
            category: number(signal.category.index()),
            strength: signal.strength,
            seq: signal.seq,
            detail: signal.detail.as_str(),
        }
    }

    fn signal(self) -> Option<NewSignal> {
        Some(NewSignal {
            id: SignalId::from_bytes(self.id),
            session: SessionId::from_bytes(self.session),
            view: self.view.map(ViewId::from_bytes),
            kind: at_index(SignalType::ALL, self.kind)?,
            at: Millis(self.at),
            received_at: Millis(self.received_at),
            clamped: self.clamped,
            category: at_index(Category::ALL, self.category)?,
            strength: self.strength,
            seq: self.seq,
            detail: DetailText::parse(self.detail)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_ports::Detail;

    fn signals() -> Vec<NewSignal> {
        let now = Millis(1_780_315_200_000);
        let signal = |number: u8| NewSignal {
            id: SignalId::new(now, &[number; 10]),
            session: SessionId::new(now, &[1; 10]),
            kind: SignalType::Cta,
            at: now,
            received_at: now + Millis(7),
            clamped: number == 2,
            category: Category::Pricing,
            strength: 0.5,
            seq: Some(number.into()).filter(|_| number > 1),
            view: Some(ViewId::new(now, &[3; 10])).filter(|_| number == 2),
            detail: Detail { text: "Ja, \"bitte\"\n".into(), ..Detail::default() }.into(),
        };
        (1..=91).map(signal).collect()
    }

    #[test]
    fn what_is_packed_is_what_is_unpacked_in_half_of_the_room() {
        let signals = signals();
        let (packed, json) = (pack(&signals).expect("bytes"), serde_json::to_vec(&signals).expect("JSON"));
        assert_eq!(unpack(&packed).expect("a batch"), signals);
        assert_eq!(unpack(&json).expect("a batch of an earlier version"), signals);
        assert!(packed.len() * 2 < json.len(), "{} of {}", packed.len(), json.len());
    }

    #[test]
    fn what_is_cut_or_of_another_format_is_no_batch() {
        let packed = pack(&signals()).expect("bytes");
        for end in 0..packed.len() {
            assert_eq!(unpack(&packed[..end]), None, "{end}");
        }
        assert_eq!(unpack(b"\x02\x00"), None);
    }
}
