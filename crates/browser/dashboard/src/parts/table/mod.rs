//! The controls above a table: filters, order, columns, saved views, the past, and bulk actions.

mod as_of_menu;
mod bulk_bar;
mod columns;
mod columns_menu;
mod condition_line;
mod condition_menu;
mod menu;
mod sort_head;
mod views_menu;

pub(crate) use as_of_menu::AsOfMenu;
pub(crate) use bulk_bar::BulkBar;
pub(crate) use columns::{Column, shown_columns};
pub(crate) use columns_menu::ColumnsMenu;
pub(crate) use condition_line::option;
pub(crate) use condition_menu::ConditionMenu;
pub(crate) use menu::Menu;
pub(crate) use sort_head::sort_head;
pub(crate) use views_menu::ViewsMenu;

use std::collections::BTreeSet;

use knock_model::LeadId;
use leptos::prelude::*;

use crate::table_state::TableState;

/// The controls of the Contacts table, if it is a page of its own.
#[derive(Clone, Copy)]
pub(crate) struct TableTools {
    pub(crate) state: TableState,
    /// The selected lines.
    pub(crate) chosen: RwSignal<BTreeSet<LeadId>>,
}
