//! Properties of calendars and principals, as servers write them.

use crate::november;
use knock_caldav::{Found, read_busy, read_found};

/// The first response with these properties.
fn found(properties: &str) -> Found {
    let answer = format!(
        "<d:multistatus xmlns:d='DAV:' xmlns:c='urn:ietf:params:xml:ns:caldav' xmlns:n='http://nextcloud.com/ns'>\
         <d:response><d:href>/a/</d:href><d:propstat><d:prop>{properties}</d:prop>\
         <d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response></d:multistatus>"
    );
    read_found(answer.as_bytes()).expect("it is read").remove(0)
}

#[test]
fn deleted_calendars_are_none_and_transparent_ones_are_said() {
    let calendar = "<d:resourcetype><d:collection/><c:calendar/></d:resourcetype>";
    for (more, takes_events, is_transparent) in [
        ("", true, false),
        ("<n:deleted-at/>", true, false),
        ("<n:deleted-at>2026-11-01T10:00:00+00:00</n:deleted-at>", false, false),
        ("<c:schedule-calendar-transp><c:transparent/></c:schedule-calendar-transp>", true, true),
        ("<c:schedule-calendar-transp><c:opaque/></c:schedule-calendar-transp>", true, false),
    ] {
        let found = found(&format!("{calendar}{more}"));
        assert_eq!((found.takes_events, found.is_transparent), (takes_events, is_transparent), "{more}");
    }
    for kind in ["<c:calendar/><n:deleted-calendar/>", "<n:trash-bin/>"] {
        assert!(!found(&format!("<d:resourcetype><d:collection/>{kind}</d:resourcetype>")).takes_events, "{kind}");
    }
}

#[test]
fn an_event_that_the_owner_declined_by_any_address_blocks_nothing() {
    let set = "<c:calendar-user-address-set><d:href>mailto:ann@acme.example</d:href>\
               <d:href>MAILTO:ann.lee@acme.example</d:href><d:href>/principals/ann/</d:href></c:calendar-user-address-set>";
    let addresses = found(set).addresses;
    assert_eq!(addresses, ["ann@acme.example", "ann.lee@acme.example", "/principals/ann/"]);
    let answer = "<multistatus xmlns='DAV:' xmlns:c='urn:ietf:params:xml:ns:caldav'><response><href>/a</href><propstat><prop>\
        <c:calendar-data>BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:x\nDTSTART:20261110T090000Z\nDURATION:PT1H\n\
        ATTENDEE;PARTSTAT=DECLINED:mailto:ann.lee@acme.example\nEND:VEVENT\nEND:VCALENDAR\n</c:calendar-data>\
        </prop></propstat></response></multistatus>";
    let blocks = |addresses: &[String]| {
        read_busy(&[answer.as_bytes()], &november("UTC"), addresses).expect("it is read").blocks.len()
    };
    assert_eq!((blocks(&addresses), blocks(&[])), (0, 1));
}
