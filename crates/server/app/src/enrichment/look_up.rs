//! The look-up of a lead in HubSpot: requested when a lead gives an address, with a short wait at most, cached for five
//! minutes.

use super::{Flights, NotConfigured, Said, Who, whom};
use crate::crm::{HubSpotAccount, asked};
use crate::reading::read;
use knock_engine::commands::{KeepEnrichment, KnowCrmOwner, crm_owner};
use knock_hubspot::HubSpot;
use knock_model::{Email, Millis};
use knock_ports::{
    CRM_KEPT, CRM_WAIT, Crm, CrmContact, CrmKnown, CrmOwner, CrmQuestion, CrmSync, DealState, Enrichment, Refusal,
};
use knock_routing::{CrmSystem, Field, LeadFields, Value};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::timeout;

const SYSTEM: CrmSystem = CrmSystem::Hubspot;
/// The longest wait of a lead.
const WAIT: Duration = Duration::from_millis(CRM_WAIT.0.unsigned_abs());
/// The largest number of cached responses.
const MOST: usize = 10_000;
/// The largest number of pages of owners that are read.
const PAGES: usize = 20;

/// Owners by their ids, and when they were read.
type Owners = (Millis, Arc<BTreeMap<String, CrmOwner>>);

/// Looks up persons in HubSpot.
pub(crate) struct LookUps {
    account: Arc<HubSpotAccount>,
    /// The absence of the sync, remembered for a moment.
    absence: NotConfigured,
    /// The results, by account and address.
    said: Mutex<BTreeMap<(String, String), CrmKnown>>,
    owners: Mutex<Option<Owners>>,
    /// Requests that are under way: further look-ups of the same person wait for them.
    flights: Flights,
    tasks: Mutex<JoinSet<()>>,
}

impl LookUps {
    /// The look-ups; no request is made yet.
    pub(crate) fn new(account: Arc<HubSpotAccount>) -> Arc<LookUps> {
        Arc::new(LookUps {
            account,
            absence: NotConfigured::default(),
            said: Mutex::default(),
            owners: Mutex::default(),
            flights: Flights::default(),
            tasks: Mutex::default(),
        })
    }

    /// The result of the HubSpot look-up for a lead who is about to be routed, if it comes within 800 ms.
    pub(crate) async fn at_once(self: &Arc<Self>, who: Who) -> Option<(Email, CrmKnown)> {
        let (email, is_waited, sync) = self.whom(who).await?;
        if !is_waited {
            return None;
        }
        let known = timeout(WAIT, self.known(&email, &sync)).await.ok().flatten()?;
        Some((email, known))
    }

    /// Looks up independently of the request; the response is cached when it arrives.
    pub(crate) async fn in_background(self: &Arc<Self>, who: Who) {
        if let Some((email, _, sync)) = self.whom(who).await {
            self.known(&email, &sync).await;
        }
    }

    /// Forgets that the sync was off: it has changed.
    pub(super) fn forget(&self) {
        self.absence.forget();
    }

    /// The address of the lead, while CRM Sync is on and HubSpot is connected.
    async fn whom(&self, who: Who) -> Option<(Email, bool, CrmSync)> {
        let core = &self.account.core;
        if self.absence.is(core.clock.now()) {
            return None;
        }
        let found = read(Arc::clone(&core.store), move |view| {
            let Some(sync) = view.crm_sync(CrmSystem::Hubspot)?.filter(|sync| sync.is_on) else { return Ok(None) };
            Ok(Some((whom(view, &who)?, sync)))
        });
        let Some((found, sync)) = found.await.ok()? else {
            self.absence.note(core.clock.now());
            return None;
        };
        found.map(|(email, is_waited)| (email, is_waited, sync))
    }

    async fn known(self: &Arc<Self>, email: &Email, sync: &CrmSync) -> Option<CrmKnown> {
        let key = (sync.account().to_owned(), email.to_text());
        if let Some(known) = self.cached(&key) {
            return Some(known);
        }
        let about = format!("{}/{}", key.0, key.1);
        let mut heard = match self.flights.join(&about)? {
            Said::Flying(heard) => heard,
            Said::ToAsk(sender, heard) => {
                let (look_ups, email, sync) = (Arc::clone(self), email.clone(), sync.clone());
                self.tasks().spawn(async move {
                    // Another look-up may have ended since the cache was read.
                    if let Some(known) = look_ups.cached(&key) {
                        sender.send_replace(Some(Enrichment { crm: Some(known), ..Enrichment::default() }));
                    } else if let Some(known) = look_ups.fly(&email, &sync, key).await {
                        let said = Enrichment { crm: Some(known), ..Enrichment::default() };
                        sender.send_replace(Some(said.clone()));
                        look_ups.keep(email, said).await;
                    }
                    look_ups.flights.end(&about);
                });
                heard
            }
        };
        heard.wait_for(Option::is_some).await.ok()?.clone()?.crm
    }

    /// The cached result, while it is fresh.
    fn cached(&self, key: &(String, String)) -> Option<CrmKnown> {
        let said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        said.get(key).filter(|known| is_fresh(known.at, self.account.core.clock.now())).cloned()
    }

    /// Makes a look-up, whose result is kept for the next ones.
    async fn fly(&self, email: &Email, sync: &CrmSync, key: (String, String)) -> Option<CrmKnown> {
        let known = self.ask(email, sync, self.account.core.clock.now()).await.inspect_err(|refusal| {
            tracing::info!(%refusal, "HubSpot did not say what it knows of a lead");
        });
        let known = known.ok()?;
        let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        if said.len() >= MOST {
            said.clear();
        }
        said.insert(key, known.clone());
        Some(known)
    }

    async fn keep(&self, email: Email, said: Enrichment) {
        if let Err(error) = self.account.core.writer.commit(KeepEnrichment { email, said }).await {
            tracing::warn!(%error, "what HubSpot said could not be kept");
        }
    }

    /// The tasks that have not ended.
    fn tasks(&self) -> MutexGuard<'_, JoinSet<()>> {
        let mut tasks = self.tasks.lock().unwrap_or_else(PoisonError::into_inner);
        while tasks.try_join_next().is_some() {}
        tasks
    }

    async fn ask(&self, email: &Email, sync: &CrmSync, now: Millis) -> Result<CrmKnown, Refusal> {
        let hubspot = self.account.of(sync).map_err(|words| Refusal::Unauthorized { words })?;
        let question = CrmQuestion { emails: vec![email.clone()], fields: sync.read_fields.clone(), with_deals: true };
        let found = asked(hubspot.find(&question)).await?.into_iter().next().flatten();
        let owner = match found.as_ref().and_then(|contact| contact.owner.as_ref()) {
            Some((id, _)) => Some(self.owner(&hubspot, sync.account(), id, now).await?),
            None => None,
        };
        Ok(said(found.as_ref(), owner, now))
    }

    /// The address of an owner, by which a rep is found: of the member with this id as owner, else the owner's own; if
    /// there is none, the id.
    async fn owner(&self, hubspot: &HubSpot, account: &str, id: &str, now: Millis) -> Result<String, Refusal> {
        let owner = id.to_owned();
        let member = read(Arc::clone(&self.account.core.store), move |view| crm_owner(view, SYSTEM, &owner)).await;
        if let Ok(Some(email)) = member {
            return Ok(email);
        }
        let known = self.owners.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let owners = match known.filter(|(at, owners)| is_fresh(*at, now) && owners.contains_key(id)) {
            Some((_, owners)) => owners,
            None => self.read_owners(hubspot, now).await?,
        };
        let Some(email) = owners.get(id).map(|owner| owner.email.clone()).filter(|email| !email.is_empty()) else {
            return Ok(id.to_owned());
        };
        let (account, owner) = (account.to_owned(), id.to_owned());
        let know = KnowCrmOwner { system: SYSTEM, account, owner, email: email.clone() };
        if let Err(error) = self.account.core.writer.commit(know).await {
            tracing::warn!(%error, "an owner in HubSpot could not be kept");
        }
        Ok(email)
    }

    async fn read_owners(&self, hubspot: &HubSpot, now: Millis) -> Result<Arc<BTreeMap<String, CrmOwner>>, Refusal> {
        let (mut owners, mut from) = (BTreeMap::new(), None);
        for _ in 0..PAGES {
            let page = hubspot.owners(from.as_deref()).await?;
            owners.extend(page.entries.into_iter().map(|owner| (owner.id.clone(), owner)));
            from = page.next;
            if from.is_none() {
                break;
            }
        }
        let owners = Arc::new(owners);
        *self.owners.lock().unwrap_or_else(PoisonError::into_inner) = Some((now, Arc::clone(&owners)));
        Ok(owners)
    }
}

/// Whether a cached value is fresh, also after the clock was set back.
fn is_fresh(at: Millis, now: Millis) -> bool {
    at <= now && now < at + CRM_KEPT
}

fn said(contact: Option<&CrmContact>, owner: Option<String>, at: Millis) -> CrmKnown {
    let mut fields = LeadFields::default();
    let mut set = |name: &str, value: Value| {
        if let Ok(field) = Field::parse(name) {
            fields.set(&field, value);
        }
    };
    set("crm.hubspot.exists", Value::Bool(contact.is_some()));
    if let Some(owner) = owner {
        set("crm.hubspot.owner", Value::text(&owner));
    }
    if let Some(lifecycle) = contact.and_then(|contact| contact.lifecycle.as_deref()) {
        set("crm.hubspot.lifecycle", Value::text(lifecycle));
    }
    for (name, value) in contact.iter().flat_map(|contact| &contact.fields) {
        set(&format!("crm.hubspot.fields.{name}"), Value::text(value));
    }
    let has = |state: DealState| contact.is_some_and(|contact| contact.deals.iter().any(|deal| deal.state == state));
    CrmKnown {
        contact: contact.map(|contact| contact.id.clone()),
        has_open_deal: has(DealState::Open),
        has_won_deal: has(DealState::Won),
        fields,
        at,
    }
}
