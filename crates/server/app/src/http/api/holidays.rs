//! `/api/v1/holidays`: public holidays by country and subdivision.

use crate::http::auth::{Allowed, UseInbox};
use crate::http::body::{Path, Query};
use crate::http::problem::Problem;
use crate::http::routes::{Routes, routes};
use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use knock_holidays::{Country, Region, YEARS, countries, region};
use knock_model::Millis;
use knock_ports::Clock;
use knock_wire::{FieldError, Holiday, HolidayCountries, HolidayCountry, HolidayList, HolidaySubdivision};
use serde::Deserialize;
use std::sync::Arc;

pub(super) fn routes() -> Routes {
    Routes::new().routes(routes!(list)).routes(routes!(get))
}

/// The year.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct YearQuery {
    /// The year; by default the current one.
    year: Option<i16>,
}

/// The countries with known public holidays, and their subdivisions.
#[utoipa::path(get, path = "/api/v1/holidays", tag = "team", responses(
    (status = 200, description = "The countries, by name", body = HolidayCountries),
))]
async fn list(_: Allowed<UseInbox>) -> Json<HolidayCountries> {
    let mut all: Vec<HolidayCountry> = countries().map(country).collect();
    all.sort_by(|one, other| one.name.cmp(&other.name));
    let [first_year, last_year] = [*YEARS.start(), *YEARS.end()].map(i16::unsigned_abs);
    Json(HolidayCountries { first_year, last_year, countries: all })
}

/// The public holidays of a country or of a subdivision in a year.
#[utoipa::path(get, path = "/api/v1/holidays/{code}", tag = "team",
    params(("code" = String, Path, description = "The country or subdivision, such as `DE` or `DE-BY`"), YearQuery),
    responses(
        (status = 200, description = "The holidays, by date", body = HolidayList),
        (status = 400, description = "Year not covered"),
        (status = 404, description = "Country or subdivision not found"),
    ))]
async fn get(
    _: Allowed<UseInbox>,
    State(clock): State<Arc<dyn Clock>>,
    Path(code): Path<String>,
    Query(asked): Query<YearQuery>,
) -> Result<Json<HolidayList>, Problem> {
    let found = region(&code).ok_or_else(Problem::not_found)?;
    let year = asked.year.unwrap_or_else(|| year_of(clock.now()));
    if !YEARS.contains(&year) {
        let reason = format!("expected {} to {}", YEARS.start(), YEARS.end());
        return Err(Problem::malformed(FieldError { pointer: "query/year".into(), reason }));
    }
    let holidays = found.of_year(year).into_iter();
    let holidays = holidays.map(|holiday| Holiday { date: holiday.date.to_string(), name: holiday.name.to_owned() });
    let (name, holidays) = (name_of(&found), holidays.collect());
    Ok(Json(HolidayList { code, name, year: year.unsigned_abs(), holidays }))
}

fn country(country: Country) -> HolidayCountry {
    let parts = country
        .subdivisions()
        .map(|part| HolidaySubdivision { code: format!("{}-{}", country.code, part.code), name: part.name.to_owned() });
    HolidayCountry { code: country.code.to_owned(), name: country.name.to_owned(), subdivisions: parts.collect() }
}

fn name_of(region: &Region) -> String {
    let country = region.country().name;
    region.subdivision().map_or_else(|| country.to_owned(), |part| format!("{country}, {}", part.name))
}

/// The year of an instant, in UTC.
fn year_of(now: Millis) -> i16 {
    let now = Timestamp::from_millisecond(now.0).unwrap_or(Timestamp::UNIX_EPOCH);
    TimeZone::UTC.to_datetime(now).year()
}
