//! Names of time zones.

use crate::{doubtful, event, november};

fn at_ten(parameter: &str) -> String {
    event(&format!("DTSTART;TZID={parameter}:20261110T100000\nDTEND;TZID={parameter}:20261110T110000"))
}

#[test]
fn names_of_windows_and_of_programs_are_places() {
    let (berlin, new_york) = ("2026-11-10T09:00Z/2026-11-10T10:00Z", "2026-11-10T15:00Z/2026-11-10T16:00Z");
    for (name, expected) in [
        ("Europe/Berlin", berlin),
        ("/Europe/Berlin", berlin),
        ("europe/berlin", berlin),
        ("W. Europe Standard Time", berlin),
        ("\"w. europe standard time\"", berlin),
        ("W. Europe Standard Time 1", berlin),
        ("W. Europe Daylight Time", berlin),
        ("\"(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna\"", berlin),
        ("(GMT+01:00) Amsterdam\\, Berlin\\, Bern\\, Rome\\, Stockholm\\, Vienna", berlin),
        ("\"(GMT+01.00) Sarajevo/Warsaw/Zagreb\"", berlin),
        ("\"Amsterdam, Bern, Paris, Madrid\"", berlin),
        ("Berlin", berlin),
        ("/freeassociation.sourceforge.net/Europe/Berlin", berlin),
        ("/freeassociation.sourceforge.net/Tzfile/Europe/Berlin", berlin),
        ("/citadel.org/20210210_1/Europe/Berlin", berlin),
        ("UTC+01:00", berlin),
        ("GMT+1", berlin),
        ("/mozilla.org/20050126_1/America/New_York", new_york),
        ("America/New York", new_york),
        ("Eastern Standard Time", new_york),
        ("\"Eastern Time (US & Canada)\"", new_york),
        ("\"(UTC-05:00) Eastern Time (US & Canada)\"", new_york),
        ("\"(UTC-05:00) Eastern Time (US &amp; Canada)\"", new_york),
        ("US/Eastern", new_york),
        ("/softwarestudio.org/Olson_20011030_5/America/Indiana/Indianapolis", new_york),
        ("tzone://Microsoft/Utc", "2026-11-10T10:00Z/2026-11-10T11:00Z"),
        ("\"(UTC) Coordinated Universal Time\"", "2026-11-10T10:00Z/2026-11-10T11:00Z"),
        ("Etc/GMT-3", "2026-11-10T07:00Z/2026-11-10T08:00Z"),
        ("India Standard Time", "2026-11-10T04:30Z/2026-11-10T05:30Z"),
    ] {
        assert_eq!(november(&[&at_ten(name)]), [expected], "{name}");
    }
}

#[test]
fn a_name_that_nothing_explains_blocks_what_it_may_be() {
    for (name, expected) in [
        ("\"tzone://Microsoft/Custom\"", "2026-11-09T20:00Z/2026-11-10T23:00Z"),
        ("Customized Time Zone", "2026-11-09T20:00Z/2026-11-10T23:00Z"),
        // A clock of Europe.
        ("Europe/Germany", "2026-11-10T06:00Z/2026-11-10T11:00Z"),
        // With daylight saving time or without.
        ("(GMT +1)", "2026-11-10T08:00Z/2026-11-10T10:00Z"),
        ("PST", "2026-11-10T17:00Z/2026-11-10T19:00Z"),
    ] {
        let (blocks, unread) = doubtful(&[&at_ten(name)]);
        assert_eq!(blocks, [expected], "{name}");
        assert!(unread.len() == 1 && unread[0].contains("is not known"), "{name}: {unread:?}");
    }
}

#[test]
fn a_name_that_is_not_needed_is_not_looked_at() {
    for lines in [
        "DTSTART;TZID=Nowhere:20261110T090000Z\nDURATION:PT1H",
        "DTSTART:20261110T090000Z\nDURATION:PT1H\nEXDATE;VALUE=DATE;TZID=Nowhere:20261111",
    ] {
        assert_eq!(november(&[&event(lines)]), ["2026-11-10T09:00Z/2026-11-10T10:00Z"], "{lines}");
    }
    let day = event("DTSTART;TZID=Nowhere;VALUE=DATE:20261110");
    assert_eq!(november(&[&day]), ["2026-11-10/2026-11-11"]);
}

#[test]
fn a_series_by_an_unknown_clock_is_covered_by_all_of_its_instances() {
    let lines = "DTSTART;TZID=Nowhere:20261109T100000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=2\nEXDATE;TZID=Nowhere:20261116T100000";
    let (blocks, unread) = doubtful(&[&event(lines)]);
    assert_eq!(blocks, ["2026-11-08T20:00Z/2026-11-09T23:00Z"]);
    assert_eq!(unread.len(), 1);
}
