//! Networks as the configuration writes them: `10.0.0.0/8, ::1`.

use ipnet::IpNet;
use std::net::IpAddr;

/// Reads them.
///
/// # Errors
/// Names the first that is none.
pub(crate) fn networks(text: &str) -> Result<Vec<IpNet>, String> {
    text.split(',').map(str::trim).filter(|part| !part.is_empty()).map(network).collect()
}

pub(crate) fn to_text(networks: &[IpNet]) -> String {
    networks.iter().map(IpNet::to_string).collect::<Vec<_>>().join(", ")
}

fn network(text: &str) -> Result<IpNet, String> {
    let parsed = text.parse().or_else(|_| text.parse::<IpAddr>().map(IpNet::from));
    parsed.map_err(|_| format!("`{text}` is neither an address nor a network such as 10.0.0.0/8"))
}
