//! The look-up of a lead in a CRM: requested when a lead gives an address, with a short wait at most, cached for five
//! minutes.

use crate::account::SyncedCrm;
use knock_context::{NotConfigured, Requests, Turn, Who, read};
use knock_engine::commands::{KeepEnrichment, KnowCrmOwner, crm_owner};
use knock_model::{CrmSystem, Email, Millis};
use knock_ports::{
    CRM_KEPT, CRM_WAIT, Crm, CrmContact, CrmKnown, CrmQuestion, CrmSync, DealState, Enrichment, Refusal,
};
use knock_routing::{Field, LeadFields, Value};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::timeout;

/// The longest wait of a lead.
const WAIT: Duration = Duration::from_millis(CRM_WAIT.0.unsigned_abs());
/// The largest number of cached responses.
const MOST: usize = 10_000;
/// Looks up persons in a CRM.
pub(crate) struct LookUps {
    account: Arc<SyncedCrm>,
    /// The absence of the sync, remembered for a moment.
    absence: NotConfigured,
    /// The results, by account and address.
    said: Mutex<BTreeMap<(String, String), CrmKnown>>,
    /// Requests that are in flight: further look-ups of the same person wait for them.
    requests: Requests<CrmKnown>,
    tasks: Mutex<JoinSet<()>>,
}

impl LookUps {
    /// The look-ups; no request is made yet.
    pub(crate) fn new(account: Arc<SyncedCrm>) -> Arc<LookUps> {
        Arc::new(LookUps {
            account,
            absence: NotConfigured::default(),
            said: Mutex::default(),
            requests: Requests::default(),
            tasks: Mutex::default(),
        })
    }

    /// The result of the look-up for a lead who is about to be routed, if it comes within 800 ms.
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
        let Some((email, _, sync)) = self.whom(who).await else { return };
        let key = (sync.account().to_owned(), email.to_text());
        match self.cached(&key) {
            // The response may have come before the lead was stored.
            Some(known) if !self.is_kept(&email, known.at).await => self.keep(email, known).await,
            Some(_) => {}
            None => drop(self.known(&email, &sync).await),
        }
    }

    /// Forgets that the sync was off: it has changed.
    pub(crate) fn forget(&self) {
        self.absence.forget();
    }

    /// The address of the lead, while CRM Sync is on and the CRM is connected.
    async fn whom(&self, who: Who) -> Option<(Email, bool, CrmSync)> {
        let (core, system) = (&self.account.core, self.account.system());
        if self.absence.is(core.clock.now()) {
            return None;
        }
        let found = read(Arc::clone(&core.store), move |view| {
            let Some(sync) = view.crm_sync(system)?.filter(|sync| sync.is_on) else { return Ok(None) };
            // A form alone does not connect via Knock (IU-08).
            let is_wanted = sync.other_sources || !matches!(who, Who::Form(..));
            let found = if is_wanted { who.find(view)? } else { None };
            let Some(found) = found else { return Ok(Some((None, sync))) };
            let found = found.may_be_asked(view)?.then_some((found.email, found.is_waited));
            Ok(Some((found, sync)))
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
        let mut response = match self.requests.join(&about)? {
            Turn::Wait(response) => response,
            Turn::Send(sender, response) => {
                let (look_ups, email, sync) = (Arc::clone(self), email.clone(), sync.clone());
                self.tasks().spawn(async move {
                    // Another look-up may have ended since the cache was read.
                    if let Some(known) = look_ups.cached(&key) {
                        sender.send_replace(Some(known));
                    } else if let Some(known) = look_ups.request(&email, &sync, key).await {
                        sender.send_replace(Some(known.clone()));
                        look_ups.keep(email, known).await;
                    }
                    look_ups.requests.end(&about);
                });
                response
            }
        };
        response.wait_for(Option::is_some).await.ok()?.clone()
    }

    /// The cached result, while it is fresh.
    fn cached(&self, key: &(String, String)) -> Option<CrmKnown> {
        let said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        said.get(key).filter(|known| is_fresh(known.at, self.account.core.clock.now())).cloned()
    }

    /// Makes a look-up, whose result is kept for the next ones.
    async fn request(&self, email: &Email, sync: &CrmSync, key: (String, String)) -> Option<CrmKnown> {
        let known = self.ask(email, sync, self.account.core.clock.now()).await.inspect_err(|refusal| {
            tracing::info!(crm = self.account.label(), %refusal, "a look-up in a CRM failed");
        });
        let known = known.ok()?;
        let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        if said.len() >= MOST {
            said.clear();
        }
        said.insert(key, known.clone());
        Some(known)
    }

    async fn keep(&self, email: Email, known: CrmKnown) {
        let said = Enrichment { crm: [(self.account.system(), known)].into(), ..Enrichment::default() };
        if let Err(error) = self.account.core.writer.commit(KeepEnrichment { email, said }).await {
            tracing::warn!(crm = self.account.label(), %error, "the result of a look-up in a CRM could not be kept");
        }
    }

    /// Whether the result of a look-up at an instant, or a newer one, is stored with the person who has the address.
    async fn is_kept(&self, email: &Email, at: Millis) -> bool {
        let (system, email) = (self.account.system(), email.clone());
        let kept = read(Arc::clone(&self.account.core.store), move |view| {
            let Some(lead) = view.lead_by_email(&email)? else { return Ok(true) };
            Ok(view.crm_known(system, lead.id)?.is_some_and(|known| known.at >= at))
        });
        kept.await.unwrap_or(true)
    }

    /// The tasks that have not ended.
    fn tasks(&self) -> MutexGuard<'_, JoinSet<()>> {
        let mut tasks = self.tasks.lock().unwrap_or_else(PoisonError::into_inner);
        while tasks.try_join_next().is_some() {}
        tasks
    }

    async fn ask(&self, email: &Email, sync: &CrmSync, now: Millis) -> Result<CrmKnown, Refusal> {
        let crm = self.account.of(sync).map_err(|words| Refusal::Unauthorized { words })?;
        let question = CrmQuestion { emails: vec![email.clone()], fields: sync.read_fields.clone(), with_deals: true };
        let found = self.account.asked(crm.find(&question)).await?.into_iter().next().flatten();
        let owner = match found.as_ref().and_then(|contact| contact.owner.as_ref()) {
            Some((id, _)) => Some(self.owner(&*crm, sync.account(), id, now).await?),
            None => None,
        };
        Ok(known_of((self.account.system(), sync), found.as_ref(), owner, now))
    }

    /// An owner by the address by which a rep is found: of the member with this id as owner, else the owner's own; if
    /// there is none, the id.
    async fn owner(&self, crm: &dyn Crm, account: &str, id: &str, now: Millis) -> Result<Owner, Refusal> {
        let (system, owner) = (self.account.system(), id.to_owned());
        let member = read(Arc::clone(&self.account.core.store), move |view| crm_owner(view, system, &owner)).await;
        let member = member.ok().flatten();
        let owners = match self.account.owners.read(crm, account, Some(id), now).await {
            Ok(owners) => owners,
            // Without the list it is not known whether one who is known has left.
            Err(refusal) => return member.map(Owner::Present).ok_or(refusal),
        };
        let listed = owners.get(id);
        let email = listed.map(|owner| owner.email.clone()).filter(|email| !email.is_empty());
        if listed.is_some_and(|owner| !owner.is_active) {
            return Ok(Owner::Former(member.or(email).unwrap_or_else(|| id.to_owned())));
        }
        if let Some(email) = member {
            return Ok(Owner::Present(email));
        }
        let Some(email) = email else { return Ok(Owner::Present(id.to_owned())) };
        let (account, owner) = (account.to_owned(), id.to_owned());
        let know = KnowCrmOwner { system, account, owner, email: email.clone() };
        if let Err(error) = self.account.core.writer.commit(know).await {
            tracing::warn!(crm = self.account.label(), %error, "an owner in a CRM could not be kept");
        }
        Ok(Owner::Present(email))
    }
}

/// The owner of a contact, by an address or an id.
enum Owner {
    Present(String),
    /// One who is no owner any more.
    Former(String),
}

/// Whether a cached value is fresh, also after the clock was set back.
fn is_fresh(at: Millis, now: Millis) -> bool {
    at <= now && now < at + CRM_KEPT
}

fn known_of(
    (system, sync): (CrmSystem, &CrmSync),
    contact: Option<&CrmContact>,
    owner: Option<Owner>,
    at: Millis,
) -> CrmKnown {
    let mut fields = LeadFields::default();
    let mut set = |name: &str, value: Value| {
        if let Ok(field) = Field::parse(&format!("crm.{}.{name}", system.as_str())) {
            fields.set(&field, value);
        }
    };
    set("exists", Value::Bool(contact.is_some()));
    match owner {
        Some(Owner::Present(owner)) => set("owner", Value::text(&owner)),
        Some(Owner::Former(owner)) => set("former_owner", Value::text(&owner)),
        None => {}
    }
    if let Some(lifecycle) = contact.and_then(|contact| contact.lifecycle.as_deref()) {
        set("lifecycle", Value::text(lifecycle));
    }
    for (name, value) in contact.iter().flat_map(|contact| &contact.fields) {
        set(&format!("fields.{name}"), sync.rule_value(name, value));
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
