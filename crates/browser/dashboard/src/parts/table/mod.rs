//! The controls above a table: filters, order, columns, saved views, the past, and bulk actions.

pub(crate) mod as_of_menu;
mod bulk;
pub(crate) mod bulk_bar;
pub(crate) mod bulk_spam;
pub(crate) mod columns;
pub(crate) mod columns_menu;
pub(crate) mod condition_line;
pub(crate) mod condition_menu;
pub(crate) mod menu;
pub(crate) mod progress_menu;
pub(crate) mod sort_head;
pub(crate) mod tag_menu;
pub(crate) mod views_menu;

use std::collections::BTreeSet;

use knock_model::LeadId;
use leptos::prelude::*;

use crate::state::records::table_state::TableState;

/// The controls of the Contacts table, if it is a page of its own.
#[derive(Clone, Copy)]
pub(crate) struct TableTools {
    pub(crate) state: TableState,
    /// The selected lines.
    pub(crate) chosen: RwSignal<BTreeSet<LeadId>>,
}
