//! Archives: inspected by their directory, never unpacked.

use crate::Unusable;
use knock_model::FileKind;
use std::borrow::Cow;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// The maximum of entries in an archive.
const MOST_ENTRIES: usize = 20_000;
/// The type in the first entry of an OpenDocument text.
const OPEN_DOCUMENT: &[u8] = b"application/vnd.oasis.opendocument.text";
/// The signature of an entry in the directory.
const LEAST_ENTRY: &[u8] = b"PK\x01\x02";

/// The kind of an archive, by the names in its directory.
pub(crate) fn kind(content: &[u8]) -> Result<FileKind, Unusable> {
    // Checked before the directory is read into memory.
    if entries(content) > MOST_ENTRIES {
        return Err(Unusable::Damaged);
    }
    let mut archive = ZipArchive::new(Cursor::new(content)).map_err(|_| Unusable::Damaged)?;
    if archive.offset() != 0 {
        // Other data comes before the archive.
        return Err(Unusable::Damaged);
    }
    let names = archive.file_names().map(|name| name.map(Cow::into_owned));
    let names: Vec<String> = names.collect::<Result<_, _>>().map_err(|_| Unusable::Damaged)?;
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    if names.iter().any(|name| name.ends_with("vbaProject.bin")) {
        return Err(Unusable::Macros);
    }
    if has("META-INF/MANIFEST.MF") || has("AndroidManifest.xml") || names.iter().any(|name| name.ends_with(".class")) {
        return Err(Unusable::Program);
    }
    let is_office = has("[Content_Types].xml");
    let kind = match () {
        () if is_office && has("word/document.xml") => FileKind::Docx,
        () if is_office && has("xl/workbook.xml") => FileKind::Xlsx,
        () if is_office && has("ppt/presentation.xml") => FileKind::Pptx,
        () if has("mimetype") && has("content.xml") => of_open_document(&mut archive),
        () => FileKind::Zip,
    };
    Ok(kind)
}

/// Returns the kind of an OpenDocument file, from its uncompressed `mimetype` entry.
fn of_open_document(archive: &mut ZipArchive<Cursor<&[u8]>>) -> FileKind {
    let mut said = Vec::new();
    let most = OPEN_DOCUMENT.len() as u64 + 1;
    let read = archive.by_name("mimetype").is_ok_and(|entry| entry.take(most).read_to_end(&mut said).is_ok());
    if read && said == OPEN_DOCUMENT { FileKind::Odt } else { FileKind::Zip }
}

/// The number of entries in a directory.
fn entries(content: &[u8]) -> usize {
    content.windows(LEAST_ENTRY.len()).filter(|at| *at == LEAST_ENTRY).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    fn archive(entries: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in entries {
            let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
            writer.start_file(*name, stored).expect("begun");
            writer.write_all(content).expect("written");
        }
        writer.finish().expect("finished").into_inner()
    }

    #[test]
    fn office_files_are_recognised_by_their_content() {
        let check = |entries: &[(&str, &[u8])], expected| assert_eq!(kind(&archive(entries)), expected, "{entries:?}");
        let office = ("[Content_Types].xml", &b"x"[..]);
        check(&[office, ("word/document.xml", b"x")], Ok(FileKind::Docx));
        check(&[office, ("xl/workbook.xml", b"x")], Ok(FileKind::Xlsx));
        check(&[office, ("ppt/presentation.xml", b"x")], Ok(FileKind::Pptx));
        check(&[office, ("word/document.xml", b"x"), ("word/vbaProject.bin", b"x")], Err(Unusable::Macros));
        check(&[("mimetype", OPEN_DOCUMENT), ("content.xml", b"x")], Ok(FileKind::Odt));
        check(&[("mimetype", b"application/epub+zip"), ("content.xml", b"x")], Ok(FileKind::Zip));
        check(&[("META-INF/MANIFEST.MF", b"x"), ("A.class", b"x")], Err(Unusable::Program));
        check(&[("word/document.xml", b"x"), ("../../etc/passwd", b"x")], Ok(FileKind::Zip));
        check(&[], Ok(FileKind::Zip));
    }

    #[test]
    fn what_is_no_archive_or_stands_behind_something_else_is_damaged() {
        let whole = archive(&[("a.txt", b"hello")]);
        assert_eq!(kind(&whole[..whole.len() - 10]), Err(Unusable::Damaged));
        assert_eq!(kind(b"PK\x03\x04 and nothing more"), Err(Unusable::Damaged));
        let many = LEAST_ENTRY.repeat(MOST_ENTRIES + 1);
        assert_eq!(kind(&many), Err(Unusable::Damaged));
    }
}
