//! `POST /api/v1/contacts/actions`: one action on several contacts.

use crate::http::api::conversations::{act, tag_contact, tag_of};
use crate::http::auth::{Allowed, UseInbox};
use crate::http::body::JsonBody;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::repeat::Repeat;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use knock_model::{ConversationId, LeadId};
use knock_ports::{StoreError, View};
use knock_wire::{ContactsActed, ContactsAction, FieldError};

/// The largest number of contacts in one call.
const MOST: usize = 200;

/// Applies an action of `POST /api/v1/conversations/{id}/actions` to several contacts, in their latest conversation, or a
/// tag also without one: separately for each contact, each with its entry in the audit log.
#[utoipa::path(post, path = "/api/v1/contacts/actions", tag = "team", request_body = ContactsAction,
    params(("Idempotency-Key" = Option<String>, Header, description = "The same is done once")), responses(
    (status = 200, description = "Number of changed contacts", body = ContactsActed),
    (status = 422, description = "Invalid field; `errors` names it"),
))]
pub(super) async fn post(
    Allowed { caller, .. }: Allowed<UseInbox>,
    State(state): State<AppState>,
    repeat: Repeat,
    JsonBody(ContactsAction { mut contacts, action }): JsonBody<ContactsAction>,
) -> Result<Json<ContactsActed>, Problem> {
    contacts.sort_unstable();
    contacts.dedup();
    if contacts.is_empty() || contacts.len() > MOST {
        let reason = format!("must have 1 to {MOST} contacts");
        return Err(Problem::invalid(FieldError { pointer: "/contacts".into(), reason }));
    }
    if let Some(tag) = tag_of(&action) {
        let mut acted = ContactsActed::default();
        for contact in contacts {
            match tag_contact(&state, caller.actor(), contact, tag).await? {
                true => acted.done += 1,
                false => acted.without_chat.push(contact),
            }
        }
        return Ok(Json(acted));
    }
    let found = read(state.core.store.clone(), move |view| conversations(view, contacts)).await?;
    let mut acted = ContactsActed::default();
    for (contact, conversation) in found {
        match conversation {
            Some(conversation) if act(&state, &caller, conversation, (&action, &repeat)).await? => acted.done += 1,
            Some(_) | None => acted.without_chat.push(contact),
        }
    }
    Ok(Json(acted))
}

/// The latest conversation of each contact.
fn conversations(view: &dyn View, contacts: Vec<LeadId>) -> Result<Vec<(LeadId, Option<ConversationId>)>, StoreError> {
    let latest = |contact| -> Result<_, StoreError> {
        let conversations = view.conversations_of_lead(view.merged_into(contact)?)?;
        Ok((contact, conversations.first().map(|conversation| conversation.id)))
    };
    contacts.into_iter().map(latest).collect()
}
