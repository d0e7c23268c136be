//! The kinds of records in a CRM that Knock writes.

use knock_model::{spelled, vocabulary};

vocabulary! {
    /// A kind of record.
    Object {
        /// A person: a contact, or a lead in the terms of the vendor.
        Contact = "contact",
        /// The company of a contact, as the CRM itself associates it; an account in the terms of some vendors.
        Company = "company",
    }
}

spelled!(Object);
