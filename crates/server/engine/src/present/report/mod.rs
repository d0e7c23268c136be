//! Reports: from what is stored to their tables, and to the lists behind their numbers.

mod calendars;
mod items;
mod labels;
mod list;
mod load;
mod table;
mod touch;

pub use items::report_items;
pub use list::report_list;
pub use table::report;
