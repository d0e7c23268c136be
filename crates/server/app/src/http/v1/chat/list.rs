//! `POST /v1/chat/list`: the chats of a browser.

use super::open::SECRET;
use super::visitor::site_of_link;
use crate::http::admission::ClientAddress;
use crate::http::body::JsonBody;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use crate::http::v1::site::site_for;
use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use knock_context::hash;
use knock_engine::commands::{Browser, chats_of};
use knock_engine::listed_chats;
use knock_model::VisitorId;
use knock_wire::{ChatList, ChatListAsk, FieldError};

/// The chats of this browser in which its visitor wrote, the last written one first. Its secret authorizes, as at the
/// opening: another one gets an empty list. Empty where the look of the site shows no earlier chats.
#[utoipa::path(post, path = "/v1/chat/list", tag = "visitor", request_body = ChatListAsk, responses(
    (status = 200, description = "The chats", body = ChatList),
    (status = 400, description = "Body does not match the schema"),
    (status = 403, description = "Unknown site key or foreign origin"),
    (status = 404, description = "Link not found or archived"),
    (status = 410, description = "The site was removed"),
    (status = 429, description = "Too many requests; retry after `Retry-After`"),
))]
pub(super) async fn post(
    State(state): State<AppState>,
    ClientAddress(from): ClientAddress,
    headers: HeaderMap,
    JsonBody(ask): JsonBody<ChatListAsk>,
) -> Result<Json<ChatList>, Problem> {
    state.limiter.look_up(from)?;
    let wrong = |pointer: &str, reason: String| Problem::malformed(FieldError { pointer: pointer.into(), reason });
    let visitor = VisitorId::parse(&ask.visitor).map_err(|error| wrong("/visitor", error.to_string()))?;
    if !SECRET.contains(&ask.secret.reveal().len()) {
        return Err(wrong("/secret", "is not 32 to 128 characters long".into()));
    }
    let secret = hash(ask.secret.reveal());
    state.guesses.may_try(from, secret)?;
    let site = match (ask.site, ask.link) {
        (Some(key), None) => site_for(&state, &headers, &key)?,
        (None, Some(slug)) => site_of_link(&state, &headers, &slug).await?,
        (Some(_), Some(_)) | (None, None) => return Err(wrong("/site", "give either `site` or `link`".into())),
    };
    let (browser, now) = (Browser { site: site.id, visitor, secret }, state.core.clock.now());
    let listed = read(state.core.store.clone(), move |view| {
        if !view.look(browser.site)?.history {
            return Ok(Vec::new());
        }
        listed_chats(view, &chats_of(view, &browser, now)?)
    });
    Ok(Json(ChatList { chats: listed.await? }))
}
