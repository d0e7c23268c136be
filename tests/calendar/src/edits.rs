//! Edits in any order: what the changes of an account add up to is what a full read says.

use crate::later::agreed;
use crate::provider::{Event, Kept, Provider, Series, When};
use jiff::civil::date;

const UIDS: [&str; 4] = ["one", "two", "three", "four"];
/// The edits of a test; after each third one the account is read.
const EDITS: usize = 60;

/// An event as it is now.
#[derive(Clone, Copy)]
enum State {
    Absent,
    Timed,
    WholeDay,
}

/// The owner of two calendars. What they do is drawn by numbers that are the same at each run.
struct Owner<'p, P> {
    provider: &'p P,
    calendars: [String; 2],
    /// By calendar and UID.
    events: [[State; UIDS.len()]; 2],
    has_series: bool,
    last: u64,
}

impl<P: Provider> Owner<'_, P> {
    fn below(&mut self, most: usize) -> usize {
        self.last = self.last.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.last >> 33).expect("31 bits") % most
    }

    /// Changes something, and says what.
    fn edit(&mut self) -> String {
        match self.below(12) {
            0 => {
                self.provider.forget_increments();
                "increments ended".to_owned()
            }
            1 => self.series(),
            _ => {
                let (calendar, event) = (self.below(2), self.below(UIDS.len()));
                self.event(calendar, event)
            }
        }
    }

    fn series(&mut self) -> String {
        let calendar = &self.calendars[0];
        self.has_series = !self.has_series;
        if !self.has_series {
            self.provider.delete(calendar, "weekly");
            return "the series was deleted".to_owned();
        }
        let series = Series {
            uid: "weekly",
            zone: "America/New_York",
            first: date(2026, 10, 6).at(14, 0, 0, 0),
            minutes: 45,
            except: vec![date(2026, 11, 10)],
            moved: Some((date(2026, 11, 17), date(2026, 11, 18).at(8, 0, 0, 0))),
        };
        self.provider.add_series(calendar, &series);
        "a series was added".to_owned()
    }

    fn event(&mut self, at: usize, of: usize) -> String {
        let (uid, choice, day, hour) = (UIDS[of], self.below(4), self.below(28) + 1, self.below(18));
        // In most cases within the window.
        let month = [11, 11, 11, 10, 12][self.below(5)];
        let (provider, calendar, state) = (self.provider, &self.calendars[at], self.events[at][of]);
        let (next, what) = match (state, choice) {
            (State::Absent, _) => {
                let when = When::Instants("2026-11-10T09:00:00Z", "2026-11-10T09:30:00Z");
                provider.add_event(calendar, &Event { uid, when, kept: Kept::Busy });
                (State::Timed, "added".to_owned())
            }
            (State::Timed | State::WholeDay, 0) => {
                provider.delete(calendar, uid);
                (State::Absent, "deleted".to_owned())
            }
            (State::Timed, 1) => {
                provider.delay(calendar, uid, 5);
                (State::Timed, "delayed".to_owned())
            }
            (State::Timed, 2) => {
                let day = format!("2026-11-{day:02}");
                provider.make_whole_day(calendar, uid, &day);
                (State::WholeDay, format!("made the whole day {day}"))
            }
            (State::Timed | State::WholeDay, _) => {
                let [start, end] = [(hour, 0), (hour + 1, 15)]
                    .map(|(hour, minute)| format!("2026-{month}-{day:02}T{hour:02}:{minute:02}:00Z"));
                provider.retime(calendar, uid, &start, &end);
                (State::Timed, format!("moved to {start}"))
            }
        };
        self.events[at][of] = next;
        format!("{uid} in {at} was {what}")
    }
}

/// Whatever the order of edits, and whether or not increments end between them.
pub async fn increments_add_up_to_a_full_read(provider: &impl Provider) {
    for (seed, names) in [(1, ["Work", "Private"]), (2, ["Team", "Travel"]), (3, ["Club", "Family"])] {
        let calendars = names.map(|name| provider.add_calendar(name));
        let events = [[State::Absent; UIDS.len()]; 2];
        let mut owner = Owner { provider, calendars: calendars.clone(), events, has_series: false, last: seed };
        agreed(provider, &calendars, "nothing").await;
        let mut edits = Vec::new();
        for _ in 0..EDITS / 3 {
            edits.extend([owner.edit(), owner.edit(), owner.edit()]);
            agreed(provider, &calendars, &edits.join(", ")).await;
        }
    }
}
