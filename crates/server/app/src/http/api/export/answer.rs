//! Rows on their way out. What is longer than a page is read while it is sent; an error on the way breaks it off.

use super::query::next_page;
use crate::http::problem::Problem;
use crate::warehouse::{Asked, following};
use axum::body::{Body, Bytes};
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use knock_context::read;
use knock_engine::{Cell, WarehousePage};
use knock_ports::{Store, StoreError, View};
use knock_warehouse::{FileWriter, append_lines};
use std::sync::Arc;

const LINES: &str = "application/x-ndjson";
const PARQUET: &str = "application/vnd.apache.parquet";

/// A page, which names the next one if there is one.
pub(super) fn page_of_lines(asked: &Asked, page: &WarehousePage) -> Result<Response, Problem> {
    let text = text(asked, &page.rows)?;
    let mut response = (headers(asked, LINES, "ndjson"), text).into_response();
    if let Some(cursor) = &page.next {
        let link = format!("<{}>; rel=\"next\"", next_page(asked, cursor));
        let link = HeaderValue::try_from(link).map_err(|_| Problem::internal())?;
        response.headers_mut().insert(header::LINK, link);
    }
    Ok(response)
}

/// All rows from a page on, page by page from a snapshot each.
pub(super) fn lines(store: Arc<dyn Store>, asked: Asked, first: WarehousePage) -> Response {
    let pieces = stream::try_unfold(Some(first), move |page| {
        let store = Arc::clone(&store);
        async move {
            let Some(WarehousePage { rows, next }) = page else { return Ok(None) };
            let text = text(&asked, &rows)?;
            let rest = match next {
                Some(after) => Some(read(store, move |view| following(view, asked, &after)).await?),
                None => None,
            };
            Ok::<_, StoreError>(Some((Bytes::from(text), rest)))
        }
    });
    (headers(&asked, LINES, "ndjson"), Body::from_stream(pieces)).into_response()
}

/// All rows from a page on as a file, of which a row group is in memory.
pub(super) fn parquet(store: Arc<dyn Store>, asked: Asked, first: WarehousePage) -> Result<Response, Problem> {
    let begun = Writing { writer: FileWriter::new(Vec::new(), asked.table).map_err(broken)?, page: first };
    let pieces = stream::try_unfold(Some(begun), move |writing| {
        let store = Arc::clone(&store);
        async move {
            let Some(writing) = writing else { return Ok(None) };
            let (bytes, rest) = read(store, move |view| writing.go_on(view, asked)).await?;
            Ok::<_, StoreError>(Some((Bytes::from(bytes), rest)))
        }
    });
    Ok((headers(&asked, PARQUET, "parquet"), Body::from_stream(pieces)).into_response())
}

/// A file that is being written, and the page that comes next.
struct Writing {
    writer: FileWriter<Vec<u8>>,
    page: WarehousePage,
}

impl Writing {
    /// Writes pages until bytes are ready; these, and what is left.
    fn go_on(self, view: &dyn View, asked: Asked) -> Result<(Vec<u8>, Option<Writing>), StoreError> {
        let Writing { mut writer, mut page } = self;
        loop {
            let WarehousePage { rows, next } = page;
            writer.add(rows).map_err(broken)?;
            let Some(after) = next else {
                return Ok((writer.finish().map_err(broken)?, None));
            };
            page = following(view, asked, &after)?;
            let ready = writer.take().map_err(broken)?;
            if !ready.is_empty() {
                return Ok((ready, Some(Writing { writer, page })));
            }
        }
    }
}

fn text(asked: &Asked, rows: &[Vec<Cell>]) -> Result<Vec<u8>, StoreError> {
    let mut text = Vec::new();
    append_lines(&mut text, asked.table.columns(), rows).map_err(broken)?;
    Ok(text)
}

/// An error of what is made in memory.
fn broken(error: impl ToString) -> StoreError {
    StoreError::Broken(error.to_string())
}

fn headers(asked: &Asked, kind: &str, end: &str) -> [(HeaderName, String); 2] {
    let file = format!("attachment; filename=\"{}.{end}\"", asked.table.as_str());
    [(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, file)]
}
