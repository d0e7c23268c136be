//! The fields that a provider of data about companies and persons can fill.

use crate::{spelled, vocabulary};

vocabulary! {
    /// A field that enrichment can fill, as routing names it (RO-11, RO-12).
    EnrichedField {
        /// The name of the company.
        CompanyName = "company.name",
        /// The number of employees.
        CompanyEmployees = "company.employees",
        /// The industry.
        CompanyIndustry = "company.industry",
        /// The country.
        CompanyCountry = "company.country",
        /// The revenue of a year, in the currency of the provider.
        CompanyRevenue = "company.revenue",
        /// The technologies in use.
        CompanyTechnologies = "company.technologies",
        /// The job title of the person.
        PersonTitle = "person.title",
        /// The seniority of the person.
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
