//! The score course of a person, with the causes of its changes.

use super::{Presenter, rounded};
use knock_intent::{Move, course};
use knock_model::Millis;
use knock_ports::{Lead, StoreError, StoredSignal};
use knock_wire::{BucketChange, ScoreCause, ScoreCourse, ScoreSample};
use std::collections::BTreeSet;

impl Presenter<'_> {
    /// Returns the score over the last `days`, from what had arrived by the instant shown.
    ///
    /// # Errors
    /// When the database fails.
    pub fn score_course(&self, lead: &Lead, days: u32) -> Result<ScoreCourse, StoreError> {
        let past = self.view.past_of(lead.id)?;
        let signals = self.view.signals_of(lead.id, self.arrived_by)?;
        let from = self.now - Millis::days(days.into());
        // Before the horizon the instants of expired signals are not known.
        let from = if past.seen.is_some() { from.max(past.horizon) } else { from };
        let course = course(&past.evidence, &signals, from, self.now);
        let changes = self.changes(lead)?.into_iter().filter(|change| change.at >= from);
        let changes = changes.map(|change| BucketChange {
            at: change.at,
            from: change.from,
            to: change.to,
            signal: change.cause,
        });
        let samples = course.samples.iter();
        Ok(ScoreCourse {
            from,
            to: self.now,
            samples: samples.map(|one| ScoreSample { at: one.at, score: rounded(one.score, 10.0) }).collect(),
            changes: changes.collect(),
            causes: self.causes(lead, &course.moves)?,
            left_out: u32::try_from(course.left_out).unwrap_or(u32::MAX),
        })
    }

    fn causes(&self, lead: &Lead, moves: &[Move]) -> Result<Vec<ScoreCause>, StoreError> {
        if moves.is_empty() {
            return Ok(Vec::new());
        }
        let spans = self.view.spans_of_lead(lead.id)?;
        let browsers: BTreeSet<_> = spans.iter().map(|(span, _)| (span.site, span.visitor)).collect();
        let mut causes = Vec::new();
        for moved in moves {
            for (site, visitor) in &browsers {
                if let Some(stored) = self.view.signal(*site, *visitor, moved.signal)? {
                    causes.push(cause(moved, &stored));
                    break;
                }
            }
        }
        Ok(causes)
    }
}

fn cause(moved: &Move, stored: &StoredSignal) -> ScoreCause {
    let detail = stored.signal.detail.read();
    ScoreCause {
        signal: moved.signal,
        at: moved.at,
        kind: stored.signal.kind,
        category: moved.category,
        url: detail.url,
        title: detail.title,
        points: rounded(moved.by, 10.0),
        score: rounded(moved.score, 10.0),
    }
}
