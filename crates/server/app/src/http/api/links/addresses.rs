//! `POST /api/v1/links/{slug}/addresses`: an address of a link for each contact of a mail merge.

use super::{known, url, wrong};
use crate::contact_token::ContactToken;
use crate::http::auth::{Allowed, EditRouting};
use crate::http::body::{JsonBody, Path};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use knock_engine::commands::NoteAddresses;
use knock_model::Email;
use knock_wire::{LinkAddress, LinkAddressAsk, LinkAddressList};

/// The largest number of addresses in one request.
const MOST: usize = 1_000;

/// Makes a personal address of a link for each contact. A browser that opens it within 90 days is identified as that
/// contact, but cannot read earlier conversations; so send it to that contact only. Only an audit log entry is stored.
#[utoipa::path(post, path = "/api/v1/links/{slug}/addresses", tag = "team", request_body = LinkAddressAsk,
    params(("slug" = String, Path, description = "Slug of the link")),
    responses(
        (status = 200, description = "The addresses", body = LinkAddressList),
        (status = 404, description = "Link not found"),
        (status = 409, description = "The link is archived"),
        (status = 422, description = "Not an address of a contact, or too many addresses"),
    ))]
pub(super) async fn post(
    Allowed { caller, .. }: Allowed<EditRouting>,
    State(state): State<AppState>,
    Path(slug): Path<String>,
    JsonBody(ask): JsonBody<LinkAddressAsk>,
) -> Result<Json<LinkAddressList>, Problem> {
    let link = known(&state, slug).await?;
    if link.archived_at.is_some() {
        return Err(
            Problem::new(StatusCode::CONFLICT, "archived", "This Knock Link is archived").detail("Restore it first.")
        );
    }
    if ask.emails.is_empty() || ask.emails.len() > MOST {
        return Err(wrong("/emails", format!("are not 1 to {MOST}")));
    }
    let emails = ask.emails.iter().enumerate().map(|(place, text)| {
        Email::parse(text.trim()).map_err(|error| wrong(format!("/emails/{place}"), error.to_string()))
    });
    let emails: Vec<Email> = emails.collect::<Result<_, _>>()?;
    let (base, now) = (url(&state, &link.slug), state.core.clock.now());
    let mut expires_at = now;
    let addresses = emails.into_iter().map(|email| {
        let named = ContactToken::new(email, now);
        expires_at = named.expires_at;
        let token = named.seal(&state.core.key, &*state.core.chance);
        LinkAddress { email: named.email.to_text(), url: format!("{base}?c={}", token.reveal()) }
    });
    let addresses: Vec<LinkAddress> = addresses.collect();
    state.core.make(caller.actor(), NoteAddresses { link, count: addresses.len() }).await?;
    Ok(Json(LinkAddressList { addresses, expires_at }))
}
