//! The real binary from outside: over HTTP and by its command line.

mod abuse;
mod backup;
mod burst;
mod chat;
mod client;
mod command_line;
mod crash;
mod files;
mod handoffs;
mod identify;
mod intent;
mod logs;
mod metrics;
mod migrate;
mod neighbours;
mod past;
mod person;
mod rebuild;
mod retention;
mod routing;
mod signals;
mod stored_files;
mod support;
mod team;
mod upgrade;
mod webhooks;
