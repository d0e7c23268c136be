//! The client address of a request: that of the connection, or the one that a trusted proxy names.

use crate::networks::{networks, to_text};
use axum::http::{HeaderMap, HeaderName, header};
use ipnet::IpNet;
use serde::{Deserialize, Serialize};
use std::net::{IpAddr, Ipv6Addr, SocketAddr};

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The proxies whose forwarded addresses are trusted; by default none.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(crate) enum TrustedProxies {
    #[default]
    None,
    /// This number of proxies in front of the server, at any address.
    Hops(usize),
    Networks(Vec<IpNet>),
}

/// The header in which they note the address: the one that they write. What a visitor sends in the other is not read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ProxyHeader {
    /// `X-Forwarded-For`, which nearly all proxies append to.
    #[default]
    XForwardedFor,
    /// `Forwarded` (RFC 7239).
    Forwarded,
}

impl TryFrom<String> for TrustedProxies {
    type Error = String;

    /// Reads `2`, or `10.0.0.0/8, ::1`.
    fn try_from(text: String) -> Result<TrustedProxies, String> {
        if let Ok(hops) = text.trim().parse() {
            return Ok(if hops == 0 { TrustedProxies::None } else { TrustedProxies::Hops(hops) });
        }
        let networks = networks(&text).map_err(|error| format!("{error}, nor a number of proxies"))?;
        Ok(if networks.is_empty() { TrustedProxies::None } else { TrustedProxies::Networks(networks) })
    }
}

impl From<TrustedProxies> for String {
    fn from(proxies: TrustedProxies) -> String {
        match proxies {
            TrustedProxies::None => String::new(),
            TrustedProxies::Hops(hops) => hops.to_string(),
            TrustedProxies::Networks(networks) => to_text(&networks),
        }
    }
}

impl TrustedProxies {
    pub(crate) fn trusts(&self, peer: IpAddr) -> bool {
        match self {
            TrustedProxies::None => false,
            TrustedProxies::Hops(_) => true,
            TrustedProxies::Networks(networks) => networks.iter().any(|network| network.contains(&peer.to_canonical())),
        }
    }

    /// The address of the client: the last one that is no trusted proxy's. Clients can forge the addresses before it.
    pub(crate) fn client(&self, peer: IpAddr, header: ProxyHeader, headers: &HeaderMap) -> IpAddr {
        let peer = peer.to_canonical();
        if *self == TrustedProxies::None {
            return peer;
        }
        let mut client = peer;
        for (hops, address) in noted(header, headers).into_iter().rev().enumerate() {
            let is_trusted = match self {
                TrustedProxies::None => false,
                TrustedProxies::Hops(most) => hops < *most,
                TrustedProxies::Networks(_) => self.trusts(client),
            };
            // A proxy that hides whom it speaks for is the nearest that is known.
            let (true, Some(address)) = (is_trusted, address) else { break };
            client = address;
        }
        client
    }
}

/// The network that one limit of addresses counts as one: an IPv6 network of 64 bits is one customer's line.
pub(crate) fn neighbourhood(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX))),
        address @ IpAddr::V4(_) => address,
    }
}

/// The addresses that proxies noted, the nearest last; none where one hid it.
fn noted(header: ProxyHeader, headers: &HeaderMap) -> Vec<Option<IpAddr>> {
    let lines = |name| headers.get_all(name).into_iter().filter_map(|value| value.to_str().ok());
    match header {
        ProxyHeader::XForwardedFor => lines(FORWARDED_FOR).flat_map(|line| line.split(',')).map(address).collect(),
        ProxyHeader::Forwarded => {
            lines(header::FORWARDED).flat_map(|line| line.split(',')).map(forwarded_for).collect()
        }
    }
}

/// The `for` of one element of `Forwarded`.
fn forwarded_for(element: &str) -> Option<IpAddr> {
    let pairs = element.split(';').filter_map(|pair| pair.split_once('='));
    let named = pairs.into_iter().find(|(name, _)| name.trim().eq_ignore_ascii_case("for"));
    named.and_then(|(_, value)| address(value))
}

/// `192.0.2.1`, `192.0.2.1:80`, `2001:db8::1`, `"[2001:db8::1]:80"`.
fn address(text: &str) -> Option<IpAddr> {
    let text = text.trim().trim_matches('"');
    let inner = text.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    let alone = inner.map_or(text, |(inner, _)| inner).parse().ok();
    alone.or_else(|| text.parse::<SocketAddr>().ok().map(|socket| socket.ip())).map(|ip: IpAddr| ip.to_canonical())
}

#[cfg(test)]
mod fuzz;
#[cfg(test)]
mod tests;
