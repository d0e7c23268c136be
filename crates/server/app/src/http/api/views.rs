//! `/api/v1/views`: saved views of lists, of the team and of the caller.

use crate::http::auth::{Allowed, Caller, SeeRecords, Who};
use crate::http::body::{JsonBody, Path};
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use knock_engine::commands::{DropView, SaveView, ViewSaved};
use knock_model::{RepId, SavedViewId};
use knock_ports::SavedView;
use knock_wire::{FieldError, SavedViewDraft, SavedViewList};

/// Pages with views.
const PAGES: [&str; 3] = ["contacts", "accounts", "inbox"];
/// The longest name, in characters.
const LONGEST_NAME: usize = 80;
/// The longest query, in bytes.
const LONGEST_QUERY: usize = 4_000;

/// The saved views of the team and those of the caller, by page and name.
#[utoipa::path(get, path = "/api/v1/views", tag = "team", responses(
    (status = 200, description = "The views", body = SavedViewList),
))]
pub(super) async fn get(
    Allowed { caller, .. }: Allowed<SeeRecords>,
    State(state): State<AppState>,
) -> Result<Json<SavedViewList>, Problem> {
    let member = member(&caller);
    let views = read(state.core.store.clone(), move |view| view.saved_views(member)).await?;
    Ok(Json(SavedViewList { views: views.into_iter().map(shown).collect() }))
}

/// Saves a view. A personal one is seen by the member who saved it alone.
#[utoipa::path(post, path = "/api/v1/views", tag = "team", request_body = SavedViewDraft, responses(
    (status = 201, description = "The new view", body = knock_wire::SavedView),
    (status = 409, description = "Limit of 200 reached"),
    (status = 422, description = "Invalid field; `errors` names it"),
))]
pub(super) async fn post(
    Allowed { caller, .. }: Allowed<SeeRecords>,
    State(state): State<AppState>,
    JsonBody(draft): JsonBody<SavedViewDraft>,
) -> Result<(StatusCode, Json<knock_wire::SavedView>), Problem> {
    let id = SavedViewId::new(state.core.chance.bytes16());
    Ok((StatusCode::CREATED, Json(save(&state, &caller, draft, (id, false)).await?)))
}

/// Changes the name or the content of a view, or whether it is personal.
#[utoipa::path(put, path = "/api/v1/views/{id}", tag = "team", request_body = SavedViewDraft,
    params(("id" = String, Path, description = "Id of the view")),
    responses(
        (status = 200, description = "The view as it is now", body = knock_wire::SavedView),
        (status = 404, description = "View not found"),
        (status = 422, description = "Invalid field; `errors` names it"),
    ))]
pub(super) async fn put(
    Allowed { caller, .. }: Allowed<SeeRecords>,
    State(state): State<AppState>,
    Path(id): Path<SavedViewId>,
    JsonBody(draft): JsonBody<SavedViewDraft>,
) -> Result<Json<knock_wire::SavedView>, Problem> {
    save(&state, &caller, draft, (id, true)).await.map(Json)
}

/// Deletes a view.
#[utoipa::path(delete, path = "/api/v1/views/{id}", tag = "team",
    params(("id" = String, Path, description = "Id of the view")),
    responses(
        (status = 204, description = "Deleted"),
        (status = 404, description = "View not found"),
    ))]
pub(super) async fn delete(
    Allowed { caller, .. }: Allowed<SeeRecords>,
    State(state): State<AppState>,
    Path(id): Path<SavedViewId>,
) -> Result<StatusCode, Problem> {
    let by = member(&caller);
    let was_there = state.core.make(caller.actor(), DropView { id, by }).await?;
    if was_there { Ok(StatusCode::NO_CONTENT) } else { Err(Problem::not_found()) }
}

async fn save(
    state: &AppState,
    caller: &Caller,
    draft: SavedViewDraft,
    (id, is_known): (SavedViewId, bool),
) -> Result<knock_wire::SavedView, Problem> {
    let by = member(caller);
    let SavedViewDraft { page, name, query, is_personal } = checked(draft)?;
    let member = by.filter(|_| is_personal);
    if is_personal && member.is_none() {
        return Err(wrong("/is_personal", "is true, and an API key is no member who could have one".into()));
    }
    let created_by = match &caller.who {
        Who::Member(member) => member.email.clone(),
        Who::Key(key, _) => key.name.clone(),
    };
    let created_at = state.core.clock.now();
    let view = SavedView { id, member, page, name, query, created_by, created_at };
    match state.core.make(caller.actor(), SaveView { view, is_known, by }).await? {
        ViewSaved::Saved(view) => Ok(shown(view)),
        ViewSaved::Unknown => Err(Problem::not_found()),
        ViewSaved::NameTaken => Err(wrong("/name", "is the name of another view".into())),
        ViewSaved::TooMany => Err(Problem::new(StatusCode::CONFLICT, "too-many", "There are too many saved views")),
    }
}

/// The calling member; none for an API key.
fn member(caller: &Caller) -> Option<RepId> {
    caller.who.member_id()
}

fn checked(draft: SavedViewDraft) -> Result<SavedViewDraft, Problem> {
    let name = draft.name.trim().to_owned();
    if name.is_empty() || name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
        return Err(wrong("/name", format!("must have 1 to {LONGEST_NAME} characters, on one line")));
    }
    if !PAGES.contains(&&*draft.page) {
        return Err(wrong("/page", format!("is none of {}", PAGES.join(", "))));
    }
    let query = draft.query.trim_start_matches('?').to_owned();
    if query.len() > LONGEST_QUERY {
        return Err(wrong("/query", format!("is longer than {LONGEST_QUERY} bytes")));
    }
    Ok(SavedViewDraft { name, query, ..draft })
}

fn wrong(pointer: &str, reason: String) -> Problem {
    Problem::invalid(FieldError { pointer: pointer.into(), reason })
}

fn shown(view: SavedView) -> knock_wire::SavedView {
    let SavedView { id, member, page, name, query, created_by, created_at } = view;
    knock_wire::SavedView { id, page, name, query, created_by, created_at, is_personal: member.is_some() }
}
