//! A batch as received.

use crate::locations::Locations;
use knock_model::Millis;
use knock_ports::Site;
use std::net::IpAddr;

/// A batch as it arrived, with the data of its connection.
pub struct Request<'a> {
    pub body: &'a [u8],
    /// The `Origin` header.
    pub origin: Option<&'a str>,
    /// The server's own origins, from which its hosted pages send.
    pub own_origins: &'a [String],
    /// Whether the request has a valid API key of the role `ingest`.
    pub has_ingest_key: bool,
    /// The `User-Agent` header.
    pub user_agent: &'a str,
    /// The `Accept-Language` header.
    pub language: &'a str,
    /// The network address of the client.
    pub from: IpAddr,
    /// The database of locations, if there is one.
    pub locations: Option<&'a Locations>,
    /// The `Purpose` and `Sec-Purpose` headers.
    pub purpose: &'a str,
    /// The `Sec-GPC` header.
    pub gpc: &'a str,
    /// The `DNT` header.
    pub dnt: &'a str,
    pub received_at: Millis,
    /// The secret with which a site's own server proves an `identify`.
    pub identify_secret: &'a dyn Fn(&Site) -> String,
}
