//! Detects the kind of a document by its content: a name or a content type is often wrong.

use super::Unreadable;
use serde::{Deserialize, Serialize};

/// A kind of document that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FileKind {
    /// Plain text.
    Text,
    Markdown,
    Html,
    Pdf,
}

/// The number of bytes that must contain the signature of a PDF.
const HEAD: usize = 1_024;
/// The number of characters of a text for each control character that no text needs.
const SIGNS_PER_CONTROL: usize = 500;

impl FileKind {
    /// Returns the content type for storage and display.
    pub const fn content_type(self) -> &'static str {
        match self {
            FileKind::Text => "text/plain",
            FileKind::Markdown => "text/markdown",
            FileKind::Html => "text/html",
            FileKind::Pdf => "application/pdf",
        }
    }

    pub(super) fn of(bytes: &[u8]) -> Result<FileKind, Unreadable> {
        let head = &bytes[..bytes.len().min(HEAD)];
        if head.windows(5).any(|window| window == b"%PDF-") {
            return Ok(FileKind::Pdf);
        }
        let is_utf16 = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
        if !is_utf16 && has_controls(bytes) {
            return Err(Unreadable::UnknownKind);
        }
        let text = String::from_utf8_lossy(bytes);
        Ok(if is_html(&text) {
            FileKind::Html
        } else if is_markdown(&text) {
            FileKind::Markdown
        } else {
            FileKind::Text
        })
    }
}

/// Whether there are bytes of programs and archives, which no text contains.
fn has_controls(bytes: &[u8]) -> bool {
    let is_control = |byte: &&u8| matches!(byte, 0..=8 | 14..=26 | 28..=31 | 127);
    bytes.contains(&0) || bytes.iter().filter(is_control).count() > bytes.len() / SIGNS_PER_CONTROL
}

fn is_html(text: &str) -> bool {
    let start: String = text.trim_start_matches('\u{feff}').trim_start().chars().take(HEAD).collect();
    let start = start.to_ascii_lowercase();
    let tags = ["<html", "<head", "<body", "<title", "<meta", "<main", "<article", "<div", "<p>", "<h1", "<script"];
    start.starts_with("<!doctype html") || start.starts_with('<') && tags.iter().any(|tag| start.contains(tag))
}

/// Whether a line looks like a heading, or a text is marked as a link.
fn is_markdown(text: &str) -> bool {
    let is_heading = |line: &str| {
        let rest = line.trim_start_matches('#');
        (1..=6).contains(&(line.len() - rest.len())) && rest.starts_with(' ')
    };
    text.lines().any(is_heading) || text.contains("](http")
}
