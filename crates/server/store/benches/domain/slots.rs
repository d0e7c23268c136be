//! A pool of twenty reps in five time zones with full calendars, asked for thirty days.

use jiff::civil::{Time, date};
use jiff::tz::TimeZone;
use knock_model::Millis;
use knock_scheduling::{Block, Calendar, Extent, Hold, Hours, Mode, Override, Range, RepState, Span, Terms, offer};
use std::hint::black_box;

/// Monday, 5 October 2026, 06:00 UTC: the clocks of Europe and America change within the days asked for.
const FROM: Millis = Millis(1_791_180_000_000);
const DAYS: i64 = 30;
const REPS: usize = 20;
const BLOCKS: usize = 500;
const ZONES: [&str; 5] = ["Europe/Berlin", "Europe/London", "America/New_York", "Asia/Kolkata", "Australia/Sydney"];

pub(crate) struct SlotQuestion {
    pool: Vec<Calendar>,
    terms: Terms,
}

impl SlotQuestion {
    pub(crate) fn new() -> SlotQuestion {
        let terms = Terms {
            duration: minutes(30),
            step: minutes(15),
            buffer_before: minutes(5),
            buffer_after: minutes(5),
            max_per_day: Some(8),
            window: Span { start: FROM, end: FROM + Millis::days(DAYS) },
        };
        let asked = SlotQuestion { pool: (0..REPS).map(calendar).collect(), terms };
        let slots = offer(Mode::Any, &asked.pool, &asked.terms).expect("a pool");
        assert!(slots.len() > 500 && slots.iter().any(|slot| slot.reps.len() > 3), "{}", slots.len());
        asked
    }

    pub(crate) fn of_anybody(&self) {
        self.offer(Mode::Any);
    }

    pub(crate) fn of_everybody(&self) {
        self.offer(Mode::All);
    }

    fn offer(&self, mode: Mode) {
        black_box(offer(mode, black_box(&self.pool), &self.terms).expect("a pool"));
    }
}

fn calendar(rep: usize) -> Calendar {
    let time = |hour, minute| Time::constant(hour, minute, 0, 0);
    let day: Vec<Range> = [(time(8, 30), time(12, 0)), (time(13, 0), time(18, 0))]
        .into_iter()
        .filter_map(|(start, end)| Range::new(start, Some(end)))
        .collect();
    let weekly = std::array::from_fn(|weekday| if weekday < 5 { day.clone() } else { Vec::new() });
    let hours = Hours {
        zone: TimeZone::get(ZONES[rep % ZONES.len()]).expect("a bundled zone"),
        weekly,
        overrides: vec![Override { date: date(2026, 10, 14), ranges: Vec::new() }],
        travel: Vec::new(),
    };
    Calendar {
        hours,
        blocks: (0..BLOCKS).map(|place| block(rep, place)).collect(),
        holds: vec![Hold { span: span(FROM + minutes(180), 30) }],
        state: RepState::Usable,
        upcoming: 0,
        last_booked: None,
    }
}

/// Meetings and other things of 15 to 60 minutes at all hours, in no order; one in fifty is a whole day.
fn block(rep: usize, place: usize) -> Block {
    let scattered = (rep * 7_919 + place * 104_729) % (DAYS as usize * 96);
    let extent = if place % 50 == 49 {
        let day = date(2026, 10, 5).checked_add(jiff::Span::new().days((scattered / 96) as i64)).expect("a date");
        Extent::Days(day, day.tomorrow().expect("a date"))
    } else {
        Extent::Instants(span(FROM + minutes(scattered as i64 * 15), 15 * (1 + place as i64 % 4)))
    };
    let is_meeting = place.is_multiple_of(2);
    let buffer = if is_meeting { minutes(5) } else { Millis(0) };
    Block { extent, buffer_before: buffer, buffer_after: buffer, is_meeting }
}

fn span(start: Millis, length: i64) -> Span {
    Span { start, end: start + minutes(length) }
}

const fn minutes(count: i64) -> Millis {
    Millis(count * Millis::MINUTE.0)
}
