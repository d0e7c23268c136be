//! The services that every command and every request needs.

use crate::ServerKey;
use knock_engine::{Change, CommitError, Writer};
use knock_ports::{Actor, Chance, Clock, Files, Store};
use knock_reader::Reader;
use knock_wire::RawSecret;
use std::sync::Arc;

/// The public address of the server, for visitors and the team.
pub struct PublicAddress {
    /// Such as `https://knock.example.com`, without a slash at the end.
    pub url: String,
    /// The address as an origin, if it has one.
    pub origin: Option<String>,
}

impl PublicAddress {
    /// The sign-in page for a token.
    pub fn sign_in(&self, token: &RawSecret) -> RawSecret {
        format!("{}/app/sign-in?token={}", self.url, token.reveal()).into()
    }
}

/// The services that every command and every request needs.
#[derive(Clone)]
pub struct Core {
    pub store: Arc<dyn Store>,
    pub files: Arc<dyn Files>,
    pub writer: Writer,
    pub clock: Arc<dyn Clock>,
    pub chance: Arc<dyn Chance>,
    pub key: Arc<ServerKey>,
    pub address: Arc<PublicAddress>,
    /// Reads files and calendars of strangers.
    pub reader: Reader,
}

impl Core {
    /// Makes a change, with its entry in the audit log.
    ///
    /// # Errors
    /// When it cannot be stored.
    pub async fn make<C: Change>(&self, actor: Actor, change: C) -> Result<C::Outcome, CommitError> {
        self.writer.commit(change.by(actor, self.clock.now())).await
    }
}
