//! `/api/v1/segment-templates`: conditions for reuse.

use super::rules::{names, never_so};
use crate::http::auth::{Allowed, Caller, EditRouting};
use crate::http::body::{JsonBody, Path};
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::routes::{Routes, routes};
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use knock_engine::commands::{DropTemplate, MOST_TEMPLATES, SaveTemplate, TemplateSaved, built_in_templates};
use knock_ports::SegmentTemplate;
use knock_wire::{FieldError, SegmentTemplateDraft, SegmentTemplateList};

/// The longest name, in characters.
const LONGEST_NAME: usize = 100;

pub(super) fn routes() -> Routes {
    Routes::new().routes(routes!(get, post)).routes(routes!(put, delete))
}

/// The templates that are shipped with Knock, then those of the team by name.
#[utoipa::path(get, path = "/api/v1/segment-templates", tag = "team", responses(
    (status = 200, description = "The templates", body = SegmentTemplateList),
))]
async fn get(_: Allowed<EditRouting>, State(state): State<AppState>) -> Result<Json<SegmentTemplateList>, Problem> {
    let own = read(state.core.store.clone(), |view| view.segment_templates()).await?;
    let built_in = built_in_templates().into_iter().map(|template| shown(template, true));
    let own = own.into_iter().map(|template| shown(template, false));
    Ok(Json(SegmentTemplateList { templates: built_in.chain(own).collect() }))
}

/// Saves a condition as a template.
#[utoipa::path(post, path = "/api/v1/segment-templates", tag = "team", request_body = SegmentTemplateDraft, responses(
    (status = 201, description = "The template", body = knock_wire::SegmentTemplate),
    (status = 400, description = "Not a valid condition"),
    (status = 409, description = "Limit reached"),
    (status = 422, description = "Invalid field; `errors` names it"),
))]
async fn post(
    Allowed { caller, .. }: Allowed<EditRouting>,
    State(state): State<AppState>,
    JsonBody(draft): JsonBody<SegmentTemplateDraft>,
) -> Result<(StatusCode, Json<knock_wire::SegmentTemplate>), Problem> {
    let id = hex::encode(state.core.chance.bytes16());
    let saved = save(&state, &caller, draft, (id, false)).await?;
    Ok((StatusCode::CREATED, Json(saved)))
}

/// Changes a template of the team. Segments created from it do not change.
#[utoipa::path(put, path = "/api/v1/segment-templates/{id}", tag = "team", request_body = SegmentTemplateDraft,
    params(("id" = String, Path, description = "Id of the template")),
    responses(
        (status = 200, description = "The template as it is now", body = knock_wire::SegmentTemplate),
        (status = 400, description = "Not a valid condition"),
        (status = 404, description = "Template not found"),
        (status = 409, description = "Built-in templates cannot be changed"),
        (status = 422, description = "Invalid field; `errors` names it"),
    ))]
async fn put(
    Allowed { caller, .. }: Allowed<EditRouting>,
    State(state): State<AppState>,
    Path(id): Path<String>,
    JsonBody(draft): JsonBody<SegmentTemplateDraft>,
) -> Result<Json<knock_wire::SegmentTemplate>, Problem> {
    save(&state, &caller, draft, (id, true)).await.map(Json)
}

/// Deletes a template of the team. Segments created from it do not change.
#[utoipa::path(delete, path = "/api/v1/segment-templates/{id}", tag = "team",
    params(("id" = String, Path, description = "Id of the template")),
    responses(
        (status = 204, description = "Deleted"),
        (status = 404, description = "Template not found"),
        (status = 409, description = "Built-in templates cannot be changed"),
    ))]
async fn delete(
    Allowed { caller, .. }: Allowed<EditRouting>,
    State(state): State<AppState>,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    saved(&state.core.make(caller.actor(), DropTemplate { id }).await?)?;
    Ok(StatusCode::NO_CONTENT)
}

async fn save(
    state: &AppState,
    caller: &Caller,
    draft: SegmentTemplateDraft,
    (id, is_known): (String, bool),
) -> Result<knock_wire::SegmentTemplate, Problem> {
    let name = draft.name.trim().to_owned();
    if name.is_empty() || name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
        return Err(wrong("/name", format!("must have 1 to {LONGEST_NAME} characters, on one line")));
    }
    draft.when.check().map_err(|invalid| wrong("/when", invalid.0.to_string()))?;
    let (wanted, when) = (id.clone(), draft.when.clone());
    let reason = read(state.core.store.clone(), move |view| {
        let before = view.segment_templates()?.into_iter().find(|known| known.id == wanted);
        let saved = before.map(|known| names(&known.when));
        never_so(view, &when, &saved.unwrap_or_default())
    });
    if let Some(reason) = reason.await? {
        return Err(wrong("/when", reason));
    }
    let template = SegmentTemplate { id, name, when: draft.when };
    saved(&state.core.make(caller.actor(), SaveTemplate { template: template.clone(), is_known }).await?)?;
    Ok(shown(template, false))
}

fn saved(outcome: &TemplateSaved) -> Result<(), Problem> {
    let conflict = |kind: &str, title: &str| Problem::new(StatusCode::CONFLICT, kind, title);
    match outcome {
        TemplateSaved::Saved => Ok(()),
        TemplateSaved::Unknown => Err(Problem::not_found()),
        TemplateSaved::BuiltIn => Err(conflict("built-in", "Knock comes with this template")
            .detail("Save its condition as a template of another name")),
        TemplateSaved::NameTaken => Err(wrong("/name", "is the name of another template".into())),
        TemplateSaved::TooMany => {
            Err(conflict("too-many", "There are too many templates").detail(format!("At most {MOST_TEMPLATES}")))
        }
    }
}

fn wrong(pointer: &str, reason: String) -> Problem {
    Problem::invalid(FieldError { pointer: pointer.into(), reason })
}

fn shown(template: SegmentTemplate, is_built_in: bool) -> knock_wire::SegmentTemplate {
    let SegmentTemplate { id, name, when } = template;
    knock_wire::SegmentTemplate { id, name, when, is_built_in }
}
