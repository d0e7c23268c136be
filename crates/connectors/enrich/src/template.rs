//! The address of a provider, with places for the lead's address and domain.

use knock_model::Email;
use url::{Host, Url, form_urlencoded};

const EMAIL: &str = "{email}";
const DOMAIN: &str = "{domain}";
/// The longest address, in bytes.
const LONGEST: usize = 2_000;

/// An address with places in its path or query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template(String);

impl Template {
    /// Reads one.
    ///
    /// # Errors
    /// What is wrong, for the person who wrote it.
    pub fn parse(text: &str) -> Result<Template, &'static str> {
        let text = text.trim();
        if text.len() > LONGEST {
            return Err("is longer than 2000 bytes");
        }
        if !text.contains(EMAIL) && !text.contains(DOMAIN) {
            return Err("has neither {email} nor {domain}: nothing would be asked for");
        }
        if text.replace(EMAIL, "").replace(DOMAIN, "").contains(['{', '}']) {
            return Err("has a place other than {email} and {domain}");
        }
        if text.contains('#') {
            return Err("has a part behind #, which is never sent");
        }
        let template = Template(text.to_owned());
        let filled = |domain: &str| template.filled(&format!("a@{domain}"), domain);
        match (filled("one.example"), filled("two.example")) {
            (Some(one), Some(two)) if one.origin() == two.origin() => Ok(template),
            (Some(_), Some(_)) => Err("has a place in its host: only path and query can have one"),
            _ => Err("is not an address such as https://api.example.com/find?email={email}"),
        }
    }

    /// Whether a person is asked for, not their company alone.
    pub fn is_of_person(&self) -> bool {
        self.0.contains(EMAIL)
    }

    /// The address for a lead, `domain` being that of their company.
    pub fn url(&self, email: &Email, domain: &str) -> Option<Url> {
        let ascii = Host::parse(domain).map_or_else(|_| domain.to_owned(), |host| host.to_string());
        self.filled(email.as_str(), &ascii)
    }

    fn filled(&self, email: &str, domain: &str) -> Option<Url> {
        let encoded = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
        // A domain put in first could hold no place: it has no braces.
        Url::parse(&self.0.replace(DOMAIN, &encoded(domain)).replace(EMAIL, &encoded(email))).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_into_an_address_is_encoded_and_changes_nothing_else() {
        let url = |template: &str, email: &str, domain: &str| {
            let template = Template::parse(template).expect("a template");
            let email = Email::parse(email).expect("an address");
            template.url(&email, domain).expect("a URL").to_string()
        };
        let by_query = "https://api.example/find?email={email}&d={domain}";
        assert_eq!(
            url(by_query, "a+b&c=d@acme.example", "acme.example"),
            "https://api.example/find?email=a%2Bb%26c%3Dd%40acme.example&d=acme.example"
        );
        assert_eq!(
            url("https://api.example/{email}/x", "a/b?c#d@acme.example", "acme.example"),
            "https://api.example/a%2Fb%3Fc%23d%40acme.example/x"
        );
        assert_eq!(
            url("https://api.example/v1/{domain}", "a@m\u{fc}ller.example", "m\u{fc}ller.example"),
            "https://api.example/v1/xn--mller-kva.example"
        );
        assert_eq!(
            url("https://api.example/?q={email}", "{domain}@acme.example", "acme.example").matches("acme").count(),
            1
        );
    }

    #[test]
    fn an_address_that_cannot_be_used_says_why() {
        let wrong = |text: &str| Template::parse(text).expect_err(text);
        assert!(wrong("https://api.example/find").contains("neither {email} nor {domain}"));
        assert!(wrong("https://api.example/{email}?key={key}").contains("other than"));
        assert!(wrong("https://api.example/#{email}").contains("behind #"));
        assert!(wrong("https://{domain}/").contains("in its host"));
        assert!(wrong("api.example/{email}").contains("such as"));
        assert!(wrong(&format!("https://api.example/{{email}}{}", "x".repeat(2_000))).contains("longer"));
        assert!(Template::parse("https://api.example/{email}").expect("one").is_of_person());
        assert!(!Template::parse("https://api.example/{domain}").expect("one").is_of_person());
    }
}
