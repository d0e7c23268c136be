//! Overload and abuse by hostile or broken clients, over real sockets.

mod bodies;
mod body_memory;
mod bytes;
mod chats;
mod connections;
mod cross_site;
mod fairness;
mod json;
mod origins;
mod proxies;
pub(crate) mod raw;
pub(crate) mod readiness;
mod refused;
mod slow;
mod smuggling;
mod sockets;
mod stopping;
