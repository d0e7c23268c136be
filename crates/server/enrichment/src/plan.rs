//! The decision whether to send a request to the provider, and about which address.

use knock_context::{AddressOfLead, Core, Who, read};
use knock_engine::enrichable_domain;
use knock_enrich::Template;
use knock_model::{Email, Millis};
use knock_ports::{EnrichmentProvider, StoreError, View};
use std::sync::Arc;

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
    pub(super) async fn is_answered(&self, core: &Core) -> bool {
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
pub(super) async fn plan(core: &Core, who: Who) -> Planned {
    let now = core.clock.now();
    let planned = read(Arc::clone(&core.store), move |view| {
        let Some(provider) = view.enrichment_provider()?.filter(|provider| provider.is_on) else {
            return Ok(Planned::NoProvider);
        };
        Ok(Planned::Provider(planned(view, provider, &who, now)?.map(Box::new)))
    });
    planned.await.unwrap_or(Planned::Provider(None))
}

fn planned(view: &dyn View, provider: EnrichmentProvider, who: &Who, now: Millis) -> Result<Option<Plan>, StoreError> {
    let Some(found) = who.find(view)? else { return Ok(None) };
    let Some(domain) = enrichable_domain(&found.email).map(str::to_owned) else { return Ok(None) };
    let Ok(template) = Template::parse(&provider.url) else { return Ok(None) };
    if !found.may_be_asked(view)? || is_known(view, &found.email, &domain, (&provider, &template), now)? {
        return Ok(None);
    }
    let had_problem = view.enrichment_problem()?.is_some();
    let AddressOfLead { email, is_waited, .. } = found;
    Ok(Some(Plan { provider, template, email, domain, is_waited, had_problem }))
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
