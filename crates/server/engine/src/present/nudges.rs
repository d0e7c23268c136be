//! Nudges: what the pages of a lead show now, and what became of each on the timeline.

use super::Presenter;
use super::events::event;
use knock_model::{ConversationId, LeadId, Millis, NudgeId, SignalId, SiteId, TimelineEventKind, VisitorId};
use knock_ports::{Nudge, StoreError, span_at};
use knock_status::chat::Event;
use knock_wire::{NudgeShown, StepContent, TimelineEvent};
use std::collections::{BTreeMap, BTreeSet};

/// A nudge that the pages of a browser show now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenNudge {
    pub shown: NudgeShown,
    /// The instant from which it is not shown any more; none once a page has shown it.
    pub expires_at: Option<Millis>,
}

impl Presenter<'_> {
    /// Returns the nudge that the pages of a browser show now: the oldest one that is open, and that neither the lead nor
    /// a member has written after.
    ///
    /// # Errors
    /// When the database fails.
    pub fn open_nudge(&self, site: SiteId, visitor: VisitorId) -> Result<Option<OpenNudge>, StoreError> {
        let spans = self.view.spans_of_visitor(site, visitor)?;
        let Some(lead) = spans.get(span_at(&spans, self.now)).and_then(|span| span.lead) else { return Ok(None) };
        let open = self.view.open_nudges(lead)?;
        // The common case: nothing else is read for it.
        if open.is_empty() || self.view.lead(lead)?.is_none_or(|lead| lead.is_spam) {
            return Ok(None);
        }
        let chat = self.view.chat_summary(lead)?;
        let wrote_at = chat.and_then(|chat| chat.wrote_at.max(chat.replied_at));
        let is_due = |nudge: &Nudge| nudge.is_open(self.now) && wrote_at.is_none_or(|at| at <= nudge.ready_at);
        Ok(open.into_iter().find(is_due).and_then(shown))
    }

    /// What became of the nudges of a person in the page.
    pub(super) fn nudge_events(
        &self,
        lead: LeadId,
        newest: Option<ConversationId>,
    ) -> Result<Vec<TimelineEvent>, StoreError> {
        let nudges = self.view.nudges_of(lead)?;
        if nudges.is_empty() {
            return Ok(Vec::new());
        }
        let (names, followed) = (self.workflow_names()?, self.followed(lead)?);
        let mut events = Vec::new();
        for nudge in nudges {
            let text = names.get(&nudge.run.workflow).cloned().unwrap_or_default();
            let conversation = newest.filter(|_| followed.contains(&nudge.id.to_string()));
            let made = |kind, at: Option<Millis>| {
                let at = at.filter(|at| *at <= self.arrived_by)?;
                Some(TimelineEvent { text: text.clone(), ..event(kind, at, source(nudge.id)) })
            };
            let shown = made(TimelineEventKind::NudgeShown, nudge.shown_at);
            events.extend(shown.map(|event| TimelineEvent { to: nudge.url.clone(), ..event }));
            let clicked = made(TimelineEventKind::NudgeClicked, nudge.clicked_at);
            events.extend(clicked.map(|event| TimelineEvent { conversation, ..event }));
            events.extend(made(TimelineEventKind::NudgeClosed, nudge.closed_at));
        }
        Ok(events)
    }

    /// The names of the workflows, by their ids as runs name them.
    fn workflow_names(&self) -> Result<BTreeMap<String, String>, StoreError> {
        let newest = self.view.newest_workflow_versions()?.into_iter();
        Ok(newest.map(|version| (version.workflow.to_string(), version.draft.name)).collect())
    }

    /// The nudges by which a person opened the chat.
    fn followed(&self, lead: LeadId) -> Result<BTreeSet<String>, StoreError> {
        let facts = self.chat_facts(lead)?.into_iter();
        let followed = facts.filter_map(|fact| match fact.what {
            Event::NudgeFollowed { nudge, .. } => Some(nudge),
            _ => None,
        });
        Ok(followed.collect())
    }
}

fn shown(nudge: Nudge) -> Option<OpenNudge> {
    let StepContent::Nudge { text, buttons, .. } = nudge.content else { return None };
    let expires_at = nudge.shown_at.is_none().then_some(nudge.expires_at);
    Some(OpenNudge { shown: NudgeShown { id: nudge.id, text, buttons, at: nudge.ready_at }, expires_at })
}

/// The source of the events of a nudge.
fn source(id: NudgeId) -> [u8; 16] {
    let mut random = [0; 10];
    random.copy_from_slice(&id.as_bytes()[6..]);
    *SignalId::new(Millis(0), &random).as_bytes()
}
