//! The open pages that hear of the nudges of a lead.

use crate::notice::Notice;
use knock_model::LeadId;
use knock_ports::{StoreError, View};
use std::collections::BTreeSet;

/// The notices to all browsers of a lead that its nudges changed.
pub(crate) fn heard_by(view: &dyn View, lead: LeadId) -> Result<Vec<Notice>, StoreError> {
    let spans = view.spans_of_lead(lead)?;
    let browsers: BTreeSet<_> = spans.into_iter().map(|(span, _)| span.visitor).collect();
    Ok(browsers.into_iter().map(Notice::Invitation).collect())
}
