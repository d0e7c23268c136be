//! Filter and order of the list of contacts.

use crate::http::problem::Problem;
use knock_model::{Bucket, IntentType, LeadId};
use knock_ports::{LeadCursor, LeadFilter, LeadQuery, LeadSort};
use knock_routing::Condition;
use knock_wire::FieldError;
use serde::Deserialize;

/// The largest number of ids in one query.
const MOST_IDS: usize = 200;

/// The filter and the order of contacts.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct ContactQuery {
    /// Part of the address or the name, or the whole of a name such as `Visitor 3f9a`.
    #[serde(default)]
    q: String,
    /// `true`: only those who have given an address; `false`: only those who have not.
    named: Option<bool>,
    /// Only those with this `Knock: Intent Score`: `High`, `Medium` or `Low`.
    score: Option<String>,
    /// Only those with this `Knock: Intent Type`.
    r#type: Option<String>,
    /// A condition in JSON, as in a routing rule: `{"field": "attribution.utm_campaign", "op": "eq", "value": "spring"}`.
    /// Fields of the session and of the link are those of the last routing decision, all others are as of now.
    r#where: Option<String>,
    /// Only contacts with these ids, separated by commas, at most 200.
    ids: Option<String>,
    /// The sort key, descending after a `-`: `last_seen`, `first_seen`, `contact`, `name`, `account`, `score`, `type`,
    /// `channel`, `source`, `campaign`, `landing_page` or `signals`; `-last_seen` without it.
    sort: Option<String>,
}

impl ContactQuery {
    /// The query for the store; `after` is the cursor of the page before.
    pub(super) fn read(self, after: Option<&str>, limit: u32) -> Result<LeadQuery, Problem> {
        let (sort, is_descending) = self.order()?;
        let after =
            after.map(|text| LeadCursor::parse(text, sort).ok_or_else(|| super::super::page::no_place("after")));
        let after = after.transpose()?;
        Ok(LeadQuery { filter: self.filter()?, sort, is_descending, after, limit })
    }

    /// The given parameter that lists of the past do not support: a condition or an order.
    pub(super) const fn is_of_now(&self) -> Option<&'static str> {
        match (&self.r#where, &self.sort) {
            (Some(_), _) => Some("where"),
            (None, Some(_)) => Some("sort"),
            (None, None) => None,
        }
    }

    fn order(&self) -> Result<(LeadSort, bool), Problem> {
        let Some(text) = self.sort.as_deref() else { return Ok((LeadSort::LastSeen, true)) };
        let (word, is_descending) = text.strip_prefix('-').map_or((text, false), |word| (word, true));
        Ok((known("sort", word, LeadSort::ALL, LeadSort::as_str)?, is_descending))
    }

    fn filter(self) -> Result<LeadFilter, Problem> {
        let bucket = self.score.as_deref().map(|word| known("score", word, Bucket::ALL, Bucket::as_str)).transpose()?;
        let kinds = IntentType::ALL;
        let intent_type =
            self.r#type.as_deref().map(|word| known("type", word, kinds, IntentType::as_str)).transpose()?;
        let condition = self.r#where.as_deref().map(condition).transpose()?;
        let ids = self.ids.as_deref().map(ids).transpose()?;
        Ok(LeadFilter { search: self.q, is_named: self.named, bucket, intent_type, ids, condition })
    }
}

/// The value of a vocabulary that a parameter names.
pub(in crate::http::api) fn known<T: Copy>(
    name: &str,
    word: &str,
    all: &[T],
    spelling: fn(T) -> &'static str,
) -> Result<T, Problem> {
    all.iter().copied().find(|one| spelling(*one) == word).ok_or_else(|| {
        let words: Vec<_> = all.iter().map(|one| spelling(*one)).collect();
        wrong(name, format!("is none of {}", words.join(", ")))
    })
}

fn condition(text: &str) -> Result<Condition, Problem> {
    let condition: Condition = serde_json::from_str(text).map_err(|error| wrong("where", error.to_string()))?;
    condition.check().map_err(|error| wrong("where", error.to_string()))?;
    Ok(condition)
}

fn ids(text: &str) -> Result<Vec<LeadId>, Problem> {
    let ids: Vec<&str> = text.split(',').filter(|id| !id.is_empty()).collect();
    if ids.len() > MOST_IDS {
        return Err(wrong("ids", format!("has more than {MOST_IDS} ids")));
    }
    let ids = ids.into_iter().map(LeadId::parse).collect::<Result<_, _>>();
    ids.map_err(|_| wrong("ids", "has what is no id of a contact".into()))
}

fn wrong(name: &str, reason: String) -> Problem {
    Problem::malformed(FieldError { pointer: format!("query/{name}"), reason })
}
