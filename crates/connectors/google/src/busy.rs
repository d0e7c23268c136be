//! Busy time: what the mirrors of calendars say of a window, once they are as the calendars are
//! (<https://developers.google.com/workspace/calendar/api/v3/reference/events/list>).

use crate::api::Api;
use crate::event::Reader;
use crate::mirror::{Mirrors, refresh};
use crate::outcome::Fault;
use futures_util::future::try_join_all;
use knock_ports::{BusyQuery, BusyRead, UnreadEvent};

/// The busy blocks of calendars. `email` is the address of the account.
pub(crate) async fn read(
    api: &Api,
    mirrors: &Mirrors,
    calendars: &[String],
    query: &BusyQuery,
    email: &str,
) -> Result<BusyRead, Fault> {
    let reader = Reader { query, email };
    let mut all = BusyRead::default();
    let reads = calendars.iter().map(|calendar| calendar_read(api, mirrors, calendar, &reader));
    for BusyRead { blocks, unread } in try_join_all(reads).await? {
        all.blocks.extend(blocks);
        all.unread.extend(unread);
    }
    Ok(all)
}

async fn calendar_read(api: &Api, mirrors: &Mirrors, calendar: &str, reader: &Reader<'_>) -> Result<BusyRead, Fault> {
    let window = reader.query.window;
    let shared = mirrors.of(calendar, api.now());
    let mut known = shared.lock().await;
    refresh(api, calendar, &mut known, window).await?;
    let mut read = BusyRead::default();
    for event in known.iter().flat_map(|mirror| mirror.events()) {
        match reader.block(event) {
            Ok(block) => read.blocks.extend(block),
            Err(unread) => {
                read.blocks.push((None, UnreadEvent::block(window, event.from(), None)));
                read.unread.push(unread);
            }
        }
    }
    Ok(read)
}
