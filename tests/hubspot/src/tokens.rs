//! The tokens that let in, and what they may do.

use crate::errors::{error, missing_scope};
use crate::request::Answer;
use std::collections::BTreeMap;

/// The token of the private app.
pub(crate) const PRIVATE: &str = "pat-eu1-contract";

const SCOPES: [&str; 10] = [
    "crm.objects.companies.read",
    "crm.objects.companies.write",
    "crm.objects.contacts.read",
    "crm.objects.contacts.write",
    "crm.objects.deals.read",
    "crm.objects.deals.write",
    "crm.objects.owners.read",
    "crm.schemas.companies.write",
    "crm.schemas.contacts.write",
    "oauth",
];

/// The tokens that let in.
#[derive(Clone, Debug)]
pub(crate) struct Tokens {
    /// Access tokens, with when they end.
    pub(crate) access: BTreeMap<String, i64>,
    /// The refresh token; none after the app was removed.
    pub(crate) refresh: Option<String>,
    pub(crate) scopes: Vec<String>,
    is_private_revoked: bool,
    pub(crate) refreshed: usize,
}

impl Default for Tokens {
    fn default() -> Tokens {
        let scopes = SCOPES.iter().map(|scope| (*scope).to_owned()).collect();
        let refresh = Some("refresh-0".to_owned());
        Tokens { access: BTreeMap::new(), refresh, scopes, is_private_revoked: false, refreshed: 0 }
    }
}

impl Tokens {
    /// Ends all access tokens now.
    pub(crate) fn expire(&mut self) {
        self.access.values_mut().for_each(|end| *end = 0);
    }

    /// The account removes the app.
    pub(crate) fn revoke(&mut self) {
        self.access.clear();
        self.refresh = None;
        self.is_private_revoked = true;
    }

    /// The token of the private app works again.
    pub(crate) fn restore(&mut self) {
        self.is_private_revoked = false;
    }

    /// Sets what the app may do.
    pub(crate) fn allow(&mut self, scopes: Vec<String>) {
        self.scopes = scopes;
    }

    /// The reason for which a request is refused; `scope` is the required one.
    pub(crate) fn refuse(&self, token: Option<&str>, scope: Option<&str>, now: i64) -> Option<Answer> {
        let invalid = || {
            let message = "Authentication credentials not found. This API supports OAuth 2.0 authentication.";
            Some(error(401, "INVALID_AUTHENTICATION", message))
        };
        match token {
            Some(PRIVATE) if !self.is_private_revoked => {}
            Some(token) => match self.access.get(token) {
                Some(end) if now < *end => {}
                Some(_) => {
                    let message = "The OAuth token used to make this call expired.";
                    return Some(error(401, "EXPIRED_AUTHENTICATION", message));
                }
                None => return invalid(),
            },
            None => return invalid(),
        }
        let lacks = scope.filter(|scope| !self.scopes.iter().any(|has| has == scope));
        lacks.map(missing_scope)
    }
}

/// The scope that a request for objects of a type needs.
pub(crate) fn scope(method: &str, segments: &[&str]) -> Option<String> {
    let reads = method == "GET" || segments.last().is_some_and(|last| matches!(*last, "read" | "search"));
    let verb = if reads { "read" } else { "write" };
    match segments {
        ["crm", "objects", object @ ("contacts" | "companies" | "deals"), ..] => {
            Some(format!("crm.objects.{object}.{verb}"))
        }
        ["crm", "objects", "0-3", ..] => Some(format!("crm.objects.deals.{verb}")),
        ["crm", "owners", ..] => Some("crm.objects.owners.read".to_owned()),
        ["crm", "properties", object @ ("contacts" | "companies"), ..] if !reads => {
            Some(format!("crm.schemas.{object}.write"))
        }
        _ => None,
    }
}
