//! The columns of the Contacts table.

/// A column beside the contact itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Column {
    /// Its name, in the address of the page and as an order.
    pub(crate) name: &'static str,
    pub(crate) label: &'static str,
    /// Whether it is aligned right, as figures are.
    pub(crate) is_number: bool,
    /// Whether the table can be sorted by it.
    pub(crate) is_sorted: bool,
    /// Whether it is shown by default.
    pub(crate) is_usual: bool,
}

const fn column(name: &'static str, label: &'static str, is_usual: bool) -> Column {
    Column { name, label, is_number: false, is_sorted: true, is_usual }
}

const fn unsorted(name: &'static str, label: &'static str) -> Column {
    Column { name, label, is_number: false, is_sorted: false, is_usual: false }
}

const fn number(name: &'static str, label: &'static str, is_usual: bool) -> Column {
    Column { name, label, is_number: true, is_sorted: true, is_usual }
}

impl Column {
    pub(crate) const ALL: [Column; 13] = [
        column("name", "Name", false),
        unsorted("phone", "Phone"),
        unsorted("company", "Company"),
        column("account", "Account", true),
        column("score", "Intent score", true),
        column("type", "Intent type", true),
        column("channel", "Channel", false),
        column("source", "Source", true),
        column("campaign", "Campaign", false),
        column("landing_page", "Landing page", false),
        number("signals", "Signals", false),
        number("first_seen", "First seen", false),
        number("last_seen", "Last seen", true),
    ];
}

/// The columns with these comma-separated names, in order; without names the default ones.
pub(crate) fn shown_columns(names: &str) -> Vec<Column> {
    let is_shown = |column: &Column| match names {
        "" => column.is_usual,
        names => names.split(',').any(|name| name == column.name),
    };
    Column::ALL.into_iter().filter(is_shown).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn columns_keep_their_order_and_unknown_names_show_nothing() {
        let names = |text| shown_columns(text).iter().map(|column| column.name).collect::<Vec<_>>();
        assert_eq!(names(""), ["account", "score", "type", "source", "last_seen"]);
        assert_eq!(names("last_seen,colour,campaign"), ["campaign", "last_seen"]);
        assert!(names("none").is_empty());
    }
}
