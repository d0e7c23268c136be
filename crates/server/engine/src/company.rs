//! The company of an address.

use knock_model::{Email, MailKind, is_fake};

/// The registrable domain of the company behind an address; none for free and throw-away mail.
pub(crate) fn company_domain(email: &Email) -> Option<&str> {
    let is_company = kind_of(email) == MailKind::Company;
    is_company.then(|| psl::domain_str(email.domain()).unwrap_or(email.domain()))
}

/// Returns the kind of an address. Throw-away providers own misspellings of well-known domains: such an address is judged
/// as the one that is probably meant.
pub(crate) fn kind_of(email: &Email) -> MailKind {
    match (MailKind::of(email.domain()), email.meant()) {
        (MailKind::Disposable, Some(meant)) => MailKind::of(meant.domain()),
        (kind, _) => kind,
    }
}

/// Whether an address is a throw-away or a made-up one.
pub(crate) fn is_spam_address(email: &Email) -> bool {
    kind_of(email) == MailKind::Disposable || is_fake(email)
}

/// Returns the same domain if an enrichment provider may be asked about it: none for made-up addresses either.
pub fn enrichable_domain(email: &Email) -> Option<&str> {
    company_domain(email).filter(|_| !is_fake(email))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelling_of_a_free_provider_is_private_mail_and_no_spam() {
        let cases = [
            ("joe@gmial.com", MailKind::Free, None),
            ("joe@mailinator.com", MailKind::Disposable, None),
            ("joe@gmail.com", MailKind::Free, None),
            ("joe@sales.acme.co.uk", MailKind::Company, Some("acme.co.uk")),
        ];
        for (address, kind, domain) in cases {
            let email = Email::parse(address).expect("an address");
            assert_eq!((kind_of(&email), company_domain(&email)), (kind, domain), "{address}");
            assert_eq!(is_spam_address(&email), kind == MailKind::Disposable, "{address}");
        }
    }
}
