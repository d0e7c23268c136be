//! Limits of connections, requests and chats.

use crate::proxies::{ProxyHeader, TrustedProxies};
use knock_model::Millis;
use serde::{Deserialize, Serialize};
use std::num::{NonZeroU16, NonZeroU32};
use std::time::Duration;

/// A duration in milliseconds; never zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Span(NonZeroU32);

impl Span {
    const fn millis(millis: u32) -> Span {
        match NonZeroU32::new(millis) {
            Some(millis) => Span(millis),
            None => Span(NonZeroU32::MIN),
        }
    }

    pub(crate) fn duration(self) -> Duration {
        Duration::from_millis(self.0.get().into())
    }
}

/// Limits of connections and requests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Http {
    /// Connections at once; never more than the system's open files allow.
    pub(crate) max_connections: NonZeroU32,
    /// Connections at once from one address; 0 is off, and trusted proxies have no such limit.
    pub(crate) max_connections_per_ip: u32,
    /// Event streams of visible pages at once, on which visitors read the words of a member who writes first; 0 is off.
    pub(crate) visit_streams: u32,
    /// The timeout of the head of a request.
    pub(crate) header_timeout_ms: Span,
    /// The timeout of a whole body.
    pub(crate) body_timeout_ms: Span,
    /// MiB that all request bodies may hold together.
    pub(crate) body_memory_mb: NonZeroU16,
    /// The timeout of an idle connection between requests.
    pub(crate) idle_timeout_ms: Span,
    /// The timeout of a client that reads nothing of a response.
    pub(crate) write_timeout_ms: Span,
    /// The time for which a stopping server waits for requests in progress.
    pub(crate) drain_timeout_ms: Span,
    /// The interval of pings on a silent WebSocket; after two pings without an answer it is closed.
    pub(crate) ping_interval_ms: Span,
    /// The proxies trusted to state a visitor's address: networks, or the number of proxies in front.
    pub(crate) trusted_proxies: TrustedProxies,
    /// The header in which they note a visitor's address.
    pub(crate) proxy_header: ProxyHeader,
}

impl Default for Http {
    fn default() -> Http {
        Http {
            max_connections: NonZeroU32::MIN.saturating_add(8_191),
            max_connections_per_ip: 1_024,
            visit_streams: 2_000,
            header_timeout_ms: Span::millis(10_000),
            body_timeout_ms: Span::millis(15_000),
            body_memory_mb: NonZeroU16::MIN.saturating_add(63),
            // Longer than the usual timeout of proxies: the side that closes second never sends to a closed connection.
            idle_timeout_ms: Span::millis(75_000),
            write_timeout_ms: Span::millis(20_000),
            drain_timeout_ms: Span::millis(4_000),
            ping_interval_ms: Span::millis(30_000),
            trusted_proxies: TrustedProxies::default(),
            proxy_header: ProxyHeader::default(),
        }
    }
}

/// Limits of `/v1/chat`, per second, and the mailing of replies; 0 is off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Chat {
    /// Chats opened from one address.
    pub(crate) opens_per_ip: u32,
    /// Messages of a lead in one chat.
    pub(crate) messages_per_chat: u32,
    /// Messages of leads from one address.
    pub(crate) messages_per_ip: u32,
    /// Seconds in which a reply may reach the lead's browser before it is mailed.
    pub(crate) mail_reply_after_s: u32,
}

impl Chat {
    /// The delay before a reply is mailed; none is never.
    pub(crate) fn mail_reply_after(&self) -> Option<Millis> {
        (self.mail_reply_after_s > 0).then(|| Millis(1_000 * i64::from(self.mail_reply_after_s)))
    }
}

impl Default for Chat {
    fn default() -> Chat {
        Chat { opens_per_ip: 10, messages_per_chat: 5, messages_per_ip: 10, mail_reply_after_s: 30 }
    }
}
