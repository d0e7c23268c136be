//! `/api/v1/holidays`: public holidays by country and subdivision.

use serde::{Deserialize, Serialize};

/// `GET /api/v1/holidays`: whose public holidays are known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HolidayCountries {
    /// The first year that is known.
    pub first_year: u16,
    /// The last year that is known.
    pub last_year: u16,
    /// The countries, by name.
    pub countries: Vec<HolidayCountry>,
}

/// A country whose public holidays are known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HolidayCountry {
    /// The code, such as `DE`.
    pub code: String,
    /// The name in English.
    pub name: String,
    /// Its parts, by name; none where the whole country has the same holidays.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subdivisions: Vec<HolidaySubdivision>,
}

/// A part of a country.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HolidaySubdivision {
    /// The code with that of the country, such as `DE-BY`.
    pub code: String,
    /// The name in the language of the country.
    pub name: String,
}

/// `GET /api/v1/holidays/{code}`: the public holidays of a year.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HolidayList {
    /// The country or subdivision, such as `DE-BY`.
    pub code: String,
    /// The country, and its part where one was asked for: `Germany, Bayern`.
    pub name: String,
    /// The year.
    pub year: u16,
    /// The holidays, by date.
    pub holidays: Vec<Holiday>,
}

/// A public holiday.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Holiday {
    /// The date, such as `2026-12-25`.
    pub date: String,
    /// The name, in English where it is known.
    pub name: String,
}
