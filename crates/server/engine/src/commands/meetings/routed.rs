//! The calendars that a lead is offered: the decision of the meeting rules, and the slots that follow from it.

use super::basis::Basis;
use super::busy::BusyTimes;
use crate::availability::Workloads;
use crate::commands::chat::{Person, RoutingBasis, fields_of};
use crate::commands::pardon::is_pardoned;
use crate::company::is_spam_address;
use crate::lead_fields::{Fields, enriched_of};
use knock_agent::Language;
use knock_model::{
    Answer, ConversationId, Email, IntentType, Label, LeadId, Millis, RepId, SessionId, SignalId, SiteId, VisitorId,
};
use knock_ports::{Conversation, Decided, Lead, StoreError, View, span_at};
use knock_routing::{
    Ask, Assignee, CalendarMode, Calendars, Decision, Field, Funnel, LeadFields, MeetingTarget, Outcome, Plan, Reason,
    Rules, Team, Utm, Value, decide,
};
use knock_scheduling::{Mode, Terms, offer};
use std::collections::BTreeSet;

/// The lead who wants a meeting, with the link.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The Knock Link, or `Website`.
    pub link: String,
    pub site: SiteId,
    /// The browser; none for a request by a server.
    pub visitor: Option<VisitorId>,
    pub session: Option<SessionId>,
    /// The lead, if it is known.
    pub lead: Option<LeadId>,
    /// The address; without it nothing is offered (RF-09).
    pub email: Option<Email>,
    /// The member whose own calendar is offered by a card; the link decides otherwise.
    pub calendar_of: Option<RepId>,
    /// The answers to the questions of the link, by the field that each fills.
    pub answers: Vec<(String, Answer)>,
}

/// A start that can be booked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfferedSlot {
    pub start: Millis,
    /// The reps who are free then, in the order of the pool.
    pub reps: Vec<RepId>,
}

/// The offer to a lead.
#[derive(Clone, Debug)]
pub struct Offered {
    /// The decision of the meeting rules.
    pub decision: Decision,
    /// The fields of the lead at the decision.
    pub fields: LeadFields,
    pub duration: Millis,
    pub mode: CalendarMode,
    /// All starts of the horizon, by instant.
    pub slots: Vec<OfferedSlot>,
    /// Whether a calendar of the offer could not be read.
    pub is_unreachable: bool,
}

impl Wanted {
    /// Decides by the meeting rules, and lists the starts of the whole horizon.
    ///
    /// # Errors
    /// When the store fails.
    pub fn offered(&self, view: &dyn View, busy: &BusyTimes, now: Millis) -> Result<Offered, StoreError> {
        let basis = Basis::load(view, busy, now, self.visitor, None)?;
        self.offered_by(view, &basis, now, None)
    }

    /// Decides and lists the starts by the read inputs; `free` are the reps free at the chosen slot.
    pub(super) fn offered_by(
        &self,
        view: &dyn View,
        basis: &Basis<'_>,
        now: Millis,
        free: Option<&[RepId]>,
    ) -> Result<Offered, StoreError> {
        let routing = self.routing(view, now)?;
        let record = self.lead.map(|lead| view.lead(lead)).transpose()?.flatten();
        let fields = self.fields(view, &routing, record.as_ref(), now)?;
        let mut team = Team {
            reps: routing.reps(&basis.members, &Workloads::new(), now),
            turns: routing.turns.clone(),
            free_at_slot: free.map(|free| free.iter().map(ToString::to_string).collect::<BTreeSet<_>>()),
        };
        for rep in &mut team.reps {
            let Ok(id) = RepId::parse(&rep.id) else { continue };
            let turn = basis.turns.get(&id).copied().unwrap_or_default();
            rep.has_calendar = rep.has_calendar && basis.has_calendar(id);
            rep.upcoming_meetings = turn.upcoming;
            rep.last_booked = turn.last_booked.map(|at| at.0.unsigned_abs());
        }
        let (link, now_asked) = (routing.link.as_ref(), Some(now));
        let ask = Ask {
            funnel: Funnel::Meeting,
            link,
            lead: &fields,
            team: &team,
            sticky: None,
            needs_human: false,
            now: now_asked,
        };
        let decision =
            decide(Rules(&routing.rules), &ask).map_err(|missing| StoreError::Broken(missing.to_string()))?;
        let calendars = calendars(&decision, &routing.rules);
        let of_link = view.link(&self.link)?.and_then(|link| link.duration_min);
        let own_duration = of_link.or(calendars.as_ref().and_then(|calendars| calendars.duration_min));
        let terms = basis.terms(own_duration);
        let kept = self.kept(view, &decision)?;
        let (mode, slots) = match &calendars {
            Some(calendars) => slots_of(basis, calendars, kept, &terms),
            None => (CalendarMode::Single, Vec::new()),
        };
        // The calendars of an unbookable decision count too: an unreachable one may be the reason.
        let is_unbookable = decision.outcome == Outcome::Unbookable;
        let asked = match link.and_then(|link| link.calendar.as_deref()) {
            Some(rep) if is_unbookable => Some(Calendars::single(rep)),
            None if is_unbookable => calendars_of_rule(&decision, &routing.rules),
            Some(_) | None => calendars,
        };
        let is_unreachable = asked
            .iter()
            .flat_map(|calendars| &calendars.reps)
            .any(|rep| RepId::parse(rep).is_ok_and(|rep| !basis.has_calendar(rep)));
        let fields = ask.fields().into_owned();
        Ok(Offered { decision, fields, duration: terms.duration, mode, slots, is_unreachable })
    }

    /// Returns the rep whom the same segment offered to this lead before (SC-09).
    fn kept(&self, view: &dyn View, decision: &Decision) -> Result<Option<RepId>, StoreError> {
        let last = self.lead.map(|lead| view.last_meeting_decision(lead)).transpose()?.flatten();
        let place = |decision: &Decision| (decision.rule.clone(), decision.segment.clone());
        let same = last.filter(|last| place(&last.decision) == place(decision));
        let rep = same.and_then(|last| last.decision.assignee.as_ref().and_then(Assignee::rep).map(str::to_owned));
        Ok(rep.and_then(|rep| RepId::parse(&rep).ok()))
    }

    fn routing(&self, view: &dyn View, now: Millis) -> Result<RoutingBasis, StoreError> {
        let mut routing = RoutingBasis::load(view, &self.as_if_chatting(now), now)?;
        // A chat leads to a meeting, too: the rule of its link routes chats, not meetings.
        let is_of_chats =
            |id: &String| routing.rules.iter().any(|rule| rule.id == *id && rule.funnel() == Funnel::Chat);
        let rule = routing.link.as_ref().and_then(|link| link.rule.clone()).filter(|id| !is_of_chats(id));
        if let Some(link) = &mut routing.link {
            link.rule = rule;
            link.calendar = self.calendar_of.map(|rep| rep.to_string()).or(link.calendar.take());
        }
        // Data about an earlier person of this browser does not apply to this one.
        let lead = self.email.as_ref().map(|email| view.lead_by_email(email)).transpose()?.flatten();
        routing.read_crm(view, lead.as_ref())?;
        routing.enriched = self.email.as_ref().map(|email| enriched_of(view, email)).transpose()?.unwrap_or_default();
        Ok(routing)
    }

    /// A conversation as routing expects it, with a session and a link. It is not stored.
    fn as_if_chatting(&self, now: Millis) -> Conversation {
        let unset = [0; 16];
        Conversation {
            id: ConversationId::from_bytes(unset),
            lead: self.lead.unwrap_or(LeadId::from_bytes(unset)),
            site: self.site,
            visitor: self.visitor.unwrap_or(VisitorId::from_bytes(unset)),
            session: self.session.unwrap_or(SessionId::from_bytes(unset)),
            link: self.link.clone(),
            opened_at: now,
            secret: None,
            language: Language::En,
            utm: Utm::default(),
            identified: None,
            time_zone: String::new(),
        }
    }

    fn fields(
        &self,
        view: &dyn View,
        routing: &RoutingBasis,
        record: Option<&Lead>,
        now: Millis,
    ) -> Result<LeadFields, StoreError> {
        let types = self.lead.map(|lead| view.type_decisions(lead)).transpose()?.unwrap_or_default();
        let intent_type = types.last().map_or(IntentType::Unknown, |decided| decided.kind);
        // The address given now counts, not that of an earlier person of this browser.
        let given = self.email.clone();
        let is_same = |lead: &Lead| lead.email.is_none() || lead.email == given;
        let company = |lead: &Lead| if is_same(lead) { lead.company.clone() } else { Label::default() };
        let as_given = record.map(|lead| Lead { email: given.clone(), company: company(lead), ..lead.clone() });
        let person = Person { record: as_given.as_ref(), intent_type, has_open_deal: false };
        let mut fields = Fields(fields_of(&person, routing, now));
        if let Some(email) = &given {
            fields.address(email);
            if is_spam_address(email) && (is_let_in(view, email)? || self.is_pardoned(view, email, now)?) {
                fields.pardoned_address();
            }
        }
        // Earlier answers with this address count until there are new ones.
        let last = self.lead.map(|lead| view.last_meeting_decision(lead)).transpose()?.flatten();
        let last = last.filter(|last| address(&last.fields) == address(&fields.0));
        for (name, value) in last.iter().flat_map(|last| last.fields.iter()) {
            // The stored value of the lead may be newer.
            let is_kept = routing.custom.iter().any(|(known, _)| known == name);
            if let (true, Ok(field)) = (name.starts_with("custom.") && !is_kept, Field::parse(name)) {
                fields.0.set(&field, value.clone());
            }
        }
        for (field, answer) in &self.answers {
            if let Ok(field) = Field::parse(&format!("custom.{field}")) {
                fields.0.set(&field, Value::text(answer));
            }
        }
        Ok(fields.0)
    }

    /// Whether a member said `Not spam` of this lead, of that of the address or of that of the browser. It holds for every
    /// address that they give.
    fn is_pardoned(&self, view: &dyn View, email: &Email, now: Millis) -> Result<bool, StoreError> {
        let of_address = view.lead_by_email(email)?.map(|lead| lead.id);
        let spans =
            self.visitor.map(|visitor| view.spans_of_visitor(self.site, visitor)).transpose()?.unwrap_or_default();
        let of_browser = spans.get(span_at(&spans, now)).and_then(|span| span.lead);
        let leads: BTreeSet<LeadId> = [self.lead, of_address, of_browser].into_iter().flatten().collect();
        is_pardoned(view, leads)
    }
}

impl Offered {
    /// Whether no address was given.
    pub fn is_pending(&self) -> bool {
        self.decision.outcome == Outcome::Pending
    }

    /// Whether the lead is qualified and no rep can be offered.
    pub fn is_unbookable(&self) -> bool {
        self.decision.outcome == Outcome::Unbookable
    }

    /// The participating reps, as far as they are known before a slot is chosen.
    pub fn known_reps(&self) -> Vec<RepId> {
        match (self.mode, self.slots.first()) {
            (CalendarMode::Any, _) | (_, None) => Vec::new(),
            (_, Some(slot)) => slot.reps.clone(),
        }
    }

    /// The verdict of the decision for Meeting Status (3.4).
    pub fn verdict(&self) -> knock_status::meeting::Verdict {
        use knock_status::meeting::{RejectReason, Verdict};
        match (self.decision.outcome, self.decision.reason) {
            (Outcome::Disqualified, Reason::SpamEmail) => Verdict::Spam,
            (Outcome::Disqualified, Reason::PrivateEmail) => Verdict::Unqualified(RejectReason::PrivateEmail),
            (Outcome::Disqualified, _) => Verdict::Unqualified(RejectReason::Routing),
            // A match without a rep to offer: qualified all the same, never Unqualified.
            (Outcome::Assigned | Outcome::Waiting | Outcome::Pending | Outcome::Unbookable, _) => Verdict::Ok,
        }
    }

    /// Returns the decision in the form for the store.
    pub(super) fn decided(&self, id: SignalId, lead: LeadId, link: &str, at: Millis) -> Decided {
        Decided { id, lead, at, link: link.to_owned(), fields: self.fields.clone(), decision: self.decision.clone() }
    }
}

/// Whether the team has listed the domain of an address, or one above it, as never spam.
fn is_let_in(view: &dyn View, email: &Email) -> Result<bool, StoreError> {
    let listed = view.meeting_settings()?.never_spam;
    let is_below = |domain: &String| {
        email.domain().strip_suffix(&**domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    Ok(listed.iter().any(is_below))
}

/// Returns the address of a decision.
pub(super) fn address(fields: &LeadFields) -> Option<Value> {
    fields.get(&Field::parse("email").ok()?).cloned()
}

/// Returns the calendars of a decision, if it offers any.
pub(super) fn calendars(decision: &Decision, rules: &[knock_routing::Rule]) -> Option<Calendars> {
    let assignee = decision.assignee.as_ref()?;
    let single = |rep: &str| Calendars::single(rep);
    if matches!(decision.reason, Reason::CrmOwner | Reason::OwnCalendar) {
        return assignee.rep().map(single);
    }
    calendars_of_rule(decision, rules)
}

/// Returns the calendars of the matched segment, whether or not they can be offered.
pub(super) fn calendars_of_rule(decision: &Decision, rules: &[knock_routing::Rule]) -> Option<Calendars> {
    let rule = rules.iter().find(|rule| rule.id == decision.rule)?;
    let Plan::Meeting { segments, fallback, .. } = &rule.plan else { return None };
    let segment = segments.iter().find(|segment| Some(&segment.id) == decision.segment.as_ref());
    match segment.map_or(fallback, |segment| &segment.target) {
        MeetingTarget::Calendars(calendars) => Some(calendars.clone()),
        MeetingTarget::Disqualify => None,
    }
}

/// Returns the starts of some calendars. A round-robin rep offered before is offered again while the rep has any.
fn slots_of(
    basis: &Basis<'_>,
    calendars: &Calendars,
    kept: Option<RepId>,
    terms: &Terms,
) -> (CalendarMode, Vec<OfferedSlot>) {
    let pool: Vec<RepId> = calendars.reps.iter().filter_map(|rep| RepId::parse(rep).ok()).collect();
    if calendars.mode == CalendarMode::RoundRobin
        && let Some(rep) = kept.filter(|rep| pool.contains(rep))
    {
        let slots = starts(basis, Mode::Single, &[rep], terms);
        if !slots.is_empty() {
            return (calendars.mode, slots);
        }
    }
    (calendars.mode, starts(basis, mode(calendars.mode), &pool, terms))
}

pub(super) const fn mode(mode: CalendarMode) -> Mode {
    match mode {
        CalendarMode::Single => Mode::Single,
        CalendarMode::Any => Mode::Any,
        CalendarMode::RoundRobin => Mode::RoundRobin,
        CalendarMode::All => Mode::All,
    }
}

/// Returns the starts of a pool over the whole window.
pub(super) fn starts(basis: &Basis<'_>, mode: Mode, pool: &[RepId], terms: &Terms) -> Vec<OfferedSlot> {
    let calendars: Vec<_> = pool.iter().map(|rep| basis.calendar(*rep, terms)).collect();
    // A pool of one rule was checked when the rule was saved.
    let slots = offer(mode, &calendars, terms).unwrap_or_default();
    let reps = |places: Vec<usize>| places.into_iter().map(|place| pool[place]).collect();
    slots.into_iter().map(|slot| OfferedSlot { start: slot.start, reps: reps(slot.reps) }).collect()
}
