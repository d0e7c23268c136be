//! Ordinary files and files crafted by attackers.

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// The location in the EXIF block of the photograph.
pub(super) const PLACE: &[u8] = b"GPS-of-the-photographer";

/// A picture of two halves.
pub(super) fn picture(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let halves =
        RgbImage::from_fn(width, height, |x, _| if x < width / 2 { Rgb([255, 0, 0]) } else { Rgb([0, 0, 255]) });
    let mut out = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(halves).write_to(&mut out, format).expect("written");
    out.into_inner()
}

/// A JPEG with an EXIF block that has the place where it was taken.
pub(super) fn photograph() -> Vec<u8> {
    let jpeg = picture(800, 400, ImageFormat::Jpeg);
    let head = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    let exif = [&head[..], PLACE].concat();
    let length = u16::try_from(exif.len() + 2).expect("short").to_be_bytes();
    [&jpeg[..2], b"\xff\xe1", &length, &exif, &jpeg[2..]].concat()
}

/// An archive of uncompressed files.
pub(super) fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        writer.start_file(*name, stored).expect("begun");
        writer.write_all(content).expect("written");
    }
    writer.finish().expect("finished").into_inner()
}

/// A PNG of 58 bytes whose header declares ten thousand million pixels.
pub(super) fn decompression_bomb() -> Vec<u8> {
    let mut bomb = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\x01\x86\xa0\0\x01\x86\xa0\x08\x06\0\0\0".to_vec();
    bomb.extend_from_slice(&0xaf98_6bd9_u32.to_be_bytes());
    bomb.extend_from_slice(b"\0\0\0\x01IDAT\0\0\0\0\0\0\0\0\0IEND\xaeB`\x82");
    bomb
}

/// Whether bytes contain others.
pub(super) fn holds(content: &[u8], what: &[u8]) -> bool {
    content.windows(what.len()).any(|at| at == what)
}
