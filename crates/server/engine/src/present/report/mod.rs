//! Reports: from what is stored to their tables, and to the lists behind their numbers.

mod acts;
mod calendars;
mod items;
mod labels;
mod list;
mod load;
mod table;
mod today;
mod touch;
mod week;
mod words;

pub use items::report_items;
pub use list::report_list;
pub use table::report;
pub use today::todays_figures;
pub(crate) use week::week_mail;
