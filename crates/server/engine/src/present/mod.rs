//! The mapping of stored data to wire rows at an instant.

mod account_type;
mod as_of;
mod assignments;
mod backtest;
mod card;
mod contacts;
mod conversation;
mod course;
mod decision;
mod enrichment;
mod events;
mod export;
mod funnel;
mod meeting;
mod merge;
mod nudges;
mod personal;
mod presence;
mod progress;
mod received_mail;
mod record;
mod report;
mod rules;
mod schedule;
mod search;
mod tag;
mod team_today;
mod timeline;
mod today;
mod trust;
mod visitor_acts;
mod visits;
mod warehouse;
mod what_if;
mod work;
mod workflow;
mod workflow_export;

pub use backtest::{Outcome, Outcomes};
pub use conversation::{answer_source, shown_source};
use knock_model::{Millis, RepId, SiteId};
use knock_ports::{EVER, StoreError, Tag, View};
pub use nudges::OpenNudge;
pub use presence::assignee;
pub(crate) use report::week_mail;
pub use report::{report, report_items, report_list, todays_figures};
pub use schedule::{schedule, team_schedule};
use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
pub use tag::shown_tag;
pub use visits::VisitQuery;
pub use warehouse::{
    Cell, Column, ColumnKind, WarehouseError, WarehousePage, WarehouseTable, warehouse_begin, warehouse_page,
};
pub use workflow::RunPage;

/// Presents a snapshot of the store as of an instant.
pub struct Presenter<'v> {
    view: &'v dyn View,
    now: Millis,
    /// The instant up to which arrivals are shown.
    arrived_by: Millis,
    sites: Vec<(SiteId, String)>,
    /// Whether for visitors, who read no address of a member.
    is_public: bool,
    /// The addresses of members requested so far: lists name the same few again and again.
    emails: RefCell<BTreeMap<String, String>>,
    /// The names of members, likewise.
    names: RefCell<BTreeMap<RepId, String>>,
    /// Whether a provider of data may be asked, once that is read.
    has_provider: OnceCell<bool>,
    /// The tags of the workspace, once they are read.
    tags: OnceCell<Vec<Tag>>,
}

impl<'v> Presenter<'v> {
    /// Returns a presenter of `view` at `now`.
    ///
    /// # Errors
    /// When the database fails.
    pub fn new(view: &'v dyn View, now: Millis) -> Result<Presenter<'v>, StoreError> {
        let sites = view.sites()?.into_iter().map(|site| (site.id, site.key)).collect();
        let (emails, names, has_provider, tags) =
            (RefCell::default(), RefCell::default(), OnceCell::new(), OnceCell::new());
        Ok(Presenter { view, now, arrived_by: EVER, sites, is_public: false, emails, names, has_provider, tags })
    }

    /// Returns a presenter for visitors.
    ///
    /// # Errors
    /// When the database fails.
    pub fn for_visitors(view: &'v dyn View, now: Millis) -> Result<Presenter<'v>, StoreError> {
        Ok(Presenter { is_public: true, ..Presenter::new(view, now)? })
    }

    /// Returns the key of a site; empty for a removed one.
    fn site_key(&self, site: SiteId) -> String {
        self.sites.iter().find(|(id, _)| *id == site).map_or_else(String::new, |(_, key)| key.clone())
    }
}

/// Rounds a number for display; `steps` is the number of steps in one.
fn rounded(number: f64, steps: f64) -> f64 {
    (number * steps).round() / steps
}
