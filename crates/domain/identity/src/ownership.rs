//! Ownership intervals: which lead a visitor's signals belong to, by their instant (IC-10). The first claim on a browser owns all it did before; another
//! person's claim owns what follows it. This depends only on what was said and when, never on the order of arrival.

use alloc::vec;
use alloc::vec::Vec;
use knock_model::{LeadId, Millis, SignalId};

/// An ownership claim: the visitor belongs to this lead from an instant on, by `identify` or by opening a chat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The cause: the `identify` signal, or the opening of the chat.
    pub cause: SignalId,
    pub at: Millis,
    pub lead: LeadId,
}

impl Claim {
    /// Reserved id of an erased person: the visitor's signals until the next claim are not kept.
    pub const ERASED: LeadId = LeadId::from_bytes([0; 16]);
    /// Reserved id of no person: from here on the visitor is unclaimed, until the next claim.
    pub const UNCLAIMED: LeadId = LeadId::from_bytes([0xff; 16]);
}

/// An interval of a visitor that belongs to one lead or is unclaimed; it ends where the next one begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    /// The start of the span; the first one starts at 0.
    pub from_at: Millis,
    /// The lead; none while unclaimed.
    pub lead: Option<LeadId>,
}

/// The intervals of a visitor by its claims, which are sorted by instant. Without claims it is unclaimed.
pub fn intervals(claims: &[Claim]) -> Vec<Interval> {
    let mut found: Vec<Interval> = Vec::new();
    for Claim { at, lead, .. } in claims {
        let lead = Some(*lead).filter(|lead| *lead != Claim::UNCLAIMED);
        match found.last_mut() {
            None => found.push(Interval { from_at: Millis(0), lead }),
            Some(last) if last.lead == lead => {}
            // The first claim also owns an unclaimed past.
            Some(last) if last.from_at == *at || last.lead.is_none() => last.lead = lead,
            Some(_) => found.push(Interval { from_at: *at, lead }),
        }
        // A claim superseded at the same instant leaves no interval.
        if let [.., before, last] = found[..]
            && before.lead == last.lead
        {
            found.pop();
        }
    }
    if found.is_empty() { vec![Interval { from_at: Millis(0), lead: None }] } else { found }
}

/// The interval an instant falls into: the last one that began by then.
pub fn interval_at(intervals: &[Interval], at: Millis) -> Interval {
    let place = intervals.partition_point(|interval| interval.from_at <= at).saturating_sub(1);
    intervals.get(place).copied().unwrap_or(Interval { from_at: Millis(0), lead: None })
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_model::SignalId;

    type Marks<'a> = &'a [(i64, LeadId)];
    type Intervals<'a> = &'a [(i64, Option<LeadId>)];

    fn lead(number: u8) -> LeadId {
        LeadId::new([number; 16])
    }

    #[test]
    fn the_first_address_owns_the_past_and_another_one_what_follows() {
        let (ann, bob) = (lead(1), lead(2));
        let (erased, unclaimed) = (Claim::ERASED, Claim::UNCLAIMED);
        let cases: [(Marks<'_>, Intervals<'_>); 8] = [
            (&[], &[(0, None)]),
            (&[(50, ann)], &[(0, Some(ann))]),
            (&[(50, ann), (60, ann)], &[(0, Some(ann))]),
            (&[(50, ann), (60, bob), (70, ann)], &[(0, Some(ann)), (60, Some(bob)), (70, Some(ann))]),
            (&[(50, erased), (60, unclaimed)], &[(0, Some(erased)), (60, None)]),
            (&[(50, erased), (60, unclaimed), (70, bob)], &[(0, Some(erased)), (60, Some(bob))]),
            (&[(50, ann), (60, bob), (60, ann), (80, bob)], &[(0, Some(ann)), (80, Some(bob))]),
            (&[(50, erased), (60, unclaimed), (70, erased), (80, unclaimed)], &[(0, Some(erased)), (80, None)]),
        ];
        for (said, expected) in cases {
            let cause = SignalId::new(Millis(0), &[0; 10]);
            let said: Vec<_> = said.iter().map(|(at, lead)| Claim { cause, at: Millis(*at), lead: *lead }).collect();
            let expected: Vec<_> =
                expected.iter().map(|(at, lead)| Interval { from_at: Millis(*at), lead: *lead }).collect();
            assert_eq!(intervals(&said), expected);
        }
    }
}
