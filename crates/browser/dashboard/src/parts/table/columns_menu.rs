//! The menu of columns and sort order.

use leptos::prelude::*;

use super::columns::{Column, Columns};
use super::menu::Menu;
use crate::kit::reactive::{derived, handler};
use crate::state::records::table_state::{SORT, TableState};

/// A menu with a box for each column, and the order for screens without headings.
#[component]
pub(crate) fn ColumnsMenu(state: TableState, of: &'static Columns) -> impl IntoView {
    let columns = state.columns();
    let boxes = of.others.iter().map(move |column| {
        let column = *column;
        let is_shown = derived(move || columns.with(|names| of.shown(names).contains(&column)));
        view! {
            <label class="menu-choice">
                <input
                    type="checkbox"
                    prop:checked=is_shown
                    on:change:target=move |event| choose(columns, of, column, event.target().checked())
                />
                {column.label}
            </label>
        }
        .into_any()
    });
    view! {
        <Menu id="table-columns" label=Signal::stored("Columns".to_owned())>
                <fieldset class="menu-group">
                    <legend class="field-label">"Columns"</legend>
                    {boxes.collect::<Vec<_>>()}
                </fieldset>
                <button class="button" type="button" on:click=handler(move |_| columns.set(String::new()))>
                    "Reset columns"
                </button>
                <Order state of />
        </Menu>
    }
}

#[component]
fn Order(state: TableState, of: &'static Columns) -> impl IntoView {
    let sort = state.part(SORT);
    let orders = |column: &Column| {
        let ([up, down], Column { name, label, .. }) = (column.orders(), column);
        [
            format!("<option value=\"{name}\">{label}, {up}</option>"),
            format!("<option value=\"-{name}\">{label}, {down}</option>"),
        ]
    };
    let others = of.others.iter().filter(|column| column.is_sorted && column.name != "last_seen");
    let options: String = std::iter::once(&of.main).chain(others).flat_map(orders).collect();
    let options = format!(
        "<option value=\"\">Last seen, latest first</option><option value=\"last_seen\">Last seen, earliest first</option>\
         {options}"
    );
    view! {
        <label class="field-label" for="table-order">"Sort by"</label>
        <select
            class="input"
            id="table-order"
            inner_html=options
            prop:value=sort
            on:change:target=move |event| sort.set(event.target().value())
        ></select>
    }
}

fn choose(columns: RwSignal<String>, of: &Columns, column: Column, is_shown: bool) {
    let mut shown = columns.with_untracked(|names| of.shown(names));
    shown.retain(|other| *other != column);
    shown.extend(is_shown.then_some(column));
    let names: Vec<_> = shown.iter().map(|column| column.name).collect();
    // No column at all is a valid choice: the contact itself stays.
    columns.set(if names.is_empty() { "none".to_owned() } else { names.join(",") });
}
