//! Sitemaps: the addresses that one lists, of pages or of further sitemaps. XML or plain text, compressed or not.

use crate::fetch::MOST_BYTES;
use flate2::read::GzDecoder;
use knock_xml::{Node, parse};
use serde::{Deserialize, Serialize};
use std::io::Read;
use url::Url;

/// The entries of a sitemap.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    pub pages: Vec<Url>,
    /// Further sitemaps.
    pub sitemaps: Vec<Url>,
}

/// The first bytes of a compressed file.
const GZIP: [u8; 2] = [0x1f, 0x8b];
/// Elements of a sitemap at most: it may list 50,000 addresses, with a few elements each.
const MOST_NODES: u32 = 1_000_000;

/// Reads a sitemap.
///
/// # Errors
/// When it is none, in plain words.
pub fn read_sitemap(bytes: &[u8]) -> Result<Listed, String> {
    listed(bytes, MOST_BYTES)
}

/// Reads a sitemap, uncompressed up to so many bytes.
fn listed(bytes: &[u8], limit: usize) -> Result<Listed, String> {
    let inflated = if bytes.starts_with(&GZIP) { Some(inflated(bytes, limit)?) } else { None };
    let text = String::from_utf8_lossy(inflated.as_deref().unwrap_or(bytes));
    let text = text.trim_start_matches('\u{feff}').trim();
    let listed = if text.starts_with('<') { of_xml(text)? } else { of_lines(text) };
    if listed == Listed::default() { Err("The sitemap lists no pages".to_owned()) } else { Ok(listed) }
}

fn inflated(bytes: &[u8], limit: usize) -> Result<Vec<u8>, String> {
    let mut out = Vec::new();
    let read = GzDecoder::new(bytes).take(limit as u64 + 1).read_to_end(&mut out);
    match read {
        Ok(length) if length <= limit => Ok(out),
        Ok(_) => Err(format!("The sitemap is larger than {} MB", limit >> 20)),
        Err(_) => Err("The sitemap is compressed and damaged".to_owned()),
    }
}

fn of_xml(text: &str) -> Result<Listed, String> {
    let document = parse(text, MOST_NODES).map_err(|error| format!("The sitemap is no sitemap: {error}"))?;
    let mut listed = Listed::default();
    for entry in document.root_element().children().filter(Node::is_element) {
        let address = entry.children().find(|child| child.tag_name().name() == "loc").and_then(|child| child.text());
        let Some(url) = address.and_then(|text| Url::parse(text.trim()).ok()) else { continue };
        match entry.tag_name().name() {
            "url" => listed.pages.push(url),
            "sitemap" => listed.sitemaps.push(url),
            _ => {}
        }
    }
    Ok(listed)
}

/// A sitemap may be a text with an address a line.
fn of_lines(text: &str) -> Listed {
    let urls = text.lines().filter_map(|line| Url::parse(line.trim()).ok());
    Listed { pages: urls.filter(|url| matches!(url.scheme(), "http" | "https")).collect(), sitemaps: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use std::io::Write;

    const MAP: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
        <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
        <url><loc> https://example.com/a?b=1&amp;c=2 </loc><image:image><image:loc>https://example.com/x.png</image:loc></image:image></url>
        <url><loc>no address</loc></url><url/></urlset>"#;

    fn texts(urls: &[Url]) -> Vec<&str> {
        urls.iter().map(Url::as_str).collect()
    }

    fn packed(text: &str) -> Vec<u8> {
        let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
        packer.write_all(text.as_bytes()).expect("it is packed");
        packer.finish().expect("it is packed")
    }

    #[test]
    fn pages_and_sitemaps_are_listed() {
        let pages = listed(MAP.as_bytes(), 1 << 20).expect("a sitemap");
        assert_eq!(texts(&pages.pages), ["https://example.com/a?b=1&c=2"]);
        let packed = listed(&packed(MAP), 1 << 20).expect("a sitemap");
        assert_eq!(packed, pages);
        let index = "<sitemapindex><sitemap><loc>https://example.com/1.xml</loc></sitemap></sitemapindex>";
        assert_eq!(
            texts(&listed(index.as_bytes(), 1 << 20).expect("an index").sitemaps),
            ["https://example.com/1.xml"]
        );
        let lines = "\u{feff}https://example.com/a\n\nhttps://example.com/b\njunk\nftp://example.com/c";
        let found = listed(lines.as_bytes(), 1 << 20).expect("a list");
        assert_eq!(texts(&found.pages), ["https://example.com/a", "https://example.com/b"]);
    }

    #[test]
    fn what_is_no_sitemap_is_refused() {
        let bomb = r#"<!DOCTYPE x [<!ENTITY a "b">]><urlset><url><loc>&a;</loc></url></urlset>"#;
        for text in ["", "<html><p>Not found", bomb, "<urlset></urlset>", "<a>"] {
            assert!(listed(text.as_bytes(), 1 << 20).is_err(), "{text}");
        }
        assert!(listed(&packed(&"a".repeat(2_000_000)), 1 << 20).expect_err("too large").contains("larger than 1 MB"));
        assert!(listed(&[0x1f, 0x8b, 0, 0, 1], 1 << 20).is_err());
    }
}
