//! Zones that no database knows, by the calendar's own description.

use crate::{event, november};

/// A time zone as Exchange writes it.
const CUSTOM: &str = "BEGIN:VTIMEZONE
TZID:Our Office
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE";

const FIXED: &str = "BEGIN:VTIMEZONE
TZID:Fixed
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:+0545
TZOFFSETTO:+0545
END:STANDARD
END:VTIMEZONE";

fn at_nine(zone: &str, day: &str) -> String {
    event(&format!("DTSTART;TZID={zone}:{day}T090000\nDURATION:PT1H"))
}

#[test]
fn a_described_zone_has_its_offsets() {
    assert_eq!(november(&[CUSTOM, &at_nine("Our Office", "20261110")]), ["2026-11-10T08:00Z/2026-11-10T09:00Z"]);
    assert_eq!(november(&[FIXED, &at_nine("Fixed", "20261110")]), ["2026-11-10T03:15Z/2026-11-10T04:15Z"]);
    let summer = crate::blocks_of(
        &crate::calendar(&[CUSTOM, &at_nine("Our Office", "20260710")]),
        "2026-07-01T00:00:00Z",
        "2026-08-01T00:00:00Z",
    );
    assert_eq!(summer, ["2026-07-10T07:00Z/2026-07-10T08:00Z"]);
}

#[test]
fn a_name_of_the_database_comes_before_a_description_of_it() {
    // A description as programs with old data wrote it: Vancouver stays at -7 from 2026 on.
    let old = CUSTOM.replace("Our Office", "America/Vancouver").replace("+0100", "-0800").replace("+0200", "-0700");
    assert_eq!(november(&[&old, &at_nine("America/Vancouver", "20261110")]), ["2026-11-10T16:00Z/2026-11-10T17:00Z"]);
}

#[test]
fn a_description_that_names_a_place_is_that_place() {
    let placed = FIXED.replace("TZID:Fixed", "TZID:/example.org/Berlin\nX-LIC-LOCATION:Europe/Berlin");
    assert_eq!(
        november(&[&placed, &at_nine("/example.org/Berlin", "20261110")]),
        ["2026-11-10T08:00Z/2026-11-10T09:00Z"]
    );
}
