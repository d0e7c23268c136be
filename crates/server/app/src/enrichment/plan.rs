//! The decision whether to send a request to the provider, and about which address.

use crate::context::AppContext;
use crate::reading::read;
use knock_engine::enrichable_domain;
use knock_enrich::Template;
use knock_model::{ConversationId, Email, LeadId, Millis, SessionId, SiteId, VisitorId};
use knock_ports::{EnrichmentProvider, StoreError, View, span_at};
use std::sync::Arc;

#[derive(Clone, Copy, Debug)]
pub(crate) struct BrowserSession {
    pub(crate) site: SiteId,
    pub(crate) visitor: VisitorId,
    pub(crate) session: SessionId,
}

/// The lead of a request.
#[derive(Clone)]
pub(crate) enum Who {
    /// A visitor who gives an address in a booking.
    Address(Email, BrowserSession),
    /// A lead who writes in a chat, or has opened it.
    Chat(ConversationId, String),
    /// A lead who has opened a booking.
    Lead(LeadId, BrowserSession),
    /// A visitor who may have submitted a form with an address, at one of these instants.
    Form(BrowserSession, Vec<Millis>),
}

pub(super) struct Plan {
    pub(super) provider: EnrichmentProvider,
    pub(super) template: Template,
    pub(super) email: Email,
    pub(super) domain: String,
    /// Whether a lead waits for a decision that depends on the response.
    pub(super) is_waited: bool,
    /// Whether the provider could not be used before.
    pub(super) had_problem: bool,
}

impl Plan {
    /// The subject of the result.
    pub(super) fn key(&self) -> String {
        if self.template.is_of_person() { self.email.to_text() } else { self.domain.clone() }
    }

    /// Whether another request has brought the data since the plan was made.
    pub(super) async fn is_answered(&self, core: &AppContext) -> bool {
        let (provider, template) = (self.provider.clone(), self.template.clone());
        let (email, domain, now) = (self.email.clone(), self.domain.clone(), core.clock.now());
        let known =
            read(Arc::clone(&core.store), move |view| is_known(view, &email, &domain, (&provider, &template), now));
        known.await.unwrap_or(false)
    }
}

/// The result of planning.
pub(super) enum Planned {
    /// No provider is set up, or it is switched off.
    NoProvider,
    /// The request to the provider; none if no request is needed now.
    Provider(Option<Box<Plan>>),
}

/// The planned requests. Errors of the store are reported elsewhere.
pub(super) async fn plan(core: &AppContext, who: Who) -> Planned {
    let now = core.clock.now();
    let planned = read(Arc::clone(&core.store), move |view| {
        let Some(provider) = view.enrichment_provider()?.filter(|provider| provider.is_on) else {
            return Ok(Planned::NoProvider);
        };
        Ok(Planned::Provider(planned(view, provider, &who, now)?.map(Box::new)))
    });
    planned.await.unwrap_or(Planned::Provider(None))
}

/// The address, and whether the lead waits for the result; none without an address, or without consent.
pub(super) fn whom(view: &dyn View, who: &Who) -> Result<Option<(Email, bool)>, StoreError> {
    let Some(found) = who.find(view)? else { return Ok(None) };
    Ok(may_be_asked(view, found.session)?.then_some((found.email, found.is_waited)))
}

fn planned(view: &dyn View, provider: EnrichmentProvider, who: &Who, now: Millis) -> Result<Option<Plan>, StoreError> {
    let Some(found) = who.find(view)? else { return Ok(None) };
    let Some(domain) = enrichable_domain(&found.email).map(str::to_owned) else { return Ok(None) };
    let Ok(template) = Template::parse(&provider.url) else { return Ok(None) };
    if !may_be_asked(view, found.session)? || is_known(view, &found.email, &domain, (&provider, &template), now)? {
        return Ok(None);
    }
    let had_problem = view.enrichment_problem()?.is_some();
    let Found { email, is_waited, .. } = found;
    Ok(Some(Plan { provider, template, email, domain, is_waited, had_problem }))
}

/// An address, with the browser that gave it.
struct Found {
    email: Email,
    /// None if the tracker itself has sent the address.
    session: Option<BrowserSession>,
    is_waited: bool,
}

impl Who {
    fn find(&self, view: &dyn View) -> Result<Option<Found>, StoreError> {
        let of_lead = |lead: LeadId| Ok::<_, StoreError>(view.lead(lead)?.and_then(|lead| lead.email));
        Ok(match self {
            Who::Address(email, session) => {
                Some(Found { email: email.clone(), session: Some(*session), is_waited: true })
            }
            Who::Lead(lead, session) => {
                of_lead(*lead)?.map(|email| Found { email, session: Some(*session), is_waited: false })
            }
            Who::Chat(conversation, text) => {
                let Some(conversation) = view.conversation(*conversation)? else { return Ok(None) };
                let is_waited = view.last_decision(conversation.lead)?.is_none();
                let said = Email::find(text);
                // Data of a lead who was already routed is requested when they return.
                let email =
                    if said.is_some() || !is_waited && !text.is_empty() { said } else { of_lead(conversation.lead)? };
                let session = BrowserSession {
                    site: conversation.site,
                    visitor: conversation.visitor,
                    session: conversation.session,
                };
                email.map(|email| Found { email, session: Some(session), is_waited })
            }
            Who::Form(session, instants) => {
                let spans = view.spans_of_visitor(session.site, session.visitor)?;
                let mut found = None;
                for at in instants {
                    let Some(span) = spans.get(span_at(&spans, *at)) else { continue };
                    let is_form = view.form_with_address(span, session.session, *at)?.is_some();
                    found = span.lead.filter(|_| is_form).or(found);
                }
                let email = found.map(of_lead).transpose()?.flatten();
                email.map(|email| Found { email, session: None, is_waited: false })
            }
        })
    }
}

/// Where snippets wait for consent, only visitors whose tracker has started may be looked up: it starts with their
/// consent.
fn may_be_asked(view: &dyn View, session: Option<BrowserSession>) -> Result<bool, StoreError> {
    let Some(BrowserSession { site, visitor, session }) = session else { return Ok(true) };
    Ok(!view.settings()?.waits_for_consent || view.sequence(site, visitor, session)?.highest > 0)
}

/// Whether the stored data is still valid.
fn is_known(
    view: &dyn View,
    email: &Email,
    domain: &str,
    (provider, template): (&EnrichmentProvider, &Template),
    now: Millis,
) -> Result<bool, StoreError> {
    let said = if template.is_of_person() {
        let lead = view.lead_by_email(email)?;
        lead.map(|lead| view.person_enrichment(lead.id)).transpose()?.flatten()
    } else {
        let account = view.account_of_domain(domain)?;
        account.map(|account| view.company_enrichment(account)).transpose()?.flatten()
    };
    let keep = provider.keep();
    Ok(said.is_some_and(|said| said.source == provider.name && said.is_fresh(keep, now)))
}
