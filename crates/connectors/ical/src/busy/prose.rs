//! Properties without effect on busy time, removed before parsing: the parser takes them character by character, and
//! descriptions are nearly all of a large calendar.

/// The texts of events, which may be long.
const TEXTS: [&str; 8] =
    ["ATTACH", "CATEGORIES", "COMMENT", "CONTACT", "DESCRIPTION", "LOCATION", "SUMMARY", "STYLED-DESCRIPTION"];
/// The beginning of properties of programs of their own.
const OWN: &str = "X-";
/// The one of these that names a time zone.
const ZONE: &str = "X-LIC-LOCATION";

/// The unfolded text of a calendar without such properties.
pub(super) fn without_prose(unfolded: &str) -> String {
    let mut kept = String::with_capacity(unfolded.len().min(1 << 20));
    for line in unfolded.split_inclusive('\n').filter(|line| !is_prose(line)) {
        kept.push_str(line);
    }
    kept
}

/// Whether a line is such a property. One that is no property at all stays: a broken calendar must not look whole.
fn is_prose(line: &str) -> bool {
    let Some(end) = line.find([':', ';']) else { return false };
    let name = &line[..end];
    let is = |known: &str| name.eq_ignore_ascii_case(known);
    let is_own = name.get(..OWN.len()).is_some_and(|start| start.eq_ignore_ascii_case(OWN)) && !is(ZONE);
    is_own || TEXTS.into_iter().any(is)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_says_nothing_of_the_time_is_left_out() {
        let calendar = "BEGIN:VEVENT\r\nSUMMARY;LANGUAGE=de:BEGIN:VALARM\r\nDTSTART:20261110T090000Z\r\n\
                        description:long\\nDTEND:1\r\nX-ALT-DESC;FMTTYPE=text/html:<p>\r\nX-LIC-LOCATION:Europe/Berlin\r\n\
                        DESCRIPTIONS:kept\r\nDESCRIPTION\r\nEND:VEVENT\r\n";
        let kept = "BEGIN:VEVENT\r\nDTSTART:20261110T090000Z\r\nX-LIC-LOCATION:Europe/Berlin\r\nDESCRIPTIONS:kept\r\n\
                    DESCRIPTION\r\nEND:VEVENT\r\n";
        assert_eq!(without_prose(calendar), kept);
    }
}
