//! Busy time of calendars: what Graph expands of their series.

use crate::event::{self, Blocking, Unread};
use crate::graph::Graph;
use crate::mirror::Mirrors;
use crate::outcome::{Fault, Kind};
use futures_util::future::try_join_all;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use knock_model::Millis;
use knock_ports::{BusyQuery, BusyRead, UnreadEvent};
use knock_scheduling::{Extent, Span};

/// The busy blocks of calendars that touch a window, each with the UID of its event.
pub(crate) async fn read(
    graph: &Graph,
    mirrors: &Mirrors,
    calendars: &[String],
    query: &BusyQuery,
) -> Result<BusyRead, Fault> {
    let unknown = |_| Fault::new(Kind::Wrong, format!("the time zone `{}` of its owner is not known", query.zone));
    let zone = TimeZone::get(&query.zone).map_err(unknown)?;
    let views = calendars.iter().map(|calendar| mirrors.events(graph, calendar, query.window));
    let events = try_join_all(views).await?;
    let mut read = BusyRead::default();
    for event in events.iter().flat_map(|events| events.iter()) {
        match event::read(event, query.policy) {
            Ok(block) => read.blocks.extend(block.filter(|block| touches(block, query.window, &zone))),
            Err(Unread { event, from, to }) => {
                let block = (None, UnreadEvent::block(query.window, from, to));
                if touches(&block, query.window, &zone) {
                    read.blocks.push(block);
                    read.unread.push(event);
                }
            }
        }
    }
    Ok(read)
}

/// Whether a block touches a window, its whole days in the zone of the owner.
fn touches((_, block): &Blocking, window: Span, zone: &TimeZone) -> bool {
    let span = match block.extent {
        Extent::Instants(span) => span,
        Extent::Days(from, to) => {
            let at =
                |date: Date, or| date.to_zoned(zone.clone()).map_or(or, |at| Millis(at.timestamp().as_millisecond()));
            // A day that no instant is known of counts.
            Span { start: at(from, window.start), end: at(to, window.end) }
        }
    };
    span.start < window.end && window.start < span.end
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use knock_scheduling::Block;

    #[test]
    fn whole_days_touch_a_window_where_their_owner_is() {
        // The 12th of November in UTC.
        let window = Span { start: Millis(1_794_441_600_000), end: Millis(1_794_528_000_000) };
        for (day, zone, expected) in [
            (11, "UTC", false),
            (12, "UTC", true),
            (13, "UTC", false),
            (11, "America/New_York", true),
            (13, "America/New_York", false),
            (11, "Asia/Tokyo", false),
            (13, "Asia/Tokyo", true),
        ] {
            let extent = Extent::Days(date(2026, 11, day), date(2026, 11, day + 1));
            let block = Block { extent, buffer_before: Millis(0), buffer_after: Millis(0), is_meeting: false };
            let zone = TimeZone::get(zone).expect("a zone");
            assert_eq!(touches(&(None, block), window, &zone), expected, "{day} {zone:?}");
        }
    }
}
