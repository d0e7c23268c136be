//! The company of an address.

use knock_model::{Email, MailKind, is_fake};

/// The registrable domain of the company behind an address; none for free and throw-away mail.
pub(crate) fn company_domain(email: &Email) -> Option<&str> {
    let is_company = MailKind::of(email.domain()) == MailKind::Company;
    is_company.then(|| psl::domain_str(email.domain()).unwrap_or(email.domain()))
}

/// Returns the same domain if an enrichment provider may be asked about it: none for made-up addresses either.
pub fn enrichable_domain(email: &Email) -> Option<&str> {
    company_domain(email).filter(|_| !is_fake(email))
}
