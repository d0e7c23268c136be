//! PDF: the text of its pages. The library panics on some files, and takes any time, memory and stack for others: it
//! belongs into a process of its own.

use super::Unreadable;
use super::outline::Outline;
use pdf_extract::{Document, OutputError};
use std::panic::catch_unwind;

/// The maximum of pages in a file.
pub(super) const MOST_PAGES: usize = 500;
/// The maximum of text, in bytes.
const MOST_TEXT: usize = 8 << 20;

/// Returns the outline of a PDF: its paragraphs, without headings.
pub(super) fn outline(bytes: &[u8]) -> Result<Outline, Unreadable> {
    let pages = catch_unwind(|| pages(bytes)).unwrap_or(Err(Unreadable::PdfDamaged))?;
    let text = pages.join("\n\n");
    let outline = Outline::of_paragraphs(&text);
    if outline.sections.is_empty() { Err(Unreadable::PdfWithoutText) } else { Ok(outline) }
}

fn pages(bytes: &[u8]) -> Result<Vec<String>, Unreadable> {
    let document = Document::load_mem(bytes).map_err(|_| Unreadable::PdfDamaged)?;
    if document.is_encrypted() {
        return Err(Unreadable::PdfProtected);
    }
    if document.get_pages().len() > MOST_PAGES {
        return Err(Unreadable::PdfTooLong);
    }
    drop(document);
    let pages = pdf_extract::extract_text_from_mem_by_pages(bytes).map_err(|error| unreadable(&error))?;
    if pages.iter().map(String::len).sum::<usize>() > MOST_TEXT {
        return Err(Unreadable::TooLong);
    }
    Ok(pages)
}

fn unreadable(error: &OutputError) -> Unreadable {
    tracing::debug!(%error, "a PDF could not be read");
    Unreadable::PdfDamaged
}
