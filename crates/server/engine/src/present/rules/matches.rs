//! Counts of past leads that each segment of a draft matches. Nothing is decided or written.

use crate::present::Presenter;
use knock_model::Millis;
use knock_ports::StoreError;
use knock_routing::LeadFields;
use knock_wire::{RuleMatches, RuleMatchesAsk, SegmentMatches};
use std::collections::BTreeSet;

/// The maximum of decisions read at once.
const MOST: u32 = 20_000;

impl Presenter<'_> {
    /// Tests every segment of a draft against every lead of the last days, with the fields of their last decision.
    ///
    /// # Errors
    /// When the database fails.
    pub fn rule_matches(&self, ask: &RuleMatchesAsk) -> Result<RuleMatches, StoreError> {
        let since = self.now - Millis::days(ask.days.into());
        let decided = self.view.newest_decisions(ask.rule.funnel(), since, MOST)?;
        let unknown = LeadFields::default();
        let blank = |id: &str| SegmentMatches { id: id.to_owned(), matches: 0, gets: 0 };
        let mut counted = RuleMatches {
            leads: 0,
            segments: ask.rule.matches(&unknown, None).iter().map(|segment| blank(segment.id)).collect(),
            fallback: 0,
            is_cut: decided.len() >= MOST as usize,
        };
        let mut seen = BTreeSet::new();
        for decided in decided.iter().filter(|decided| seen.insert(decided.lead)) {
            let matches = ask.rule.matches(&decided.fields, Some(decided.at));
            counted.leads += 1;
            counted.fallback += u32::from(!matches.iter().any(|segment| segment.is_first));
            for (count, segment) in counted.segments.iter_mut().zip(matches) {
                count.matches += u32::from(segment.holds);
                count.gets += u32::from(segment.is_first);
            }
        }
        Ok(counted)
    }
}
