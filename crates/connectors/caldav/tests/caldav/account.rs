//! An account of a real Radicale, behind a proxy that can make its requests go wrong.

use crate::client;
use crate::proxy::Proxy;
use crate::radicale::{PASSWORD, Radicale};
use contract_calendar::{Event, Kept, Mishap, OWNER, Provider, Series, When};
use jiff::civil::{Date, DateTime};
use knock_caldav::CalDav;
use knock_model::Millis;
use knock_ports::CalendarAccount;
use std::fmt::Write;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use std::{fs, io};

/// Longer than a real answer takes on a busy machine; a silent server is waited for that long.
const PATIENCE: Duration = Duration::from_secs(3);
const STAMP: &str = "%Y%m%dT%H%M%S";

pub(crate) struct Account {
    radicale: Radicale,
    proxy: Proxy,
    caldav: CalDav,
}

/// An account without calendars.
pub(crate) fn account() -> Account {
    let radicale = Radicale::start();
    let proxy = Proxy::start(radicale.port());
    let caldav = client(proxy.url.clone(), PASSWORD, PATIENCE);
    Account { radicale, proxy, caldav }
}

impl Account {
    /// The file of a calendar's object.
    fn file(&self, calendar: &str, name: &str) -> PathBuf {
        self.folder(calendar).join(format!("{name}.ics"))
    }

    fn folder(&self, calendar: &str) -> PathBuf {
        let name = calendar.trim_end_matches('/').rsplit('/').next().expect("an address");
        self.radicale.folder_of(name)
    }

    fn holds(&self, calendar: &str, uid: &str, components: &[String]) {
        let mut object = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//T//EN\r\n".to_owned();
        for lines in components {
            let lines = lines.replace('\n', "\r\n");
            let stamp = "DTSTAMP:20260101T000000Z";
            write!(object, "BEGIN:VEVENT\r\nUID:{uid}\r\n{stamp}\r\n{lines}END:VEVENT\r\n").expect("a text");
        }
        object.push_str("END:VCALENDAR\r\n");
        fs::write(self.file(calendar, uid), object).expect("a file");
    }

    /// The objects of a calendar with their files.
    fn objects(&self, calendar: &str) -> Vec<(PathBuf, String)> {
        let files = fs::read_dir(self.folder(calendar)).expect("the folder").map(|file| file.expect("a file").path());
        let events = files.filter(|path| path.extension().is_some_and(|end| end == "ics"));
        let read = |path: PathBuf| {
            let object = fs::read_to_string(&path)?.replace("\r\n ", "").replace("\n ", "");
            Ok((path, object))
        };
        events.map(read).collect::<io::Result<_>>().expect("the events")
    }

    fn with_uid(&self, calendar: &str, uid: &str) -> (PathBuf, String) {
        let found = self.objects(calendar).into_iter().find(|(_, object)| value(object, "UID") == uid);
        found.unwrap_or_else(|| panic!("no {uid} in {calendar}"))
    }

    /// Changes each line of an object, without its end.
    fn edit(&self, calendar: &str, uid: &str, line: impl Fn(&str) -> String) {
        let (path, object) = self.with_uid(calendar, uid);
        let lines: Vec<String> = object.lines().map(line).collect();
        fs::write(path, lines.join("\r\n") + "\r\n").expect("a file");
    }

    /// Gives an object a start and an end, each as the rest of its line.
    fn set_times(&self, calendar: &str, uid: &str, start: &str, end: &str) {
        self.edit(calendar, uid, |line| match line.split([':', ';']).next() {
            Some("DTSTART") => format!("DTSTART{start}"),
            Some("DTEND") => format!("DTEND{end}"),
            _ => line.to_owned(),
        });
    }
}

impl Provider for Account {
    fn account(&self) -> &dyn CalendarAccount {
        &self.caldav
    }

    fn fresh(&self) -> Arc<dyn CalendarAccount> {
        Arc::new(client(self.proxy.url.clone(), PASSWORD, PATIENCE))
    }

    fn add_calendar(&self, name: &str) -> String {
        self.radicale.add_calendar(&name.to_lowercase(), name);
        self.proxy.url.join(&format!("ann/{}/", name.to_lowercase())).expect("an address").into()
    }

    fn remove_calendar(&self, calendar: &str) {
        fs::remove_dir_all(self.folder(calendar)).expect("a folder");
    }

    fn add_event(&self, calendar: &str, Event { uid, when, kept }: &Event) {
        let when = match when {
            When::Instants(start, end) => format!("DTSTART:{}\nDTEND:{}\n", plain(start), plain(end)),
            When::Days(from, to) => {
                format!("DTSTART;VALUE=DATE:{}\nDTEND;VALUE=DATE:{}\n", plain(from), plain(to))
            }
        };
        let kept = match kept {
            Kept::Busy => String::new(),
            Kept::Tentative => "STATUS:TENTATIVE\n".to_owned(),
            Kept::Free => "TRANSP:TRANSPARENT\n".to_owned(),
            Kept::Declined => format!("ATTENDEE;PARTSTAT=DECLINED:mailto:{OWNER}\n"),
            Kept::Cancelled => "STATUS:CANCELLED\n".to_owned(),
        };
        self.holds(calendar, uid, &[when + &kept]);
    }

    fn add_series(&self, calendar: &str, series: &Series) {
        let Series { uid, zone, first, minutes, except, moved } = series;
        let at = |name: &str, time: DateTime| format!("{name};TZID={zone}:{}\n", time.strftime(STAMP));
        let lasts = format!("DURATION:PT{minutes}M\n");
        let mut all = at("DTSTART", *first) + &lasts + "RRULE:FREQ=WEEKLY\n";
        for date in except {
            all += &at("EXDATE", date.to_datetime(first.time()));
        }
        let instead =
            moved.map(|(date, to)| at("RECURRENCE-ID", date.to_datetime(first.time())) + &at("DTSTART", to) + &lasts);
        self.holds(calendar, uid, &[all].into_iter().chain(instead).collect::<Vec<_>>());
    }

    fn add_unreadable(&self, calendar: &str) {
        let nowhere = "SUMMARY:Unreadable\nDTSTART;TZID=Nowhere/Else:20261105T090000\nDURATION:PT1H\n";
        self.holds(calendar, "unreadable", &[nowhere.to_owned()]);
    }

    fn delete(&self, calendar: &str, uid: &str) {
        fs::remove_file(self.with_uid(calendar, uid).0).expect("a file");
    }

    fn delay(&self, calendar: &str, uid: &str, hours: i64) {
        let (path, mut object) = self.with_uid(calendar, uid);
        for name in ["DTSTART", "DTEND"] {
            let before = value(&object, name).to_owned();
            let time = DateTime::strptime("%Y%m%dT%H%M%SZ", &before).expect("a time");
            let later = time.saturating_add(jiff::Span::new().hours(hours)).strftime("%Y%m%dT%H%M%SZ").to_string();
            object = object.replace(&format!("{name}:{before}"), &format!("{name}:{later}"));
        }
        fs::write(path, object).expect("a file");
    }

    fn retime(&self, calendar: &str, uid: &str, start: &str, end: &str) {
        let [start, end] = [start, end].map(|at| format!(":{}", plain(at)));
        self.set_times(calendar, uid, &start, &end);
    }

    fn make_whole_day(&self, calendar: &str, uid: &str, day: &str) {
        let next = day.parse::<Date>().and_then(Date::tomorrow).expect("a day").to_string();
        let [start, end] = [day, next.as_str()].map(|day| format!(";VALUE=DATE:{}", plain(day)));
        self.set_times(calendar, uid, &start, &end);
    }

    fn invite(&self, calendar: &str, uid: &str, address: &str) {
        let guest = format!("ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:{address}\r\nEND:VEVENT");
        self.edit(calendar, uid, |line| line.replace("END:VEVENT", &guest));
    }

    fn decline(&self, calendar: &str, uid: &str, address: &str) {
        let [waits, declined] =
            ["NEEDS-ACTION", "DECLINED"].map(|answer| format!("PARTSTAT={answer}:mailto:{address}"));
        self.edit(calendar, uid, |line| line.replace(&waits, &declined));
    }

    fn events(&self, calendar: &str) -> Vec<(String, Millis, String)> {
        let event = |(_, object): (PathBuf, String)| {
            let start = DateTime::strptime("%Y%m%dT%H%M%SZ", value(&object, "DTSTART")).expect("a time");
            let start = jiff::tz::TimeZone::UTC.to_timestamp(start).expect("an instant");
            let [uid, title] = ["UID", "SUMMARY"].map(|name| value(&object, name).to_owned());
            (uid, Millis(start.as_millisecond()), title)
        };
        self.objects(calendar).into_iter().map(event).collect()
    }

    fn fail(&self, mishap: Mishap) {
        self.proxy.fail(mishap);
    }

    fn revoke(&self) {
        self.radicale.revoke();
    }
}

/// A time or a day as iCalendar writes it.
fn plain(text: &str) -> String {
    text.replace(['-', ':'], "")
}

/// The value of a property of an object.
fn value<'o>(object: &'o str, name: &str) -> &'o str {
    let values = object.lines().filter_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    values.map(str::trim_end).next().unwrap_or_else(|| panic!("no {name}: {object}"))
}
