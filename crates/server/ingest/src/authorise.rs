//! Step two: may this batch be sent to that site from there?

use crate::origin::Origin;
use crate::receive::Request;
use crate::refusal::{Refusal, at};
use knock_ports::Site;

/// The site, when the request may send to it.
pub(crate) fn authorise<'s>(request: &Request<'_>, key: &str, site: Option<&'s Site>) -> Result<&'s Site, Refusal> {
    let site = site.filter(|site| site.key == key);
    let site = site.ok_or_else(|| Refusal::Forbidden(at("/site", "is not the key of a site here")))?;
    let Some(origin) = request.origin else {
        return if request.has_ingest_key {
            Ok(site)
        } else {
            Err(forbidden("is missing; a server needs an API key of the role `ingest`"))
        };
    };
    let origin = Origin::parse(origin).ok_or_else(|| forbidden("is not an origin that can send signals"))?;
    let text = origin.to_text();
    let is_listed = site.origins.contains(&text) || request.own_origins.contains(&text);
    if is_listed || (site.demo && origin.is_loopback()) {
        Ok(site)
    } else {
        Err(forbidden("is not one of the origins of this site"))
    }
}

fn forbidden(reason: &str) -> Refusal {
    Refusal::Forbidden(at("header/Origin", reason))
}
