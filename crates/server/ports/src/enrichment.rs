//! Enrichment data of companies and persons, and the settings of the provider.
//!
//! Data of a company is stored with the account, data of a person with the lead: one erasure deletes both.

use crate::{CrmKnown, StoreError};
use knock_model::{AccountId, CrmSystem, EnrichedField, LeadId, Millis};
use knock_routing::LeadFields;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The time limit of one request to a provider.
pub const ENRICHMENT_TIMEOUT: Millis = Millis(10_000);
/// The time limit for which a lead waits for it.
pub const ENRICHMENT_WAIT: Millis = Millis(800);
/// The validity of an empty result of a provider.
pub const NOTHING_KNOWN: Millis = Millis::days(1);

/// The data of a provider about a company or a person.
#[derive(Clone, Debug, PartialEq)]
pub struct Enriched {
    /// The fields; empty if the provider knows nothing.
    pub fields: LeadFields,
    /// The name of the provider.
    pub source: String,
    /// The instant of the request.
    pub at: Millis,
}

impl Enriched {
    /// Whether the data, valid for `keep`, is still valid at `now`, so that no new request is needed.
    pub fn is_fresh(&self, keep: Millis, now: Millis) -> bool {
        let counts = if self.fields.iter().next().is_none() { NOTHING_KNOWN.min(keep) } else { keep };
        self.at <= now && now < self.at + counts
    }
}

/// The result of one request to a provider.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Enrichment {
    /// The data about the company; none if it was not requested.
    pub company: Option<Enriched>,
    /// The data about the person; none if it was not requested.
    pub person: Option<Enriched>,
    /// The results of the CRM look-ups made with it.
    pub crm: BTreeMap<CrmSystem, CrmKnown>,
}

/// A provider with an HTTP API.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnrichmentProvider {
    /// The name that the team gave it.
    pub name: String,
    /// The address, with `{email}` or `{domain}` in it.
    pub url: String,
    /// The name of the authorization header; empty for none.
    pub header: String,
    /// The value of that header, sealed by the server's own key; empty for none.
    pub secret: String,
    /// The positions of the fields in its response.
    pub fields: Vec<FieldMapping>,
    /// The number of days for which a response is valid.
    pub keep_days: u32,
    /// Whether it is in use.
    pub is_on: bool,
}

impl EnrichmentProvider {
    /// Returns the time for which a response is valid.
    pub fn keep(&self) -> Millis {
        Millis::days(i64::from(self.keep_days))
    }
}

/// The position of a field in a response.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldMapping {
    pub field: EnrichedField,
    /// The JSON pointer (RFC 6901).
    pub pointer: String,
}

/// The error of the last request to a provider.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnrichmentProblem {
    /// The reason, without anything of the request.
    pub text: String,
    /// The start of the problem.
    pub since: Millis,
}

/// Writing data of providers. Every method fails only when the database does.
pub trait EnrichmentLedger {
    /// Stores data about a company, unless newer data is stored.
    fn save_company_enrichment(&mut self, account: AccountId, said: &Enriched) -> Result<(), StoreError>;

    /// Stores data about a person, unless newer data is stored.
    fn save_person_enrichment(&mut self, lead: LeadId, said: &Enriched) -> Result<(), StoreError>;

    /// Stores the settings of the provider; none removes them with the error.
    fn save_enrichment_provider(&mut self, provider: Option<&EnrichmentProvider>) -> Result<(), StoreError>;

    /// Stores the error of the provider; none if there is no error.
    fn save_enrichment_problem(&mut self, problem: Option<&EnrichmentProblem>) -> Result<(), StoreError>;
}

/// Reading data of providers. Every method fails only when the database does.
pub trait EnrichmentView {
    /// The last data about a company.
    fn company_enrichment(&self, account: AccountId) -> Result<Option<Enriched>, StoreError>;

    /// The last data about a person.
    fn person_enrichment(&self, lead: LeadId) -> Result<Option<Enriched>, StoreError>;

    /// The settings of the provider; none if none is set up.
    fn enrichment_provider(&self) -> Result<Option<EnrichmentProvider>, StoreError>;

    /// The error of the last request; none if it succeeded.
    fn enrichment_problem(&self) -> Result<Option<EnrichmentProblem>, StoreError>;
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_routing::{Field, Value};

    #[test]
    fn an_answer_counts_for_days_and_that_nothing_is_known_for_one() {
        let (at, keep) = (Millis(1_000_000), Millis::days(30));
        let nothing = Enriched { fields: LeadFields::default(), source: "Acme".into(), at };
        let mut something = nothing.clone();
        something.fields.set(&Field::parse("company.employees").expect("a field"), Value::Number(200.0));
        for (said, days) in [(&something, 30), (&nothing, 1)] {
            assert!(said.is_fresh(keep, at) && said.is_fresh(keep, at + Millis::days(days) - Millis(1)));
            assert!(!said.is_fresh(keep, at + Millis::days(days)), "{days}");
            assert!(!said.is_fresh(keep, at - Millis(1)), "the clock was set back");
        }
    }
}
