//! `GET /api/v1/visits`: who is on a site now.

use crate::http::api::parameter::{known, wrong};
use crate::http::auth::{Allowed, UseInbox};
use crate::http::body::Query;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::sites::SiteDirectory;
use axum::Json;
use axum::extract::State;
use knock_engine::{Presenter, VisitQuery};
use knock_model::search::Search;
use knock_model::{Bucket, IntentType, RepId};
use knock_ports::{Clock, OwnerFilter, Store};
use knock_wire::VisitList;
use serde::Deserialize;
use std::sync::Arc;

/// The longest search, in characters.
const LONGEST: usize = 200;

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Filter {
    /// Only those on the site with this key.
    site: Option<String>,
    /// Only those with this `Knock: Intent Type`; of those who have not chatted, with this provisional one.
    r#type: Option<String>,
    /// Only those with this `Knock: Intent Score`: `High`, `Medium` or `Low`.
    score: Option<String>,
    /// Only those of this owner: the id of a member, `me`, `ai_agent`, or `none` for those without.
    owner: Option<String>,
    /// Words that each of them must have in the name, the address, the company or the page.
    #[serde(default)]
    q: String,
    /// `true`: only those whose address is known; `false`: only the others.
    known: Option<String>,
}

/// The people who are on a site now, one row for each browser, the last to view a page first: at most 200.
#[utoipa::path(get, path = "/api/v1/visits", tag = "team", params(Filter), responses(
    (status = 200, description = "Who is on a site", body = VisitList),
))]
pub(super) async fn get(
    allowed: Allowed<UseInbox>,
    State(store): State<Arc<dyn Store>>,
    State(clock): State<Arc<dyn Clock>>,
    State(sites): State<Arc<SiteDirectory>>,
    Query(filter): Query<Filter>,
) -> Result<Json<VisitList>, Problem> {
    let reader = allowed.caller.who.member_id();
    let query = query(&filter, &sites, reader)?;
    let now = clock.now();
    read(store, move |view| Presenter::new(view, now)?.visits(&query)).await.map(Json)
}

fn query(filter: &Filter, sites: &SiteDirectory, reader: Option<RepId>) -> Result<VisitQuery, Problem> {
    if filter.q.chars().count() > LONGEST {
        return Err(wrong("q", format!("is longer than {LONGEST} characters")));
    }
    let site = filter
        .site
        .as_deref()
        .map(|key| sites.by_key(key).map(|site| site.id).ok_or_else(|| wrong("site", "is the key of no site".into())));
    let kind = filter.r#type.as_deref().map(|word| known("type", word, IntentType::ALL, IntentType::as_str));
    let score = filter.score.as_deref().map(|word| known("score", word, Bucket::ALL, Bucket::as_str));
    Ok(VisitQuery {
        site: site.transpose()?,
        intent_type: kind.transpose()?,
        score: score.transpose()?,
        owner: filter.owner.as_deref().map(|word| owner(word, reader)).transpose()?,
        is_known: filter.known.as_deref().map(is_known).transpose()?,
        search: Search::parse(&filter.q),
        reader,
    })
}

fn owner(word: &str, reader: Option<RepId>) -> Result<OwnerFilter, Problem> {
    match word {
        "none" => Ok(OwnerFilter::Unassigned),
        "ai_agent" => Ok(OwnerFilter::AiAgent),
        "me" => reader
            .map(OwnerFilter::Rep)
            .ok_or_else(|| wrong("owner", "an API key has no conversations of its own".into())),
        id => RepId::parse(id)
            .map(OwnerFilter::Rep)
            .map_err(|_| wrong("owner", "expected the id of a member, me, ai_agent or none".into())),
    }
}

fn is_known(word: &str) -> Result<bool, Problem> {
    match word {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err(wrong("known", "expected true or false".into())),
    }
}
