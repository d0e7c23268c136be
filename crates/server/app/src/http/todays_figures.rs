//! The figures of today for Home: computed once a minute at most in each time zone, however many look at it.

use crate::context::AppContext;
use crate::http::problem::Problem;
use crate::http::reading::read;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use knock_engine::todays_figures;
use knock_model::Millis;
use knock_wire::HomeFigure;
use std::collections::BTreeMap;
use tokio::sync::Mutex;

/// The time for which computed figures are used.
const FRESH: Millis = Millis::MINUTE;

/// The figures of a day.
pub(crate) struct FiguresOfDay {
    /// The name of the zone.
    pub(crate) zone: String,
    /// The date in it.
    pub(crate) date: String,
    pub(crate) figures: Vec<HomeFigure>,
}

/// The days that were computed within the last minute, by zone and date.
#[derive(Default)]
pub(crate) struct TodaysFigures(Mutex<BTreeMap<(String, String), Computed>>);

struct Computed {
    at: Millis,
    figures: Vec<HomeFigure>,
}

impl TodaysFigures {
    /// The figures of today in a zone; none at instants that no calendar has.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) async fn get(&self, core: &AppContext, zone: &TimeZone) -> Result<Option<FiguresOfDay>, Problem> {
        let now = core.clock.now();
        let Ok(instant) = Timestamp::from_millisecond(now.0) else { return Ok(None) };
        let date = zone.to_datetime(instant).date().to_string();
        let zone_name = zone.iana_name().unwrap_or("UTC").to_owned();
        // Others that ask meanwhile wait for the same scan.
        let mut computed = self.0.lock().await;
        computed.retain(|_, known| (known.at..known.at + FRESH).contains(&now));
        let key = (zone_name.clone(), date.clone());
        if let Some(known) = computed.get(&key) {
            return Ok(Some(FiguresOfDay { zone: zone_name, date, figures: known.figures.clone() }));
        }
        let own = zone.clone();
        let figures = read(core.store.clone(), move |view| todays_figures(view, &own, now)).await?;
        computed.insert(key, Computed { at: now, figures: figures.clone() });
        Ok(Some(FiguresOfDay { zone: zone_name, date, figures }))
    }
}
