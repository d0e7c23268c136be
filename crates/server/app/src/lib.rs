//! The program: command line, configuration, HTTP, and the one place where everything is put together.

mod api_keys;
mod assemble;
mod assets;
mod backtest;
mod banner;
mod cli;
mod clock;
mod compose;
mod config;
mod config_check;
mod connectors;
mod contact_token;
mod context;
mod control;
mod data;
mod faults;
mod first_start;
mod hold;
mod http;
mod knowledge;
mod lead_data;
mod locations;
mod log;
mod mail_server;
mod manage_token;
mod meeting_file;
mod metrics_catalogue;
mod networks;
mod outbox_health;
mod passwords;
pub mod permissions;
mod persons;
mod proxies;
mod release;
mod reports;
mod resume;
mod serving;
mod sheet;
mod sites;
mod terminal;
mod vendors;
mod warehouse;
mod work;

pub use cli::{Cli, as_reader, run};

/// With every request, one thread frees what another one allocated: few allocators are made for that.
#[cfg(feature = "jemalloc")]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;
