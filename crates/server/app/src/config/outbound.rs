//! Settings of outgoing requests.

use crate::networks::{networks, to_text};
use ipnet::IpNet;
use serde::{Deserialize, Serialize};

/// Requests to addresses that the team gives, such as webhooks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Outbound {
    /// Networks that requests may reach although they are not public.
    pub(crate) private_networks: Networks,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(crate) struct Networks(pub(crate) Vec<IpNet>);

impl TryFrom<String> for Networks {
    type Error = String;

    fn try_from(text: String) -> Result<Networks, String> {
        networks(&text).map(Networks)
    }
}

impl From<Networks> for String {
    fn from(Networks(networks): Networks) -> String {
        to_text(&networks)
    }
}
