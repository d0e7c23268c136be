//! Enrichment data of companies and persons, and the settings of the provider.
//!
//! Data of a company is stored with the account, data of a person with the lead: one erasure deletes both.

use crate::{CrmKnown, StoreError};
use knock_model::{AccountId, EnrichedField, LeadId, Millis};
use knock_routing::LeadFields;
use serde::{Deserialize, Serialize};

/// The longest that one request to a provider may take.
pub const ENRICHMENT_TIMEOUT: Millis = Millis(10_000);
/// The longest that a lead waits for it.
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
    /// Whether it still counts for so long, so that the provider need not be asked again.
    pub fn is_fresh(&self, keep: Millis, now: Millis) -> bool {
        let counts = if self.fields.iter().next().is_none() { NOTHING_KNOWN.min(keep) } else { keep };
        self.at <= now && now < self.at + counts
    }
}

/// The result of one request to a provider.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Enrichment {
    /// Of the company; none where it was not asked about it.
    pub company: Option<Enriched>,
    /// Of the person; none where it was not asked about them.
    pub person: Option<Enriched>,
    /// The result of the CRM look-up made with it; none if there was none.
    pub crm: Option<CrmKnown>,
}

/// A provider that is asked over HTTP.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnrichmentProvider {
    /// The name that the team gave it.
    pub name: String,
    /// Its address, with `{email}` or `{domain}` in it.
    pub url: String,
    /// The header that lets in there; empty for none.
    pub header: String,
    /// Its value, sealed by the server's own key; empty for none.
    pub secret: String,
    /// The positions of the fields in its response.
    pub fields: Vec<FieldMapping>,
    /// For how many days an answer counts.
    pub keep_days: u32,
    /// Whether it is asked.
    pub is_on: bool,
}

impl EnrichmentProvider {
    /// For how long an answer counts.
    pub fn keep(&self) -> Millis {
        Millis::days(i64::from(self.keep_days))
    }
}

/// The position of a field in a response.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldMapping {
    /// The field.
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

/// Writing what providers said. Every method fails only when the database does.
pub trait EnrichmentLedger {
    /// Stores what was said of a company, unless something newer is there.
    fn save_company_enrichment(&mut self, account: AccountId, said: &Enriched) -> Result<(), StoreError>;

    /// Stores what was said of a person, unless something newer is there.
    fn save_person_enrichment(&mut self, lead: LeadId, said: &Enriched) -> Result<(), StoreError>;

    /// Stores how the provider is asked; none removes it with its problem.
    fn save_enrichment_provider(&mut self, provider: Option<&EnrichmentProvider>) -> Result<(), StoreError>;

    /// Stores why it cannot be used; none where it can.
    fn save_enrichment_problem(&mut self, problem: Option<&EnrichmentProblem>) -> Result<(), StoreError>;
}

/// Reading what providers said. Every method fails only when the database does.
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
