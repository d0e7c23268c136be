//! `GET /api/v1/links`: Knock Links, with their numbers.

use super::{owner_name, url};
use crate::http::auth::{Allowed, EditRouting};
use crate::http::body::Query;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use knock_agent::Language;
use knock_ports::{Link, StoreError};
use knock_routing::Utm;
use knock_wire::{LinkList, LinkShown, LinkUtm};
use serde::Deserialize;
use utoipa::IntoParams;

/// The filter for links.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct LinkQuery {
    /// `yes` for the archived links instead of those in use.
    #[serde(default)]
    #[param(inline)]
    archived: Archived,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
enum Archived {
    Yes,
    #[default]
    No,
}

/// The links in use, or the archived ones, by slug. `Website` is the launcher of the sites.
#[utoipa::path(get, path = "/api/v1/links", tag = "team", params(LinkQuery), responses(
    (status = 200, description = "The links", body = LinkList),
))]
pub(super) async fn get(
    _: Allowed<EditRouting>,
    State(state): State<AppState>,
    Query(LinkQuery { archived }): Query<LinkQuery>,
) -> Result<Json<LinkList>, Problem> {
    let is_asked = move |link: &Link| link.archived_at.is_some() == (archived == Archived::Yes);
    let found = read(state.core.store.clone(), move |view| {
        let links = view.links()?.into_iter().filter(is_asked);
        let links = links.map(|link| Ok((owner_name(view, &link)?, link))).collect::<Result<Vec<_>, StoreError>>()?;
        Ok((links, view.link_clicks()?, view.link_conversions()?))
    });
    let (links, clicks, conversions) = found.await?;
    let shown = links.into_iter().map(|(owner, link)| {
        let of = |counts: &std::collections::BTreeMap<String, u64>| counts.get(&link.slug).copied().unwrap_or_default();
        let (clicks, conversions) = (of(&clicks), of(&conversions));
        LinkShown { owner, clicks, conversions, ..shown(&state, link) }
    });
    Ok(Json(LinkList { links: shown.collect() }))
}

/// A link without clicks and without the name of its owner, as the API shows it.
pub(super) fn shown(state: &AppState, link: Link) -> LinkShown {
    let site =
        link.site.and_then(|id| state.sites.all().iter().find(|site| site.id == id).map(|site| site.key.clone()));
    let Utm { source, medium, campaign, term, content } = link.utm;
    LinkShown {
        url: url(state, &link.slug),
        slug: link.slug,
        name: link.name,
        funnel: link.funnel.into(),
        channel: link.channel,
        rule: link.rule,
        language: link.language.map(|language| Language::as_str(language).to_owned()),
        greeting: link.greeting,
        greetings: link.greetings,
        site,
        utm: LinkUtm { source, medium, campaign, term, content },
        duration_min: link.duration_min,
        questions: link.questions,
        owner: None,
        archived_at: link.archived_at,
        clicks: 0,
        conversions: 0,
    }
}
