//! The QR code of a Knock Link, for print or display.

use super::{known, url};
use crate::http::auth::{Allowed, UseInbox};
use crate::http::body::{Path, Query};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::extract::State;
use axum::http::{HeaderName, header};
use axum::response::IntoResponse;
use knock_wire::FieldError;
use qrcode::render::svg;
use qrcode::{Color, EcLevel, QrCode};
use serde::Deserialize;
use std::ops::RangeInclusive;
use utoipa::IntoParams;

/// The width of the light margin around the code, in modules (ISO/IEC 18004).
const QUIET: usize = 4;
/// The side lengths of a picture, in pixels.
const SIZES: RangeInclusive<usize> = 64..=4_096;
const USUAL_SIZE: usize = 512;
/// The policy of an SVG opened by itself: it runs nothing and loads nothing.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/// The form of the code.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct QrQuery {
    /// The side length in pixels, 64 to 4,096; for a PNG only. 512 by default.
    size: Option<usize>,
    /// Any value makes the response a file to download.
    download: Option<String>,
}

/// The QR code of a link's address as a vector graphic.
#[utoipa::path(get, path = "/api/v1/links/{slug}/qr.svg", tag = "team",
    params(("slug" = String, Path, description = "Slug of the link"), QrQuery),
    responses(
        (status = 200, description = "The code", content_type = "image/svg+xml", body = String),
        (status = 404, description = "Link not found"),
    ))]
pub(super) async fn svg(
    _: Allowed<UseInbox>,
    State(state): State<AppState>,
    Path(slug): Path<String>,
    Query(query): Query<QrQuery>,
) -> Result<impl IntoResponse, Problem> {
    let slug = known(&state, slug).await?.slug;
    let code = code(&url(&state, &slug))?;
    Ok((headers("image/svg+xml", &slug, "svg", &query), code.render::<svg::Color<'_>>().build()))
}

/// The QR code of a link's address as a bitmap.
#[utoipa::path(get, path = "/api/v1/links/{slug}/qr.png", tag = "team",
    params(("slug" = String, Path, description = "Slug of the link"), QrQuery),
    responses(
        (status = 200, description = "The code", content_type = "image/png", body = Vec<u8>),
        (status = 400, description = "Unknown size"),
        (status = 404, description = "Link not found"),
    ))]
pub(super) async fn png(
    _: Allowed<UseInbox>,
    State(state): State<AppState>,
    Path(slug): Path<String>,
    Query(query): Query<QrQuery>,
) -> Result<impl IntoResponse, Problem> {
    let size = query.size.unwrap_or(USUAL_SIZE);
    if !SIZES.contains(&size) {
        let reason = "is not 64 to 4096 pixels".to_owned();
        return Err(Problem::malformed(FieldError { pointer: "/size".into(), reason }));
    }
    let slug = known(&state, slug).await?.slug;
    let picture = picture(&code(&url(&state, &slug))?, size).map_err(|_| Problem::internal())?;
    Ok((headers("image/png", &slug, "png", &query), picture))
}

/// With level M, a code is readable when a seventh of it is covered.
fn code(address: &str) -> Result<QrCode, Problem> {
    QrCode::with_error_correction_level(address, EcLevel::M).map_err(|_| Problem::internal())
}

fn headers(kind: &'static str, slug: &str, ending: &str, query: &QrQuery) -> [(HeaderName, String); 4] {
    let form = if query.download.is_some() { "attachment" } else { "inline" };
    [
        (header::CONTENT_TYPE, kind.into()),
        (header::CONTENT_DISPOSITION, format!("{form}; filename=\"{slug}.{ending}\"")),
        (header::CONTENT_SECURITY_POLICY, POLICY.into()),
        (header::CACHE_CONTROL, "private, no-cache".into()),
    ]
}

/// A PNG of exactly this size: modules of whole pixels, with the rest as a margin.
fn picture(code: &QrCode, size: usize) -> Result<Vec<u8>, png::EncodingError> {
    let (width, colors) = (code.width(), code.to_colors());
    let scale = (size / (width + 2 * QUIET)).max(1);
    let edge = size.saturating_sub(width * scale) / 2;
    let module = |pixel: usize| pixel.checked_sub(edge).map(|inside| inside / scale).filter(|place| *place < width);
    let is_dark = |x, y| matches!((module(x), module(y)), (Some(x), Some(y)) if colors[y * width + x] == Color::Dark);
    // One bit for each pixel; each line starts at a new byte.
    let mut lines = vec![0xff_u8; size.div_ceil(8) * size];
    for (y, line) in lines.chunks_mut(size.div_ceil(8)).enumerate() {
        for x in (0..size).filter(|x| is_dark(*x, y)) {
            line[x / 8] &= !(0x80 >> (x % 8));
        }
    }
    let side = u32::try_from(size).unwrap_or(u32::MAX);
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, side, side);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::One);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&lines)?;
    writer.finish()?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_has_the_size_asked_for_and_a_quiet_zone() {
        for (address, size) in
            [("https://a.example/l/chat", 512), ("https://a.example/l/chat", 64), ("http://b/l/c", 333)]
        {
            let code = code(address).expect("a code");
            let file = picture(&code, size).expect("a picture");
            let picture = image::load_from_memory(&file).expect("a PNG").to_luma8();
            assert_eq!((picture.width() as usize, picture.height() as usize), (size, size));
            let dark: Vec<_> = picture.enumerate_pixels().filter(|(.., pixel)| pixel.0[0] == 0).collect();
            let left = dark.iter().map(|(x, ..)| *x).min().expect("dark ones") as usize;
            let right = dark.iter().map(|(x, ..)| *x).max().expect("dark ones") as usize;
            let module = (right + 1 - left) / code.width();
            assert!(
                module >= 1 && left >= QUIET * module && size - right > QUIET * module,
                "{size}: {left} to {right}"
            );
            assert_eq!((right + 1 - left) % code.width(), 0, "modules are of whole pixels");
        }
    }
}
