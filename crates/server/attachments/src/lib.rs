//! Files sent in a chat: their kinds by content, the removal of metadata, and previews.
//!
//! Only the bytes of a file count. Pictures are decoded under limits and encoded anew, without the metadata of a
//! camera; archives are inspected and never unpacked; content that browsers would execute is refused.

mod archive;
mod content;
#[cfg(test)]
mod fuzz;
mod picture;

use knock_model::FileKind;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The maximum size of a decoded picture, in bytes: 40 million pixels with transparency.
pub const MOST_DECODED: u64 = 160_000_000;
/// The longer side of a preview in pixels.
pub const PREVIEW_SIDE: u32 = 640;

/// The side of the picture of a member, in pixels.
pub const PORTRAIT_SIDE: u32 = 192;

/// A file for storage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    pub kind: FileKind,
    pub content: Vec<u8>,
    /// The preview; pictures only.
    pub preview: Option<Preview>,
}

/// A small version of a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// A JPEG.
    pub content: Vec<u8>,
    /// The width in pixels.
    pub width: u32,
    /// The height in pixels.
    pub height: u32,
}

/// The reason for which a file is refused, in words for its sender.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum Unusable {
    #[error("is empty")]
    Empty,
    /// SVG, HTML, XML: browsers would execute its content.
    #[error("is SVG, HTML or XML, which can hold scripts; send a picture, a PDF or plain text instead")]
    Markup,
    #[error("is a program or a script, which is not taken")]
    Program,
    /// Phones create it and few browsers display it.
    #[error("is a HEIC or AVIF picture, which many browsers cannot show; send it as JPEG or PNG")]
    Heic,
    /// An Office file with macros.
    #[error("holds macros; save it without them and send it again")]
    Macros,
    /// The decoded picture is larger than [`MOST_DECODED`].
    #[error("is a picture with more than 40 million pixels")]
    TooManyPixels,
    /// The encoded picture would be too large.
    #[error("is a picture that cannot be made small enough; send it as JPEG")]
    TooLarge,
    /// The file starts like a picture or an archive, and is not one.
    #[error("is damaged: it cannot be read")]
    Damaged,
    /// None of the accepted kinds.
    #[error("is of a type that is not taken; PNG, JPEG, GIF, WebP, PDF, text, CSV, DOCX, XLSX, PPTX, ODT and ZIP are")]
    OtherType,
}

/// Reads the picture of a member: a square JPEG of its middle, without the metadata of a camera.
///
/// # Errors
/// [`Unusable`] with the reason, also for a file that is no picture.
pub fn read_portrait(content: &[u8]) -> Result<Vec<u8>, Unusable> {
    picture::read(content, content::kind(content, "")?)?.portrait()
}

/// Reads a picture of a look: within these sides, in its own proportions, without the metadata of a camera. What has
/// transparency stays a PNG.
///
/// # Errors
/// [`Unusable`] with the reason, also for a file that is no picture.
pub fn read_look_picture(content: &[u8], within: (u32, u32)) -> Result<(FileKind, Vec<u8>), Unusable> {
    picture::read(content, content::kind(content, "")?)?.within(within)
}

/// Reads a file; `name` only distinguishes a table from other text. `most` is the maximum size of the result, in bytes.
///
/// # Errors
/// [`Unusable`] with the reason.
pub fn read_attachment(content: Vec<u8>, name: &str, most: usize) -> Result<Attachment, Unusable> {
    let kind = content::kind(&content, name)?;
    let picture = match kind {
        FileKind::Png | FileKind::Jpeg | FileKind::Gif | FileKind::Webp => picture::read(&content, kind)?,
        _ => return Ok(Attachment { kind, content, preview: None }),
    };
    let preview = Some(picture.preview()?);
    // A GIF may be animated: it stays unchanged, and is only ever downloaded.
    if kind == FileKind::Gif {
        return Ok(Attachment { kind, content, preview });
    }
    drop(content);
    let (kind, content) = picture.written()?;
    if content.len() > most {
        return Err(Unusable::TooLarge);
    }
    Ok(Attachment { kind, content, preview })
}
