//! The fields that a provider of data about companies and persons can fill.

use crate::{spelled, vocabulary};

vocabulary! {
    /// A field that enrichment can fill, as routing names it (RO-11, RO-12).
    EnrichedField {
        /// What the company is called.
        CompanyName = "company.name",
        /// How many work there.
        CompanyEmployees = "company.employees",
        /// What it does.
        CompanyIndustry = "company.industry",
        /// Where it is.
        CompanyCountry = "company.country",
        /// What it earns in a year, in whatever currency the provider has.
        CompanyRevenue = "company.revenue",
        /// What it works with.
        CompanyTechnologies = "company.technologies",
        /// What the person is there.
        PersonTitle = "person.title",
        /// How high up.
        PersonSeniority = "person.seniority",
    }
}

spelled!(EnrichedField);

impl EnrichedField {
    /// Whether it is said of a person: the others are of their company.
    pub const fn is_of_person(self) -> bool {
        matches!(self, EnrichedField::PersonTitle | EnrichedField::PersonSeniority)
    }
}
