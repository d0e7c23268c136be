//! What a page of the lead did with a nudge.

use super::keep;
use crate::changes::Changes;
use crate::writer::{After, Command};
use knock_model::{Millis, NudgeId, SiteId, VisitorId};
use knock_ports::{Ledger, Nudge, StoreError, View, span_at};
use knock_wire::NudgeDeed;

#[derive(Clone, Debug)]
pub struct NoteNudge {
    pub id: NudgeId,
    pub site: SiteId,
    pub visitor: VisitorId,
    pub what: NudgeDeed,
    /// The address of the page.
    pub url: String,
    pub now: Millis,
}

impl Command for NoteNudge {
    /// Whether it is a nudge for this browser.
    type Outcome = bool;

    fn run(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<bool, StoreError> {
        let Some(known) = ledger.nudge(self.id)? else { return Ok(false) };
        if !self.is_theirs(ledger, &known)? {
            return Ok(false);
        }
        keep(ledger, &known, &self.noted(known.clone()), self.now, changes)?;
        Ok(true)
    }

    fn after(&self) -> After {
        After::Browser(self.visitor)
    }
}

impl NoteNudge {
    /// Whether the lead of the nudge uses this browser.
    fn is_theirs(&self, view: &dyn View, known: &Nudge) -> Result<bool, StoreError> {
        let spans = view.spans_of_visitor(self.site, self.visitor)?;
        Ok(spans.get(span_at(&spans, self.now)).and_then(|span| span.lead) == Some(known.lead))
    }

    /// The first instants stay, and nothing is noted of one that has ended: a page heard of its end too late. One that
    /// was clicked or closed was shown.
    fn noted(&self, known: Nudge) -> Nudge {
        if !known.is_open(self.now) {
            return known;
        }
        let at = |what: NudgeDeed| (self.what == what).then_some(self.now);
        let url = if known.shown_at.is_none() { self.url.clone() } else { known.url };
        let (clicked_at, closed_at) = (at(NudgeDeed::Clicked), at(NudgeDeed::Closed));
        Nudge { shown_at: known.shown_at.or(Some(self.now)), url, clicked_at, closed_at, ..known }
    }
}
