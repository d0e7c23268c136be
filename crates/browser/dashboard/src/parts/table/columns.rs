//! The columns of the tables of contacts and of accounts.

/// What a column has in it: the words for its order and its alignment follow from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Number,
    /// Sorted as a number, and shown as a badge.
    Score,
    Instant,
}

/// A column beside the record itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Column {
    /// Its name, in the address of the page and as an order.
    pub(crate) name: &'static str,
    pub(crate) label: &'static str,
    pub(crate) kind: Kind,
    /// Whether the table can be sorted by it.
    pub(crate) is_sorted: bool,
    /// Whether it is shown by default.
    pub(crate) is_usual: bool,
}

/// The columns of a table.
#[derive(Debug)]
pub(crate) struct Columns {
    /// The record itself, which is always shown.
    pub(crate) main: Column,
    pub(crate) others: &'static [Column],
}

const fn column(name: &'static str, label: &'static str, kind: Kind) -> Column {
    Column { name, label, kind, is_sorted: true, is_usual: false }
}

const fn usual(name: &'static str, label: &'static str, kind: Kind) -> Column {
    Column { is_usual: true, ..column(name, label, kind) }
}

const fn unsorted(name: &'static str, label: &'static str) -> Column {
    Column { is_sorted: false, ..column(name, label, Kind::Text) }
}

impl Column {
    /// Whether it is aligned right, as figures are.
    pub(crate) const fn is_number(self) -> bool {
        matches!(self.kind, Kind::Number | Kind::Instant)
    }

    /// Whether its greatest values come first when it is chosen as the order.
    pub(crate) const fn is_greatest_first(self) -> bool {
        !matches!(self.kind, Kind::Text)
    }

    /// The two orders in words.
    pub(crate) const fn orders(self) -> [&'static str; 2] {
        match self.kind {
            Kind::Text => ["A to Z", "Z to A"],
            Kind::Number | Kind::Score => ["lowest first", "highest first"],
            Kind::Instant => ["earliest first", "latest first"],
        }
    }
}

impl Columns {
    /// Those of contacts.
    pub(crate) const CONTACTS: &Columns = &Columns {
        main: column("contact", "Contact", Kind::Text),
        others: &[
            column("name", "Name", Kind::Text),
            unsorted("phone", "Phone"),
            unsorted("company", "Company"),
            usual("account", "Account", Kind::Text),
            usual("score", "Intent score", Kind::Score),
            usual("type", "Intent type", Kind::Text),
            unsorted("owner", "Owner"),
            column("chat_status", "Chat Status", Kind::Text),
            column("meeting_status", "Meeting Status", Kind::Text),
            column("deal", "Deal opened", Kind::Instant),
            column("reject_reason", "Reject reason", Kind::Text),
            column("last_reply", "Last reply", Kind::Instant),
            column("last_message", "Last message", Kind::Instant),
            column("channel", "Channel", Kind::Text),
            usual("source", "Source", Kind::Text),
            column("campaign", "Campaign", Kind::Text),
            column("landing_page", "Landing page", Kind::Text),
            column("signals", "Signals", Kind::Number),
            column("first_seen", "First seen", Kind::Instant),
            usual("last_seen", "Last seen", Kind::Instant),
        ],
    };

    /// Those of accounts.
    pub(crate) const ACCOUNTS: &Columns = &Columns {
        main: column("account", "Account", Kind::Text),
        others: &[
            usual("contacts", "Contacts", Kind::Number),
            usual("score", "Intent score", Kind::Score),
            Column { is_usual: true, ..unsorted("type", "Intent type") },
            usual("signals", "Signals", Kind::Number),
            column("first_seen", "First seen", Kind::Instant),
            usual("last_seen", "Last seen", Kind::Instant),
        ],
    };

    /// The columns with these comma-separated names, in order; without names the default ones.
    pub(crate) fn shown(&self, names: &str) -> Vec<Column> {
        let is_shown = |column: &&Column| match names {
            "" => column.is_usual,
            names => names.split(',').any(|name| name == column.name),
        };
        self.others.iter().filter(is_shown).copied().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn columns_keep_their_order_and_unknown_names_show_nothing() {
        let names = |text| Columns::CONTACTS.shown(text).iter().map(|column| column.name).collect::<Vec<_>>();
        assert_eq!(names(""), ["account", "score", "type", "source", "last_seen"]);
        assert_eq!(names("last_seen,colour,campaign,owner"), ["owner", "campaign", "last_seen"]);
        assert!(names("none").is_empty());
        let accounts = Columns::ACCOUNTS.shown("");
        assert_eq!(
            accounts.iter().map(|column| column.name).collect::<Vec<_>>(),
            ["contacts", "score", "type", "signals", "last_seen"]
        );
    }
}
