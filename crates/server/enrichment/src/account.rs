//! The access to the enrichment provider: its address, and its key, stored sealed.

use knock_context::{Seal, ServerKey};
use knock_enrich::{Failure, Question, Template};
use knock_model::Email;
use knock_ports::{Chance, EnrichmentProvider};
use url::Url;

const PURPOSE: &str = "enrichment";
const UNREADABLE: &str = "the key cannot be read with the secret.key of this server; save it again";

/// The provider as it is set up.
#[derive(Clone, Copy)]
pub struct Account<'a> {
    pub key: &'a ServerKey,
    pub provider: &'a EnrichmentProvider,
}

impl Account<'_> {
    /// A key for storage: it can be opened for the host that it was given for alone.
    pub fn sealed(key: &ServerKey, url: &Url, secret: &str, chance: &dyn Chance) -> String {
        Seal { key, purpose: PURPOSE, of: origin(url).as_bytes() }.close(secret, chance)
    }

    /// The address of the provider with its placeholders.
    pub(crate) fn template(self) -> Result<Template, Failure> {
        Template::parse(&self.provider.url).map_err(|_| failure("the address of the provider cannot be used"))
    }

    /// The request about an address.
    pub(crate) fn question<'q>(
        self,
        template: &'q Template,
        email: &'q Email,
        domain: &'q str,
    ) -> Result<Question<'q>, Failure>
    where
        Self: 'q,
    {
        let EnrichmentProvider { header, secret, fields, .. } = self.provider;
        let url = template.url(email, domain).ok_or_else(|| failure("the address of the provider cannot be used"))?;
        let opened = match secret.as_str() {
            "" => None,
            sealed => {
                let origin = origin(&url);
                let seal = Seal { key: self.key, purpose: PURPOSE, of: origin.as_bytes() };
                let value = seal.open(sealed).ok_or_else(|| failure(UNREADABLE))?;
                Some((header.clone(), value))
            }
        };
        Ok(Question { template, secret: opened, fields, email, domain })
    }
}

/// Scheme, host and port.
pub fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}

pub(crate) fn failure(text: &str) -> Failure {
    Failure { code: None, text: text.to_owned(), retry_after: None }
}
