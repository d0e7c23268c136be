//! The program: command line, configuration, HTTP, and the one place where everything is put together.

mod assets;
mod backup;
mod bells;
mod body_memory;
mod cli;
mod clock;
mod compose;
mod config;
mod connectors;
mod control;
mod data_dir;
mod families;
mod faults;
mod first_start;
mod foundation;
mod greeting;
mod handoff;
mod http;
mod identify_secret;
mod limiter;
pub mod load;
mod locations;
mod log;
mod networks;
mod outcomes;
mod proxies;
mod running;
mod secret;
mod server_key;
mod serving;
mod shares;
mod sites;
mod troubles;

pub use cli::{Cli, run};

/// What one thread makes another one lets go of, with every request: few allocators are made for that.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;
