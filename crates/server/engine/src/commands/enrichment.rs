//! The provider of data about companies and persons: its settings and its responses.

use super::crm::keep_crm_known;
use crate::audited::{Change, Note, subject};
use crate::changes::Changes;
use crate::happened::Happened;
use crate::lead_fields::enriched;
use crate::notice::Notice;
use crate::writer::{After, Command};
use knock_model::{AuditAction, Email, Millis};
use knock_ports::{Enrichment, EnrichmentProblem, EnrichmentProvider, Lead, Ledger, StoreError, View};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Sets up the provider, or changes its settings.
#[derive(Clone, Debug)]
pub struct SaveEnrichmentProvider {
    pub provider: EnrichmentProvider,
}

impl Change for SaveEnrichmentProvider {
    type Outcome = ();

    fn make(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<((), Option<Note>), StoreError> {
        let before = ledger.enrichment_provider()?;
        // The change may have solved the last problem.
        ledger.save_enrichment_problem(None)?;
        ledger.save_enrichment_provider(Some(&self.provider))?;
        let is_new_secret = before.as_ref().is_none_or(|before| before.secret != self.provider.secret);
        let was = before.as_ref().map_or_else(|| json!({}), |before| shown(before, false));
        let note = Note::new(AuditAction::EnrichmentChanged, subject("enrichment", "", &self.provider.name));
        Ok(((), Some(note.changed(was, shown(&self.provider, is_new_secret)))))
    }
}

/// Removes the provider; its data stays on the records.
#[derive(Clone, Copy, Debug)]
pub struct DropEnrichmentProvider;

impl Change for DropEnrichmentProvider {
    /// False when none was set up.
    type Outcome = bool;

    fn make(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<(bool, Option<Note>), StoreError> {
        let Some(before) = ledger.enrichment_provider()? else { return Ok((false, None)) };
        ledger.save_enrichment_provider(None)?;
        let note = Note::new(AuditAction::EnrichmentRemoved, subject("enrichment", "", &before.name));
        Ok((true, Some(note.changed(shown(&before, false), json!({})))))
    }
}

/// Returns a provider for the audit log, by its host: paths and queries of addresses may be secrets.
fn shown(provider: &EnrichmentProvider, is_new_secret: bool) -> Value {
    let EnrichmentProvider { name, url, header, secret, fields, keep_days, is_on } = provider;
    let url = url::Url::parse(url).ok();
    let host = url.as_ref().and_then(|url| url.host_str());
    let fields: Vec<Value> =
        fields.iter().map(|mapped| json!({"field": mapped.field.as_str(), "pointer": mapped.pointer})).collect();
    let secret = if is_new_secret && !secret.is_empty() { json!("changed") } else { Value::Null };
    json!({"name": name, "host": host, "header": header, "secret": secret, "fields": fields,
        "keep_days": keep_days, "is_on": is_on})
}

/// Records whether the provider could be used.
#[derive(Clone, Debug)]
pub struct NoteEnrichment {
    /// The settings that were used: results of another provider are ignored.
    pub provider: EnrichmentProvider,
    /// The error; empty if it succeeded.
    pub problem: String,
    pub now: Millis,
}

impl Command for NoteEnrichment {
    type Outcome = ();

    fn run(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<(), StoreError> {
        if ledger.enrichment_provider()?.as_ref() != Some(&self.provider) {
            return Ok(());
        }
        let known = ledger.enrichment_problem()?;
        let text = |known: &EnrichmentProblem| known.text.clone();
        if known.as_ref().map(text).unwrap_or_default() == self.problem {
            return Ok(());
        }
        let since = known.map_or(self.now, |known| known.since);
        let problem = EnrichmentProblem { text: self.problem.clone(), since };
        ledger.save_enrichment_problem(Some(&problem).filter(|problem| !problem.text.is_empty()))
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

/// Stores the data of a provider about an address. An address without a person is skipped: the person may have been
/// erased during the request.
#[derive(Clone, Debug)]
pub struct KeepEnrichment {
    pub email: Email,
    pub said: Enrichment,
}

impl Command for KeepEnrichment {
    type Outcome = ();

    fn run(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(), StoreError> {
        if ledger.enrichment_provider()?.is_none() && self.said.crm.is_empty() {
            return Ok(());
        }
        keep_enrichment(ledger, &self.email, &self.said, changes)
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

/// The fields that providers say of a person now, by their names.
fn enriched_fields(view: &dyn View, lead: &Lead) -> Result<BTreeMap<String, knock_routing::Value>, StoreError> {
    let said = enriched(view, lead)?;
    let fields = said.iter().flat_map(|said| said.fields.iter());
    Ok(fields.map(|(name, value)| (name.to_owned(), value.clone())).collect())
}

/// Stores the data with the person who has the address, and with the person's company.
pub(super) fn keep_enrichment(
    ledger: &mut dyn Ledger,
    email: &Email,
    said: &Enrichment,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    let Some(lead) = ledger.lead_by_email(email)? else { return Ok(()) };
    let provided = said.person.iter().chain(&said.company).map(|said| said.at).max();
    let former = provided.map(|_| enriched_fields(ledger, &lead)).transpose()?;
    if let Some(person) = &said.person {
        ledger.save_person_enrichment(lead.id, person)?;
    }
    if let (Some(company), Some(account)) = (&said.company, lead.account) {
        ledger.save_company_enrichment(account, company)?;
    }
    if let (Some(at), Some(former)) = (provided, former) {
        let now = enriched_fields(ledger, &lead)?;
        let names: BTreeSet<&String> = former.keys().chain(now.keys()).collect();
        let before = names.into_iter().map(|name| (name.clone(), former.get(name).cloned())).collect();
        changes.happened(at, Happened::FieldsChanged { lead: lead.id, before });
    }
    let mut before = Vec::new();
    for (system, known) in &said.crm {
        before.push((*system, ledger.crm_known(*system, lead.id)?));
        keep_crm_known(ledger, *system, lead.id, known)?;
    }
    if let Some(at) = said.crm.values().map(|known| known.at).max() {
        changes.happened(at, Happened::CrmKnown { lead: lead.id, before });
    }
    changes.push(Notice::Lead(lead.id));
    Ok(())
}
