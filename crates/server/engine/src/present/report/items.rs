//! What stands behind a number of a report.

use super::calendars::calendars;
use super::load::Loader;
use super::table::table;
use crate::present::Presenter;
use knock_model::{LeadId, Millis, RepId};
use knock_ports::{StoreError, View};
use knock_report::{Ask, Chosen, Item, Lister, Metric, OTHER, Report};
use knock_wire::{ReportItem, ReportItems};
use std::cmp::Reverse;

/// The most items of a list.
const MOST: usize = 500;

/// Returns what a cell of a report counts, the newest first: that of a metric in a row, or in all of them. `row` is the key
/// of the row.
///
/// # Errors
/// When the database fails.
pub fn report_items(
    view: &dyn View,
    report: &'static Report,
    ask: &Ask,
    metric: &'static Metric,
    row: Option<&str>,
    now: Millis,
) -> Result<ReportItems, StoreError> {
    let calendars = calendars(view, ask, now)?;
    // Which groups have no row of their own is known once all are counted.
    let others = if row == Some(OTHER) { Some(table(view, report, ask, &calendars, now)?) } else { None };
    let chosen = match (row, &others) {
        (_, Some(table)) => Chosen::Other(table),
        (Some(key), None) => Chosen::Row(key),
        (None, None) => Chosen::Total,
    };
    let lister = Lister::new(report, ask, &calendars, now, metric, chosen);
    let mut found: Vec<Found> = Vec::new();
    Loader::new(view, now).with(report.needs(ask)).each_person(ask, &mut |person| {
        found.extend(lister.items(person).iter().filter_map(Found::of));
    })?;
    let count = u32::try_from(found.len()).unwrap_or(u32::MAX);
    found.sort_unstable_by_key(|one| (Reverse(one.at), *one.lead.as_bytes(), one.value));
    found.truncate(MOST);
    let presenter = Presenter::new(view, now)?;
    let items = found.into_iter().map(|one| one.shown(&presenter)).collect::<Result<_, _>>()?;
    Ok(ReportItems { count, items })
}

/// An item that outlives the person it was found in.
struct Found {
    lead: LeadId,
    at: Millis,
    value: Option<Millis>,
    rep: Option<RepId>,
}

impl Found {
    /// None for what is of no lead.
    fn of(item: &Item) -> Option<Found> {
        let Item { at, value, rep, .. } = *item;
        Some(Found { lead: item.lead?, at, value, rep })
    }

    fn shown(self, presenter: &Presenter<'_>) -> Result<ReportItem, StoreError> {
        let Found { lead, at, value, rep } = self;
        let contact = presenter.contact_ref_of(lead)?;
        Ok(ReportItem {
            lead,
            name: contact.map_or_else(String::new, |contact| contact.display_name),
            at,
            minutes: value.map(Millis::in_minutes),
            rep: presenter.member_name(rep.map(|rep| rep.to_string()).as_deref())?,
        })
    }
}
