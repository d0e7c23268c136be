//! The check for free slots before a meeting is offered in a chat.

use super::basis::Basis;
use super::busy::BusyTimes;
use super::routed::{Wanted, mode, starts};
use knock_model::{Millis, RepId, SiteId};
use knock_ports::{Conversation, StoreError, View, WEBSITE};
use knock_routing::{Calendars, MeetingTarget, Plan};
use knock_status::meeting::Verdict;

impl Wanted {
    /// The request of the lead of a chat for a meeting there.
    pub(in crate::commands) fn in_chat(view: &dyn View, of: &Conversation) -> Result<Wanted, StoreError> {
        let email = view.lead(of.lead)?.and_then(|lead| lead.email);
        let Conversation { link, site, visitor, session, lead, .. } = of.clone();
        Ok(Wanted {
            link,
            site,
            visitor: Some(visitor),
            session: Some(session),
            lead: Some(lead),
            email,
            calendar_of: None,
            answers: Vec::new(),
        })
    }

    /// The request of an anonymous visitor in the launcher of a site.
    pub fn of_stranger(site: SiteId) -> Wanted {
        Wanted {
            link: WEBSITE.into(),
            site,
            visitor: None,
            session: None,
            lead: None,
            email: None,
            calendar_of: None,
            answers: Vec::new(),
        }
    }

    /// Whether there is a slot: one that the rules offer to the known address, any of the rule or of the
    /// rep's own calendar without one; none if the
    /// link is archived. External calendars are not read, which would take seconds.
    ///
    /// # Errors
    /// When the store fails.
    pub fn has_times(&self, view: &dyn View, now: Millis) -> Result<bool, StoreError> {
        if view.link(&self.link)?.is_some_and(|link| link.archived_at.is_some()) {
            return Ok(false);
        }
        let busy = BusyTimes::default();
        let basis = Basis::load(view, &busy, now, self.visitor, None)?;
        let offered = self.offered_by(view, &basis, now, None)?;
        if !offered.is_pending() {
            return Ok(offered.verdict() == Verdict::Ok && !offered.slots.is_empty());
        }
        if let Some(rep) = self.calendar_of {
            return Ok(has_start(&basis, &Calendars::single(&rep.to_string())));
        }
        let rules = view.rules()?;
        let rule = rules.iter().find(|rule| rule.id == offered.decision.rule);
        let Some(Plan::Meeting { segments, fallback, .. }) = rule.map(|rule| &rule.plan) else { return Ok(false) };
        let targets = segments.iter().map(|segment| &segment.target).chain([fallback]);
        Ok(targets.filter_map(calendars).any(|calendars| has_start(&basis, calendars)))
    }
}

fn calendars(target: &MeetingTarget) -> Option<&Calendars> {
    match target {
        MeetingTarget::Calendars(calendars) => Some(calendars),
        MeetingTarget::Disqualify => None,
    }
}

fn has_start(basis: &Basis<'_>, calendars: &Calendars) -> bool {
    let pool: Vec<RepId> = calendars.reps.iter().filter_map(|rep| RepId::parse(rep).ok()).collect();
    !starts(basis, mode(calendars.mode), &pool, &basis.terms(calendars.duration_min)).is_empty()
}
