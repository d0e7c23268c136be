//! The views of the Meetings page, in words.

/// The views of the Meetings page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MeetingView {
    Upcoming,
    Past,
    Cancelled,
    /// Meetings with a no-show of the lead.
    NoShow,
    /// Leads whose address was refused.
    Spam,
    Day,
    Week,
    /// A week of all members.
    Team,
}

impl MeetingView {
    /// All views, in the order of the page.
    pub(crate) const ALL: [MeetingView; 8] = [
        MeetingView::Upcoming,
        MeetingView::Past,
        MeetingView::Cancelled,
        MeetingView::NoShow,
        MeetingView::Spam,
        MeetingView::Day,
        MeetingView::Week,
        MeetingView::Team,
    ];

    /// The word in the address of the page.
    pub(crate) const fn word(self) -> &'static str {
        self.texts()[0]
    }

    pub(crate) const fn label(self) -> &'static str {
        self.texts()[1]
    }

    /// The empty state: title and description.
    pub(crate) const fn nothing(self) -> (&'static str, &'static str) {
        let [_, _, title, text] = self.texts();
        (title, text)
    }

    const fn texts(self) -> [&'static str; 4] {
        match self {
            MeetingView::Upcoming => [
                "upcoming",
                "Upcoming",
                "No upcoming meetings",
                "Meetings that visitors book, or that the team adds, appear here.",
            ],
            MeetingView::Past => ["past", "Past", "No past meetings", "Meetings that are over appear here."],
            MeetingView::Cancelled => [
                "cancelled",
                "Cancelled",
                "No cancelled meetings",
                "Meetings that the lead or the team cancelled appear here.",
            ],
            MeetingView::NoShow => ["no_show", "No-show", "No no-shows", "Meetings marked as no-show appear here."],
            MeetingView::Spam => [
                "spam",
                "Spam",
                "No spam",
                "Leads with a fake or disposable address appear here, and in no other list.",
            ],
            MeetingView::Day => ["day", "Day", "", ""],
            MeetingView::Week => ["week", "Week", "", ""],
            MeetingView::Team => ["team", "Team", "", ""],
        }
    }

    /// The view of a word; upcoming meetings for an unknown one.
    pub(crate) fn parse(word: &str) -> MeetingView {
        MeetingView::ALL.into_iter().find(|view| view.word() == word).unwrap_or(MeetingView::Upcoming)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn a_view_is_known_by_its_word() {
        for view in MeetingView::ALL {
            assert_eq!(MeetingView::parse(view.word()), view);
        }
        assert_eq!(MeetingView::parse("nowhere"), MeetingView::Upcoming);
    }
}
