//! What is asked of a report, as it stands in the address of the page and in the request. Pure: no calls of the browser.

use crate::api::encode;
use crate::kit::civil::{Day, date};

/// The address of the report that is shown first.
pub(crate) const FIRST_REPORT: &str = "/app/reports/overview";

pub(crate) const PERIOD: &str = "period";
pub(crate) const FROM: &str = "from";
pub(crate) const TO: &str = "to";
pub(crate) const ZONE: &str = "tz";
pub(crate) const GROUP: &str = "group";
pub(crate) const ANCHOR: &str = "anchor";
pub(crate) const CALENDAR: &str = "calendar";
/// The metric of the chart, which the server is not asked for.
pub(crate) const METRIC: &str = "metric";
pub(crate) const SITE: &str = "site";
pub(crate) const REP: &str = "rep";

/// The groups that are filters too.
pub(crate) const FILTERS: [&str; 17] = [
    SITE,
    "link",
    "channel",
    "source",
    "campaign",
    "landing_page",
    "country",
    "device",
    "language",
    "intent_type",
    REP,
    "segment",
    "rule",
    "score",
    "workflow",
    "step",
    "crm",
];
/// What is asked of one report, and of no other.
const OF_ONE: [&str; 4] = [GROUP, ANCHOR, CALENDAR, METRIC];
const OF_ALL: [&str; 4] = [PERIOD, FROM, TO, ZONE];

/// Own days.
pub(crate) const OWN: &str = "own";
const USUAL: &str = "28";
const MONTH: &str = "month";
const LAST_MONTH: &str = "last_month";
/// The periods to choose from.
pub(crate) const PERIODS: [(&str, &str); 6] = [
    ("7", "7 days"),
    (USUAL, "28 days"),
    ("90", "90 days"),
    (MONTH, "This month"),
    (LAST_MONTH, "Last month"),
    (OWN, "Own days"),
];

/// The key of all groups beyond the most that are listed.
const OTHER: &str = "\u{2026}";

/// The given parameters in their order; those without a value are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ReportAsk(Vec<(&'static str, String)>);

impl ReportAsk {
    /// Reads the parameters of an address.
    pub(crate) fn read(given: impl Fn(&str) -> Option<String>) -> ReportAsk {
        let value = |name: &'static str| Some((name, given(name)?)).filter(|(_, value)| !value.is_empty());
        ReportAsk(OF_ALL.into_iter().chain(OF_ONE).chain(FILTERS).filter_map(value).collect())
    }

    /// The value of a parameter; empty without one.
    pub(crate) fn value(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value)
    }

    /// The same with other values of some parameters; an empty one removes its parameter.
    pub(crate) fn with(&self, changes: &[(&str, &str)]) -> ReportAsk {
        let value = |known: &str| changes.iter().find(|(name, _)| *name == known).map(|(_, value)| *value);
        ReportAsk::read(|known| Some(value(known).unwrap_or_else(|| self.value(known)).to_owned()))
    }

    /// What another report is asked in its place: the same period, zone and filters.
    pub(crate) fn of_another(&self) -> ReportAsk {
        self.with(&OF_ONE.map(|name| (name, "")))
    }

    /// The chosen filters.
    pub(crate) fn filters(&self) -> Vec<(&'static str, String)> {
        self.0.iter().filter(|(name, _)| FILTERS.contains(name)).cloned().collect()
    }

    /// The address of a report that is asked this.
    pub(crate) fn address(&self, report: &str) -> String {
        let query: Vec<_> = self.0.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
        let mark = if query.is_empty() { "" } else { "?" };
        format!("/app/reports/{}{mark}{}", encode(report), query.join("&"))
    }

    /// The chosen period of [`PERIODS`].
    pub(crate) fn period(&self) -> &'static str {
        if !self.value(FROM).is_empty() || !self.value(TO).is_empty() {
            return OWN;
        }
        let chosen = self.value(PERIOD);
        PERIODS.iter().find(|(period, _)| *period == chosen).map_or(USUAL, |(period, _)| *period)
    }

    /// The first and the last day, such as `2026-11-20`; empty where own days have none.
    pub(crate) fn days(&self, today: Day) -> (String, String) {
        let first = match self.period() {
            OWN => return (self.value(FROM).to_owned(), self.value(TO).to_owned()),
            LAST_MONTH => {
                let last = month_begin(today).plus(-1);
                return (month_begin(last).iso(), last.iso());
            }
            MONTH => month_begin(today),
            "7" => today.plus(-6),
            "90" => today.plus(-89),
            _ => today.plus(-27),
        };
        (first.iso(), today.iso())
    }

    /// The same with its period as days and with its zone, which is the same for every reader on every day.
    pub(crate) fn fixed(&self, zone: &str, today: Day) -> ReportAsk {
        let (from, to) = self.days(today);
        self.with(&[(PERIOD, ""), (FROM, from.as_str()), (TO, to.as_str()), (ZONE, zone)])
    }

    /// The parameters of the request.
    pub(crate) fn query(&self, zone: &str, today: Day) -> String {
        let fixed = self.fixed(zone, today);
        let asked = fixed.0.iter().filter(|(name, _)| ![PERIOD, METRIC].contains(name));
        asked.map(|(name, value)| format!("{name}={}", encode(value))).collect::<Vec<_>>().join("&")
    }
}

/// The filter that only the row with this key passes; none where there is no such filter.
pub(crate) fn filter_of(group: &str, key: &str) -> Option<&'static str> {
    let is_value = !key.is_empty() && key != OTHER;
    FILTERS.into_iter().find(|name| *name == group).filter(|_| is_value)
}

fn month_begin(day: Day) -> Day {
    let (.., number) = date(day);
    day.plus(1 - number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    /// 2026-11-20.
    const TODAY: Day = Day(20_777);

    fn asked(parameters: &[(&str, &str)]) -> ReportAsk {
        ReportAsk::default().with(parameters)
    }

    #[wasm_bindgen_test]
    fn a_period_is_days_up_to_today() {
        for (period, from, to) in [
            ("", "2026-10-24", "2026-11-20"),
            ("7", "2026-11-14", "2026-11-20"),
            ("90", "2026-08-23", "2026-11-20"),
            ("month", "2026-11-01", "2026-11-20"),
            ("last_month", "2026-10-01", "2026-10-31"),
            ("fortnight", "2026-10-24", "2026-11-20"),
        ] {
            assert_eq!(asked(&[(PERIOD, period)]).days(TODAY), (from.to_owned(), to.to_owned()), "{period}");
        }
        let own = asked(&[(PERIOD, "7"), (FROM, "2026-01-01")]);
        assert_eq!((own.period(), own.days(TODAY)), (OWN, ("2026-01-01".to_owned(), String::new())));
    }

    #[wasm_bindgen_test]
    fn the_request_has_days_and_zone_and_not_the_metric_of_the_chart() {
        let ask = asked(&[(PERIOD, "7"), (METRIC, "leads"), (GROUP, "source"), ("source", "a&b")]);
        let query = "from=2026-11-14&to=2026-11-20&tz=Europe%2FBerlin&group=source&source=a%26b";
        assert_eq!(ask.query("Europe/Berlin", TODAY), query);
        assert_eq!(asked(&[]).query("", TODAY), "from=2026-10-24&to=2026-11-20");
        assert_eq!(ask.address("funnel"), "/app/reports/funnel?period=7&group=source&metric=leads&source=a%26b");
        assert_eq!(ask.of_another().address("team"), "/app/reports/team?period=7&source=a%26b");
        assert_eq!(asked(&[]).address("team"), "/app/reports/team");
        assert_eq!(ask.filters(), [("source", "a&b".to_owned())]);
    }

    #[wasm_bindgen_test]
    fn only_a_row_with_a_value_is_a_filter() {
        assert_eq!(filter_of("source", "google"), Some("source"));
        for (group, key) in [("source", ""), ("source", OTHER), ("day", "2026-11-20"), ("status", "New")] {
            assert_eq!(filter_of(group, key), None, "{group} {key}");
        }
    }
}
