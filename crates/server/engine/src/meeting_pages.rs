//! All meetings of a query, read page by page.

use knock_ports::{Cursor, Meeting, MeetingQuery, StoreError, View};

/// The maximum number of meetings per read.
const PAGE: u32 = 500;

/// Returns all meetings of a query in its order.
pub(crate) fn all_meetings(view: &dyn View, which: &MeetingQuery) -> Result<Vec<Meeting>, StoreError> {
    let (mut found, mut after) = (Vec::new(), None);
    loop {
        let page = view.meetings(which, after, PAGE)?;
        let Some(last) = page.last() else { return Ok(found) };
        after = Some(Cursor { at: last.start, id: *last.id.as_bytes() });
        found.extend(page);
    }
}
