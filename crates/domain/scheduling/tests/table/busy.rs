//! Busy blocks: buffers, blocks without length, holds (SC-05, SC-10).

use crate::day::{at, block, daily, minutes, single, terms};
use knock_scheduling::{Block, Hold, Span, Terms};

#[test]
fn buffers_of_both_add_up_and_what_touches_is_free() {
    let mut rep = daily("UTC", &["09:00-12:00"]);
    rep.blocks = vec![Block {
        buffer_before: minutes(10),
        buffer_after: minutes(20),
        ..block("2026-06-01T10:00Z", "2026-06-01T10:30Z")
    }];
    let mut terms = terms(10, "2026-06-01T00:00Z", "2026-06-02T00:00Z");
    let times = |terms: &Terms| single(&rep, terms).iter().map(|start| start[11..].to_owned()).collect::<Vec<_>>();
    let free =
        ["09:00", "09:10", "09:20", "09:30", "09:40", "10:50", "11:00", "11:10", "11:20", "11:30", "11:40", "11:50"];
    assert_eq!(times(&terms), free);
    terms.buffer_after = minutes(10);
    assert_eq!(times(&terms), [&free[..4], &free[5..]].concat());
    terms.buffer_before = minutes(11);
    assert_eq!(times(&terms), [&free[..4], &free[7..]].concat());
}

#[test]
fn what_has_no_length_blocks_nothing() {
    let noon = terms(60, "2026-06-01T12:00Z", "2026-06-01T12:01Z");
    let mut rep = daily("UTC", &["12:00-13:00"]);
    let nothing = block("2026-06-01T12:30Z", "2026-06-01T12:30Z");
    rep.blocks = vec![nothing, Block { buffer_before: minutes(10), buffer_after: minutes(10), ..nothing }];
    rep.holds = vec![Hold { span: Span { start: at("2026-06-01T12:30Z"), end: at("2026-06-01T12:30Z") } }];
    assert_eq!(single(&rep, &noon), ["2026-06-01T12:00"]);
    rep.holds.push(Hold { span: Span { start: at("2026-06-01T12:30Z"), end: at("2026-06-01T12:31Z") } });
    assert_eq!(single(&rep, &noon), [""; 0]);
}

#[test]
fn a_time_is_clear_if_nothing_overlaps_it_also_outside_the_hours() {
    let mut rep = daily("UTC", &["09:00-10:00"]);
    rep.blocks = vec![block("2026-06-01T20:00Z", "2026-06-01T21:00Z")];
    let terms = terms(60, "2026-06-01T00:00Z", "2026-06-02T00:00Z");
    for (start, end, expected) in [("19:00", "20:00", true), ("19:30", "20:30", false), ("21:00", "22:00", true)] {
        let meeting = Span { start: at(&format!("2026-06-01T{start}Z")), end: at(&format!("2026-06-01T{end}Z")) };
        assert_eq!(rep.is_clear(meeting, &terms), expected, "{start}");
    }
}
