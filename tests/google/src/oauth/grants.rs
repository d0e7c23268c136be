//! What accounts have granted to the app, and the codes and tokens of it.

use crate::api::Caller;
use crate::scopes;
use serde_json::{Value as Json, json};
use std::collections::{BTreeMap, BTreeSet};

/// The life of a code, in milliseconds.
const CODE_LIFE: i64 = 10 * 60_000;
/// The life of an access token, in seconds.
pub(crate) const TOKEN_LIFE: i64 = 3_599;
/// The life of a refresh token of an app in testing, in milliseconds ([`crate::pages::EXPIRATION`]).
pub(crate) const TESTING_LIFE: i64 = 7 * 24 * 3_600_000;

#[derive(Debug, Default)]
pub(crate) struct Grants {
    /// Short names of scopes by account.
    granted: BTreeMap<String, BTreeSet<String>>,
    pub(super) codes: BTreeMap<String, Code>,
    access: BTreeMap<String, Token>,
    refresh: BTreeMap<String, Token>,
    given: u64,
}

/// A code with which the browser returned from the consent page.
#[derive(Clone, Debug)]
pub(crate) struct Code {
    pub(super) account: String,
    pub(super) scopes: BTreeSet<String>,
    pub(super) redirect_uri: String,
    /// The challenge and whether it is a hash.
    pub(super) challenge: Option<(String, bool)>,
    /// Whether a refresh token comes with the access token.
    pub(super) is_offline: bool,
    pub(super) ends: i64,
    pub(super) is_used: bool,
}

#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) account: String,
    pub(super) scopes: BTreeSet<String>,
    /// In milliseconds since 1970; none for a refresh token without an end.
    pub(super) ends: Option<i64>,
}

impl Token {
    fn is_valid(&self, now: i64) -> bool {
        self.ends.is_none_or(|ends| now < ends)
    }
}

impl Grants {
    /// The account of an access token that is valid.
    pub(crate) fn caller(&self, token: &str, now: i64) -> Option<Caller> {
        let token = self.access.get(token).filter(|token| token.is_valid(now))?;
        Some(Caller { account: token.account.clone(), scopes: token.scopes.clone() })
    }

    pub(super) fn refresher(&self, token: &str, now: i64) -> Option<Token> {
        self.refresh.get(token).filter(|token| token.is_valid(now)).cloned()
    }

    pub(super) fn ends(&self, token: &str) -> Option<i64> {
        self.access.get(token).and_then(|token| token.ends)
    }

    /// What an account has granted so far.
    pub(super) fn granted(&self, account: &str) -> BTreeSet<String> {
        self.granted.get(account).cloned().unwrap_or_default()
    }

    pub(super) fn grant(&mut self, account: &str, scopes: &BTreeSet<String>) {
        self.granted.entry(account.to_owned()).or_default().extend(scopes.iter().cloned());
    }

    pub(super) fn code(&mut self, mut code: Code, now: i64) -> String {
        self.given += 1;
        code.ends = now + CODE_LIFE;
        let text = format!("4/0contract-{}", self.given);
        self.codes.insert(text.clone(), code);
        text
    }

    pub(super) fn access(&mut self, account: &str, scopes: &BTreeSet<String>, now: i64) -> String {
        self.given += 1;
        let text = format!("ya29.contract-{}", self.given);
        let ends = Some(now + TOKEN_LIFE * 1_000);
        self.access.insert(text.clone(), Token { account: account.to_owned(), scopes: scopes.clone(), ends });
        text
    }

    pub(super) fn refresh(&mut self, account: &str, scopes: &BTreeSet<String>, ends: Option<i64>) -> String {
        self.given += 1;
        let text = format!("1//contract-{}", self.given);
        self.refresh.insert(text.clone(), Token { account: account.to_owned(), scopes: scopes.clone(), ends });
        text
    }

    /// The account of any token, valid or not.
    pub(super) fn account_of(&self, token: &str) -> Option<String> {
        let token = self.access.get(token).or_else(|| self.refresh.get(token))?;
        Some(token.account.clone())
    }

    /// The account takes its grant back: all tokens end.
    pub(crate) fn revoke(&mut self, account: &str) {
        self.granted.remove(account);
        self.access.retain(|_, token| token.account != account);
        self.refresh.retain(|_, token| token.account != account);
        self.codes.retain(|_, code| code.account != account);
    }

    /// Access tokens end at once, refresh tokens stay.
    pub(crate) fn expire(&mut self) {
        self.access.clear();
    }

    /// Leaves an account no more scopes than these, also in tokens that are out.
    pub(crate) fn narrow(&mut self, account: &str, left: &BTreeSet<String>) {
        let own = |token: &&mut Token| token.account == account;
        for token in self.access.values_mut().chain(self.refresh.values_mut()).filter(own) {
            token.scopes.retain(|scope| left.contains(scope));
        }
        if let Some(granted) = self.granted.get_mut(account) {
            granted.retain(|scope| left.contains(scope));
        }
    }

    /// Scopes by account, and the numbers of tokens.
    pub(crate) fn shown(&self) -> Json {
        let scopes = |granted: &BTreeSet<String>| granted.iter().map(|scope| scopes::whole(scope)).collect::<Vec<_>>();
        let granted: BTreeMap<&String, Vec<String>> =
            self.granted.iter().map(|(account, granted)| (account, scopes(granted))).collect();
        json!({"granted": granted, "access_tokens": self.access.len(), "refresh_tokens": self.refresh.len()})
    }
}
