//! One page of a site: its robots.txt asked first, redirects followed within the site.

use crate::hosts::{Host, Hosts};
use crate::robots::Robots;
use knock_outbound::{Failure, Outbound, Page};
use std::collections::HashMap;
use std::sync::Arc;
use tokio::sync::Mutex;
use url::{Position, Url};

/// The most bytes of a page.
pub(crate) const MOST_BYTES: usize = 2 << 20;
/// The most bytes of a robots.txt that are read.
const MOST_OF_ROBOTS: usize = 500 << 10;
/// Redirects that are followed.
const REDIRECTS: usize = 5;
const ACCEPT: &str = "text/html, text/markdown, text/plain, application/pdf, application/xml;q=0.9, */*;q=0.5";

/// Reads pages of one site.
pub(crate) struct Site<'r> {
    outbound: &'r Outbound,
    hosts: &'r Hosts,
    /// Without `www.`.
    host: String,
    /// The hosts asked so far with their rules, by scheme, name and port.
    known: Mutex<HashMap<String, Arc<(Host, Robots)>>>,
}

/// A page that was read, with where it stands in the end.
#[derive(Debug)]
pub struct FetchedPage {
    pub url: Url,
    pub content_type: String,
    pub body: Vec<u8>,
}

impl<'r> Site<'r> {
    pub(crate) fn of(url: &Url, outbound: &'r Outbound, hosts: &'r Hosts) -> Site<'r> {
        Site { outbound, hosts, host: bare_host(url), known: Mutex::default() }
    }

    pub(crate) fn has(&self, url: &Url) -> bool {
        matches!(url.scheme(), "http" | "https") && bare_host(url) == self.host
    }

    /// Reads a page.
    ///
    /// # Errors
    /// Why not, in plain words.
    pub(crate) async fn read(&self, url: &Url) -> Result<FetchedPage, String> {
        let mut url = url.clone();
        for _ in 0..=REDIRECTS {
            let page = self.ask(&url).await?;
            let Some(to) = target(&url, &page)? else {
                let Page { content_type, body, .. } = accepted(page)?;
                return Ok(FetchedPage { url, content_type, body });
            };
            url = self.followed(to)?;
        }
        Err(format!("The address leads on more than {REDIRECTS} times"))
    }

    /// The target of a redirect, if it may be followed.
    fn followed(&self, to: Url) -> Result<Url, String> {
        self.outbound.guard().check(&to).map_err(|reason| format!("The address leads on to one that {reason}"))?;
        if self.has(&to) {
            return Ok(to);
        }
        Err(format!("The address leads on to another site: {}", to.host_str().unwrap_or_default()))
    }

    /// Asks for a page when it is this reader's turn, and the host allows it.
    async fn ask(&self, url: &Url) -> Result<Page, String> {
        let known = self.rules(url).await?;
        let (host, robots) = &*known;
        if !robots.allows(url) {
            return Err("The robots.txt of the site does not allow it".to_owned());
        }
        let _turn = host.turn(robots.pause()).await;
        self.outbound.get(url.clone(), ACCEPT, MOST_BYTES).await.map_err(|failure| in_words(&failure))
    }

    /// The rules of a host, asked once.
    async fn rules(&self, url: &Url) -> Result<Arc<(Host, Robots)>, String> {
        let name = url[..Position::BeforePath].to_owned();
        let mut known = self.known.lock().await;
        if let Some(rules) = known.get(&name) {
            return Ok(Arc::clone(rules));
        }
        let host = self.hosts.host(&name);
        let robots = self.robots(&host, url).await?;
        let rules = Arc::new((host, robots));
        known.insert(name, Arc::clone(&rules));
        Ok(rules)
    }

    async fn robots(&self, host: &Host, of: &Url) -> Result<Robots, String> {
        let mut url = of.join("/robots.txt").map_err(|error| format!("The address has no host: {error}"))?;
        for _ in 0..=REDIRECTS {
            let turn = host.turn(crate::robots::PAUSE).await;
            let page = self.outbound.get(url.clone(), "text/plain, */*;q=0.5", MOST_OF_ROBOTS).await;
            drop(turn);
            let page = page.map_err(|failure| in_words(&failure))?;
            if let Some(to) = target(&url, &page)? {
                url = self.followed(to)?;
                continue;
            }
            return match page.code {
                200..300 => Ok(Robots::parse(&page.body)),
                // What is not there forbids nothing (RFC 9309); a server that fails may forbid everything.
                400..500 if page.code != 429 => Ok(Robots::none()),
                code => Err(format!("The server answered {code} for /robots.txt")),
            };
        }
        // As if it were not there (RFC 9309).
        Ok(Robots::none())
    }
}

/// The target of a redirect; none if the page is not one.
fn target(url: &Url, page: &Page) -> Result<Option<Url>, String> {
    if !matches!(page.code, 301 | 302 | 303 | 307 | 308) {
        return Ok(None);
    }
    let to = page.location.as_deref().and_then(|location| url.join(location).ok());
    to.map(Some).ok_or_else(|| format!("The server answered {} without an address to go on to", page.code))
}

fn accepted(page: Page) -> Result<Page, String> {
    match page.code {
        200..300 if !page.is_whole => Err(format!("The page is larger than {} MB", MOST_BYTES >> 20)),
        200..300 => Ok(page),
        code => Err(format!("The server answered {code}")),
    }
}

fn in_words(failure: &Failure) -> String {
    match failure {
        Failure::Refused(reason) => format!("The address {reason}"),
        Failure::Unreached(reason) => {
            let mut signs = reason.chars();
            signs.next().map_or_else(String::new, |first| first.to_uppercase().chain(signs).collect())
        }
    }
}

/// The host without `www.`: both are one site.
fn bare_host(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host).to_owned()
}
