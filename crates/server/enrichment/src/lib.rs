//! Data about companies and persons from a provider: requested when a lead gives an address, with a short wait at most.
//!
//! One request about an address, or about a domain if only that is requested, runs at a time; others wait for its
//! response. A response that is too late for a lead is stored nevertheless, and used from then on.

mod account;
mod plan;

pub use account::{Account, origin};

use knock_context::{Core, NotConfigured, Requests, Turn, Who};
use knock_engine::commands::{KeepEnrichment, NoteEnrichment};
use knock_enrich::{Answer, Failure, Provider};
use knock_model::{Email, Millis};
use knock_outbound::Outbound;
use knock_ports::{ENRICHMENT_TIMEOUT, ENRICHMENT_WAIT, Enriched, Enrichment, EnrichmentProvider};
use plan::{Plan, Planned};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::timeout;

/// The longest wait of a lead.
const WAIT: Duration = Duration::from_millis(ENRICHMENT_WAIT.0.unsigned_abs());
/// The time limit for a request.
const PATIENCE: Duration = Duration::from_millis(ENRICHMENT_TIMEOUT.0.unsigned_abs());
/// The pause after a failure without `Retry-After`: leads do not wait for a provider that is down.
const PAUSE: Millis = Millis(30_000);
const LONGEST_PAUSE: Millis = Millis::DAY;

/// Sends requests to the provider.
pub struct Enricher {
    core: Core,
    provider: Provider,
    requests: Requests<Enrichment>,
    tasks: Mutex<JoinSet<()>>,
    absence: NotConfigured,
    /// The end of a pause in which the provider gets no requests.
    paused: Mutex<Option<(EnrichmentProvider, Millis)>>,
}

impl Enricher {
    /// The service; no request is made yet.
    pub fn new(core: Core, outbound: Outbound) -> Arc<Enricher> {
        Arc::new(Enricher {
            core,
            provider: Provider { outbound },
            requests: Requests::default(),
            tasks: Mutex::default(),
            absence: NotConfigured::default(),
            paused: Mutex::default(),
        })
    }

    /// The data of the provider about a lead who is about to be routed, if it comes within 800 ms. None if no request
    /// is needed: enrichment is off, or the stored data is valid.
    pub async fn at_once(self: &Arc<Self>, who: Who) -> Option<(Email, Enrichment)> {
        timeout(WAIT, self.asked(who)).await.ok().flatten()
    }

    /// Sends a request independently of a lead; the response is stored when it arrives.
    pub async fn in_background(self: &Arc<Self>, who: Who) {
        self.asked(who).await;
    }

    /// The tasks that have not ended.
    fn tasks(&self) -> MutexGuard<'_, JoinSet<()>> {
        let mut tasks = self.tasks.lock().unwrap_or_else(PoisonError::into_inner);
        while tasks.try_join_next().is_some() {}
        tasks
    }

    /// Requests an address now, regardless of stored data; only the success or the failure is stored.
    pub async fn test(&self, provider: &EnrichmentProvider, email: &Email, domain: &str) -> Result<Answer, Failure> {
        let answered = self.answer(provider, email, domain).await;
        self.note(provider, &answered).await;
        answered
    }

    /// Forgets failures: the provider has changed and may work now.
    pub fn forget(&self) {
        self.absence.forget();
        *self.paused.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    async fn asked(self: &Arc<Self>, who: Who) -> Option<(Email, Enrichment)> {
        if self.absence.is(self.core.clock.now()) {
            return None;
        }
        let Planned::Provider(plan) = plan::plan(&self.core, who).await else {
            self.absence.note(self.core.clock.now());
            return None;
        };
        let plan = plan?;
        if self.is_paused(&plan.provider) {
            return None;
        }
        let (email, is_waited) = (plan.email.clone(), plan.is_waited);
        let mut said = match self.requests.join(&plan.key())? {
            Turn::Wait(said) => said,
            Turn::Send(sender, said) => {
                let enricher = Arc::clone(self);
                self.tasks().spawn(async move {
                    // The request of another lead may have ended after this one was planned.
                    if !plan.is_answered(&enricher.core).await
                        && let Some(answer) = enricher.request(&plan).await
                    {
                        sender.send_replace(Some(answer.clone()));
                        enricher.keep(plan.email.clone(), answer).await;
                    }
                    enricher.requests.end(&plan.key());
                });
                said
            }
        };
        if !is_waited {
            return None;
        }
        let answer = said.wait_for(Option::is_some).await.ok()?.clone()?;
        Some((email, answer))
    }

    /// The data of the provider; none if the request failed.
    async fn request(&self, plan: &Plan) -> Option<Enrichment> {
        let Plan { provider, template, email, domain, had_problem, .. } = plan;
        let at = self.core.clock.now();
        let answered = self.answer(provider, email, domain).await;
        if answered.is_err() || *had_problem {
            self.note(provider, &answered).await;
        }
        let answer = answered.inspect_err(|failure| self.pause(provider, failure)).ok()?;
        let said = |is_of_person| Enriched { fields: answer.values(is_of_person), source: provider.name.clone(), at };
        let company = said(false);
        // An unknown address implies nothing about its company.
        let is_of_company = !template.is_of_person() || company.fields.iter().next().is_some();
        Some(Enrichment {
            company: is_of_company.then_some(company),
            person: template.is_of_person().then(|| said(true)),
            ..Enrichment::default()
        })
    }

    async fn answer(&self, provider: &EnrichmentProvider, email: &Email, domain: &str) -> Result<Answer, Failure> {
        let account = Account { key: &self.core.key, provider };
        let template = account.template()?;
        let question = account.question(&template, email, domain)?;
        let answered = timeout(PATIENCE, self.provider.ask(&question)).await;
        answered.unwrap_or_else(|_| Err(account::failure("the provider did not answer in time")))
    }

    async fn keep(&self, email: Email, said: Enrichment) {
        if let Err(error) = self.core.writer.commit(KeepEnrichment { email, said }).await {
            tracing::warn!(%error, "what a provider of data said could not be kept");
        }
    }

    /// Stores why the provider could not be used, or that it can be used again.
    async fn note(&self, provider: &EnrichmentProvider, answered: &Result<Answer, Failure>) {
        let problem = answered.as_ref().err().map(|failure| failure.text.clone()).unwrap_or_default();
        if !problem.is_empty() {
            tracing::warn!(problem, "a provider of data cannot be used");
        }
        let now = self.core.clock.now();
        if let Err(error) = self.core.writer.commit(NoteEnrichment { provider: provider.clone(), problem, now }).await {
            tracing::warn!(%error, "how a provider of data is going could not be recorded");
        }
    }

    /// Pauses the provider after a failure that is likely to repeat: no response, 401, 403, 429 and 5xx.
    fn pause(&self, provider: &EnrichmentProvider, failure: &Failure) {
        let is_lasting = failure.code.is_none_or(|code| matches!(code, 401 | 403 | 429 | 500..));
        if is_lasting {
            let pause = failure.retry_after.unwrap_or(PAUSE).min(LONGEST_PAUSE);
            let until = self.core.clock.now() + pause;
            *self.paused.lock().unwrap_or_else(PoisonError::into_inner) = Some((provider.clone(), until));
        }
    }

    fn is_paused(&self, provider: &EnrichmentProvider) -> bool {
        let paused = self.paused.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.core.clock.now();
        // After the clock was set back, a pause is no longer than the longest one.
        paused.as_ref().is_some_and(|(of, until)| of == provider && now < *until && *until <= now + LONGEST_PAUSE)
    }
}
