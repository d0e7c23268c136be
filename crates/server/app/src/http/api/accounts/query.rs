//! Filter and order of the list of accounts.

use crate::http::api::parameter::{known, order};
use crate::http::problem::Problem;
use knock_model::{Bucket, IntentType, Millis};
use knock_ports::{AccountCursor, AccountFilter, AccountQuery, AccountSort};
use serde::Deserialize;

/// The filter and the order of accounts.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct AccountsQuery {
    /// Part of the domain.
    #[serde(default)]
    q: String,
    /// Only those with this `Knock: Intent Score`: `High`, `Medium` or `Low`.
    score: Option<String>,
    /// Only those with this `Knock: Intent Type`.
    r#type: Option<String>,
    /// The sort key, descending after a `-`: `last_seen`, `first_seen`, `account`, `contacts`, `score` or `signals`;
    /// `-last_seen` without it.
    sort: Option<String>,
}

impl AccountsQuery {
    /// The query for the store; `after` is the cursor of the page before.
    pub(super) fn read(self, after: Option<&str>, limit: u32) -> Result<AccountQuery, Problem> {
        let (sort, is_descending) = match self.sort.as_deref() {
            Some(text) => order(text, AccountSort::ALL, AccountSort::as_str)?,
            None => (AccountSort::LastSeen, true),
        };
        let after = after
            .map(|text| AccountCursor::parse(text, sort.kind()).ok_or_else(|| super::super::page::no_place("after")))
            .transpose()?;
        Ok(AccountQuery { filter: self.filter()?, sort, is_descending, after, limit, now: Millis(0) })
    }

    /// The given parameter that lists of the past do not support: an order.
    pub(super) const fn is_of_now(&self) -> Option<&'static str> {
        match &self.sort {
            Some(_) => Some("sort"),
            None => None,
        }
    }

    fn filter(self) -> Result<AccountFilter, Problem> {
        let bucket = self.score.as_deref().map(|word| known("score", word, Bucket::ALL, Bucket::as_str)).transpose()?;
        let kinds = IntentType::ALL;
        let intent_type =
            self.r#type.as_deref().map(|word| known("type", word, kinds, IntentType::as_str)).transpose()?;
        Ok(AccountFilter { search: self.q.trim().to_owned(), bucket, intent_type })
    }
}
