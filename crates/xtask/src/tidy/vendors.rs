//! Rooms that work with every vendor name none: what is true of one alone belongs into its connector.

use super::{File, Finding};

/// Rooms, and the vendors that are not named there, also not in a comment.
const ROOMS: [(&str, &[&str]); 2] = [
    ("crates/server/crm/", &["hubspot", "salesforce", "marketo"]),
    ("crates/server/calendars/", &["caldav", "icalendar", "knock_ical", "google", "microsoft", "outlook"]),
];

pub(super) fn check(files: &[File]) -> Vec<Finding> {
    files.iter().flat_map(named).collect()
}

fn named(file: &File) -> Vec<Finding> {
    let room = ROOMS.iter().find(|(folder, _)| file.name.starts_with(folder));
    let Some((folder, vendors)) = room else { return Vec::new() };
    let in_line = |(number, line): (usize, &str)| {
        let line = line.to_lowercase();
        let vendor = vendors.iter().find(|vendor| line.contains(**vendor))?;
        Some(Finding::at(file, number, format!("{folder} names no vendor, but says `{vendor}`")))
    };
    file.lines().filter_map(in_line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::file;

    #[test]
    fn the_rooms_of_all_vendors_name_none() {
        let found = |name, text| named(&file(name, text)).len();
        assert_eq!(found("crates/server/crm/src/account.rs", "a\nCrmSystem::Hubspot\n// As Salesforce does.\n"), 2);
        assert_eq!(found("crates/server/crm/src/account.rs", "self.system()\n"), 0);
        assert_eq!(found("crates/server/app/src/vendors.rs", "HubSpot\n"), 0);
    }
}
