//! `/api/v1/replies`: saved replies, of the team and of the caller.

use crate::http::auth::{Allowed, Caller, UseInbox, not_permitted};
use crate::http::body::{JsonBody, Path};
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::routes::{Routes, routes};
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use knock_agent::Language;
use knock_engine::commands::{DropReply, MOST_REPLIES, ReplyEditor, ReplySaved, SaveReply};
use knock_model::message::MessageText;
use knock_model::{Permission, Placeholder, SavedReplyId, places};
use knock_ports::SavedReply;
use knock_wire::{FieldError, SavedReplyDraft, SavedReplyList};

/// The longest name, in characters.
const LONGEST_NAME: usize = 80;

pub(super) fn routes() -> Routes {
    Routes::new().routes(routes!(get, post)).routes(routes!(put, delete))
}

/// The saved replies of the team and those of the caller, by name.
#[utoipa::path(get, path = "/api/v1/replies", tag = "team", responses(
    (status = 200, description = "The saved replies", body = SavedReplyList),
))]
async fn get(
    Allowed { caller, .. }: Allowed<UseInbox>,
    State(state): State<AppState>,
) -> Result<Json<SavedReplyList>, Problem> {
    let member = editor(&caller).member;
    let replies = read(state.core.store.clone(), move |view| view.saved_replies(member)).await?;
    Ok(Json(SavedReplyList { replies: replies.into_iter().map(shown).collect() }))
}

/// Saves a reply. Every member can save personal ones; the team's need a manager or an admin.
#[utoipa::path(post, path = "/api/v1/replies", tag = "team", request_body = SavedReplyDraft, responses(
    (status = 201, description = "The new reply", body = knock_wire::SavedReply),
    (status = 409, description = "Limit of 500 reached"),
    (status = 422, description = "Invalid field; `errors` names it"),
))]
async fn post(
    Allowed { caller, .. }: Allowed<UseInbox>,
    State(state): State<AppState>,
    JsonBody(draft): JsonBody<SavedReplyDraft>,
) -> Result<(StatusCode, Json<knock_wire::SavedReply>), Problem> {
    let id = SavedReplyId::new(state.core.chance.bytes16());
    Ok((StatusCode::CREATED, Json(save(&state, &caller, draft, (id, false)).await?)))
}

/// Changes a saved reply, or whether it is personal.
#[utoipa::path(put, path = "/api/v1/replies/{id}", tag = "team", request_body = SavedReplyDraft,
    params(("id" = String, Path, description = "Id of the saved reply")),
    responses(
        (status = 200, description = "The reply as it is now", body = knock_wire::SavedReply),
        (status = 404, description = "Saved reply not found"),
        (status = 422, description = "Invalid field; `errors` names it"),
    ))]
async fn put(
    Allowed { caller, .. }: Allowed<UseInbox>,
    State(state): State<AppState>,
    Path(id): Path<SavedReplyId>,
    JsonBody(draft): JsonBody<SavedReplyDraft>,
) -> Result<Json<knock_wire::SavedReply>, Problem> {
    save(&state, &caller, draft, (id, true)).await.map(Json)
}

/// Deletes a saved reply.
#[utoipa::path(delete, path = "/api/v1/replies/{id}", tag = "team",
    params(("id" = String, Path, description = "Id of the saved reply")),
    responses(
        (status = 204, description = "Deleted"),
        (status = 404, description = "Saved reply not found"),
    ))]
async fn delete(
    Allowed { caller, .. }: Allowed<UseInbox>,
    State(state): State<AppState>,
    Path(id): Path<SavedReplyId>,
) -> Result<StatusCode, Problem> {
    let by = editor(&caller);
    done(state.core.make(caller.actor(), DropReply { id, by }).await?, &caller)?;
    Ok(StatusCode::NO_CONTENT)
}

async fn save(
    state: &AppState,
    caller: &Caller,
    draft: SavedReplyDraft,
    (id, is_known): (SavedReplyId, bool),
) -> Result<knock_wire::SavedReply, Problem> {
    let by = editor(caller);
    let member = by.member.filter(|_| draft.is_personal);
    if draft.is_personal && member.is_none() {
        return Err(wrong("/is_personal", "is true, and an API key is no member who could have one".into()));
    }
    let (name, text, language) = checked(draft)?;
    let reply = SavedReply { id, member, name, text, language };
    done(state.core.make(caller.actor(), SaveReply { reply: reply.clone(), is_known, by }).await?, caller)?;
    Ok(shown(reply))
}

fn editor(caller: &Caller) -> ReplyEditor {
    let member = caller.who.member_id();
    ReplyEditor { member, may_edit_teams: caller.who.role().may(Permission::EditReplies) }
}

fn done(saved: ReplySaved, caller: &Caller) -> Result<(), Problem> {
    match saved {
        ReplySaved::Saved => Ok(()),
        ReplySaved::Unknown => Err(Problem::not_found()),
        ReplySaved::NotPermitted => {
            Err(not_permitted(caller.who.role(), Permission::EditReplies, caller.who.pointer()))
        }
        ReplySaved::NameTaken => Err(wrong("/name", "is the name of another saved reply".into())),
        ReplySaved::TooMany => Err(Problem::new(StatusCode::CONFLICT, "too-many", "There are too many saved replies")
            .detail(format!("There are {MOST_REPLIES} already"))),
    }
}

fn checked(draft: SavedReplyDraft) -> Result<(String, String, Option<Language>), Problem> {
    let name = draft.name.trim().to_owned();
    if name.is_empty() || name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
        return Err(wrong("/name", format!("must have 1 to {LONGEST_NAME} characters, on one line")));
    }
    let text = MessageText::parse(&draft.text).map_err(|error| wrong("/text", error.to_string()))?.into_text();
    if let Some(place) = places(&text).find(|place| Placeholder::parse(place.name).is_none()) {
        let known: Vec<String> = Placeholder::ALL.iter().map(|place| format!("{{{{{}}}}}", place.as_str())).collect();
        return Err(wrong("/text", format!("has {}, which is none of {}", place.text, known.join(", "))));
    }
    let language = match draft.language.as_deref() {
        None | Some("") => None,
        Some(word) => {
            Some(Language::parse(word).ok_or_else(|| wrong("/language", "is none of en, de, fr, es".into()))?)
        }
    };
    Ok((name, text, language))
}

fn wrong(pointer: &str, reason: String) -> Problem {
    Problem::invalid(FieldError { pointer: pointer.into(), reason })
}

fn shown(reply: SavedReply) -> knock_wire::SavedReply {
    let SavedReply { id, member, name, text, language } = reply;
    let language = language.map(|language| language.as_str().to_owned());
    knock_wire::SavedReply { id, name, text, language, is_personal: member.is_some() }
}
