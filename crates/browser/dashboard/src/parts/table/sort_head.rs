//! The heading of a column, by which the table can be sorted.

use leptos::prelude::*;

use super::columns::Column;
use crate::kit::reactive::{derived, handler};
use crate::state::records::table_state::{SORT, TableState};

/// A heading; a button that changes the order, if the table can be sorted by it.
pub(crate) fn sort_head(column: Column, state: Option<TableState>) -> AnyView {
    let Column { name, label, .. } = column;
    let class = if column.is_number() { "number" } else { "" };
    let Some(state) = state.filter(|_| column.is_sorted) else {
        return view! {
            <th scope="col" class=class>
                {label}
            </th>
        }
        .into_any();
    };
    let sort = state.part(SORT);
    // The default order has no name in the address.
    let usual = if name == "last_seen" { "descending" } else { "none" };
    let order = derived(move || {
        sort.with(|sort| match sort.strip_prefix('-') {
            _ if sort.is_empty() => usual,
            Some(by) if by == name => "descending",
            None if sort == name => "ascending",
            Some(_) | None => "none",
        })
    });
    let turn = move |_| {
        let now = order.get_untracked();
        // Figures, instants and scores are sorted in descending order first.
        let is_descending = match now {
            "none" => column.is_greatest_first(),
            now => now == "ascending",
        };
        sort.set(if is_descending { format!("-{name}") } else { name.to_owned() });
    };
    let mark = derived(move || match order.get() {
        "ascending" => "\u{25b2}",
        "descending" => "\u{25bc}",
        _ => "",
    });
    view! {
        <th scope="col" class=class aria-sort=order>
            <button class="sort-head" type="button" on:click=handler(turn)>
                {label}
                <span class="sort-mark" aria-hidden="true">
                    {mark}
                </span>
            </button>
        </th>
    }
    .into_any()
}
