//! Time zones of the browser.

use js_sys::{Array, Date, Object, Reflect};
use knock_model::Millis;
use wasm_bindgen::prelude::*;

use super::browser;

#[wasm_bindgen]
extern "C" {
    /// Missing in older browsers: the call fails then.
    #[wasm_bindgen(js_namespace = Intl, js_name = supportedValuesOf, catch)]
    fn supported_values_of(what: &str) -> Result<Array, JsValue>;

    type DateTimeFormat;
    #[wasm_bindgen(constructor, js_namespace = Intl)]
    fn new() -> DateTimeFormat;
    #[wasm_bindgen(method, js_name = resolvedOptions)]
    fn resolved_options(this: &DateTimeFormat) -> Object;

    type DateShown;
    /// Fails for a zone that the browser does not know.
    #[wasm_bindgen(method, js_name = toLocaleString, catch)]
    fn shown(this: &DateShown, language: &str, options: &Object) -> Result<String, JsValue>;
}

/// The time zone of the reader; empty if the browser does not report it.
pub(crate) fn time_zone() -> String {
    let zone = Reflect::get(&DateTimeFormat::new().resolved_options(), &"timeZone".into());
    zone.ok().and_then(|zone| zone.as_string()).unwrap_or_default()
}

/// The names of all time zones; none if the browser does not list them.
pub(crate) fn time_zones() -> Vec<String> {
    let zones = supported_values_of("timeZone").unwrap_or_default();
    zones.iter().filter_map(|zone| zone.as_string()).collect()
}

/// The offset of local time from UTC in a zone at an instant, in minutes; none for a zone that the browser does not
/// know.
pub(crate) fn offset_minutes(zone: &str, at: Millis) -> Option<i64> {
    let options = Object::new();
    Reflect::set(&options, &"timeZone".into(), &zone.into()).ok()?;
    let date = Date::new(&JsValue::from_f64(at.0 as f64));
    // The format `2026-11-20 09:05:07` of Swedish.
    let text = date.unchecked_ref::<DateShown>().shown("sv-SE", &options).ok()?;
    let local = Date::parse(&format!("{}Z", text.replacen(' ', "T", 1)));
    local.is_finite().then(|| (local as i64 - at.0.div_euclid(1_000) * 1_000) / 60_000)
}

/// The instant at which the reader's clock shows what a clock in a zone shows at `at`, for what is drawn in the
/// reader's time; `at` itself for a zone that the browser does not know.
pub(crate) fn reader_twin(zone: &str, at: Millis) -> Millis {
    let Some(theirs) = offset_minutes(zone, at) else { return at };
    let shifted = |of: Millis| at + Millis((theirs - browser::local(of).offset_minutes) * 60_000);
    // The reader's own offset may be another one at the shifted instant.
    shifted(shifted(at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn a_zone_has_its_offset_at_an_instant() {
        let summer = Millis(1_780_387_200_000);
        let winter = Millis(1_795_163_907_123);
        assert_eq!(offset_minutes("Europe/Berlin", summer), Some(120));
        assert_eq!(offset_minutes("Europe/Berlin", winter), Some(60));
        assert_eq!(offset_minutes("America/Vancouver", summer), Some(-420));
        assert_eq!(offset_minutes("Asia/Kolkata", winter), Some(330));
        assert_eq!(offset_minutes("Mars/Olympus", winter), None);
    }

    #[wasm_bindgen_test]
    fn the_clock_of_the_reader_shows_the_time_of_another_zone() {
        let at = Millis(1_795_163_907_123);
        let minutes = |offset: i64, at: Millis| (at.0 / 60_000 + offset).rem_euclid(24 * 60);
        for (zone, offset) in [("America/New_York", -300), ("Asia/Kolkata", 330)] {
            let twin = reader_twin(zone, at);
            assert_eq!(browser::local(twin).minute_of_day(), minutes(offset, at), "{zone}");
        }
        assert_eq!(reader_twin("Mars/Olympus", at), at);
    }
}
