//! `POST /v1/signals`: a batch of signals, acknowledged when it is on the disk.

use crate::data::storage::Level;
use crate::http::admission::{ClientAddress, Held, Load, QuotaPermit, Sender, WithPermit, own_origins};
use crate::http::auth::{bearer, key_role, not_permitted};
use crate::http::body::{WholeBody, beacon_type};
use crate::http::identify_secret::identify_secret;
use crate::http::outcomes::{Cause, ClientReport, Outcome, count, count_lost_batch};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::{FromRequest, Request as Asked, State};
use axum::http::{HeaderMap, StatusCode};
use knock_context::{BrowserSession, FormPart, Who};
use knock_engine::commands::{AppendForm, AppendSignals, Appended, FreshIds};
use knock_ingest::{Origin, Received, Refusal, Request, receive};
use knock_model::{AccountId, Email, LeadId, Millis, Permission, Role, SignalType};
use knock_ports::{Chance, Enrichment, Site};
use knock_wire::{FieldError, LiveEvent, SignalsReply};
use std::net::IpAddr;
use std::sync::Arc;

/// The disk space of a signal beside its texts, in bytes.
const SIGNAL_BYTES: usize = 200;
/// The disk space of a new browser.
const BROWSER_BYTES: usize = 1_000;
/// The disk space of a new contact, with its company.
const CONTACT_BYTES: usize = 2_500;
/// The longest origin that is kept, in bytes.
const MAX_ORIGIN: usize = 200;

/// Takes a batch of signals.
///
/// Answers 202 when every good signal is on the disk. Sending a batch again is harmless: a signal is stored once.
#[utoipa::path(
    post,
    path = "/v1/signals",
    tag = "visitor",
    request_body(description = "As `application/json` or `text/plain`.", content(
        (knock_wire::BatchEnvelope = "application/json"), (String = "text/plain")
    )),
    responses(
        (status = 202, description = "Stored; what became of each signal", body = SignalsReply),
        (status = 400, description = "Not JSON, or the body does not match the schema"),
        (status = 403, description = "Unknown site key or foreign origin"),
        (status = 408, description = "Request timeout"),
        (status = 410, description = "The site was removed"),
        (status = 413, description = "More than 256 KiB, as sent or inflated, or more than 500 signals"),
        (status = 415, description = "Another content type, or compressed in another way than `gzip`, `deflate`, `br` or `zstd`"),
        (status = 429, description = "Too many signals; retry after `Retry-After`"),
        (status = 503, description = "Store unavailable, site quota or body budget exhausted; retry after `Retry-After`"),
    )
)]
pub(super) async fn post(
    State(state): State<AppState>,
    ClientAddress(from): ClientAddress,
    mut asked: Asked,
) -> Result<(StatusCode, Json<SignalsReply>), Problem> {
    beacon_type(asked.headers())?;
    let headers = std::mem::take(asked.headers_mut());
    let body = WholeBody::from_request(asked, &state).await;
    let WholeBody(body, held) = body.inspect_err(|_| count_lost_batch("body"))?;
    let has_ingest_key = has_ingest_key(&state, &headers, from).await?;
    let received_at = state.core.clock.now();
    let mut received = sorted_out(&state, &headers, &body, (from, has_ingest_key), received_at)?;
    let number = u32::try_from(received.signals.len()).unwrap_or(u32::MAX);
    let site = Arc::clone(&received.site);
    let limited = |reason| state.refused.rate_limited(&site, reason, number, received_at);
    let sender = Sender { address: from, has_ingest_key };
    state.limiter.take(received.site.id.0, sender, load(&received, body.len())).map_err(|over| {
        limited(over.by);
        Problem::from(over)
    })?;
    if state.storage.level() == Level::Full && !received.signals.is_empty() {
        limited("storage");
        return Err(Problem::no_storage());
    }
    let form = form(&received);
    let enriched = looked_up(&state, form.as_ref()).await;
    let place = state.quota.enter(received.site.id).ok_or_else(|| {
        limited("share");
        Problem::no_share()
    })?;
    let late = form.filter(|_| enriched.is_none());
    let queued = (place, held);
    let appended = append(&state, &mut received, (received_at, enriched), queued).await;
    let appended = appended.inspect_err(|_| limited("store"))?;
    count_all(&received, appended, &state, received_at);
    if let Some(form) = late {
        state.lead_data.in_background(form);
    }
    let reply = SignalsReply {
        accepted: appended.accepted,
        duplicate: appended.duplicate,
        filtered: received.filtered,
        rate_limited: 0,
        cut: received.cut,
        rejected: received.rejected.into_iter().map(|one| one.problem).collect(),
    };
    Ok((StatusCode::ACCEPTED, Json(reply)))
}

/// A visitor who may have given their address in a form: the address comes with the form, or right after it.
fn form(received: &Received) -> Option<Who> {
    let parts: Vec<FormPart> = received.signals.iter().filter_map(FormPart::of).collect();
    let session = BrowserSession { site: received.site.id, visitor: received.visitor, session: received.session };
    (!parts.is_empty()).then_some(Who::Form(session, parts))
}

/// The data about a lead who is about to be routed by a form, as far as it comes in time. The page does not wait for the
/// response; what it is not answered it sends again.
async fn looked_up(state: &AppState, form: Option<&Who>) -> Option<(Email, Enrichment)> {
    state.lead_data.at_once(form?.clone()).await
}

/// The disk space of a batch: its bytes as received, inflated, or as stored if that is more; and the indexes of each
/// signal, and the rows of a browser and of a contact that may be new.
fn load(received: &Received, body: usize) -> Load {
    let signals = &received.signals;
    if signals.is_empty() {
        return Load { signals: 0, bytes: 0 };
    }
    let stored: usize = signals.iter().map(|signal| signal.detail.as_str().len()).sum();
    // Long rows leave parts of pages free.
    let stored = stored / 4 * 5;
    let identified = signals.iter().filter(|signal| signal.kind == SignalType::Identify).count();
    let bytes = body.max(stored) + SIGNAL_BYTES * signals.len() + BROWSER_BYTES + CONTACT_BYTES * identified;
    Load { signals: signals.len(), bytes }
}

/// The signals of a batch to store, and the others.
fn sorted_out(
    state: &AppState,
    headers: &HeaderMap,
    body: &[u8],
    (from, has_ingest_key): (IpAddr, bool),
    received_at: Millis,
) -> Result<Received, Problem> {
    let request = Request {
        body,
        origin: text(headers, "origin"),
        own_origins: &own_origins(headers, &state.core.address),
        has_ingest_key,
        user_agent: text(headers, "user-agent").unwrap_or_default(),
        language: text(headers, "accept-language").unwrap_or_default(),
        from,
        locations: state.locations.as_deref(),
        purpose: text(headers, "sec-purpose").or_else(|| text(headers, "purpose")).unwrap_or_default(),
        gpc: text(headers, "sec-gpc").unwrap_or_default(),
        dnt: text(headers, "dnt").unwrap_or_default(),
        received_at,
        identify_secret: &|site| identify_secret(&state.core.key, site).reveal().to_owned(),
    };
    receive(&request, |key| state.sites.by_key(key)).map_err(|refusal| {
        note_refusal(state, &refusal, &request);
        refusal.into()
    })
}

/// Whether a good API key came along; looking one up costs its sender as much as a signal.
async fn has_ingest_key(state: &AppState, headers: &HeaderMap, from: IpAddr) -> Result<bool, Problem> {
    let Some(key) = bearer(headers) else { return Ok(false) };
    state.limiter.look_up(from)?;
    may_ingest(key_role(state, from, key).await?)
}

/// Counts a batch that was refused as a whole, and notifies the owner of its site, if it has one.
fn note_refusal(state: &AppState, refusal: &Refusal, request: &Request<'_>) {
    match refusal {
        Refusal::Malformed(_) => count_lost_batch("shape"),
        Refusal::TooMany(_) => count_lost_batch("number"),
        Refusal::Forbidden(_) => count_lost_batch("site"),
        Refusal::Removed(_) => count_lost_batch("removed"),
        Refusal::Foreign { field, site, signals } => {
            let sites = state.sites.all();
            let Some(site) = sites.iter().find(|known| known.id == *site) else { return };
            // Only what reads as an origin: anybody could have written it.
            let origin = request.origin.and_then(Origin::parse).map(|origin| origin.to_text());
            let origin = origin.filter(|origin| origin.len() <= MAX_ORIGIN);
            let cause = Cause { pointer: &field.pointer, reason: &field.reason, origin, page: None };
            note_unusable(state, site, cause, *signals, request.received_at);
        }
    }
}

/// Counts signals that cannot be used, and sends open dashboards an event: the Install page shows them at once.
fn note_unusable(state: &AppState, site: &Site, cause: Cause<'_>, number: u32, now: Millis) {
    if state.refused.unusable(site, cause, number, now) {
        state.feed.send(&LiveEvent::Refused(site.key.clone()));
    }
}

fn may_ingest(role: Option<Role>) -> Result<bool, Problem> {
    match role {
        Some(role) if role.may(Permission::SendSignals) => Ok(true),
        Some(role) => Err(not_permitted(role, Permission::SendSignals, "header/Authorization")),
        None => Err(Problem::forbidden(FieldError {
            pointer: "header/Authorization".into(),
            reason: "is not an API key here".into(),
        })),
    }
}

async fn append(
    state: &AppState,
    received: &mut Received,
    (received_at, enriched): (Millis, Option<(Email, Enrichment)>),
    (place, held): (QuotaPermit, Held),
) -> Result<Appended, Problem> {
    if received.signals.is_empty() {
        return Ok(Appended::default());
    }
    let identified = received.signals.iter().filter(|signal| signal.kind == SignalType::Identify);
    let signals = AppendSignals {
        site: received.site.id,
        visitor: received.visitor,
        received_at,
        fresh: identified.map(|_| fresh_ids(&*state.core.chance)).collect(),
        signals: std::mem::take(&mut received.signals),
    };
    let writer = &state.core.writer;
    Ok(match enriched {
        None => writer.commit(WithPermit::new(signals, place, held)).await?,
        Some(enriched) => writer.commit(WithPermit::new(AppendForm { signals, enriched }, place, held)).await?,
    })
}

fn fresh_ids(chance: &dyn Chance) -> FreshIds {
    FreshIds { lead: LeadId::new(chance.bytes16()), account: AccountId::new(chance.bytes16()) }
}

fn count_all(received: &Received, appended: Appended, state: &AppState, now: Millis) {
    let site = &received.site;
    for (outcome, number) in [(Outcome::Accepted, appended.accepted), (Outcome::Duplicate, appended.duplicate)] {
        if number > 0 {
            count(site, outcome, "", number);
        }
    }
    if let Some(left_out) = received.left_out {
        state.refused.filtered(site, left_out.as_str(), received.filtered, now);
    }
    for one in &received.rejected {
        let pointer = one.problem.pointer.strip_prefix(&format!("/signals/{}", one.problem.index)).unwrap_or_default();
        let cause = Cause { pointer, reason: &one.problem.reason, origin: None, page: one.page.clone() };
        note_unusable(state, site, cause, 1, now);
    }
    let new =
        state.client_errors.grown(received.session, ClientReport { errors: received.errors, lost: received.lost });
    for (name, number) in [("knock_tracker_errors_total", new.errors), ("knock_signals_given_up_total", new.lost)] {
        if number > 0 {
            metrics::counter!(name, "site" => site.key.clone()).increment(number.into());
        }
    }
    let rare = [
        ("knock_unknown_fields_total", received.unknown_fields),
        ("knock_category_disagreements_total", received.disagreements),
        ("knock_signals_cut_total", received.cut.into()),
    ];
    for (name, number) in rare.into_iter().filter(|(_, number)| *number > 0) {
        metrics::counter!(name).increment(number);
    }
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name)?.to_str().ok()
}
