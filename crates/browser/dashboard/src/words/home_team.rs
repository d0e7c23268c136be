//! Texts of Home for managers: figures beside their usual value, waits by age, and members.

use knock_model::Millis;
use knock_routing::RepState;
use knock_wire::{HomeFigure, HomeMember, HomeTeam, HomeWaitAge, Word};

use super::number::{count, counted};
use super::span::{ago, span_words};
use crate::api::encode;

const HOUR: u32 = 60;
const DAY: u32 = 24 * HOUR;

/// A value in its unit: `1,204`, `2.5`, `66.7%`, `3.2 min`, `2 h`.
pub(crate) fn value_words(unit: &str, value: f64) -> String {
    match unit {
        "percent" => format!("{}%", decimal(value)),
        "minutes" if value < f64::from(HOUR) => format!("{} min", decimal(value)),
        "minutes" => span_words((value * 60_000.0) as i64),
        _ if value.fract() == 0.0 => count(value as i64),
        _ => decimal(value),
    }
}

fn decimal(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map_or_else(|| text.clone(), str::to_owned)
}

/// A figure beside its usual value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Beside {
    pub(crate) text: String,
    /// Whether today is better than usual; none where neither is.
    pub(crate) is_better: Option<bool>,
}

/// `usual: 12, today 3 more`: the usual value, and the difference.
pub(crate) fn beside_usual(of: &HomeFigure) -> Beside {
    let Some(usual) = of.usual else {
        return Beside { text: "no usual value yet".to_owned(), is_better: None };
    };
    let words = value_words(&of.unit, usual);
    let Some(today) = of.today else { return Beside { text: format!("usual: {words}"), is_better: None } };
    let size = value_words(&of.unit, (today - usual).abs());
    if value_words(&of.unit, today) == words {
        return Beside { text: format!("usual: {words}, today the same"), is_better: None };
    }
    let is_up = today > usual;
    let is_better = match of.better.as_str() {
        "higher" => Some(is_up),
        "lower" => Some(!is_up),
        _ => None,
    };
    let verdict = match is_better {
        Some(true) => ": better",
        Some(false) => ": worse",
        None => "",
    };
    Beside { text: format!("usual: {words}, today {size} {}{verdict}", direction(&of.unit, is_up)), is_better }
}

fn direction(unit: &str, is_up: bool) -> &'static str {
    match (unit, is_up) {
        ("minutes", true) => "longer",
        ("minutes", false) => "shorter",
        (_, true) => "more",
        (_, false) => "less",
    }
}

/// Whether a figure has nothing to show: neither today nor usually.
pub(crate) fn is_without_data(of: &HomeFigure) -> bool {
    of.usual.is_none() && of.today.is_none_or(|today| today == 0.0)
}

/// The report that has the figure of today.
pub(crate) fn report_path(HomeTeam { zone, day, .. }: &HomeTeam, metric: &str) -> String {
    let report = match metric {
        "first_reply_median" | "within_two_minutes" => "response",
        "meetings_booked" => "meetings",
        _ => "overview",
    };
    format!("/app/reports/{report}?from={day}&to={day}&tz={}&metric={}", encode(zone), encode(metric))
}

/// `Under 2 minutes`, `1 to 24 hours`, `Over a day`.
pub(crate) fn age_words(of: &HomeWaitAge) -> String {
    match (of.from_minutes, of.to_minutes) {
        (0, Some(to)) => format!("Under {to} minutes"),
        (from @ HOUR.., Some(to)) => format!("{} to {} hours", from / HOUR, to / HOUR),
        (from, Some(to)) => format!("{from} to {to} minutes"),
        (DAY, None) => "Over a day".to_owned(),
        (from, None) => format!("Over {from} minutes"),
    }
}

/// `Online, 3 of 5 chats`: whether a member takes chats, since when not, and how many they have.
pub(crate) fn member_words(of: &HomeMember, now: Millis) -> String {
    let since = |before: &str| of.since.map(|at| format!("{before}{}", ago(at, now))).unwrap_or_default();
    let state = match &of.state {
        Word::Known(RepState::Active) if of.is_online => "Online".to_owned(),
        Word::Known(RepState::Active) => format!("Available, not here{}", since(", last seen ")),
        Word::Known(RepState::Away) => format!("Away{}", since(", went ")),
        Word::Known(RepState::OffHours) => "Outside working hours".to_owned(),
        Word::Known(RepState::Removed) => "Removed".to_owned(),
        Word::Unknown(word) => word.clone(),
    };
    let chats = match of.capacity {
        Some(capacity) => format!("{} of {}", of.open_chats, counted(capacity.into(), "chat")),
        None => counted(of.open_chats.into(), "chat"),
    };
    format!("{state}, {chats}{}", if of.is_full { ": full" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{AT, home_figure, home_team};
    use wasm_bindgen_test::wasm_bindgen_test;

    fn beside(unit: &str, better: &str, today: Option<f64>, usual: Option<f64>) -> (String, Option<bool>) {
        let Beside { text, is_better } = beside_usual(&home_figure("leads", unit, better, today, usual));
        (text, is_better)
    }

    #[wasm_bindgen_test]
    fn values_are_written_in_their_unit() {
        for (unit, value, expected) in [
            ("count", 1_204.0, "1,204"),
            ("count", 2.5, "2.5"),
            ("percent", 66.67, "66.7%"),
            ("percent", 50.0, "50%"),
            ("minutes", 3.2, "3.2 min"),
            ("minutes", 10.0, "10 min"),
            ("minutes", 125.0, "2 h"),
        ] {
            assert_eq!(value_words(unit, value), expected, "{unit} {value}");
        }
    }

    #[wasm_bindgen_test]
    fn today_is_beside_the_usual_in_words() {
        for (unit, better, today, usual, expected, is_better) in [
            ("count", "higher", Some(15.0), Some(12.0), "usual: 12, today 3 more: better", Some(true)),
            ("count", "", Some(2.0), Some(2.5), "usual: 2.5, today 0.5 less", None),
            ("count", "higher", Some(2.0), Some(2.0), "usual: 2, today the same", None),
            ("minutes", "lower", Some(4.5), Some(3.0), "usual: 3 min, today 1.5 min longer: worse", Some(false)),
            ("minutes", "lower", None, Some(3.0), "usual: 3 min", None),
            ("percent", "higher", Some(80.0), None, "no usual value yet", None),
        ] {
            assert_eq!(beside(unit, better, today, usual), (expected.to_owned(), is_better));
        }
        let empty = |today, usual| is_without_data(&home_figure("leads", "count", "", today, usual));
        assert!(empty(None, None) && empty(Some(0.0), None));
        assert!(!empty(Some(1.0), None) && !empty(Some(0.0), Some(0.0)));
    }

    #[wasm_bindgen_test]
    fn a_figure_leads_to_the_report_of_its_day() {
        let team = home_team();
        for (metric, expected) in [
            ("leads", "/app/reports/overview?from=2026-11-20&to=2026-11-20&tz=Europe%2FBerlin&metric=leads"),
            (
                "within_two_minutes",
                "/app/reports/response?from=2026-11-20&to=2026-11-20&tz=Europe%2FBerlin&metric=within_two_minutes",
            ),
        ] {
            assert_eq!(report_path(&team, metric), expected);
        }
    }

    #[wasm_bindgen_test]
    fn ages_and_members_are_in_words() {
        let words: Vec<String> = home_team().waiting.iter().map(age_words).collect();
        let expected = ["Under 2 minutes", "2 to 10 minutes", "10 to 60 minutes", "1 to 24 hours", "Over a day"];
        assert_eq!(words, expected);
        let members: Vec<String> = home_team().members.iter().map(|member| member_words(member, AT)).collect();
        assert_eq!(
            members,
            [
                "Online, 3 chats",
                "Away, went 2 h ago, 5 of 5 chats: full",
                "Available, not here, last seen 10 min ago, 0 of 4 chats",
                "Outside working hours, 1 chat",
            ]
        );
    }
}
