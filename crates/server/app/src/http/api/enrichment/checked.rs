//! The requested provider, validated field by field.

use crate::http::state::AppState;
use axum::http::{HeaderName, HeaderValue};
use knock_enrich::{Template, check_pointer};
use knock_enrichment::{Account, origin};
use knock_model::{Email, EnrichedField};
use knock_ports::{EnrichmentProvider, FieldMapping};
use knock_wire::{EnrichmentDraft, EnrichmentMapping, FieldError};
use std::collections::BTreeSet;
use url::Url;

/// The longest name, in characters.
const LONGEST_NAME: usize = 60;
/// The longest header and the longest key, in bytes.
const LONGEST_HEADER: usize = 100;
const LONGEST_SECRET: usize = 4_000;
const MOST_DAYS: u32 = 365;
/// The values with which an address template is checked.
const TRIED: (&str, &str) = ("ann@acme.example", "acme.example");
/// Headers that belong to the request itself.
const NOT_OURS: [&str; 7] =
    ["host", "connection", "content-length", "transfer-encoding", "te", "upgrade", "accept-encoding"];

/// The requested provider for storage.
///
/// # Errors
/// The first invalid field.
pub(super) fn checked(
    state: &AppState,
    draft: &EnrichmentDraft,
    known: Option<&EnrichmentProvider>,
) -> Result<EnrichmentProvider, FieldError> {
    let template = Template::parse(&draft.url).map_err(|reason| wrong("/url", reason))?;
    let url = tried(state, &template)?;
    let name = draft.name.trim();
    if name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
        return Err(wrong("/name", "is longer than 60 characters, or has more than one line"));
    }
    let header = checked_header(&draft.header)?;
    let secret = checked_secret(state, draft, (&url, &header), known)?;
    let fields = checked_fields(&draft.fields, template.is_of_person())?;
    if !(1..=MOST_DAYS).contains(&draft.keep_days) {
        return Err(wrong("/keep_days", format!("expected 1 to {MOST_DAYS}")));
    }
    Ok(EnrichmentProvider {
        name: if name.is_empty() { url.host_str().unwrap_or_default().to_owned() } else { name.to_owned() },
        url: draft.url.trim().to_owned(),
        header,
        secret,
        fields,
        keep_days: draft.keep_days,
        is_on: draft.is_on,
    })
}

/// The address with the example filled in.
fn tried(state: &AppState, template: &Template) -> Result<Url, FieldError> {
    let email = Email::parse(TRIED.0).map_err(|error| wrong("/url", error.to_string()))?;
    let url = template.url(&email, TRIED.1).ok_or_else(|| wrong("/url", "is no address"))?;
    let guard = state.outbound.guard();
    guard.check(&url).map_err(|reason| wrong("/url", reason))?;
    if url.scheme() != "https" && !guard.has_named(&url) {
        return Err(wrong("/url", "must begin with https://: addresses of leads and the key are sent there"));
    }
    Ok(url)
}

fn checked_header(header: &str) -> Result<String, FieldError> {
    let header = header.trim();
    if header.is_empty() {
        return Ok(String::new());
    }
    let name = HeaderName::from_bytes(header.as_bytes()).ok().filter(|_| header.len() <= LONGEST_HEADER);
    let name = name.ok_or_else(|| wrong("/header", "is no name of a header such as Authorization or X-Api-Key"))?;
    if NOT_OURS.contains(&name.as_str()) {
        return Err(wrong("/header", "belongs to the request itself"));
    }
    Ok(header.to_owned())
}

/// The key for storage. A stored key must not be sent to another host, or in another header.
fn checked_secret(
    state: &AppState,
    draft: &EnrichmentDraft,
    (url, header): (&Url, &str),
    known: Option<&EnrichmentProvider>,
) -> Result<String, FieldError> {
    let Some(secret) = draft.secret.as_ref().map(|secret| secret.reveal()) else {
        if header.is_empty() {
            return Ok(String::new());
        }
        let is_same = |known: &&EnrichmentProvider| {
            let before = Url::parse(&known.url).map(|before| origin(&before));
            before.is_ok_and(|before| before == origin(url)) && known.header.eq_ignore_ascii_case(header)
        };
        let kept = known.filter(is_same).map(|known| known.secret.clone()).filter(|secret| !secret.is_empty());
        return kept.ok_or_else(|| wrong("/secret", "is missing: another host or header needs it"));
    };
    if header.is_empty() {
        return Err(wrong("/header", "is missing: the key is sent in it"));
    }
    if secret.is_empty() || secret.len() > LONGEST_SECRET || HeaderValue::from_str(secret).is_err() {
        return Err(wrong("/secret", "is empty, longer than 4000 bytes, or has characters that no header can have"));
    }
    Ok(Account::sealed(&state.core.key, url, secret, &*state.core.chance))
}

fn checked_fields(fields: &[EnrichmentMapping], is_of_person: bool) -> Result<Vec<FieldMapping>, FieldError> {
    if fields.is_empty() {
        return Err(wrong("/fields", "is empty: nothing of an answer would be read"));
    }
    let mut seen = BTreeSet::<EnrichedField>::new();
    let checked = fields.iter().enumerate().map(|(at, EnrichmentMapping { field, pointer })| {
        if !seen.insert(*field) {
            return Err(wrong(format!("/fields/{at}/field"), "is there twice"));
        }
        if field.is_of_person() && !is_of_person {
            return Err(wrong(format!("/fields/{at}/field"), "is of a person: the address has no {email}"));
        }
        check_pointer(pointer).map_err(|reason| wrong(format!("/fields/{at}/pointer"), reason))?;
        Ok(FieldMapping { field: *field, pointer: pointer.clone() })
    });
    checked.collect()
}

fn wrong(pointer: impl Into<String>, reason: impl Into<String>) -> FieldError {
    FieldError { pointer: pointer.into(), reason: reason.into() }
}
