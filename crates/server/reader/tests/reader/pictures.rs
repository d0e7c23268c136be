//! Files of chats.

use crate::{reader, refused};
use image::{DynamicImage, ImageFormat};
use knock_attachments::{Attachment, Unusable, read_attachment};
use knock_reader::NotRead;
use std::io::Cursor;

const MOST: usize = 20 << 20;

fn picture(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    let image = match format {
        ImageFormat::Jpeg => DynamicImage::new_rgb8(width, height),
        _ => DynamicImage::new_rgba8(width, height),
    };
    image.write_to(&mut out, format).expect("it is encoded");
    out.into_inner()
}

#[tokio::test]
async fn good_files_come_back_as_they_are_read() {
    let reader = reader();
    let files = [
        ("a.png", picture(700, 20, ImageFormat::Png)),
        ("a.gif", picture(20, 20, ImageFormat::Gif)),
        ("a.csv", b"a,b\n1,2\n".to_vec()),
        ("a.pdf", b"%PDF-1.4\n".to_vec()),
    ];
    for (name, content) in files {
        let expected: Attachment = read_attachment(content.clone(), name, MOST).expect(name);
        assert_eq!(reader.attachment(content, name, MOST).await, Ok(expected), "{name}");
    }
    let script = reader.attachment(b"#!/bin/sh".to_vec(), "a", MOST).await;
    assert_eq!(script, Err(NotRead::Refused(Unusable::Program)));
}

#[tokio::test]
async fn a_picture_that_claims_too_much_is_refused() {
    let reader = reader();
    let mut huge = picture(8, 8, ImageFormat::Png);
    huge[16..24].copy_from_slice(&[0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30]);
    // The length, the type and the fields of its first part are followed by their checksum.
    let mut sum = flate2::Crc::new();
    sum.update(&huge[12..29]);
    huge[29..33].copy_from_slice(&sum.sum().to_be_bytes());
    let words = refused("30000x30000", reader.attachment(huge, "a.png", MOST)).await;
    assert_eq!(words, Unusable::TooManyPixels.to_string());
}

#[tokio::test]
async fn large_pictures_fit() {
    let reader = reader();
    // A build for development is slow: only an optimised one reads the largest pictures in time.
    let (width, height) = if cfg!(debug_assertions) { (400, 600) } else { (8_000, 4_900) };
    for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP] {
        let content = picture(width, height, format);
        let read = reader.attachment(content, "a", MOST).await;
        assert!(read.is_ok(), "{format:?}: {:?}", read.err());
    }
}
