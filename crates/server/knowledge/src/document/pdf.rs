//! PDF: the text of its pages. Files are untrusted, and the library panics on some: it runs on its own thread with a
//! deep stack and a time limit.

use super::Unreadable;
use super::outline::Outline;
use pdf_extract::{Document, OutputError};
use std::panic::catch_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

/// The maximum of pages in a file.
pub(super) const MOST_PAGES: usize = 500;
/// The maximum of text, in bytes.
const MOST_TEXT: usize = 8 << 20;
/// The time limit of reading a file.
const LONGEST: Duration = Duration::from_secs(30);
/// The maximum of files read at once; one that does not end keeps its place until it does.
const AT_ONCE: usize = 2;
/// The stack of a reading: the content of files may be nested to any depth.
const STACK: usize = 64 << 20;

static UNDER_WAY: AtomicUsize = AtomicUsize::new(0);

/// A place for a reading, released when it ends.
struct Place;

impl Place {
    fn take() -> Option<Place> {
        let taken = UNDER_WAY.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |count| {
            Some(count + 1).filter(|count| *count <= AT_ONCE)
        });
        taken.ok().map(|_| Place)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        UNDER_WAY.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Returns the outline of a PDF: its paragraphs, without headings.
pub(super) fn outline(bytes: &[u8]) -> Result<Outline, Unreadable> {
    let place = Place::take().ok_or(Unreadable::Busy)?;
    let (send, receive) = channel();
    let bytes = bytes.to_vec();
    let thread = std::thread::Builder::new().name("pdf".into()).stack_size(STACK);
    let started = thread.spawn(move || {
        let _place = place;
        let read = catch_unwind(|| pages(&bytes)).unwrap_or(Err(Unreadable::PdfDamaged));
        // The caller may have gone away.
        drop(send.send(read));
    });
    started.map_err(|_| Unreadable::Busy)?;
    let pages = receive.recv_timeout(LONGEST).map_err(|error| match error {
        RecvTimeoutError::Timeout => Unreadable::PdfTooSlow,
        RecvTimeoutError::Disconnected => Unreadable::PdfDamaged,
    })??;
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
