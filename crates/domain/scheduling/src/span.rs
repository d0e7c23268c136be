//! Half-open spans of time.

use alloc::vec::Vec;
use knock_model::Millis;

/// From an instant up to but not including another: what touches does not overlap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    pub start: Millis,
    pub end: Millis,
}

impl Span {
    /// Whether it holds no time at all.
    pub fn is_empty(&self) -> bool {
        self.end <= self.start
    }

    /// Made longer at both ends.
    pub(crate) fn widened(&self, before: Millis, after: Millis) -> Span {
        Span { start: self.start - before, end: self.end + after }
    }
}

/// The union of spans: sorted, none touching the next. With it, one look tells whether something overlaps or lies inside.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Union(Vec<Span>);

impl Union {
    pub(crate) fn of(mut spans: Vec<Span>) -> Union {
        spans.retain(|span| !span.is_empty());
        spans.sort_unstable();
        let mut union: Vec<Span> = Vec::with_capacity(spans.len());
        for span in spans {
            match union.last_mut() {
                Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
                _ => union.push(span),
            }
        }
        Union(union)
    }

    /// The part of it within a window, in order.
    pub(crate) fn within(self, window: Span) -> Vec<Span> {
        let clipped =
            self.0.into_iter().map(|own| Span { start: own.start.max(window.start), end: own.end.min(window.end) });
        clipped.filter(|span| !span.is_empty()).collect()
    }

    /// Whether any of it overlaps `span`.
    pub(crate) fn overlaps(&self, span: Span) -> bool {
        let next = self.0.partition_point(|own| own.end <= span.start);
        self.0.get(next).is_some_and(|own| own.start < span.end)
    }

    /// Whether all of `span` lies within.
    pub(crate) fn holds(&self, span: Span) -> bool {
        let next = self.0.partition_point(|own| own.end < span.end);
        self.0.get(next).is_some_and(|own| own.start <= span.start)
    }
}

/// The union of spans within a window: in order, none touching the next.
pub fn union_within(spans: Vec<Span>, window: Span) -> Vec<Span> {
    Union::of(spans).within(window)
}
