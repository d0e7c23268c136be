//! A calendar in its parts: the parser takes time with the square of what it is given, so it gets each event by itself.

use icalendar::parser::{Component, read_calendar};

/// The maximum nesting of components, the calendar itself included: the parser calls itself for each.
const DEEPEST: usize = 10;

/// The unfolded text of a calendar, without its components and by component.
#[derive(Debug, Default)]
pub(super) struct Parts<'t> {
    shell: String,
    inner: Vec<&'t str>,
}

impl<'t> Parts<'t> {
    /// Cuts a text.
    ///
    /// # Errors
    /// When components are nested too deeply.
    pub(super) fn of(unfolded: &'t str) -> Result<Parts<'t>, String> {
        let mut parts = Parts::default();
        let (mut depth, mut place, mut begin) = (0_usize, 0, None);
        for line in unfolded.split_inclusive('\n') {
            let before = depth;
            if is(line, "BEGIN:") {
                depth += 1;
            } else if is(line, "END:") {
                depth = depth.saturating_sub(1);
            }
            if depth > DEEPEST {
                return Err(format!("its components are nested more than {DEEPEST} deep"));
            }
            match (before, depth) {
                (0 | 1, 0 | 1) => parts.shell.push_str(line),
                (1, 2) => begin = Some(place),
                _ => {}
            }
            place += line.len();
            if let (2, 1, Some(from)) = (before, depth, begin) {
                parts.inner.push(&unfolded[from..place]);
                begin = None;
            }
        }
        // One without an end, which the parser refuses.
        parts.inner.extend(begin.map(|from| &unfolded[from..]));
        Ok(parts)
    }

    /// The components, zones and events alike.
    ///
    /// # Errors
    /// When any part is no calendar.
    pub(super) fn components(&self) -> Result<Vec<Component<'_>>, String> {
        // A component may stand there without a calendar around it.
        let mut components = read_calendar(&self.shell)?.components;
        for part in &self.inner {
            components.push(Component::try_from(*part)?);
        }
        Ok(components)
    }
}

fn is(line: &str, word: &str) -> bool {
    line.trim_start().get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Result<Vec<String>, String> {
        let parts = Parts::of(text)?;
        let names = parts.components()?.iter().map(|one| one.name.as_str().to_owned()).collect();
        Ok(names)
    }

    #[test]
    fn components_are_found_wherever_they_stand() {
        let event = "BEGIN:VEVENT\nUID:1\nBEGIN:VALARM\nTRIGGER:0\nEND:VALARM\nEND:VEVENT\n";
        let calendar = format!("BEGIN:VCALENDAR\nVERSION:2.0\n{event}METHOD:PUBLISH\n{event}END:VCALENDAR\n");
        assert_eq!(names(&calendar).as_deref(), Ok(&["VEVENT".to_owned(), "VEVENT".to_owned()][..]));
        assert_eq!(names("BEGIN:VEVENT\nUID:1\nEND:VEVENT\n").map(|names| names.len()), Ok(1));
    }

    #[test]
    fn what_is_broken_is_refused_in_any_part() {
        for broken in [
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nEND:VCALENDAR\n",
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\n",
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nEND:VTODO\nEND:VCALENDAR\n",
            "BEGIN:VCALENDAR\nEND:VEVENT\n",
        ] {
            assert!(names(broken).is_err(), "{broken}");
        }
    }
}
