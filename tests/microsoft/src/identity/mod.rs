//! Microsoft's identity platform: consent, codes, tokens and grants.
//!
//! <https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow>

mod authorize;
mod errors;
mod token;

pub(crate) use authorize::{decide, page};
pub(crate) use token::{answer, grant};

use crate::access::Caller;
use crate::errors::{Refusal, unauthorized};
use std::collections::{BTreeMap, BTreeSet};

/// The lifetime of a refresh token that is not used, in milliseconds.
const INACTIVE: i64 = 90 * 86_400_000;

/// What users have consented to, and the tokens of it.
#[derive(Debug, Default)]
pub(crate) struct Identity {
    codes: BTreeMap<String, Code>,
    access: BTreeMap<String, Access>,
    refresh: BTreeMap<String, Refresh>,
    /// By account: the scopes that its user has consented to.
    consents: BTreeMap<String, BTreeSet<String>>,
    pub(crate) refreshed: usize,
}

#[derive(Clone, Debug)]
struct Code {
    account: String,
    scopes: BTreeSet<String>,
    redirect_uri: String,
    /// `code_challenge` and its method.
    challenge: Option<(String, String)>,
    at: i64,
    is_used: bool,
}

#[derive(Clone, Debug)]
struct Access {
    account: String,
    scopes: BTreeSet<String>,
    end: i64,
}

#[derive(Clone, Debug)]
struct Refresh {
    account: String,
    scopes: BTreeSet<String>,
    used: i64,
    /// The number of the error that it leads to since its grant was revoked.
    dead: Option<u32>,
}

impl Identity {
    /// The caller of a request to Graph.
    pub(crate) fn caller(&self, bearer: Option<&str>, now: i64) -> Result<Caller, Refusal> {
        let token = bearer.filter(|token| !token.is_empty()).ok_or_else(|| unauthorized("Access token is empty."))?;
        let access = self
            .access
            .get(token)
            .ok_or_else(|| unauthorized("IDX14100: JWT is not well formed, there are no dots (.)."))?;
        if access.end <= now {
            return Err(unauthorized("Lifetime validation failed, the token is expired."));
        }
        Ok(Caller { account: access.account.clone(), scopes: access.scopes.clone() })
    }

    /// Ends all access tokens, of one account or of all.
    pub(crate) fn expire_access(&mut self, account: Option<&str>) {
        let theirs = self.access.values_mut().filter(|access| account.is_none_or(|account| access.account == account));
        theirs.for_each(|access| access.end = 0);
    }

    /// Revokes the grant of an account: its refresh tokens lead to this error. Access tokens live on.
    pub(crate) fn revoke(&mut self, account: &str, code: u32) {
        let theirs = self.refresh.values_mut().filter(|refresh| refresh.account == account);
        theirs.for_each(|refresh| refresh.dead = Some(code));
        self.consents.remove(account);
    }

    /// Consents as a user would, without a browser.
    pub(crate) fn consent(&mut self, account: &str, scopes: &BTreeSet<String>) {
        self.consents.entry(account.to_owned()).or_default().extend(scopes.iter().cloned());
    }
}
