//! State of the Meetings pages: queries and their refresh.

pub(crate) mod adding;
pub(crate) mod changing;
pub(crate) mod day_layout;
pub(crate) mod marking;
pub(crate) mod schedule;
pub(crate) mod team;

use knock_model::{LeadId, MeetingState, Millis};
use knock_wire::{LiveEvent, MeetingLeadRow, MeetingRow, Word};
use leptos::prelude::*;
use leptos_router::params::ParamsMap;

use super::live::use_live;
use crate::api::meetings::MeetingsAsk;
use crate::api::{Client, Failure, PAGE, encode};
use crate::kit::browser;
use crate::kit::civil::Day;
use crate::kit::debounce::Debounce;
use crate::kit::paged::Page;
use crate::kit::rows::Keyed;
use crate::words::meeting_view::MeetingView;

/// The number of lines that fill a page if more need another request.
const FEW: usize = 10;
/// The largest page of the server.
const MOST: usize = 200;
/// The debounce after a change of a shown lead: its meetings are loaded once after a series of changes.
const SHOWN_MS: u64 = 500;
/// The debounce after a change of another lead, whose meeting may now belong to the list.
const OTHER_MS: u64 = 2_000;

/// The query of the page's address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MeetingsQuery {
    pub(crate) view: MeetingView,
    /// The owner: an id, or `me`; empty for all.
    pub(crate) owner: String,
    /// The shown day, or one of the shown week; none for today.
    pub(crate) day: Option<Day>,
}

impl MeetingsQuery {
    /// The filter in the query of the address.
    pub(crate) fn of(query: &ParamsMap) -> MeetingsQuery {
        let day = query.get("day").and_then(|day| browser::instant(&format!("{day}T12:00")));
        MeetingsQuery {
            view: MeetingView::parse(&query.get("view").unwrap_or_default()),
            owner: query.get("owner").unwrap_or_default(),
            day: day.map(|noon| browser::local(noon).day),
        }
    }

    /// The address with this query.
    pub(crate) fn address(&self) -> String {
        let mut address = format!("/app/meetings?view={}", self.view.word());
        if !self.owner.is_empty() {
            address += &format!("&owner={}", encode(&self.owner));
        }
        if let Some(day) = self.day {
            address += &format!("&day={}", day.iso());
        }
        address
    }

    /// The first shown day and the number of days; `today` is the default.
    pub(crate) fn days(&self, today: Day) -> (Day, i64) {
        let day = self.day.unwrap_or(today);
        if matches!(self.view, MeetingView::Week | MeetingView::Team) { (day.monday(), 7) } else { (day, 1) }
    }

    /// The meetings of the shown days, without cancelled ones, which take no time.
    pub(crate) async fn on_days(self, client: Client, today: Day) -> Result<Vec<MeetingRow>, Failure> {
        let (first, count) = self.days(today);
        let (from, to) = (midnight(first), midnight(first.plus(count)));
        let ask = MeetingsAsk { from, to, owner: self.owner, limit: MOST, ..MeetingsAsk::default() };
        let (mut found, mut after) = (Vec::new(), None);
        loop {
            let page = client.meetings(&ask, after.as_deref()).await?;
            found.extend(page.meetings.into_iter().filter(|row| row.state != Word::Known(MeetingState::Cancelled)));
            if page.next.is_none() {
                return Ok(found);
            }
            after = page.next;
        }
    }

    /// A page of lines of the list; the first one has at least as many as are shown, so that none disappears.
    pub(crate) async fn lines(
        self,
        client: Client,
        now: Millis,
        shown: usize,
        mut after: Option<String>,
    ) -> Result<Page<MeetingLine>, Failure> {
        let enough = if after.is_some() { FEW } else { shown.max(FEW) };
        let is_past = self.view == MeetingView::Past;
        let is_over = |row: &MeetingRow| row.end_at <= now && row.state != Word::Known(MeetingState::Cancelled);
        let mut found = Vec::new();
        loop {
            let limit = at_once(enough, found.len());
            let next = if self.view == MeetingView::Spam {
                let page = client.spam_leads(limit, after.as_deref()).await?;
                found.extend(page.leads.into_iter().map(MeetingLine::Lead));
                page.next
            } else {
                let page = client.meetings(&self.clone().ask(now, limit), after.as_deref()).await?;
                let rows = page.meetings.into_iter().filter(|row| !is_past || is_over(row));
                found.extend(rows.map(|row| MeetingLine::Meeting(Box::new(row))));
                page.next
            };
            if found.len() >= enough || next.is_none() {
                return Ok((found, next));
            }
            after = next;
        }
    }

    fn ask(self, now: Millis, limit: usize) -> MeetingsAsk {
        let ask = MeetingsAsk { owner: self.owner, limit, is_latest_first: true, ..MeetingsAsk::default() };
        match self.view {
            MeetingView::Past => MeetingsAsk { to: Some(now), ..ask },
            MeetingView::Cancelled => MeetingsAsk { state: MeetingState::Cancelled.as_str(), ..ask },
            MeetingView::NoShow => MeetingsAsk { state: MeetingState::NoShow.as_str(), ..ask },
            MeetingView::Upcoming | MeetingView::Spam | MeetingView::Day | MeetingView::Week | MeetingView::Team => {
                MeetingsAsk { from: Some(now), state: MeetingState::Booked.as_str(), is_latest_first: false, ..ask }
            }
        }
    }
}

/// The number of rows to request, if so many are wanted and some of them are loaded.
fn at_once(wanted: usize, there: usize) -> usize {
    wanted.saturating_sub(there).clamp(PAGE, MOST)
}

/// The start of a day in the reader's time zone.
fn midnight(day: Day) -> Option<Millis> {
    browser::instant(&format!("{}T00:00", day.iso()))
}

/// A line of a list: a meeting, or a lead whose address was refused. One type, so that one list is compiled.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum MeetingLine {
    Meeting(Box<MeetingRow>),
    Lead(MeetingLeadRow),
}

impl MeetingLine {
    pub(crate) fn lead(&self) -> LeadId {
        match self {
            MeetingLine::Meeting(row) => row.lead,
            MeetingLine::Lead(row) => row.lead,
        }
    }
}

impl Keyed for MeetingLine {
    type Key = String;
    fn key(&self) -> String {
        match self {
            MeetingLine::Meeting(row) => row.id.to_string(),
            MeetingLine::Lead(row) => row.lead.to_string(),
        }
    }
}

/// Refreshes after a gap of the live feed, when the page becomes visible again, and when a shown lead changed;
/// a list (`is_list`) also after any meeting changed, and a while after another lead changed.
pub(crate) fn keep_fresh(
    is_list: bool,
    is_shown: impl Fn(LeadId) -> bool + Send + Sync + 'static,
    refresh: impl Fn() + Copy + Send + Sync + 'static,
) {
    use_live().after_gap(refresh);
    let (shown, other) = (Debounce::new(SHOWN_MS, refresh), Debounce::new(OTHER_MS, refresh));
    use_live().listen(move |event| match event {
        LiveEvent::Meeting(changed) if is_list || is_shown(changed.lead) => shown.ask(),
        LiveEvent::Contact(row) if is_shown(row.id) => shown.ask(),
        LiveEvent::Contact(_) if is_list => other.ask(),
        _ => {}
    });
    let has_focus = browser::focus_of_page();
    Effect::new(move |before: Option<bool>| {
        let has_focus = has_focus.get();
        if before == Some(false) && has_focus {
            untrack(refresh);
        }
        has_focus
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn an_address_says_what_is_shown() {
        let of = |query: &[(&str, &str)]| {
            let mut map = ParamsMap::new();
            query.iter().for_each(|(name, value)| map.insert((*name).to_owned(), (*value).to_owned()));
            MeetingsQuery::of(&map)
        };
        let first = of(&[]);
        assert_eq!(first, MeetingsQuery { view: MeetingView::Upcoming, owner: String::new(), day: None });
        assert_eq!(first.address(), "/app/meetings?view=upcoming");
        let week = of(&[("view", "week"), ("owner", "me"), ("day", "2026-06-04")]);
        assert_eq!(week.address(), "/app/meetings?view=week&owner=me&day=2026-06-04");
        let (monday, count) = week.days(week.day.expect("a day"));
        assert_eq!((monday.iso().as_str(), count), ("2026-06-01", 7));
        let team = of(&[("view", "team"), ("day", "2026-06-04")]);
        assert_eq!(
            (team.address().as_str(), team.days(monday)),
            ("/app/meetings?view=team&day=2026-06-04", (monday, 7))
        );
        assert_eq!(of(&[("view", "day"), ("day", "soon")]).day, None);
    }
}
