//! Creating, changing, archiving and restoring Knock Links.

use super::checked::{Wanted, check_rule, given_slug, slug_of};
use super::list::shown;
use super::{check_owned, known, owner_name, wrong};
use crate::http::auth::{Allowed, EditRouting};
use crate::http::body::{JsonBody, Path};
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use knock_engine::commands::{ChangeLink, CreateLink, LinkMade, MOST_LINKS};
use knock_ports::Link;
use knock_wire::{LinkChange, LinkDraft, LinkShown, Word};

/// Creates a link.
#[utoipa::path(post, path = "/api/v1/links", tag = "team", request_body = LinkDraft, responses(
    (status = 201, description = "The new link", body = LinkShown),
    (status = 409, description = "Limit of 1,000 reached"),
    (status = 422, description = "Invalid field; `errors` names it"),
))]
pub(super) async fn post(
    Allowed { caller, .. }: Allowed<EditRouting>,
    State(state): State<AppState>,
    JsonBody(draft): JsonBody<LinkDraft>,
) -> Result<(StatusCode, Json<LinkShown>), Problem> {
    let slug = draft.slug.as_deref().filter(|slug| !slug.is_empty()).map(given_slug).transpose()?;
    let (is_slug_free, slug) = (slug.is_none(), slug.unwrap_or_else(|| slug_of(&draft.name)));
    let Word::Known(funnel) = draft.funnel else { return Err(wrong("/funnel", "is neither chat nor meeting")) };
    let wanted = Wanted::of_draft(draft);
    check_rule(&state, wanted.rule.as_deref(), funnel).await?;
    let link = wanted.checked(&state, Link::new(&slug, "", funnel, ""))?;
    let made = state.core.make(caller.actor(), CreateLink { link, is_slug_free, now: state.core.clock.now() }).await?;
    match made {
        LinkMade::Created(link) => Ok((StatusCode::CREATED, Json(shown(&state, *link)))),
        LinkMade::Taken => Err(wrong("/slug", "is that of another link")),
        LinkMade::TooMany => Err(Problem::new(StatusCode::CONFLICT, "too-many", "There are too many Knock Links")
            .detail(format!("There are {MOST_LINKS} already"))),
    }
}

/// Changes the given fields of a link. With `archived` it is archived or restored.
#[utoipa::path(patch, path = "/api/v1/links/{slug}", tag = "team", request_body = LinkChange,
    params(("slug" = String, Path, description = "Slug of the link")),
    responses(
        (status = 200, description = "The link as it is now", body = LinkShown),
        (status = 404, description = "Link not found"),
        (status = 422, description = "Invalid field; `errors` names it"),
    ))]
pub(super) async fn patch(
    Allowed { caller, .. }: Allowed<EditRouting>,
    State(state): State<AppState>,
    Path(slug): Path<String>,
    JsonBody(change): JsonBody<LinkChange>,
) -> Result<Json<LinkShown>, Problem> {
    let (before, now) = (known(&state, slug).await?, state.core.clock.now());
    let archived_at = match change.archived {
        Some(true) if before.is_launcher() => return Err(wrong("/archived", "is not for the launcher of the sites")),
        Some(true) => before.archived_at.or(Some(now)),
        Some(false) => None,
        None => before.archived_at,
    };
    for (pointer, is_changed) in fields_of(&change) {
        if is_changed {
            check_owned(&before, pointer)?;
        }
    }
    if let Some(rule) = &change.rule {
        check_rule(&state, rule.as_deref(), before.funnel).await?;
    }
    let link = Wanted::of_change(&state, &before, change).checked(&state, Link { archived_at, ..before })?;
    let slug = link.slug.clone();
    if !state.core.make(caller.actor(), ChangeLink { link: link.clone(), now }).await? {
        return Err(Problem::not_found());
    }
    let of_link = link.clone();
    let found = read(state.core.store.clone(), move |view| {
        Ok((owner_name(view, &of_link)?, view.link_clicks()?, view.link_conversions()?))
    });
    let (owner, clicks, conversions) = found.await?;
    let of = |counts: std::collections::BTreeMap<String, u64>| counts.get(&slug).copied().unwrap_or_default();
    Ok(Json(LinkShown { owner, clicks: of(clicks), conversions: of(conversions), ..shown(&state, link) }))
}

/// The fields of a change other than `archived`, and whether each is given.
const fn fields_of(change: &LinkChange) -> [(&'static str, bool); 10] {
    [
        ("/name", change.name.is_some()),
        ("/channel", change.channel.is_some()),
        ("/rule", change.rule.is_some()),
        ("/language", change.language.is_some()),
        ("/greeting", change.greeting.is_some()),
        ("/greetings", change.greetings.is_some()),
        ("/site", change.site.is_some()),
        ("/utm", change.utm.is_some()),
        ("/duration_min", change.duration_min.is_some()),
        ("/questions", change.questions.is_some()),
    ]
}
