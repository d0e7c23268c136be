//! The address of a report: its name, and what it is asked.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use crate::kit::browser;
use crate::kit::civil::{Day, civil};
use crate::kit::clock::{ServerClock, use_clock};
use crate::kit::reactive::memo;
use crate::kit::zones;
use crate::words::reports::ask::{ReportAsk, ZONE};

/// The address of the page.
#[derive(Clone, Copy)]
pub(crate) struct Address {
    /// The name of the report; empty for none.
    pub(crate) name: Memo<String>,
    pub(crate) ask: Memo<ReportAsk>,
    clock: ServerClock,
}

impl Address {
    /// The address of the page that is open.
    pub(super) fn of_page() -> Address {
        let (params, query) = (use_params_map(), use_query_map());
        let name = memo(move || {
            let page = params.read().get("page").unwrap_or_default();
            page.trim_end_matches('/').to_owned()
        });
        let ask = memo(move || query.with(|query| ReportAsk::read(|name| query.get(name))));
        Address { name, ask, clock: use_clock() }
    }

    /// The value of a parameter; empty without one.
    pub(crate) fn value(self, name: &str) -> String {
        self.ask.with(|ask| ask.value(name).to_owned())
    }

    /// The zone of days: the chosen one, else that of the reader.
    pub(crate) fn zone(self) -> String {
        Some(self.value(ZONE)).filter(|zone| !zone.is_empty()).unwrap_or_else(zones::time_zone)
    }

    /// The first and the last day that are asked for.
    pub(crate) fn days(self) -> (String, String) {
        let today = self.today();
        self.ask.with(|ask| ask.days(today))
    }

    /// The parameters of the request.
    pub(crate) fn query(self) -> String {
        let (zone, today) = (self.zone(), self.today());
        self.ask.with(|ask| ask.query(&zone, today))
    }

    /// The address that shows every reader the same days.
    pub(crate) fn shared(self) -> String {
        let (zone, today) = (self.zone(), self.today());
        browser::origin() + &self.ask.with(|ask| self.name.with(|name| ask.fixed(&zone, today).address(name)))
    }

    /// The day in the zone; in that of the reader where the browser does not know the zone.
    fn today(self) -> Day {
        let now = self.clock.now_untracked();
        let local = zones::offset_minutes(&self.zone(), now).map(|offset| civil(now, offset));
        local.unwrap_or_else(|| browser::local(now)).day
    }
}
