//! Step two: whether this origin or key may send this batch to the site.

use crate::origin::Origin;
use crate::refusal::{Refusal, at};
use crate::request::Request;
use knock_ports::Site;
use std::borrow::Borrow;

/// Returns the site if the request may send to it.
pub(crate) fn authorise<S: Borrow<Site>>(request: &Request<'_>, key: &str, site: Option<S>) -> Result<S, Refusal> {
    match (request.origin, request.has_ingest_key) {
        (None, true) => named(key, site),
        (origin, _) => may_send(site, key, origin, request.own_origins),
    }
}

/// Returns the site if a page of that origin may send to it.
///
/// # Errors
/// [`Refusal::Forbidden`] for an unknown site, [`Refusal::Removed`] for one that was removed, [`Refusal::Foreign`] for a
/// foreign origin.
pub fn may_send<S: Borrow<Site>>(
    site: Option<S>,
    key: &str,
    origin: Option<&str>,
    own_origins: &[String],
) -> Result<S, Refusal> {
    let site = named(key, site)?;
    let Some(origin) = origin else {
        return Err(foreign(site.borrow(), "is missing; a server needs an API key of the role `ingest`"));
    };
    let is_listed = |text: &str| site.borrow().origins.iter().chain(own_origins).any(|listed| listed == text);
    // Listed origins have the form that browsers send: nearly always no parsing is needed.
    if is_listed(origin) {
        return Ok(site);
    }
    let origin = Origin::parse(origin);
    let origin = origin.ok_or_else(|| foreign(site.borrow(), "is not an origin that can send signals"))?;
    if is_listed(&origin.to_text()) || (site.borrow().demo && origin.is_loopback()) {
        Ok(site)
    } else {
        Err(foreign(site.borrow(), "is not one of the origins of this site"))
    }
}

fn named<S: Borrow<Site>>(key: &str, site: Option<S>) -> Result<S, Refusal> {
    let site = site.filter(|site| site.borrow().key == key);
    let site = site.ok_or_else(|| Refusal::Forbidden(at("/site", "is not the key of a site here")))?;
    match site.borrow().removed_at {
        None => Ok(site),
        Some(_) => Err(Refusal::Removed(at("/site", "is the key of a site that was removed"))),
    }
}

fn foreign(site: &Site, reason: &str) -> Refusal {
    Refusal::Foreign { field: at("header/Origin", reason), site: site.id, signals: 0 }
}
