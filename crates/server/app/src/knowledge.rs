//! Reading for the AI agent: the worker, the HTTP client of its own, and how a page becomes passages.

use crate::config::Config;
use crate::context::AppContext;
use crate::faults;
use anyhow::anyhow;
use knock_engine::KnowledgeWorker;
use knock_knowledge::{Knowledge, MAX_PASSAGES, read_document};
use knock_outbound::{Guard, Outbound};
use knock_pages::PageReader;
use knock_ports::Passage;
use std::sync::Arc;
use std::time::Duration;

/// The longest that a page may take to come.
const LONGEST: Duration = Duration::from_secs(10);

/// The knowledge, and the worker that reads its sources.
pub(crate) fn worker(config: &Config, core: &AppContext) -> anyhow::Result<(Knowledge, KnowledgeWorker)> {
    let guard = Guard::new(config.outbound.private_networks.0.clone());
    let outbound = Outbound::for_pages(guard, LONGEST).map_err(|error| anyhow!("no TLS: {error}"))?;
    let outbound = faults::around_outbound(outbound);
    let worker = KnowledgeWorker {
        clock: Arc::clone(&core.clock),
        store: Arc::clone(&core.store),
        writer: core.writer.clone(),
        reader: Arc::new(PageReader::new(outbound, Arc::new(passages), MAX_PASSAGES)),
        wake: Arc::default(),
    };
    Ok((Knowledge::new(Arc::clone(&core.store)), worker))
}

fn passages(bytes: &[u8], content_type: &str, url: &str) -> Result<Vec<Passage>, String> {
    let read = read_document(bytes, content_type, url);
    read.map(|document| document.passages).map_err(|error| error.to_string())
}
