//! The connector to the SMTP server, and the addresses that stand in letters.

use crate::config;
use crate::data::server_key::ServerKey;
use crate::foundation::{Core, PublicAddress};
use anyhow::ensure;
use knock_mail::{Links, MailConnector, Smtp};
use knock_model::LeadId;
use knock_wire::RawSecret;
use std::sync::Arc;

/// Placeholder for tokens and proofs.
const HIDDEN: &str = "HIDDEN";

/// The connector that sends by this server.
pub(super) fn connector(config: &config::Smtp, core: &Core) -> anyhow::Result<MailConnector> {
    let links = Arc::new(Signed { key: Arc::clone(&core.key), address: Arc::clone(&core.address) });
    Ok(MailConnector { smtp: smtp(config)?, links, clock: Arc::clone(&core.clock) })
}

/// The server, if mail is set up.
fn smtp(config: &config::Smtp) -> anyhow::Result<Option<Smtp>> {
    let (url, from) = (config.url.reveal(), &*config.from);
    if url.is_empty() {
        return Ok(None);
    }
    ensure!(!from.is_empty(), "`smtp.from` is missing: who sends, such as `Acme <hello@acme.example>`");
    Ok(Some(Smtp::new(url, from)?))
}

/// The token of a sign-in link that is mailed: derived, so that no copy of the database holds it.
pub(crate) fn sign_in_token(key: &ServerKey, link: &str) -> RawSecret {
    RawSecret::from(hex::encode(key.derive("sign-in-link", link.as_bytes())))
}

/// What proves that a lead was sent the address that ends mail to them.
pub(crate) fn stop_proof(key: &ServerKey, lead: LeadId) -> String {
    hex::encode(&key.derive("mail-stop", lead.as_bytes())[..16])
}

/// Addresses that work.
struct Signed {
    key: Arc<ServerKey>,
    address: Arc<PublicAddress>,
}

impl Links for Signed {
    fn sign_in(&self, link: &str) -> String {
        self.address.sign_in(&sign_in_token(&self.key, link)).reveal().to_owned()
    }

    fn unsubscribe(&self, lead: LeadId) -> String {
        unsubscribe(&self.address, lead, &stop_proof(&self.key, lead))
    }

    fn hosted(&self, link: &str) -> String {
        hosted(&self.address, link)
    }
}

/// Addresses as the team may see them: they open nothing.
pub(crate) struct Masked(pub(crate) Arc<PublicAddress>);

impl Links for Masked {
    fn sign_in(&self, _: &str) -> String {
        self.0.sign_in(&RawSecret::from(HIDDEN.to_owned())).reveal().to_owned()
    }

    fn unsubscribe(&self, lead: LeadId) -> String {
        unsubscribe(&self.0, lead, HIDDEN)
    }

    fn hosted(&self, link: &str) -> String {
        hosted(&self.0, link)
    }
}

fn unsubscribe(address: &PublicAddress, lead: LeadId, proof: &str) -> String {
    format!("{}/mail/stop?lead={lead}&proof={proof}", address.url)
}

fn hosted(address: &PublicAddress, link: &str) -> String {
    format!("{}/l/{link}", address.url)
}
