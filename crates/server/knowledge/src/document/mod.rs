//! Documents are split into passages: HTML, Markdown, plain text and PDF, recognised by their content.

mod html;
mod kind;
mod markdown;
mod outline;
mod passages;
mod pdf;
mod rows;
mod text;

pub use kind::FileKind;

use crate::language::language_of;
use knock_agent::Language;
use knock_ports::Passage;
use outline::Outline;
use serde::{Deserialize, Serialize};

/// The maximum of passages of one source.
pub const MAX_PASSAGES: usize = 2_000;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    pub kind: FileKind,
    pub passages: Vec<Passage>,
}

/// The reason for which a document cannot be read, in words for the team.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum Unreadable {
    /// None of the readable kinds.
    #[error("It is neither text, Markdown, HTML nor PDF")]
    UnknownKind,
    /// The document has no words.
    #[error("It has no text")]
    NoText,
    /// The pages are pictures.
    #[error("The PDF has no text: its pages may be scanned pictures")]
    PdfWithoutText,
    /// The format is invalid.
    #[error("The PDF is damaged or of a kind that cannot be read")]
    PdfDamaged,
    /// The text is encrypted.
    #[error("The PDF is protected by a password")]
    PdfProtected,
    /// The document has too many pages.
    #[error("The PDF has more than {} pages", pdf::MOST_PAGES)]
    PdfTooLong,
    /// The elements are nested too deeply.
    #[error("The elements of the page are nested too deeply")]
    TooDeep,
    #[error("It has more than {MAX_PASSAGES} passages of text")]
    TooLong,
}

/// Reads a document: `content_type` is that of its sender, of which only the charset counts; `url` is its address,
/// empty for a file. A hostile document can take any time and memory, and end the process.
///
/// # Errors
/// When it has no readable text.
pub fn read_document(bytes: &[u8], content_type: &str, url: &str) -> Result<Document, Unreadable> {
    let kind = FileKind::of(bytes)?;
    let outline = match kind {
        FileKind::Pdf => pdf::outline(bytes)?,
        FileKind::Html => html::outline(&text::decoded(bytes, content_type)).ok_or(Unreadable::TooDeep)?,
        FileKind::Markdown => markdown::outline(&text::decoded(bytes, content_type)),
        FileKind::Text => Outline::of_paragraphs(&text::decoded(bytes, content_type)),
    };
    let passages = passages_of(&outline, url);
    match passages.len() {
        0 => Err(Unreadable::NoText),
        1..=MAX_PASSAGES => Ok(Document { kind, passages }),
        _ => Err(Unreadable::TooLong),
    }
}

fn passages_of(outline: &Outline, url: &str) -> Vec<Passage> {
    let language = outline.language.or_else(|| language_of(&start_of(outline)));
    let passage = |(heading, text): (&str, String)| Passage {
        title: outline.title.clone(),
        heading: heading.to_owned(),
        url: url.to_owned(),
        language,
        text,
    };
    let sections = outline.sections.iter();
    let cut = sections.flat_map(|section| passages::cut(section).map(|text| (section.heading.as_str(), text)));
    // One more than the maximum, so that the excess is noticed.
    cut.map(passage).take(MAX_PASSAGES + 1).collect()
}

/// Returns enough text of a document to detect its language.
fn start_of(outline: &Outline) -> String {
    let blocks = outline.sections.iter().flat_map(|section| &section.blocks);
    blocks.take(50).map(String::as_str).collect::<Vec<_>>().join(" ")
}

/// Returns the language of a tag in a document.
fn language_of_tag(tag: &str) -> Option<Language> {
    Language::of_tag(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readable_documents_are_recognised_by_their_content() {
        let of = |text: &str| read_document(text.as_bytes(), "application/octet-stream", "").map(|found| found.kind);
        assert_eq!(of("<!doctype html><p>Hello there"), Ok(FileKind::Html));
        assert_eq!(of("# Title\n\nSome text"), Ok(FileKind::Markdown));
        assert_eq!(of("Just a text"), Ok(FileKind::Text));
        assert_eq!(of("PK\u{3}\u{4}\0\0 a zip"), Err(Unreadable::UnknownKind));
        assert_eq!(of("  \n "), Err(Unreadable::NoText));
        assert_eq!(of("<html><script>alert(1)</script></html>"), Err(Unreadable::NoText));
        assert_eq!(of("%PDF-1.7 nothing more"), Err(Unreadable::PdfDamaged));
    }

    #[test]
    fn a_document_has_no_more_passages_than_it_may() {
        let long = "# One\n\nSome words.\n\n".repeat(MAX_PASSAGES + 1);
        assert_eq!(read_document(long.as_bytes(), "", ""), Err(Unreadable::TooLong));
        let fits = "# One\n\nSome words.\n\n".repeat(MAX_PASSAGES);
        assert_eq!(read_document(fits.as_bytes(), "", "").expect("it fits").passages.len(), MAX_PASSAGES);
    }

    #[test]
    fn passages_carry_title_heading_address_and_language() {
        let page = "<html lang=\"de-AT\"><title>Versand – Shop</title><h1>Versand</h1><h2>Kosten</h2><p>Ab 5 Euro.";
        let found = read_document(page.as_bytes(), "text/html; charset=utf-8", "https://shop.example/versand");
        let passages = found.expect("it is read").passages;
        let expected = Passage {
            title: "Versand – Shop".into(),
            heading: "Versand › Kosten".into(),
            url: "https://shop.example/versand".into(),
            language: Some(Language::De),
            text: "Ab 5 Euro.".into(),
        };
        assert_eq!(passages, [expected]);
    }
}
