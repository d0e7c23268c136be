//! Step two: may this batch be sent to that site from there?

use crate::origin::Origin;
use crate::receive::Request;
use crate::refusal::{Refusal, at};
use knock_ports::Site;

/// The site, when the request may send to it.
pub(crate) fn authorise(request: &Request<'_>, key: &str, site: Option<Site>) -> Result<Site, Refusal> {
    match (request.origin, request.has_ingest_key) {
        (None, true) => named(key, site),
        (origin, _) => may_send(site, key, origin, request.own_origins),
    }
}

/// The site, when a page of that origin may send to it.
///
/// # Errors
/// [`Refusal::Forbidden`] for an unknown site, [`Refusal::Foreign`] for a foreign origin.
pub fn may_send(site: Option<Site>, key: &str, origin: Option<&str>, own_origins: &[String]) -> Result<Site, Refusal> {
    let site = named(key, site)?;
    let Some(origin) = origin else {
        return Err(foreign(&site, "is missing; a server needs an API key of the role `ingest`"));
    };
    let origin = Origin::parse(origin).ok_or_else(|| foreign(&site, "is not an origin that can send signals"))?;
    let text = origin.to_text();
    let is_listed = site.origins.contains(&text) || own_origins.contains(&text);
    if is_listed || (site.demo && origin.is_loopback()) {
        Ok(site)
    } else {
        Err(foreign(&site, "is not one of the origins of this site"))
    }
}

fn named(key: &str, site: Option<Site>) -> Result<Site, Refusal> {
    let site = site.filter(|site| site.key == key);
    site.ok_or_else(|| Refusal::Forbidden(at("/site", "is not the key of a site here")))
}

fn foreign(site: &Site, reason: &str) -> Refusal {
    Refusal::Foreign { field: at("header/Origin", reason), site: site.id, signals: 0 }
}
