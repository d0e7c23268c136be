//! Reads pages and sitemaps of websites: politely, within one site, in bounded time and memory.

mod fetch;
mod hosts;
mod reader;
mod robots;
mod sitemap;

pub use fetch::FetchedPage;
pub use reader::{FormatFuture, Formats, PageReader};
pub use sitemap::{Listed, read_sitemap};
