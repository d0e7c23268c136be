//! `POST /v1/chat`: opening a chat; this is the click.

use super::address::Opened;
use super::visitor::site_of_link;
use crate::http::admission::ClientAddress;
use crate::http::body::JsonBody;
use crate::http::language::language;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use crate::http::v1::site::site_for;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use knock_agent::Language;
use knock_context::Who;
use knock_context::{hash, new_secret};
use knock_engine::commands::{Arrival, FreshIds, OpenChat, WantedChat};
use knock_knowledge::Knowledge;
use knock_model::{AccountId, ConversationId, LeadId, MessageId, NudgeId, SessionId, SignalId, SiteId, VisitorId};
use knock_ports::{Site, WEBSITE};
use knock_routing::Utm;
use knock_wire::{ChatStart, ChatStarted, FieldError};

/// The shortest and the longest secret, in bytes.
pub(super) const SECRET: std::ops::RangeInclusive<usize> = 32..=128;

/// Opens a chat. The same visitor with the same `secret` gets the same conversation again, with a new token in place of
/// the one before; without it a new conversation begins, and with `conversation` an earlier or a new one. `resume` of a mailed link opens the conversation of that mail, and
/// from then on the browser's own `secret` does. `invitation` opens the conversation in which a member wrote to this visitor
/// first; that needs a `secret`. Once a browser has opened it, another one gets the words in a conversation of its own. In a chat that the button of a
/// nudge opened, with the id of the nudge as `invitation`, the agent answers that its workflow names. With the token of a mail merge the visitor is that contact from then on.
#[utoipa::path(post, path = "/v1/chat", tag = "visitor", request_body = ChatStart, responses(
    (status = 201, description = "The chat is open", body = ChatStarted),
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
    JsonBody(start): JsonBody<ChatStart>,
) -> Result<(StatusCode, Json<ChatStarted>), Problem> {
    state.limiter.open_chat(from)?;
    let wrong = |pointer: &str, reason: String| Problem::malformed(FieldError { pointer: pointer.into(), reason });
    let visitor = VisitorId::parse(&start.visitor).map_err(|error| wrong("/visitor", error.to_string()))?;
    let session = SessionId::parse(&start.session).map_err(|error| wrong("/session", error.to_string()))?;
    let own = start.secret.as_ref().map(|secret| secret.reveal());
    if own.is_some_and(|secret| !SECRET.contains(&secret.len())) {
        return Err(wrong("/secret", "is not 32 to 128 characters long".into()));
    }
    let own = own.map(hash);
    let (site, link) = match (start.site, start.link) {
        (Some(key), None) => (site_for(&state, &headers, &key)?, WEBSITE.to_owned()),
        (None, Some(slug)) => (site_of_link(&state, &headers, &slug).await?, slug),
        (Some(_), Some(_)) | (None, None) => {
            return Err(wrong("/site", "give either `site` or `link`".into()));
        }
    };
    let now = state.core.clock.now();
    let Opened { resume, contact, utm } =
        start.resume.as_ref().map_or_else(Opened::default, |said| Opened::read(said.reveal(), &state.core.key, now));
    let (token, stored) = new_secret(&*state.core.chance, "");
    let command = OpenChat {
        secret: own,
        resume,
        wanted: wanted(start.conversation.as_deref()),
        // An invalid one is ignored, as an expired one is. The two kinds of ids are different ones.
        nudge: start.invitation.as_deref().and_then(|id| NudgeId::parse(id).ok()),
        invitation: start.invitation.and_then(|id| MessageId::parse(&id).ok()),
        contact: contact.map(|email| (email, SignalId::new(now, &knock_context::random10(&*state.core.chance)))),
        utm,
        language: start.language.as_deref().and_then(Language::of_tag).unwrap_or_else(|| language(&headers)),
        has_knowledge: has_knowledge(&state, site.id).await?,
        time_zone: start.time_zone.filter(|name| knock_scheduling::zone(name).is_ok()).unwrap_or_default(),
        ..command(&state, &site, link, (visitor, session), stored)
    };
    let title = command.workspace.clone();
    let conversation = state.core.writer.commit(command).await?;
    state.lead_data.in_background(Who::Chat(conversation, String::new()));
    Ok((StatusCode::CREATED, Json(ChatStarted { conversation, token, title })))
}

/// The conversation that a client names; an invalid name is ignored.
fn wanted(named: Option<&str>) -> WantedChat {
    match named {
        Some("new") => WantedChat::New,
        Some(id) => ConversationId::parse(id).map_or(WantedChat::Last, WantedChat::Of),
        None => WantedChat::Last,
    }
}

fn command(
    state: &AppState,
    site: &Site,
    link: String,
    (visitor, session): (VisitorId, SessionId),
    token: knock_ports::SecretHash,
) -> OpenChat {
    let chance = &state.core.chance;
    let now = state.core.clock.now();
    OpenChat {
        arrival: arrival(state, site, link, (visitor, session)),
        conversation: ConversationId::new(chance.bytes16()),
        greeting: MessageId::new(now, &knock_context::random10(&**chance)),
        secret: None,
        resume: None,
        wanted: WantedChat::Last,
        invitation: None,
        nudge: None,
        token,
        workspace: site.title().to_owned(),
        language: Language::En,
        time_zone: String::new(),
        has_knowledge: false,
        utm: Utm::default(),
        contact: None,
    }
}

/// A browser that comes to a site by a link.
pub(in crate::http) fn arrival(
    state: &AppState,
    site: &Site,
    link: String,
    (visitor, session): (VisitorId, SessionId),
) -> Arrival {
    let (chance, now) = (&state.core.chance, state.core.clock.now());
    Arrival {
        site: site.id,
        link,
        visitor,
        session,
        categories: site.categories.clone(),
        now,
        click: SignalId::new(now, &knock_context::random10(&**chance)),
        fresh: FreshIds { lead: LeadId::new(chance.bytes16()), account: AccountId::new(chance.bytes16()) },
    }
}

async fn has_knowledge(state: &AppState, site: SiteId) -> Result<bool, Problem> {
    read(state.core.store.clone(), move |view| Knowledge::has_any(view, site)).await
}
