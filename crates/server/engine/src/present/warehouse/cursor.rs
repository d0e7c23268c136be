//! Cursors: the place of a row in its table, as a text.

use super::WarehouseError;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use knock_model::Millis;
use knock_ports::Cursor;

/// The place of a row: its instant, and bytes that tell it apart from others of that instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) at: Millis,
    pub(super) id: Vec<u8>,
}

impl Place {
    pub(super) fn new(at: Millis, id: &[u8; 16]) -> Place {
        Place { at, id: id.to_vec() }
    }

    /// The place of a row of the table with this mark; none for another text.
    pub(super) fn parse(table: u8, text: &str) -> Option<Place> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let rest = bytes.strip_prefix(&[table])?;
        let (at, id) = rest.split_first_chunk()?;
        Some(Place { at: Millis(i64::from_be_bytes(*at)), id: id.to_vec() })
    }

    pub(super) fn to_text(&self, table: u8) -> String {
        URL_SAFE_NO_PAD.encode([&[table][..], &self.at.0.to_be_bytes(), self.id.as_slice()].concat())
    }

    /// The place in a list by an instant and an id.
    pub(super) fn cursor(&self) -> Result<Cursor, WarehouseError> {
        let id = <[u8; 16]>::try_from(self.id.as_slice()).map_err(|_| WarehouseError::Cursor)?;
        Ok(Cursor { at: self.at, id })
    }
}
