//! Companies: the CRM is asked to which ones the contacts of a lead's account belong, and these are written.

use super::{CrmConnector, outcome, refused};
use crate::prepared::Sent;
use knock_context::read;
use knock_engine::CommitError;
use knock_engine::commands::{
    AssociateCrmContacts, CompleteCrmCompany, CrmContacts, PlanCrmCompanies, PlannedCrmWrite, crm_company_contacts,
    crm_company_values,
};
use knock_model::{Email, LeadId};
use knock_ports::{
    Crm, CrmCompanyEffect, CrmKey, CrmQuestion, CrmRecord, CrmWritten, DeliveryOutcome, OutboxEntry, Refusal,
};
use std::sync::Arc;

const NO_COMPANY: &str = "the contacts belong to no company, or it has all already";

impl CrmConnector {
    /// Writes the companies of a lead's account as they are now.
    pub(super) async fn company(
        &self,
        crm: &dyn Crm,
        entry: &OutboxEntry,
        effect: CrmCompanyEffect,
    ) -> Result<DeliveryOutcome, CommitError> {
        let core = &self.account.core;
        let (system, lead, now) = (self.account.system(), effect.lead, core.clock.now());
        let found = read(Arc::clone(&core.store), move |view| crm_company_contacts(view, system, lead, now)).await;
        let CrmContacts { account, leads, mut companies } = match found {
            Ok(Ok(contacts)) => contacts,
            Ok(Err(why)) => return Ok(DeliveryOutcome::Done(why.to_owned())),
            Err(error) => return Ok(DeliveryOutcome::Retry(error.to_string(), None)),
        };
        let found = match companies_of(crm, leads).await {
            Ok(found) => found,
            Err(refusal) => return Ok(refused(&refusal, now)),
        };
        let (is_second, of) = (effect.is_second, account.clone());
        let associate = AssociateCrmContacts { system, account: of, found, is_second, now };
        companies.extend(core.writer.commit(associate).await?);
        let values = read(Arc::clone(&core.store), move |view| crm_company_values(view, system, &companies, now)).await;
        let plan = match values {
            Ok(values) => PlanCrmCompanies { system, account, values, lead },
            Err(error) => return Ok(DeliveryOutcome::Retry(error.to_string(), None)),
        };
        let planned = core.writer.commit(plan).await?;
        if planned.is_empty() {
            return Ok(DeliveryOutcome::Done(NO_COMPANY.to_owned()));
        }
        let mut ended = Vec::with_capacity(planned.len());
        for sent in self.account.send(crm, planned).await {
            ended.push(self.ended(entry, &effect, sent).await?);
        }
        Ok(worst(ended))
    }

    async fn ended(
        &self,
        entry: &OutboxEntry,
        effect: &CrmCompanyEffect,
        sent: Sent,
    ) -> Result<DeliveryOutcome, CommitError> {
        let Sent { planned, skips, written } = sent;
        let PlannedCrmWrite { lead, account, write, record } = planned;
        let CrmRecord { key, values: sent, .. } = *record;
        let company = match key {
            CrmKey::Id(id) => id,
            CrmKey::Email(email) => email.to_text(),
        };
        let (core, system) = (&self.account.core, self.account.system());
        let (id, cause, now) = (core.chance.bytes16(), (effect.cause.clone(), entry.effect.at), core.clock.now());
        let outcome = match &written {
            Some(CrmWritten::Absent) => DeliveryOutcome::Done("the company is not there any more".to_owned()),
            Some(written) => outcome(written, sent.len(), now),
            None => DeliveryOutcome::Done("there is nothing that the CRM takes".to_owned()),
        };
        let complete =
            CompleteCrmCompany { system, company, lead, account, write, sent, skips, written, id, cause, now };
        core.writer.commit(complete).await?;
        Ok(outcome)
    }
}

/// The outcome of several writes: one that waits is tried again with all, one that is refused is parked.
fn worst(outcomes: Vec<DeliveryOutcome>) -> DeliveryOutcome {
    let worst = outcomes.into_iter().max_by_key(|outcome| match outcome {
        DeliveryOutcome::Done(_) => 0,
        DeliveryOutcome::Rejected(_) | DeliveryOutcome::Unsubscribed(_) => 1,
        DeliveryOutcome::Retry(..) => 2,
    });
    worst.unwrap_or_else(|| DeliveryOutcome::Done(NO_COMPANY.to_owned()))
}

/// The companies of the contacts with these addresses; none of a contact without one.
async fn companies_of(crm: &dyn Crm, leads: Vec<(LeadId, Email)>) -> Result<Vec<(LeadId, Option<String>)>, Refusal> {
    let (ids, emails): (Vec<LeadId>, Vec<Email>) = leads.into_iter().unzip();
    if emails.is_empty() {
        return Ok(Vec::new());
    }
    let found = crm.find(&CrmQuestion { emails, ..CrmQuestion::default() }).await?;
    Ok(ids.into_iter().zip(found.into_iter().map(|contact| contact?.company)).collect())
}
