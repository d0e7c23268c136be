//! `/l/{slug}`: the hosted page of a Knock Link, or of a site's chat: a chat, or a booking. Loading it says nothing; its script records the click when a person sees it.

use super::face::Face;
use super::link_not_found;
use crate::http::body::{Path, Query};
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use crate::http::texts::{escaped, language_of};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, header};
use axum::response::{Html, IntoResponse, Response};
use knock_agent::Language;
use knock_ingest::Origin;
use knock_ports::{Link, Site};
use knock_routing::Funnel;
use serde::Deserialize;
use std::sync::Arc;

/// Nothing from other origins, nothing inline.
pub(super) const POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
     img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";
/// The origins of pages on this machine, such as the demo site's.
const LOOPBACK: &str = " http://localhost:* http://127.0.0.1:*";

/// The parameters of the page.
#[derive(Deserialize)]
pub(super) struct Shown {
    /// In which language, such as `de`; without it that of the browser.
    lang: Option<String>,
    /// The key of the site whose chat it is, beside `/l/Website`.
    #[serde(default)]
    site: String,
}

pub(super) async fn get(
    State(state): State<AppState>,
    Path(slug): Path<String>,
    Query(Shown { lang, site }): Query<Shown>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let slug = named(&slug);
    let link = read(state.core.store.clone(), move |view| view.link(&slug)).await?;
    let (archived, link) = match link {
        Some(link) if link.archived_at.is_some() => (Some(link), None),
        link => (None, link),
    };
    let Some((link, of)) = link.and_then(|link| site_of(&state, &link, &site).map(|of| (link, of))) else {
        return link_not_found::page(&state, archived.as_ref(), language_of(lang.as_deref(), &headers)).await;
    };
    let own = link.language.map(Language::as_str);
    let file = match link.funnel {
        Funnel::Chat => "link.html",
        Funnel::Meeting => "meeting.html",
    };
    let face = Face::of(&state, Some(Arc::clone(&of)), language_of(lang.as_deref().or(own), &headers));
    let page = face
        .page(&state, file)?
        .replace("__LOOK__", &face.data(&state).await?)
        .replace("__SITE__", &escaped(&site))
        .replace("__MEETING__", "")
        .replace("__SLUG__", &escaped(&link.slug))
        .replace("__HEADING__", &escaped(face.name()))
        .replace("__TITLE__", &escaped(face.name()));
    let headers = [
        (
            header::CONTENT_SECURITY_POLICY,
            format!("{POLICY}{}", frame_ancestors(&state, &framing(&state, &link, &of, &site))),
        ),
        (header::CACHE_CONTROL, "no-cache".into()),
        (header::VARY, "accept-language".into()),
        (HeaderName::from_static("x-robots-tag"), "noindex".into()),
    ];
    Ok((headers, Html(page)).into_response())
}

/// The slug in the last part of an address. Programs that make links of texts take along what stands behind them, such as a
/// full stop, and people forget the `?` before a campaign.
fn named(last: &str) -> String {
    last.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect()
}

/// The site whose chat it is: that of the key in the address, which only a launcher has, else that of the link. A chat
/// belongs to a site: without one there is nothing to open.
fn site_of(state: &AppState, link: &Link, key: &str) -> Option<Arc<Site>> {
    match key {
        "" => state.sites.of_link(link),
        key => state.sites.in_use(key).filter(|_| link.is_launcher()),
    }
}

/// The sites whose pages may frame it: that of the link or of the key in the address; any one in use where the link names
/// none.
fn framing(state: &AppState, link: &Link, of: &Arc<Site>, key: &str) -> Vec<Arc<Site>> {
    if link.site.is_some() || !key.is_empty() {
        return vec![Arc::clone(of)];
    }
    state.sites.all().iter().filter(|site| site.removed_at.is_none()).cloned().collect()
}

/// Whether the server is reached at an address of this machine only, as during development.
fn is_on_this_machine(state: &AppState) -> bool {
    state.core.address.origin.as_deref().and_then(Origin::parse).is_some_and(|origin| origin.is_loopback())
}

/// The origins whose pages may frame a page beside the server's own, as the policy has them: those of these sites, each
/// after a space.
pub(super) fn frame_ancestors(state: &AppState, sites: &[Arc<Site>]) -> String {
    origins(sites, is_on_this_machine(state))
}

/// The demo site has pages on this machine, if the server is there too.
fn origins(sites: &[Arc<Site>], is_on_this_machine: bool) -> String {
    let mut origins = String::new();
    for site in sites {
        for origin in &site.origins {
            origins.push(' ');
            origins.push_str(origin);
        }
        if site.demo && is_on_this_machine {
            origins.push_str(LOOPBACK);
        }
    }
    origins
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_model::{IdentifyPolicy, SiteId};

    #[test]
    fn pages_of_this_machine_frame_a_page_of_a_server_on_this_machine_alone() {
        let demo = Arc::new(Site {
            id: SiteId(1),
            key: String::new(),
            name: "Demo".into(),
            origins: vec!["https://demo.example".into()],
            base: "/demo".into(),
            demo: true,
            categories: Vec::new(),
            identify: IdentifyPolicy::Open,
            identify_round: 1,
            removed_at: None,
        });
        let sites = [demo];
        assert_eq!(origins(&sites, true), " https://demo.example http://localhost:* http://127.0.0.1:*");
        assert_eq!(origins(&sites, false), " https://demo.example");
    }
}
