//! Pictures are stored without metadata, upright and with small previews, and hostile ones do no harm.

use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use knock_attachments::{Attachment, PREVIEW_SIDE, Unusable, read_attachment, read_look_picture};
use knock_model::FileKind;
use std::io::Cursor;

const MOST: usize = 40 << 20;

/// An EXIF block with an orientation and a location.
const EXIF: &[u8] =
    b"Exif\0\0MM\0*\0\0\0\x08\0\x02\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\x88\x25\0\x04\0\0\0\x01\0\0\0\x26\0\0\0\0\
    \0\x01\0\x01\0\x02\0\0\0\x02N\0\0\0\0\0\0\0GPS-of-the-photographer";

fn written(image: DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    image.write_to(&mut out, format).expect("written");
    out.into_inner()
}

/// Half red, half blue.
fn halves(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, _| if x < width / 2 { Rgb([255, 0, 0]) } else { Rgb([0, 0, 255]) })
}

fn with_exif(jpeg: &[u8]) -> Vec<u8> {
    let length = u16::try_from(EXIF.len() + 2).expect("short").to_be_bytes();
    [&jpeg[..2], b"\xff\xe1", &length, EXIF, &jpeg[2..]].concat()
}

fn read(content: Vec<u8>) -> Result<Attachment, Unusable> {
    read_attachment(content, "a", MOST)
}

fn holds(content: &[u8], what: &[u8]) -> bool {
    content.windows(what.len()).any(|at| at == what)
}

#[test]
fn a_photograph_loses_its_place_on_earth_and_stands_upright() {
    let sent = with_exif(&written(halves(40, 20).into(), ImageFormat::Jpeg));
    assert!(holds(&sent, b"GPS-of"));
    let Attachment { kind, content, preview } = read(sent).expect("taken");
    let preview = preview.expect("a picture has one");
    assert_eq!((kind, preview.width, preview.height), (FileKind::Jpeg, 20, 40), "turned by a quarter");
    for bytes in [&content, &preview.content] {
        assert!(!holds(bytes, b"Exif") && !holds(bytes, b"GPS-of"));
        let shown = image::load_from_memory(bytes).expect("a picture").to_rgb8();
        assert_eq!(shown.dimensions(), (20, 40));
        let (above, below) = (shown.get_pixel(10, 5).0, shown.get_pixel(10, 35).0);
        assert!(above[0] > 200 && above[2] < 60 && below[2] > 200 && below[0] < 60, "{above:?} {below:?}");
    }
}

#[test]
fn png_and_webp_lose_their_notes_and_keep_what_shows_through() {
    let clear = RgbaImage::from_pixel(30, 30, Rgba([0, 128, 0, 100]));
    for (format, kind) in [(ImageFormat::Png, FileKind::Png), (ImageFormat::WebP, FileKind::Webp)] {
        let mut sent = written(clear.clone().into(), format);
        if kind == FileKind::Png {
            // A text chunk after the header.
            let chunk = b"\0\0\0\x0ctEXtGPS\0of-photo\x12\x34\x56\x78";
            sent.splice(33..33, chunk.iter().copied());
        }
        let Attachment { kind: found, content, preview } = read(sent).expect("taken");
        assert_eq!(found, kind);
        assert!(!holds(&content, b"of-photo"));
        let shown = image::load_from_memory(&content).expect("a picture").to_rgba8();
        assert_eq!(shown.get_pixel(3, 3).0[3], 100);
        assert!(preview.is_some_and(|preview| preview.content.starts_with(b"\xff\xd8\xff")));
    }
    let photo = written(halves(30, 30).into(), ImageFormat::WebP);
    assert_eq!(read(photo).expect("taken").kind, FileKind::Jpeg);
}

#[test]
fn previews_are_small_and_keep_their_shape() {
    let Attachment { preview, .. } = read(written(halves(2_000, 500).into(), ImageFormat::Png)).expect("taken");
    let preview = preview.expect("a picture has one");
    assert_eq!((preview.width, preview.height), (PREVIEW_SIDE, 160));
    let line = read(written(halves(4_000, 1).into(), ImageFormat::Png)).expect("taken").preview.expect("one");
    assert_eq!((line.width, line.height), (PREVIEW_SIDE, 1));
}

#[test]
fn a_logo_keeps_its_proportions_and_what_shows_through() {
    let clear = |width, height| DynamicImage::from(RgbaImage::from_pixel(width, height, Rgba([0, 128, 0, 100])));
    let photograph = || DynamicImage::from(halves(60, 40));
    for (sent, expected, size) in [
        (written(clear(2_000, 500), ImageFormat::Png), FileKind::Png, (512, 128)),
        (written(clear(300, 900), ImageFormat::WebP), FileKind::Png, (85, 256)),
        (written(clear(40, 30), ImageFormat::Png), FileKind::Png, (40, 30)),
        (with_exif(&written(photograph(), ImageFormat::Jpeg)), FileKind::Jpeg, (40, 60)),
        (written(photograph(), ImageFormat::Gif), FileKind::Png, (60, 40)),
    ] {
        let (kind, content) = read_look_picture(&sent, (512, 256)).expect("taken");
        let shown = image::load_from_memory(&content).expect("a picture");
        assert_eq!((kind, (shown.width(), shown.height())), (expected, size));
        assert_eq!(shown.to_rgba8().get_pixel(5, 5).0[3] == 255, kind == FileKind::Jpeg || size == (60, 40));
        assert!(!holds(&content, b"GPS-of"));
    }
    assert_eq!(read_look_picture(b"<svg/>", (512, 256)), Err(Unusable::Markup));
}

#[test]
fn a_header_that_claims_ten_thousand_million_pixels_takes_no_memory() {
    let mut bomb = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\x01\x86\xa0\0\x01\x86\xa0\x08\x06\0\0\0".to_vec();
    bomb.extend_from_slice(&0xaf98_6bd9_u32.to_be_bytes());
    bomb.extend_from_slice(b"\0\0\0\x01IDAT\0\0\0\0\0\0\0\0\0IEND\xaeB`\x82");
    let found = read(bomb);
    assert!(matches!(found, Err(Unusable::TooManyPixels | Unusable::Damaged)), "{found:?}");
}

#[test]
fn what_hangs_on_a_picture_goes_with_the_rest() {
    let mut sent = written(halves(10, 10).into(), ImageFormat::Jpeg);
    sent.extend_from_slice(b"PK\x03\x04<script>alert(1)</script>");
    let kept = read(sent).expect("taken").content;
    assert!(!holds(&kept, b"PK\x03\x04") && !holds(&kept, b"script"));
}

#[test]
fn a_picture_that_moves_stays_and_shows_its_first_frame() {
    let sent = written(DynamicImage::ImageRgba8(RgbaImage::from_pixel(8, 4, Rgba([9, 9, 9, 255]))), ImageFormat::Gif);
    let Attachment { kind, content, preview } = read(sent.clone()).expect("taken");
    assert_eq!((kind, content), (FileKind::Gif, sent));
    assert_eq!(preview.map(|preview| (preview.width, preview.height)), Some((8, 4)));
}

#[test]
fn what_is_cut_short_or_only_begins_like_a_picture_is_damaged() {
    let whole = written(halves(64, 64).into(), ImageFormat::Png);
    assert_eq!(read(whole[..whole.len() / 2].to_vec()), Err(Unusable::Damaged));
    // The script's characters are read as its size.
    assert_eq!(read(b"GIF89a=1;alert(document.domain)//".to_vec()), Err(Unusable::TooManyPixels));
    assert_eq!(read(b"\xff\xd8\xff\xe0<html>".to_vec()), Err(Unusable::Damaged));
}

#[test]
fn what_would_grow_beyond_the_room_for_it_is_refused() {
    let sent = written(halves(64, 64).into(), ImageFormat::Png);
    assert_eq!(read_attachment(sent, "a.png", 20), Err(Unusable::TooLarge));
}
