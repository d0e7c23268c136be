//! Reads a source: its one page, or the pages of its sitemap.

use crate::fetch::{FetchedPage, Site};
use crate::hosts::Hosts;
use crate::sitemap::Listed;
use knock_model::SourceKind;
use knock_outbound::Outbound;
use knock_ports::{KnowledgeSource, Passage, SourceReader, SourceReading, SourceReadingFuture};
use std::collections::{HashSet, VecDeque};
use std::pin::Pin;
use std::sync::Arc;
use url::Url;

/// The most pages of a sitemap.
const MOST_PAGES: usize = 200;
/// The most sitemaps that a sitemap leads to.
const MOST_SITEMAPS: usize = 20;

/// A reading of a format. Fails in plain words.
pub type FormatFuture<'r, T> = Pin<Box<dyn Future<Output = Result<T, String>> + Send + 'r>>;

/// Reads the formats of pages. They are hostile until they were read.
pub trait Formats: Send + Sync {
    /// Cuts a page into passages.
    fn passages(&self, page: FetchedPage) -> FormatFuture<'_, Vec<Passage>>;

    /// Lists the addresses of a sitemap, as [`read_sitemap`](crate::read_sitemap) does.
    fn sitemap(&self, content: Vec<u8>) -> FormatFuture<'_, Listed>;
}

/// Reads pages and sitemaps.
pub struct PageReader {
    outbound: Outbound,
    hosts: Hosts,
    formats: Arc<dyn Formats>,
    most_passages: usize,
}

impl PageReader {
    /// Reads by this client; a source has `most_passages` at most.
    pub fn new(outbound: Outbound, formats: Arc<dyn Formats>, most_passages: usize) -> PageReader {
        PageReader { outbound, hosts: Hosts::default(), formats, most_passages }
    }
}

impl SourceReader for PageReader {
    fn read<'r>(&'r self, source: &'r KnowledgeSource) -> SourceReadingFuture<'r> {
        Box::pin(async move {
            let url = Url::parse(&source.name).map_err(|error| format!("The address cannot be read: {error}"))?;
            let site = Site::of(&url, &self.outbound, &self.hosts);
            match source.kind {
                SourceKind::Page => {
                    let passages = self.formats.passages(site.read(&url).await?).await?;
                    Ok(SourceReading { passages, left_out: String::new() })
                }
                SourceKind::Sitemap => self.sitemap(&site, url).await,
                SourceKind::File => Err("A file is read when it is uploaded".to_owned()),
            }
        })
    }
}

impl PageReader {
    async fn sitemap(&self, site: &Site<'_>, url: Url) -> Result<SourceReading, String> {
        let pages = self.pages_of(site, url).await?;
        let (mut passages, mut failures) = (Vec::new(), Vec::new());
        let mut seen = HashSet::new();
        for url in &pages {
            let read = match site.read(url).await {
                Ok(read) if !seen.insert(read.url.clone()) => continue,
                Ok(read) => self.formats.passages(read).await,
                Err(error) => Err(error),
            };
            match read {
                Ok(read) => passages.extend(read),
                Err(error) => failures.push((url, error)),
            }
            if passages.len() > self.most_passages {
                return Err(format!("The pages have more than {} passages of text", self.most_passages));
            }
        }
        let first = failures.first().map(|(url, error)| format!("{url}: {error}"));
        if passages.is_empty() {
            return Err(first.unwrap_or_else(|| "The sitemap lists no pages of this site".to_owned()));
        }
        let said = |first| format!("{} of {} pages could not be read, first {first}", failures.len(), pages.len());
        Ok(SourceReading { passages, left_out: first.map(said).unwrap_or_default() })
    }

    /// The pages of a site that its sitemap lists, in its order, each once.
    async fn pages_of(&self, site: &Site<'_>, url: Url) -> Result<Vec<Url>, String> {
        let (mut waiting, mut seen) = (VecDeque::from([url]), HashSet::new());
        let (mut pages, mut known) = (Vec::new(), HashSet::new());
        while let Some(url) = waiting.pop_front() {
            let is_first = seen.is_empty();
            if seen.len() > MOST_SITEMAPS || !seen.insert(url.clone()) {
                continue;
            }
            let listed = match site.read(&url).await {
                Ok(read) => self.formats.sitemap(read.body).await,
                Err(error) => Err(error),
            };
            let listed = match listed {
                Ok(listed) => listed,
                Err(error) if is_first => return Err(error),
                // The pages of the others are read all the same.
                Err(_) => continue,
            };
            waiting.extend(listed.sitemaps.into_iter().filter(|url| site.has(url)));
            for mut page in listed.pages.into_iter().filter(|url| site.has(url)) {
                page.set_fragment(None);
                if known.insert(page.clone()) {
                    pages.push(page);
                }
            }
            if pages.len() >= MOST_PAGES {
                break;
            }
        }
        pages.truncate(MOST_PAGES);
        if pages.is_empty() { Err("The sitemap lists no pages of this site".to_owned()) } else { Ok(pages) }
    }
}
