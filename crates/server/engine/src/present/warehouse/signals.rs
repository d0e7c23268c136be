//! Signals.

use super::cells::{Cell, Column, double, flag, instant, integer, text};
use super::cursor::Place;
use super::{Placed, Reader, WarehouseError};
use knock_model::{SignalId, SiteId, VisitorId};
use knock_ports::{Marked, SignalPlace, StoredSignal};

pub(super) const COLUMNS: &[Column] = &[
    text("id", "The id of the signal, unique within its browser."),
    instant("received_at", "The instant of its arrival at the server."),
    instant("at", "The instant of the action, corrected by the clock of the sender."),
    text("lead", "The id of the lead, once the browser is known."),
    flag("is_spam", "Whether the lead is marked as spam."),
    text("site", "The key of the site."),
    text("visitor", "The id of the browser."),
    text("session", "The id of the browser's session."),
    text("view", "The id of the page view on which it happened."),
    text("type", "The type of the signal."),
    text("category", "The category by which it counts in the score."),
    double("strength", "Its weight in the score."),
    integer("number", "The number in the session, where the browser counts."),
    flag("is_clamped", "Whether `at` had to be moved into the 30 days before the arrival."),
    text("url", "The address of the page."),
    text("referrer", "The address of the page before."),
    text("detail", "All that the signal says, as JSON."),
];

pub(super) fn rows(reader: &Reader<'_>, after: Option<&Place>) -> Result<Vec<Placed>, WarehouseError> {
    let after = after.map(|place| signal_place(place).ok_or(WarehouseError::Cursor)).transpose()?;
    let found = reader.view.warehouse_signals(reader.stretch, after)?;
    Ok(found.into_iter().map(|signal| (place(&signal.row), row(reader, signal))).collect())
}

fn row(reader: &Reader<'_>, Marked { row, is_spam }: Marked<StoredSignal>) -> Vec<Cell> {
    let StoredSignal { site, visitor, lead, signal } = row;
    let detail = signal.detail.read();
    vec![
        Cell::id(signal.id),
        Cell::Instant(signal.received_at),
        Cell::Instant(signal.at),
        Cell::maybe_id(lead),
        lead.map_or(Cell::None, |_| Cell::Flag(is_spam)),
        Cell::text(&reader.presenter.site_key(site)),
        Cell::id(visitor),
        Cell::id(signal.session),
        Cell::maybe_id(signal.view),
        Cell::text(signal.kind.as_str()),
        Cell::text(signal.category.as_str()),
        Cell::Double(signal.strength),
        signal.seq.map_or(Cell::None, Cell::count),
        Cell::Flag(signal.clamped),
        Cell::text(&detail.url),
        Cell::text(&detail.referrer),
        Cell::text(signal.detail.as_str()),
    ]
}

fn place(StoredSignal { site, visitor, signal, .. }: &StoredSignal) -> Place {
    let id = [&site.0.to_be_bytes()[..], visitor.as_bytes(), signal.id.as_bytes()].concat();
    Place { at: signal.received_at, id }
}

fn signal_place(Place { at, id }: &Place) -> Option<SignalPlace> {
    let (site, rest) = id.split_first_chunk()?;
    let (visitor, rest) = rest.split_first_chunk()?;
    Some(SignalPlace {
        received_at: *at,
        site: SiteId(i64::from_be_bytes(*site)),
        visitor: VisitorId::from_bytes(*visitor),
        id: SignalId::from_bytes(rest.try_into().ok()?),
    })
}
