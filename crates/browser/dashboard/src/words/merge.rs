//! Merging two contacts in words.

use knock_wire::{ContactMergeShown, MergePreview, MergeSide};

use super::crm::crm_name;
use super::number::{count, counted, score};

/// A line of a preview: its label, and the values of the contact that stays, of the one that goes, and of both merged.
pub(crate) type PreviewLine = (&'static str, [String; 3]);

/// The lines of a preview; those in which nothing is known are left out.
pub(crate) fn preview_lines(preview: &MergePreview) -> Vec<PreviewLine> {
    let sides = [&preview.stays, &preview.goes, &preview.merged];
    let line = |label, value: &dyn Fn(&MergeSide) -> String| (label, sides.map(value));
    let lines = vec![
        line("Addresses", &|side| side.emails.join(", ")),
        line("Name", &|side| side.name.clone()),
        line("Phone", &|side| side.phone.clone()),
        line("Company", &|side| side.company.clone()),
        line("Owner", &|side| side.owner.clone()),
        line("Intent score", &|side| format!("{} {}", side.intent.bucket.as_str(), score(side.intent.score))),
        line("Intent type", &|side| side.intent.kind.as_str().to_owned()),
        line("Chat Status", &|side| side.chat_status.clone()),
        line("Meeting Status", &|side| side.meeting_status.clone()),
        line("Conversations", &|side| count(side.chats.into())),
        line("Meetings", &|side| count(side.meetings.into())),
        line("Signals", &|side| count(side.signals)),
    ];
    lines.into_iter().filter(|(_, values)| values.iter().any(|value| !value.is_empty())).collect()
}

/// Which record of a CRM is written from then on; none where one of both has no record.
pub(crate) fn crm_words(preview: &MergePreview) -> Option<String> {
    let names: Vec<&str> = preview.crm.iter().map(crm_name).collect();
    let stays = &preview.stays.display_name;
    (!names.is_empty())
        .then(|| format!("Both have a record in {}: that of {stays} is written from then on.", names.join(" and ")))
}

/// `Merged with Petra Holm by Bo Rep`; a program has no name.
pub(crate) fn merge_words(merge: &ContactMergeShown) -> String {
    let by = if merge.by.is_empty() { String::new() } else { format!(" by {}", merge.by) };
    let address =
        if merge.email.is_empty() || merge.email == merge.name { String::new() } else { format!(" ({})", merge.email) };
    format!("Merged with {}{address}{by}", merge.name)
}

pub(crate) fn merged_words(name: &str) -> String {
    format!("Merged with {name}.")
}

pub(crate) fn undone_words(name: &str) -> String {
    format!("{name} is a contact of their own again.")
}

/// `3 contacts found.`
pub(crate) fn found_words(found: usize) -> String {
    match found {
        0 => "No other contact found.".to_owned(),
        found => format!("{} found.", counted(i64::try_from(found).unwrap_or(i64::MAX), "contact")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;
    use knock_wire::Word;
    use wasm_bindgen_test::wasm_bindgen_test;

    fn side(email: &str) -> MergeSide {
        MergeSide {
            id: sample::conversation().lead,
            display_name: "Petra Holm".to_owned(),
            name: "Petra Holm".to_owned(),
            emails: vec![email.to_owned()],
            phone: String::new(),
            company: String::new(),
            owner: String::new(),
            intent: sample::conversation().intent,
            signals: 12,
            chats: 1,
            meetings: 0,
            chat_status: String::new(),
            meeting_status: String::new(),
            first_seen_at: sample::AT,
        }
    }

    #[wasm_bindgen_test]
    fn a_preview_has_both_contacts_and_the_merged_one() {
        let (stays, goes) = (side("petra@globex.test"), side("petra@holm.test"));
        let emails = [stays.emails.clone(), goes.emails.clone()].concat();
        let merged = MergeSide { emails, signals: 24, ..stays.clone() };
        let (crm, refused) = (vec![Word::parse("hubspot")], String::new());
        let preview = MergePreview { stays, goes, merged, crm, refused };
        let lines = preview_lines(&preview);
        let line = |label: &str| lines.iter().find(|line| line.0 == label).map(|line| line.1.clone());
        let addresses = ["petra@globex.test", "petra@holm.test", "petra@globex.test, petra@holm.test"];
        assert_eq!(line("Addresses"), Some(addresses.map(str::to_owned)));
        assert_eq!(line("Signals"), Some(["12", "12", "24"].map(str::to_owned)));
        assert_eq!(line("Company"), None, "nothing is known of it");
        let crm = "Both have a record in HubSpot: that of Petra Holm is written from then on.";
        assert_eq!(crm_words(&preview).as_deref(), Some(crm));
    }

    #[wasm_bindgen_test]
    fn a_merge_names_the_contact_and_the_member() {
        let merge = |name: &str, email: &str, by: &str| ContactMergeShown {
            id: sample::event().id,
            name: name.to_owned(),
            email: email.to_owned(),
            by: by.to_owned(),
            at: sample::AT,
            can_undo: true,
        };
        let words = merge_words(&merge("Petra Holm", "petra@holm.test", "Bo Rep"));
        assert_eq!(words, "Merged with Petra Holm (petra@holm.test) by Bo Rep");
        assert_eq!(merge_words(&merge("petra@holm.test", "petra@holm.test", "")), "Merged with petra@holm.test");
        assert_eq!([found_words(0), found_words(1)], ["No other contact found.", "1 contact found."]);
    }
}
