//! Reading for the AI agent: the worker, with an HTTP client of its own.

use crate::config::Config;
use crate::context::AppContext;
use crate::faults;
use anyhow::anyhow;
use knock_engine::KnowledgeWorker;
use knock_knowledge::{Knowledge, MAX_PASSAGES};
use knock_outbound::{Guard, Outbound};
use knock_pages::PageReader;
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
        reader: Arc::new(PageReader::new(outbound, Arc::new(core.reader.clone()), MAX_PASSAGES)),
        wake: Arc::default(),
        claims: Arc::default(),
    };
    Ok((Knowledge::new(Arc::clone(&core.store)), worker))
}
