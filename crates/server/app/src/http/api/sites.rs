//! `/api/v1/sites`: the sites with the snippet.

use crate::http::auth::{Allowed, ManageSites};
use crate::http::body::{JsonBody, Path};
use crate::http::identify_secret::identify_secret;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use knock_engine::commands::{CreateSite, RemoveSite, RotateIdentifySecret, SaveSetting, SaveSite};
use knock_ingest::Origin;
use knock_intent::OverrideBy;
use knock_model::{IdentifyPolicy, SiteId};
use knock_ports::{Setting, Site, StoreError, View};
use knock_wire::{FieldError, SiteDraft, SiteList};
use std::collections::HashSet;
use std::sync::Arc;

/// The sites, each with its snippet; removed ones too, with `removed_at`.
#[utoipa::path(get, path = "/api/v1/sites", tag = "team", responses((status = 200, description = "All sites", body = SiteList)))]
pub(super) async fn get(_: Allowed<ManageSites>, State(state): State<AppState>) -> Result<Json<SiteList>, Problem> {
    let found = read(state.core.store.clone(), move |view| {
        let sites = view.sites()?;
        let sites = sites.into_iter().map(|site| shown(view, site, &state)).collect::<Result<_, _>>()?;
        Ok(SiteList { sites, keeps_demo: view.settings()?.keeps_demo })
    });
    found.await.map(Json)
}

/// Adds a site.
#[utoipa::path(post, path = "/api/v1/sites", tag = "team", request_body = SiteDraft, responses(
    (status = 201, description = "The new site", body = knock_wire::Site),
    (status = 422, description = "Invalid field; `errors` names it"),
))]
pub(super) async fn post(
    Allowed { caller, .. }: Allowed<ManageSites>,
    State(state): State<AppState>,
    JsonBody(draft): JsonBody<SiteDraft>,
) -> Result<(StatusCode, Json<knock_wire::Site>), Problem> {
    let key = hex::encode(state.core.chance.bytes16());
    let site = checked(draft, blank(key))?;
    let site = state.core.make(caller.actor(), CreateSite { site, now: state.core.clock.now() }).await?;
    Ok((StatusCode::CREATED, show(state, site).await?))
}

/// Changes a site.
#[utoipa::path(put, path = "/api/v1/sites/{key}", tag = "team", request_body = SiteDraft,
    params(("key" = String, Path, description = "Key of the site")),
    responses(
        (status = 200, description = "The site as it is now", body = knock_wire::Site),
        (status = 404, description = "Site not found or removed"),
        (status = 422, description = "Invalid field; `errors` names it"),
    ))]
pub(super) async fn put(
    Allowed { caller, .. }: Allowed<ManageSites>,
    State(state): State<AppState>,
    Path(key): Path<String>,
    JsonBody(draft): JsonBody<SiteDraft>,
) -> Result<Json<knock_wire::Site>, Problem> {
    let site = state.sites.in_use(&key).ok_or_else(Problem::not_found)?;
    let site = checked(draft, Arc::unwrap_or_clone(site))?;
    state.core.make(caller.actor(), SaveSite { site: site.clone() }).await?;
    show(state, site).await
}

/// Replaces the identify secret of a site. The old one proves nothing from then on; its earlier proofs remain valid.
#[utoipa::path(post, path = "/api/v1/sites/{key}/identify-secret", tag = "team",
    params(("key" = String, Path, description = "Key of the site")),
    responses(
        (status = 200, description = "The site with its new secret", body = knock_wire::Site),
        (status = 404, description = "Site not found or removed"),
    ))]
pub(super) async fn rotate(
    Allowed { caller, .. }: Allowed<ManageSites>,
    State(state): State<AppState>,
    Path(key): Path<String>,
) -> Result<Json<knock_wire::Site>, Problem> {
    let site = state.sites.in_use(&key).ok_or_else(Problem::not_found)?;
    state.core.make(caller.actor(), RotateIdentifySecret { site: site.id }).await?;
    show(state, Arc::unwrap_or_clone(site)).await
}

/// Removes a site: its signals and new chats are answered 410 from then on, on every server. Its contacts, signals and
/// conversations remain. Its key is never reused.
#[utoipa::path(delete, path = "/api/v1/sites/{key}", tag = "team",
    params(("key" = String, Path, description = "Key of the site")),
    responses(
        (status = 204, description = "Removed"),
        (status = 404, description = "Site not found or removed"),
    ))]
pub(super) async fn delete(
    Allowed { caller, .. }: Allowed<ManageSites>,
    State(state): State<AppState>,
    Path(key): Path<String>,
) -> Result<StatusCode, Problem> {
    let site = state.sites.in_use(&key).ok_or_else(Problem::not_found)?;
    let is_removed = state.core.make(caller.actor(), RemoveSite { site: site.id, now: state.core.clock.now() }).await?;
    // Before the response: once the client has it, this server refuses the site's signals.
    read(state.core.store.clone(), move |_| state.sites.reload()).await?;
    if is_removed { Ok(StatusCode::NO_CONTENT) } else { Err(Problem::not_found()) }
}

/// Keeps the demo site beside a site of the team's own: the dashboard no longer suggests its removal.
#[utoipa::path(post, path = "/api/v1/sites/{key}/keep", tag = "team",
    params(("key" = String, Path, description = "Key of the demo site")),
    responses(
        (status = 204, description = "Kept"),
        (status = 404, description = "No demo site in use has this key"),
    ))]
pub(super) async fn keep(
    Allowed { caller, .. }: Allowed<ManageSites>,
    State(state): State<AppState>,
    Path(key): Path<String>,
) -> Result<StatusCode, Problem> {
    state.sites.in_use(&key).filter(|site| site.demo).ok_or_else(Problem::not_found)?;
    state.core.make(caller.actor(), SaveSetting { setting: Setting::KeepsDemo(true) }).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A site before its first draft.
fn blank(key: String) -> Site {
    Site {
        id: SiteId(0),
        key,
        name: String::new(),
        origins: Vec::new(),
        base: String::new(),
        demo: false,
        categories: Vec::new(),
        identify: IdentifyPolicy::Open,
        identify_round: 1,
        removed_at: None,
    }
}

/// Applies the change to the sites in use, and shows it.
async fn show(state: AppState, site: Site) -> Result<Json<knock_wire::Site>, Problem> {
    let shown = read(state.core.store.clone(), move |view| {
        state.sites.reload()?;
        let site = state.sites.by_key(&site.key).map_or(site, Arc::unwrap_or_clone);
        shown(view, site, &state)
    });
    shown.await.map(Json)
}

fn shown(view: &dyn View, site: Site, state: &AppState) -> Result<knock_wire::Site, StoreError> {
    let waits_for_consent = view.settings()?.waits_for_consent;
    let consent = if waits_for_consent { " data-consent=\"required\"" } else { "" };
    let base = if site.base.is_empty() { String::new() } else { format!(" data-base=\"{}\"", site.base) };
    // `crossorigin`: the loader is requested without cookies, like its parts, so they share its connection.
    let line = |path: &str, check: &str| {
        format!(
            "<script async crossorigin src=\"{}{path}\"{check} data-site=\"{}\"{base}{consent}></script>",
            state.core.address.url, site.key
        )
    };
    let integrity = state.assets.loader_integrity().unwrap_or_default();
    let check = format!(" integrity=\"{integrity}\"");
    Ok(knock_wire::Site {
        snippet: line("/k.js", ""),
        snippet_pinned: line(&format!("/t/{}/k.js", state.assets.version()), &check),
        identify_secret: identify_secret(&state.core.key, &site),
        identify: site.identify,
        waits_for_consent,
        last_signal_at: view.last_signal_at(site.id)?,
        key: site.key,
        name: site.name,
        origins: site.origins,
        base: site.base,
        demo: site.demo,
        categories: site.categories,
        removed_at: site.removed_at,
    })
}

/// The site according to the draft, or every invalid field.
fn checked(draft: SiteDraft, site: Site) -> Result<Site, Problem> {
    let mut errors = Vec::new();
    let mut wrong = |pointer: String, reason: &str| errors.push(FieldError { pointer, reason: reason.into() });
    let name = draft.name.trim();
    if name.is_empty() || name.chars().count() > 100 {
        wrong("/name".into(), "is empty or longer than 100 characters");
    }
    let mut origins = Vec::new();
    for (place, text) in draft.origins.iter().enumerate() {
        match Origin::typed(text) {
            Some(origin) => {
                let twin = origin.twin().filter(|_| draft.with_twins);
                origins.extend([Some(origin), twin].into_iter().flatten().map(|origin| origin.to_text()));
            }
            None => wrong(
                format!("/origins/{place}"),
                "is not an address such as www.example.com: one host, without wildcards",
            ),
        }
    }
    let mut known = HashSet::new();
    origins.retain(|origin| known.insert(origin.clone()));
    if origins.is_empty() && draft.origins.is_empty() && !site.demo {
        wrong("/origins".into(), "is empty: name the origins that may send signals");
    }
    let base = draft.base.trim().trim_end_matches('/');
    let is_plain = base.chars().all(|c| c.is_ascii_alphanumeric() || "/-._~".contains(c));
    if !(base.is_empty() || base.starts_with('/')) || base.len() > 200 || !is_plain {
        wrong("/base".into(), "is not a path such as /shop");
    }
    for (place, own) in draft.categories.iter().flatten().enumerate() {
        let is_path = own.by != OverrideBy::Path || own.matches.starts_with('/');
        if own.matches.trim().is_empty() || own.matches.len() > 200 || !is_path {
            wrong(format!("/categories/{place}/matches"), "is not a path such as /calculator, or a name");
        }
    }
    if errors.is_empty() {
        let categories = draft.categories.unwrap_or(site.categories);
        let identify = draft.identify.unwrap_or(site.identify);
        Ok(Site { name: name.to_owned(), origins, base: base.to_owned(), categories, identify, ..site })
    } else {
        let problem = Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", "A field is wrong");
        Err(errors.into_iter().fold(problem, Problem::field))
    }
}
