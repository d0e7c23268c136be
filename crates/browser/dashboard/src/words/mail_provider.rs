//! Mail providers: their servers, and what to know about a login there.

use knock_wire::MailSecurity::{self, Starttls, Tls};

/// A provider of mail.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct MailProvider {
    pub(crate) name: &'static str,
    /// The domains of its addresses.
    domains: &'static [&'static str],
    pub(crate) host: &'static str,
    pub(crate) port: u16,
    pub(crate) security: MailSecurity,
    /// What to know, as sentences.
    pub(crate) advice: &'static str,
}

const fn provider(
    (name, domains): (&'static str, &'static [&'static str]),
    (host, port, security): (&'static str, u16, MailSecurity),
    advice: &'static str,
) -> MailProvider {
    MailProvider { name, domains, host, port, security, advice }
}

const APP_PASSWORD: &str = "The user is the whole address, the password an app password made in the account.";

/// The providers that most teams have, and services that send for others.
pub(crate) const PROVIDERS: [MailProvider; 14] = [
    provider(
        ("Gmail, Google Workspace", &["gmail.com", "googlemail.com"]),
        ("smtp.gmail.com", 465, Tls),
        "The user is the whole address. The password is an app password: in the Google account under Security, with two-step verification on.",
    ),
    provider(
        ("Microsoft 365", &[]),
        ("smtp.office365.com", 587, Starttls),
        "The mailbox needs \u{201c}Authenticated SMTP\u{201d}, which its admin switches on. Many organisations no longer allow it: a sending service works for them.",
    ),
    provider(
        ("Outlook.com", &["outlook.com", "hotmail.com", "live.com", "msn.com"]),
        ("smtp-mail.outlook.com", 587, Starttls),
        "Outlook.com takes no passwords from other programs. Use the server of your company, or a sending service.",
    ),
    provider(("Yahoo", &["yahoo.com"]), ("smtp.mail.yahoo.com", 465, Tls), APP_PASSWORD),
    provider(("iCloud", &["icloud.com", "me.com", "mac.com"]), ("smtp.mail.me.com", 587, Starttls), APP_PASSWORD),
    provider(("Fastmail", &["fastmail.com", "fastmail.fm"]), ("smtp.fastmail.com", 465, Tls), APP_PASSWORD),
    provider(
        ("GMX", &["gmx.net", "gmx.de", "gmx.at", "gmx.ch"]),
        ("mail.gmx.net", 465, Tls),
        "Sending by other programs has to be switched on in the settings of the mailbox there (POP3 and IMAP).",
    ),
    provider(
        ("WEB.DE", &["web.de"]),
        ("smtp.web.de", 587, Starttls),
        "Sending by other programs has to be switched on in the settings of the mailbox there (POP3 and IMAP).",
    ),
    provider(
        ("Zoho", &["zoho.com"]),
        ("smtp.zoho.com", 465, Tls),
        "Accounts of another region have another host, such as smtp.zoho.eu.",
    ),
    provider(
        ("Amazon SES", &[]),
        ("email-smtp.us-east-1.amazonaws.com", 587, Starttls),
        "Put your region into the host. User and password are SMTP credentials made in the SES console.",
    ),
    provider(
        ("Brevo", &[]),
        ("smtp-relay.brevo.com", 587, Starttls),
        "The user is the login shown under SMTP & API, the password an SMTP key.",
    ),
    provider(
        ("Mailgun", &[]),
        ("smtp.mailgun.org", 587, Starttls),
        "User and password are the SMTP credentials of the domain. Domains in the EU have the host smtp.eu.mailgun.org.",
    ),
    provider(
        ("Postmark", &[]),
        ("smtp.postmarkapp.com", 587, Starttls),
        "User and password are both the API token of the server.",
    ),
    provider(
        ("SendGrid", &[]),
        ("smtp.sendgrid.net", 587, Starttls),
        "The user is the word apikey, the password an API key.",
    ),
];

/// The provider of an address, by its domain.
pub(crate) fn provider_of(address: &str) -> Option<&'static MailProvider> {
    let (_, domain) = address.trim().rsplit_once('@')?;
    let is_it = |known: &&str| domain.eq_ignore_ascii_case(known);
    PROVIDERS.iter().find(|provider| provider.domains.iter().any(is_it))
}

/// The provider with this host.
pub(crate) fn provider_at(host: &str) -> Option<&'static MailProvider> {
    PROVIDERS.iter().find(|provider| provider.host.eq_ignore_ascii_case(host.trim()))
}

/// The encryption in words.
pub(crate) fn security_words(security: MailSecurity) -> &'static str {
    match security {
        Tls => "TLS",
        Starttls => "STARTTLS",
        MailSecurity::None => "none",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn a_provider_is_found_by_its_addresses_and_by_its_host() {
        let host = |address| provider_of(address).map(|provider| provider.host);
        assert_eq!(host("ann@GMAIL.com "), Some("smtp.gmail.com"));
        assert_eq!(host("ann@hotmail.com"), Some("smtp-mail.outlook.com"));
        assert_eq!((host("ann@acme.example"), host("ann")), (None, None));
        assert_eq!(provider_at(" SMTP.office365.com").map(|provider| provider.name), Some("Microsoft 365"));
        assert_eq!(provider_at("mail.acme.example"), None);
    }

    #[wasm_bindgen_test]
    fn every_provider_says_what_to_know() {
        for provider in &PROVIDERS {
            assert!(provider.advice.ends_with(['.', ')']), "{provider:?}");
            assert_eq!(provider.security == Tls, provider.port == 465, "{provider:?}");
        }
    }
}
