//! All steps in order.

use crate::authorise::authorise;
use crate::client::client;
use crate::decode::{Decoded, decode};
use crate::filter::{LeftOut, left_out};
use crate::page::page;
use crate::refusal::Refusal;
use crate::request::Request;
use crate::validate::{Shared, validate};
use knock_model::{Millis, SessionId, VisitorId};
use knock_ports::{NewSignal, Site};
use knock_wire::{FieldError, Rejected};
use std::cell::Cell;
use std::sync::Arc;

/// The signals of a batch to store, and the others.
#[derive(Debug)]
pub struct Received {
    pub site: Arc<Site>,
    pub visitor: VisitorId,
    pub session: SessionId,
    /// The number of the tracker's own errors on the page so far.
    pub errors: u32,
    /// The number of signals that the page has dropped so far.
    pub lost: u32,
    /// The accepted signals.
    pub signals: Vec<NewSignal>,
    pub filtered: u32,
    /// The reason.
    pub left_out: Option<LeftOut>,
    /// The rejected signals.
    pub rejected: Vec<Unusable>,
    pub unknown_fields: u64,
    /// The number of signals that were cut.
    pub cut: u32,
    /// The number of signals with another category in the browser.
    pub disagreements: u64,
}

/// A rejected signal.
#[derive(Debug, PartialEq, Eq)]
pub struct Unusable {
    /// The rejection in the response.
    pub problem: Rejected,
    /// The page of the signal, if it contains one.
    pub page: Option<String>,
}

/// Takes a batch through all steps.
///
/// # Errors
/// [`Refusal`] if the whole batch is refused.
pub fn receive<S: Into<Arc<Site>>>(
    request: &Request<'_>,
    site_of: impl Fn(&str) -> Option<S>,
) -> Result<Received, Refusal> {
    let decoded = decode(request.body)?;
    let site = site_of(&decoded.envelope.site).map(S::into);
    let number = index(decoded.envelope.signals.len());
    let site = authorise(request, &decoded.envelope.site, site).map_err(|refusal| refusal.of(number))?;
    let mut received = Received {
        site,
        visitor: decoded.visitor,
        session: decoded.session,
        errors: decoded.envelope.errors.unwrap_or_default(),
        lost: decoded.envelope.lost.unwrap_or_default(),
        signals: Vec::with_capacity(decoded.envelope.signals.len()),
        filtered: 0,
        left_out: left_out(request, &decoded.envelope),
        rejected: Vec::new(),
        unknown_fields: decoded.unknown_fields,
        cut: 0,
        disagreements: 0,
    };
    if received.left_out.is_some() {
        received.filtered = number;
    } else {
        received.sort_out(&decoded, request);
    }
    Ok(received)
}

impl Received {
    fn sort_out(&mut self, decoded: &Decoded<'_>, request: &Request<'_>) {
        let sent_base = decoded.envelope.base.as_deref().unwrap_or_default();
        let site = &self.site;
        let has_client = Cell::new(false);
        let shared = Shared {
            session: decoded.session,
            sent_at: decoded.envelope.sent_at.map(Millis),
            received_at: request.received_at,
            base: if site.base.is_empty() { sent_base } else { &site.base },
            overrides: &site.categories,
            identify: site.identify,
            identify_secret: &|| (request.identify_secret)(site),
            client: &|| if has_client.replace(true) { None } else { client(request) },
        };
        for (place, raw) in decoded.envelope.signals.iter().enumerate() {
            match validate(raw, &shared) {
                Ok(valid) => {
                    self.unknown_fields += valid.unknown_fields;
                    self.cut += u32::from(valid.is_cut);
                    self.disagreements += u64::from(valid.disagrees);
                    self.signals.push(valid.signal);
                }
                Err(field) => self.rejected.push(Unusable { problem: rejected(place, &field), page: page(raw) }),
            }
        }
    }
}

fn rejected(place: usize, field: &FieldError) -> Rejected {
    let name = field.pointer.trim_start_matches('/').replace('/', ".");
    let reason = if name.is_empty() { field.reason.clone() } else { format!("{name}: {}", field.reason) };
    Rejected { index: index(place), reason, pointer: format!("/signals/{place}{}", field.pointer) }
}

fn index(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}
