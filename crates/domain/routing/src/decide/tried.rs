//! The segments that were tried before one matched, and the cause in each.

use super::first_match;
use crate::condition::Tried;
use crate::lead::LeadFields;
use crate::rule::{Plan, Rule, Segment};
use alloc::vec::Vec;
use knock_model::Millis;

/// A segment that was asked.
#[derive(Clone, Debug, PartialEq)]
pub struct SegmentTried<'a> {
    pub id: &'a str,
    pub name: &'a str,
    /// Whether it matched.
    pub holds: bool,
    /// The deciding comparisons.
    pub deciding: Vec<Tried<'a>>,
}

/// Whether a lead matches a segment, wherever it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SegmentMatch<'a> {
    pub id: &'a str,
    /// Whether its condition holds, also while it is disabled.
    pub holds: bool,
    /// Whether it is the first that matches.
    pub is_first: bool,
}

impl Rule {
    /// Every segment from the top to the last, each by itself.
    pub fn matches<'a>(&'a self, lead: &LeadFields, now: Option<Millis>) -> Vec<SegmentMatch<'a>> {
        match &self.plan {
            Plan::Chat { segments, .. } => each(segments, lead, now),
            Plan::Meeting { segments, .. } => each(segments, lead, now),
        }
    }

    /// Every segment from the top to the first that matches, with what decided (RR-08, RR-09).
    pub fn tried<'a>(&'a self, lead: &'a LeadFields, now: Option<Millis>) -> Vec<SegmentTried<'a>> {
        match &self.plan {
            Plan::Chat { segments, .. } => asked(segments, lead, now),
            Plan::Meeting { segments, .. } => asked(segments, lead, now),
        }
    }
}

fn each<'a, T>(segments: &'a [Segment<T>], lead: &LeadFields, now: Option<Millis>) -> Vec<SegmentMatch<'a>> {
    let mut is_open = true;
    let matched = |segment: &'a Segment<T>| {
        let holds = segment.when.holds(lead, now);
        let is_first = is_open && holds && segment.enabled;
        is_open &= !is_first;
        SegmentMatch { id: &segment.id, holds, is_first }
    };
    segments.iter().map(matched).collect()
}

fn asked<'a, T>(segments: &'a [Segment<T>], lead: &'a LeadFields, now: Option<Millis>) -> Vec<SegmentTried<'a>> {
    let matched = first_match(segments, |when| when.holds(lead, now)).map(|segment| segment.id.as_str());
    let mut tried = Vec::new();
    for segment in segments.iter().filter(|segment| segment.enabled) {
        let holds = matched == Some(&segment.id);
        let deciding = segment.when.deciding(lead, now);
        tried.push(SegmentTried { id: &segment.id, name: &segment.name, holds, deciding });
        if holds {
            break;
        }
    }
    tried
}
