//! `/api/v1/knowledge/sources`: pages, sitemaps and files.

use super::{shown_source, site_of, too_many, wrong};
use crate::http::api::page::checked_limit;
use crate::http::auth::{Allowed, EditKnowledge, SeeKnowledge};
use crate::http::body::{JsonBody, Path, Query};
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use knock_context::random10;
use knock_engine::commands::{
    AddSource, DropSource, MOST_PASSAGES, MOST_SOURCES, ReadAgain, ReadAgainOutcome, SourceAdded,
};
use knock_model::{SiteId, SourceId, SourceKind, SourceState};
use knock_ports::StoredPassage;
use knock_wire::{KnowledgePassage, KnowledgeSource, KnowledgeSourceDraft, KnowledgeSourceRecord, Word};
use serde::Deserialize;
use url::Url;

/// The longest address, in bytes.
const LONGEST_ADDRESS: usize = 2_000;

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct PassageQuery {
    /// The cursor: `next` of the page before.
    #[serde(default)]
    from: u32,
    /// The number of passages, 1 to 200.
    limit: Option<u32>,
}

/// Adds a page or a sitemap. It is read soon, and every 24 hours from then on.
#[utoipa::path(post, path = "/api/v1/knowledge/sources", tag = "team", request_body = KnowledgeSourceDraft, responses(
    (status = 201, description = "The new source", body = KnowledgeSource),
    (status = 409, description = "Limit of 50 per site reached"),
    (status = 422, description = "Invalid field; `errors` names it"),
))]
pub(super) async fn post(
    Allowed { caller, .. }: Allowed<EditKnowledge>,
    State(state): State<AppState>,
    JsonBody(draft): JsonBody<KnowledgeSourceDraft>,
) -> Result<(StatusCode, Json<KnowledgeSource>), Problem> {
    let site = site_of(&state, &draft.site, "/site")?.id;
    let kind = match draft.kind {
        Word::Known(kind @ (SourceKind::Page | SourceKind::Sitemap)) => kind,
        Word::Known(SourceKind::File) | Word::Unknown(_) => {
            return Err(wrong("/kind", "is neither `page` nor `sitemap`".to_owned()));
        }
    };
    let name = address(&state, &draft.address)?;
    let source = new_source(&state, site, kind, name);
    let source = added(state.core.make(caller.actor(), AddSource { source }).await?, "/address")?;
    Ok((StatusCode::CREATED, Json(source)))
}

/// A source with a page of its passages, in order.
#[utoipa::path(get, path = "/api/v1/knowledge/sources/{id}", tag = "team",
    params(("id" = String, Path, description = "Id of the source"), PassageQuery),
    responses(
        (status = 200, description = "The source", body = KnowledgeSourceRecord),
        (status = 404, description = "Source not found"),
    ))]
pub(super) async fn get(
    _: Allowed<SeeKnowledge>,
    State(state): State<AppState>,
    Path(id): Path<SourceId>,
    Query(PassageQuery { from, limit }): Query<PassageQuery>,
) -> Result<Json<KnowledgeSourceRecord>, Problem> {
    let limit = checked_limit(limit)?;
    let (source, passages) =
        read(state.core.store.clone(), move |view| Ok((view.source(id)?, view.passages(id, from, limit)?))).await?;
    let source = source.ok_or_else(Problem::not_found)?;
    let next = passages.last().map(|last| last.position + 1).filter(|next| *next < source.passages);
    let passages = passages.into_iter().map(shown).collect();
    Ok(Json(KnowledgeSourceRecord { source: shown_source(source), passages, next }))
}

/// Deletes a source with its passages.
#[utoipa::path(delete, path = "/api/v1/knowledge/sources/{id}", tag = "team",
    params(("id" = String, Path, description = "Id of the source")),
    responses(
        (status = 204, description = "Deleted"),
        (status = 404, description = "Source not found"),
    ))]
pub(super) async fn delete(
    Allowed { caller, .. }: Allowed<EditKnowledge>,
    State(state): State<AppState>,
    Path(id): Path<SourceId>,
) -> Result<StatusCode, Problem> {
    let was_there = state.core.make(caller.actor(), DropSource { id }).await?;
    if was_there { Ok(StatusCode::NO_CONTENT) } else { Err(Problem::not_found()) }
}

/// Queues a page or a sitemap for a new reading now. Its passages remain until then.
#[utoipa::path(post, path = "/api/v1/knowledge/sources/{id}/read", tag = "team",
    params(("id" = String, Path, description = "Id of the source")),
    responses(
        (status = 202, description = "Queued for reading", body = KnowledgeSource),
        (status = 404, description = "Source not found"),
        (status = 409, description = "Files cannot be read again: only passages are stored"),
    ))]
pub(super) async fn read_again(
    Allowed { caller, .. }: Allowed<EditKnowledge>,
    State(state): State<AppState>,
    Path(id): Path<SourceId>,
) -> Result<(StatusCode, Json<KnowledgeSource>), Problem> {
    let again = ReadAgain { id, now: state.core.clock.now() };
    match state.core.make(caller.actor(), again).await? {
        ReadAgainOutcome::Due(source) => Ok((StatusCode::ACCEPTED, Json(shown_source(source)))),
        ReadAgainOutcome::Unknown => Err(Problem::not_found()),
        ReadAgainOutcome::File => Err(Problem::new(StatusCode::CONFLICT, "file", "A file is not read again")
            .detail("Only the passages of a file are kept: delete it, and upload it anew")),
    }
}

/// A source that is not read yet.
pub(super) fn new_source(
    state: &AppState,
    site: SiteId,
    kind: SourceKind,
    name: String,
) -> knock_ports::KnowledgeSource {
    let now = state.core.clock.now();
    knock_ports::KnowledgeSource {
        id: SourceId::new(now, &random10(&*state.core.chance)),
        site,
        kind,
        name,
        content_type: String::new(),
        bytes: 0,
        state: SourceState::Waiting,
        passages: 0,
        last_read_at: None,
        due_at: Some(now),
        error: String::new(),
        failures: 0,
        claim: 0,
        created_at: now,
    }
}

/// The new source, or the reason why there is none; `pointer` names its place in the request.
pub(super) fn added(added: SourceAdded, pointer: &str) -> Result<KnowledgeSource, Problem> {
    match added {
        SourceAdded::Added(source) => Ok(shown_source(source)),
        SourceAdded::Unknown => Err(Problem::not_found()),
        SourceAdded::Known => Err(wrong(pointer, "is a source of this site already".to_owned())),
        SourceAdded::TooMany => Err(too_many("/site", format!("has {MOST_SOURCES} sources already"))),
        SourceAdded::TooManyPassages => {
            Err(too_many(pointer, format!("would give the site more than {MOST_PASSAGES} passages")))
        }
    }
}

/// The address for storage: https if it has no scheme, and without a fragment.
fn address(state: &AppState, text: &str) -> Result<String, Problem> {
    let text = text.trim();
    let text = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
    let mut url = match Url::parse(&text) {
        Ok(url) if url.as_str().len() <= LONGEST_ADDRESS => url,
        Ok(_) => return Err(wrong("/address", format!("is longer than {LONGEST_ADDRESS} bytes"))),
        Err(_) => return Err(wrong("/address", "is not an address such as https://example.com/help".to_owned())),
    };
    url.set_fragment(None);
    state.outbound.guard().check(&url).map_err(|reason| wrong("/address", reason.to_owned()))?;
    Ok(url.into())
}

fn shown(stored: StoredPassage) -> KnowledgePassage {
    let StoredPassage { position, passage, .. } = stored;
    let knock_ports::Passage { title, heading, url, text, .. } = passage;
    KnowledgePassage { position, title, heading, url, text }
}
