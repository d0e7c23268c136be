//! Installations of an app at a vendor: begun by a member, and finished once within ten minutes.

use crate::changes::Changes;
use crate::writer::{After, Command};
use knock_model::Millis;
use knock_ports::{Ledger, OauthAttempt, StoreError};

/// The lifetime of an installation.
pub const OAUTH_LIFE: Millis = Millis(10 * Millis::MINUTE.0);
/// The maximum number of pending installations of one session at one vendor; another one ends its oldest.
const MOST_OF_SESSION: usize = 5;
/// The maximum number of all pending ones at one vendor: a whole team connects its calendars on one day.
const MOST: usize = 200;

/// Begins an installation.
#[derive(Clone, Debug)]
pub struct BeginOauth {
    pub vendor: &'static str,
    /// The attempt, stored until the browser comes back.
    pub attempt: OauthAttempt,
    pub now: Millis,
}

impl Command for BeginOauth {
    type Outcome = ();

    fn run(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<(), StoreError> {
        let mut attempts = ledger.oauth_attempts(self.vendor)?;
        attempts.retain(|known| self.now < known.expires_at);
        attempts.push(self.attempt.clone());
        let is_own = |known: &OauthAttempt| known.session == self.attempt.session;
        if attempts.iter().filter(|known| is_own(known)).count() > MOST_OF_SESSION
            && let Some(oldest) = attempts.iter().position(is_own)
        {
            attempts.remove(oldest);
        }
        let beyond = attempts.len().saturating_sub(MOST);
        attempts.drain(..beyond);
        ledger.save_oauth_attempts(self.vendor, &attempts)
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

/// Takes an installation up when the browser returns: its `state` is not valid a second time.
#[derive(Clone, Debug)]
pub struct TakeOauth {
    pub vendor: &'static str,
    /// The SHA-256 of the `state` that came back, in hex.
    pub state: String,
    /// The SHA-256 of the session that it came back with, in hex.
    pub session: String,
    pub now: Millis,
}

/// The state of a `state`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OauthTaken {
    /// The installation with this app, sealed.
    App(String),
    /// The installation began more than ten minutes ago.
    Expired,
    /// The `state` was used before, or never issued.
    Unknown,
    /// Another session began the installation and can still finish it.
    Foreign,
}

impl Command for TakeOauth {
    type Outcome = OauthTaken;

    fn run(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<OauthTaken, StoreError> {
        let mut attempts = ledger.oauth_attempts(self.vendor)?;
        let Some(at) = attempts.iter().position(|known| known.state == self.state) else {
            return Ok(OauthTaken::Unknown);
        };
        if attempts[at].session != self.session {
            return Ok(OauthTaken::Foreign);
        }
        let attempt = attempts.remove(at);
        ledger.save_oauth_attempts(self.vendor, &attempts)?;
        Ok(if self.now < attempt.expires_at { OauthTaken::App(attempt.app) } else { OauthTaken::Expired })
    }

    fn after(&self) -> After {
        After::Nothing
    }
}
