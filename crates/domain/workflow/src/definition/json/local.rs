//! Zones, times of day and quiet hours.

use crate::local::{Quiet, WaitUntil, Weekday, Zone};
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use jiff::civil::Time;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

impl Serialize for Zone {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Zone {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Zone, D::Error> {
        Zone::parse(&String::deserialize(from)?).map_err(|wrong| D::Error::custom(wrong.to_string()))
    }
}

/// A time of day: `HH:MM`.
struct TimeOfDay(Time);

impl Serialize for TimeOfDay {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(&format_args!("{:02}:{:02}", self.0.hour(), self.0.minute()))
    }
}

impl<'de> Deserialize<'de> for TimeOfDay {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<TimeOfDay, D::Error> {
        let text = String::deserialize(from)?;
        knock_scheduling::time(&text).map(TimeOfDay).map_err(|wrong| D::Error::custom(wrong.to_string()))
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct UntilShape {
    time: TimeOfDay,
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "some_days")]
    days: Option<Vec<Weekday>>,
    zone: Zone,
}

impl Serialize for WaitUntil {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let WaitUntil { time, days, zone } = self.clone();
        UntilShape { time: TimeOfDay(time), days, zone }.serialize(to)
    }
}

impl<'de> Deserialize<'de> for WaitUntil {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<WaitUntil, D::Error> {
        let UntilShape { time: TimeOfDay(time), days, zone } = UntilShape::deserialize(from)?;
        Ok(WaitUntil { time, days, zone })
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct QuietShape {
    from: TimeOfDay,
    to: TimeOfDay,
    zone: Zone,
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "not_all_days")]
    days: Vec<Weekday>,
}

impl Serialize for Quiet {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let Quiet { from, to: until, zone, days } = self.clone();
        QuietShape { from: TimeOfDay(from), to: TimeOfDay(until), zone, days }.serialize(to)
    }
}

impl<'de> Deserialize<'de> for Quiet {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Quiet, D::Error> {
        let QuietShape { from: TimeOfDay(from), to: TimeOfDay(to), zone, days } = QuietShape::deserialize(from)?;
        Ok(Quiet { from, to, zone, days })
    }
}

/// Reads the days of a wait: without one it would never end.
fn some_days<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Vec<Weekday>>, D::Error> {
    let days = Option::<Vec<Weekday>>::deserialize(from)?;
    match days {
        Some(days) if days.is_empty() => Err(D::Error::custom("expected at least one day")),
        days => Ok(days),
    }
}

/// Reads quiet days: with all of them no action would ever reach a lead.
fn not_all_days<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Weekday>, D::Error> {
    let days = Option::<Vec<Weekday>>::deserialize(from)?.unwrap_or_default();
    if Weekday::ALL.iter().all(|day| days.contains(day)) {
        return Err(D::Error::custom("expected a day that is not quiet as a whole"));
    }
    Ok(days)
}
