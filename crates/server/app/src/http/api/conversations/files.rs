//! `POST /api/v1/conversations/{id}/files`: a rep sends a file.

use super::messages::out_of_reach;
use crate::data::storage::FileSender;
use crate::http::auth::{Allowed, KeyOfMember, UseInbox};
use crate::http::body::Path;
use crate::http::files::{FileUpload, answer, keep, known, receive};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use knock_engine::commands::{RepMessage, RepWrote};
use knock_model::ConversationId;
use knock_wire::FileStored;

/// Stores a file of the signed-in rep as a message, once: the same id gets the same response. The type is detected from
/// the content; the metadata of pictures is removed.
#[utoipa::path(post, path = "/api/v1/conversations/{id}/files", tag = "team",
    params(("id" = String, Path, description = "Id of the conversation")),
    request_body(content = FileUpload, content_type = "multipart/form-data"),
    responses(
        (status = 201, description = "Stored", body = FileStored),
        (status = 200, description = "Stored by an earlier request", body = FileStored),
        (status = 403, description = "The API key is bound to no member"),
        (status = 404, description = "Conversation not found"),
        (status = 409, description = "It would arrive nowhere, as a message would"),
        (status = 413, description = "The file is too large"),
        (status = 422, description = "File type not accepted, file damaged, or invalid part"),
        (status = 507, description = "No more files are taken"),
    ))]
pub(super) async fn post(
    allowed: Allowed<UseInbox, KeyOfMember>,
    State(state): State<AppState>,
    Path(id): Path<String>,
    request: Request,
) -> Result<(StatusCode, Json<FileStored>), Problem> {
    let conversation = ConversationId::parse(&id).map_err(|_| Problem::not_found())?;
    let member = allowed.caller.need_member()?;
    let upload = receive(&state, request).await?;
    let id = upload.id;
    if let Some(stored) = known(&state, conversation, id).await? {
        return Ok((StatusCode::OK, Json(stored)));
    }
    let mut kept = keep(&state, upload, FileSender::Team).await?;
    let (mail_after, now, text) = (state.mail_reply_after, state.core.clock.now(), String::new());
    let file = Some(kept.hand_over());
    let command = RepMessage { conversation, id, rep: member.id, text, file, card: None, seen: None, mail_after, now };
    // Without the last number that the rep saw, it is never refused because of another rep's answer.
    let wrote = state.core.writer.commit(command).await;
    if matches!(wrote, Ok(RepWrote::OutOfReach)) {
        kept.discard();
        return Err(out_of_reach());
    }
    let done = wrote.map(|wrote| match wrote {
        RepWrote::Numbered(done) => done,
        RepWrote::AnsweredBy(_) | RepWrote::NoTimes | RepWrote::OutOfReach => None,
    });
    answer(&state, (conversation, id), kept, done).await
}
