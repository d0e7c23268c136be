//! Pictures: decoded under limits, rotated as the camera was held, encoded again without their metadata.

use crate::{MOST_DECODED, PORTRAIT_SIDE, PREVIEW_SIDE, Preview, Unusable};
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::codecs::webp::WebPEncoder;
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{DynamicImage, ExtendedColorType, ImageDecoder, ImageFormat, ImageReader, Limits, RgbImage};
use knock_model::FileKind;
use std::io::Cursor;

/// The quality of a JPEG, of 100.
const QUALITY: u8 = 88;
/// The quality of a preview, of 100.
const PREVIEW_QUALITY: u8 = 80;
/// The memory of a decoder besides the picture, in bytes.
const BESIDE: u64 = 32 << 20;

pub(crate) struct Picture {
    image: DynamicImage,
    kind: FileKind,
}

/// Decodes a picture: the first one if there are several.
pub(crate) fn read(content: &[u8], kind: FileKind) -> Result<Picture, Unusable> {
    let format = match kind {
        FileKind::Png => ImageFormat::Png,
        FileKind::Jpeg => ImageFormat::Jpeg,
        FileKind::Gif => ImageFormat::Gif,
        FileKind::Webp => ImageFormat::WebP,
        _ => return Err(Unusable::OtherType),
    };
    let mut reader = ImageReader::with_format(Cursor::new(content), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_DECODED + BESIDE);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|_| Unusable::Damaged)?;
    // The size is in the first bytes, so it is checked before any allocation.
    if decoder.total_bytes() > MOST_DECODED {
        return Err(Unusable::TooManyPixels);
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut image = DynamicImage::from_decoder(decoder).map_err(|_| Unusable::Damaged)?;
    if image.width() == 0 || image.height() == 0 {
        return Err(Unusable::Damaged);
    }
    image.apply_orientation(orientation);
    Ok(Picture { image, kind })
}

impl Picture {
    /// Returns a small JPEG of the picture, on white.
    pub(crate) fn preview(&self) -> Result<Preview, Unusable> {
        let is_small = self.image.width() <= PREVIEW_SIDE && self.image.height() <= PREVIEW_SIDE;
        let small = if is_small { self.image.clone() } else { self.image.thumbnail(PREVIEW_SIDE, PREVIEW_SIDE) };
        let small = on_white(&small);
        let content = jpeg(small.as_raw(), small.dimensions(), ExtendedColorType::Rgb8, PREVIEW_QUALITY)?;
        Ok(Preview { content, width: small.width(), height: small.height() })
    }

    /// Returns the middle of the picture as a square JPEG, on white.
    pub(crate) fn portrait(&self) -> Result<Vec<u8>, Unusable> {
        let side = on_white(&self.image.resize_to_fill(PORTRAIT_SIDE, PORTRAIT_SIDE, FilterType::CatmullRom));
        jpeg(side.as_raw(), side.dimensions(), ExtendedColorType::Rgb8, QUALITY)
    }

    /// Returns the picture within these sides, in its own proportions: a PNG or, of a photograph, a JPEG.
    pub(crate) fn within(self, (width, height): (u32, u32)) -> Result<(FileKind, Vec<u8>), Unusable> {
        let Picture { image, kind } = self;
        let is_small = image.width() <= width && image.height() <= height;
        let image = if is_small { image } else { image.resize(width, height, FilterType::CatmullRom) };
        let image = DynamicImage::ImageRgba8(image.into_rgba8());
        let is_photograph = matches!(kind, FileKind::Jpeg | FileKind::Webp) && is_opaque(&image);
        let kind = if is_photograph { FileKind::Jpeg } else { FileKind::Png };
        Picture { image, kind }.written()
    }

    /// Returns the picture encoded again without its metadata. A WebP without transparency becomes a JPEG: the encoder
    /// for WebP is lossless, which makes photographs many times as large.
    pub(crate) fn written(self) -> Result<(FileKind, Vec<u8>), Unusable> {
        let Picture { image, kind } = self;
        match kind {
            FileKind::Png => Ok((kind, encoded(|out| image.write_with_encoder(PngEncoder::new(out)))?)),
            FileKind::Webp if !is_opaque(&image) => {
                let image = DynamicImage::ImageRgba8(image.into_rgba8());
                Ok((kind, encoded(|out| image.write_with_encoder(WebPEncoder::new_lossless(out)))?))
            }
            _ => {
                let size = (image.width(), image.height());
                let content = match image {
                    DynamicImage::ImageLuma8(grey) => jpeg(grey.as_raw(), size, ExtendedColorType::L8, QUALITY)?,
                    other => jpeg(other.into_rgb8().as_raw(), size, ExtendedColorType::Rgb8, QUALITY)?,
                };
                Ok((FileKind::Jpeg, content))
            }
        }
    }
}

fn is_opaque(image: &DynamicImage) -> bool {
    !image.color().has_alpha() || image.as_rgba8().is_some_and(|image| image.pixels().all(|pixel| pixel.0[3] == 255))
}

/// Returns the picture on a white ground.
fn on_white(image: &DynamicImage) -> RgbImage {
    if !image.color().has_alpha() {
        return image.to_rgb8();
    }
    let image = image.to_rgba8();
    RgbImage::from_fn(image.width(), image.height(), |x, y| {
        let [red, green, blue, alpha] = image.get_pixel(x, y).0.map(u16::from);
        let mixed = [red, green, blue].map(|part| (part * alpha + 255 * (255 - alpha)) / 255);
        image::Rgb(mixed.map(|part| u8::try_from(part).unwrap_or(u8::MAX)))
    })
}

fn jpeg(
    pixels: &[u8],
    (width, height): (u32, u32),
    color: ExtendedColorType,
    quality: u8,
) -> Result<Vec<u8>, Unusable> {
    encoded(|out| JpegEncoder::new_with_quality(out, quality).encode(pixels, width, height, color))
}

fn encoded(write: impl FnOnce(&mut Cursor<Vec<u8>>) -> image::ImageResult<()>) -> Result<Vec<u8>, Unusable> {
    let mut out = Cursor::new(Vec::new());
    // A JPEG has 65,535 pixels at most on a side.
    write(&mut out).map_err(|_| Unusable::TooLarge)?;
    Ok(out.into_inner())
}
