//! The components of a calendar and those of their properties that say something about time. Everything else may be broken.

/// The components that stand side by side in a calendar: the begin of one is the end of the one before.
const SIDE_BY_SIDE: [&str; 6] = ["VCALENDAR", "VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "VTIMEZONE"];
/// The maximum nesting that is followed: what is deeper says nothing about time.
const DEEPEST: usize = 10;
/// The properties whose values are dates or times.
const TIMES: [&str; 5] = ["DTSTART", "DTEND", "RECURRENCE-ID", "RDATE", "EXDATE"];
/// The other properties that are read.
const READ: [&str; 14] = [
    "UID",
    "SUMMARY",
    "SEQUENCE",
    "DURATION",
    "RRULE",
    "EXRULE",
    "TRANSP",
    "STATUS",
    "X-MICROSOFT-CDO-BUSYSTATUS",
    "ATTENDEE",
    "TZID",
    "TZOFFSETFROM",
    "TZOFFSETTO",
    "X-LIC-LOCATION",
];

/// A property.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Property {
    /// In upper case.
    pub(super) name: String,
    parameters: Vec<(String, String)>,
    /// As it is written, without spaces around it.
    pub(super) value: String,
}

impl Property {
    /// A parameter without quotes.
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(known, _)| known == name).map(|(_, value)| &**value)
    }
}

/// A component with the components in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Component {
    /// In upper case.
    pub(super) name: String,
    pub(super) properties: Vec<Property>,
    pub(super) parts: Vec<Component>,
    /// Whether its end was found, not only the end of the file.
    pub(super) is_whole: bool,
}

impl Component {
    /// All properties with a name.
    pub(super) fn all<'c>(&'c self, name: &str) -> impl Iterator<Item = &'c Property> + use<'c> {
        let name = name.to_owned();
        self.properties.iter().filter(move |property| property.name == name)
    }

    /// The first value of a name that is not empty.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.all(name).map(|property| &*property.value).find(|value| !value.is_empty())
    }
}

/// The components in lines, wherever they stand; none if nothing shows that these are lines of a calendar.
pub(super) fn components(lines: &[String]) -> Option<Vec<Component>> {
    let mut open = Open::default();
    for line in lines {
        let Some((name, rest)) = named(line) else { continue };
        let of = || rest.strip_prefix(':').unwrap_or_default().trim().to_ascii_uppercase();
        match &*name {
            "BEGIN" => open.begin(of()),
            "END" => open.end(&of()),
            _ => open.take(name, rest),
        }
    }
    while !open.stack.is_empty() {
        open.close(false);
    }
    let is_known = |component: &Component| SIDE_BY_SIDE.contains(&&*component.name);
    let is_empty = open.has_ended && open.closed.is_empty();
    (is_empty || open.closed.iter().any(is_known)).then_some(open.closed)
}

/// The components that have begun.
#[derive(Default)]
struct Open {
    stack: Vec<Component>,
    /// The number of components within that are too deep.
    deeper: usize,
    /// Whether the end of a calendar was found.
    has_ended: bool,
    closed: Vec<Component>,
}

impl Open {
    fn begin(&mut self, name: String) {
        if SIDE_BY_SIDE.contains(&&*name) {
            self.close_all();
        }
        if self.stack.len() >= DEEPEST {
            self.deeper += 1;
        } else if name != "VCALENDAR" {
            self.stack.push(Component { name, properties: Vec::new(), parts: Vec::new(), is_whole: true });
        }
    }

    fn end(&mut self, name: &str) {
        if SIDE_BY_SIDE.contains(&name) {
            self.has_ended |= name == "VCALENDAR";
            return self.close_all();
        }
        if self.deeper > 0 {
            self.deeper -= 1;
        } else if self.stack.iter().any(|open| open.name == name) {
            while self.stack.last().is_some_and(|open| open.name != name) {
                self.close(true);
            }
            self.close(true);
        }
    }

    fn take(&mut self, name: String, rest: &str) {
        let Some(within) = self.stack.last_mut().filter(|_| self.deeper == 0) else { return };
        let is_read = matches!(&*within.name, "VEVENT" | "VTIMEZONE" | "STANDARD" | "DAYLIGHT");
        if is_read && (TIMES.contains(&&*name) || READ.contains(&&*name)) {
            within.properties.push(property(name, rest));
        }
    }

    fn close_all(&mut self) {
        while !self.stack.is_empty() {
            self.close(true);
        }
        self.deeper = 0;
    }

    fn close(&mut self, is_whole: bool) {
        let Some(mut component) = self.stack.pop() else { return };
        component.is_whole = is_whole;
        match self.stack.last_mut() {
            Some(around) if around.name == "VTIMEZONE" => around.parts.push(component),
            Some(_) => {}
            None => self.closed.push(component),
        }
    }
}

/// The name that a line begins with, in upper case, and the rest. A line without a name is part of nothing.
fn named(line: &str) -> Option<(String, &str)> {
    let end = line.find([':', ';'])?;
    // A group may stand before it, as in address books.
    let name = line[..end].rsplit('.').next().unwrap_or_default().trim();
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    is_name.then(|| (name.to_ascii_uppercase(), &line[end..]))
}

fn property(name: String, rest: &str) -> Property {
    let colon = if TIMES.contains(&&*name) { before_time(rest) } else { None };
    let colon = colon.or_else(|| outside_quotes(rest, ':').next());
    // Quotes that never end: the last colon is the most likely one.
    let (parameters, value) = match colon.or_else(|| mailto(rest)).or_else(|| rest.rfind(':')) {
        Some(at) => (&rest[..at], &rest[at + 1..]),
        None => (rest, ""),
    };
    let mut ends: Vec<usize> = outside_quotes(parameters, ';').collect();
    if parameters.matches('"').count() % 2 == 1 {
        ends = parameters.match_indices(';').map(|(at, _)| at).collect();
    }
    ends.push(parameters.len());
    let parts = ends.windows(2).map(|ends| &parameters[ends[0] + 1..ends[1]]);
    let parameters = parts.filter_map(|part| {
        let (name, value) = part.split_once('=')?;
        Some((name.trim().to_ascii_uppercase(), value.trim().trim_matches('"').to_owned()))
    });
    Property { parameters: parameters.collect(), value: value.trim().to_owned(), name }
}

/// The colon before a date or a time: names of zones have colons too, with and without quotes.
fn before_time(rest: &str) -> Option<usize> {
    let is_date = |text: &str| {
        let signs: Vec<u8> = text.bytes().filter(u8::is_ascii_graphic).take(5).collect();
        signs.len() == 5 && signs[..4].iter().all(u8::is_ascii_digit) && matches!(signs[4], b'0'..=b'9' | b'-' | b'/')
    };
    rest.match_indices(':').map(|(at, _)| at).find(|at| is_date(&rest[at + 1..]))
}

/// The colon before an address.
fn mailto(rest: &str) -> Option<usize> {
    rest.to_ascii_lowercase().rfind(":mailto:")
}

/// The places of a sign outside of quotes. A quote behind a backslash is one that a program meant as text.
fn outside_quotes(text: &str, sign: char) -> impl Iterator<Item = usize> + '_ {
    let (mut quoted, mut before) = (false, ' ');
    text.char_indices().filter_map(move |(at, c)| {
        let is_quote = c == '"' && before != '\\';
        before = c;
        quoted ^= is_quote;
        (c == sign && !quoted).then_some(at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Property {
        let (name, rest) = named(line).expect("a name");
        property(name, rest)
    }

    #[test]
    fn the_value_is_found_behind_any_parameters() {
        for (line, zone, value) in [
            ("DTSTART:20270112T100000Z", None, "20270112T100000Z"),
            ("dtstart;tzid=Europe/Berlin: 20270112T100000 ", Some("Europe/Berlin"), "20270112T100000"),
            ("DTSTART;TZID=\"(UTC+01:00) Amsterdam\":20270112", Some("(UTC+01:00) Amsterdam"), "20270112"),
            ("DTSTART;TZID=(UTC+01:00) Amsterdam:20270112", Some("(UTC+01:00) Amsterdam"), "20270112"),
            ("DTSTART;TZID=tzone://Microsoft/Utc:2027-01-12", Some("tzone://Microsoft/Utc"), "2027-01-12"),
            ("DTSTART;TZID=\"never ends:20270112", Some("never ends"), "20270112"),
            ("EXDATE;VALUE=DATE:", None, ""),
        ] {
            let found = read(line);
            assert_eq!((found.parameter("TZID"), &*found.value), (zone, value), "{line}");
        }
    }

    #[test]
    fn quotes_in_a_name_do_not_hide_an_answer() {
        for line in [
            "ATTENDEE;CN=\"Ann \\\"Boss\\\" Lee\";PARTSTAT=DECLINED:mailto:ann@acme.example",
            "ATTENDEE;CN=\"Ann: 5\" wide\";PARTSTAT=DECLINED:mailto:ann@acme.example",
            "ATTENDEE;CN=Ann \"Boss\" Lee;PARTSTAT=DECLINED:mailto:ann@acme.example",
        ] {
            let found = read(line);
            assert_eq!((found.parameter("PARTSTAT"), &*found.value), (Some("DECLINED"), "mailto:ann@acme.example"));
        }
    }

    #[test]
    fn components_end_where_the_next_begins() {
        let lines = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let found = components(&lines("BEGIN:VEVENT UID:a BEGIN:VALARM UID:x begin:vevent uid:b END:VEVENT END:X"));
        let found = found.expect("components");
        let uids: Vec<_> = found.iter().map(|component| (component.text("UID"), component.is_whole)).collect();
        assert_eq!(uids, [(Some("a"), true), (Some("b"), true)]);
        let cut = components(&lines("BEGIN:VEVENT UID:a")).expect("components");
        assert!(!cut[0].is_whole);
        assert_eq!(components(&lines("BEGIN:VCALENDAR END:VCALENDAR")), Some(Vec::new()));
        for none in ["BEGIN:VCALENDAR", "", "BEGIN:VEVNT UID:a END:VEVNT"] {
            assert_eq!(components(&lines(none)), None, "{none}");
        }
    }
}
