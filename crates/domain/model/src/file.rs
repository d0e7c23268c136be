//! Files that are sent in a chat: which kinds are taken, and what they are called.

use crate::{spelled, vocabulary};
use alloc::format;
use alloc::string::String;

/// Characters of a name at most, without its extension.
const LONGEST: usize = 100;

vocabulary! {
    /// The kind of a file, detected from its content; spelled as its media type.
    FileKind {
        /// A PNG picture.
        Png = "image/png",
        /// A JPEG picture.
        Jpeg = "image/jpeg",
        /// A GIF picture, which may move.
        Gif = "image/gif",
        /// A WebP picture.
        Webp = "image/webp",
        /// A PDF document.
        Pdf = "application/pdf",
        /// Plain text.
        Text = "text/plain",
        /// Plain text whose lines are rows of a table.
        Csv = "text/csv",
        /// A Word document.
        Docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        /// An Excel workbook.
        Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        /// A PowerPoint presentation.
        Pptx = "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        /// An OpenDocument text.
        Odt = "application/vnd.oasis.opendocument.text",
        /// An archive.
        Zip = "application/zip",
    }
}
spelled!(FileKind);

impl FileKind {
    /// The extension of its name, after the dot.
    pub const fn extension(self) -> &'static str {
        match self {
            FileKind::Png => "png",
            FileKind::Jpeg => "jpg",
            FileKind::Gif => "gif",
            FileKind::Webp => "webp",
            FileKind::Pdf => "pdf",
            FileKind::Text => "txt",
            FileKind::Csv => "csv",
            FileKind::Docx => "docx",
            FileKind::Xlsx => "xlsx",
            FileKind::Pptx => "pptx",
            FileKind::Odt => "odt",
            FileKind::Zip => "zip",
        }
    }

    /// The name of a file of this kind: as its sender calls it, without folders, invisible characters and changes of
    /// direction, and with the kind's extension. The extension of another known kind is removed.
    pub fn name(self, given: &str) -> String {
        let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
        let seen: String = last.chars().filter(|sign| !is_unseen(*sign)).collect();
        let stem = match seen.rsplit_once('.') {
            Some((stem, end)) if is_extension(end) => stem,
            _ => &seen,
        };
        let stem: String = stem.trim_matches(is_edge).chars().take(LONGEST).collect();
        let stem = match stem.trim_end_matches(is_edge) {
            "" => "file",
            stem => stem,
        };
        format!("{stem}.{}", self.extension())
    }
}

/// Dots at the edges hide a file or name a folder.
fn is_edge(sign: char) -> bool {
    sign == '.' || sign.is_whitespace()
}

fn is_extension(end: &str) -> bool {
    end.eq_ignore_ascii_case("jpeg") || FileKind::ALL.iter().any(|kind| end.eq_ignore_ascii_case(kind.extension()))
}

/// Controls, and what Unicode has for breaking lines, for hiding and for turning the direction of reading.
fn is_unseen(sign: char) -> bool {
    sign.is_control()
        || matches!(sign,
            '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_text_that_ends_in_what_the_file_is() {
        let check = |kind: FileKind, given: &str, expected: &str| assert_eq!(kind.name(given), expected, "{given:?}");
        check(FileKind::Jpeg, "Holiday.JPEG", "Holiday.jpg");
        check(FileKind::Png, "photo.webp", "photo.png");
        check(FileKind::Text, "run.js", "run.js.txt");
        check(FileKind::Pdf, "invoice.pdf.exe", "invoice.pdf.exe.pdf");
        check(FileKind::Pdf, "../../etc/passwd", "passwd.pdf");
        check(FileKind::Pdf, "C:\\Users\\ann\\offer.pdf", "offer.pdf");
        check(FileKind::Zip, "", "file.zip");
        check(FileKind::Zip, " ..zip", "file.zip");
        check(FileKind::Gif, "a\u{0}b\r\nc\".gif", "abc\".gif");
        check(FileKind::Png, "photo\u{202e}gpj.exe", "photogpj.exe.png");
        check(FileKind::Odt, "R\u{e9}sum\u{e9} \u{1f600}.odt", "R\u{e9}sum\u{e9} \u{1f600}.odt");
    }

    #[test]
    fn however_long_a_name_is_it_stays_short() {
        let name = FileKind::Csv.name(&"\u{e9}".repeat(4_096));
        assert_eq!(name.chars().count(), LONGEST + ".csv".len());
        assert!(name.ends_with(".csv"));
    }
}
