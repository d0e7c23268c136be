//! Reports: what the address asks, what the server answers, and the list behind a number.

pub(crate) mod address;
pub(crate) mod behind;
pub(crate) mod goal;
pub(crate) mod monday;

use futures_util::FutureExt;
use knock_wire::{KnowledgeSite, Report, ReportChoice, ReportColumn, ReportInfo, ReportList};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::rc::Rc;

use self::address::Address;
use self::behind::Behind;
use self::monday::Monday;
use crate::kit::paged::Phase;
use crate::kit::reactive::{effect, memo};
use crate::kit::single::Single;
use crate::state::inbox::team::Team;
use crate::state::live::use_live;
use crate::state::session::{Session, use_session};
use crate::words::reports::ask::{FROM, METRIC, OWN, PERIOD, REP, ReportAsk, SITE, TO};
use crate::words::reports::over_time::column_of;

/// Navigates within the app, to an address.
type Go = StoredValue<Rc<dyn Fn(&str)>, LocalStorage>;

/// The open report.
#[derive(Clone, Copy)]
pub(crate) struct Reports {
    pub(crate) address: Address,
    /// All reports, with what each can be asked.
    pub(crate) list: Single<ReportList>,
    /// The one that the address asks for.
    pub(crate) report: Single<Report>,
    pub(crate) behind: Behind,
    pub(crate) monday: Monday,
    pub(crate) sites: RwSignal<Vec<KnowledgeSite>>,
    pub(crate) session: Session,
    /// The metric whose goal was changed: its card takes the focus when it is drawn again. Empty for none.
    pub(crate) changed: StoredValue<String>,
    team: Team,
    /// The labels of rows that became filters: the name, the value and the label.
    labels: RwSignal<Vec<(&'static str, String, String)>>,
    go: Go,
}

impl Reports {
    /// Loads what the address asks for, on every change of it; `go` navigates within the app.
    pub(crate) fn start(go: impl Fn(&str) + 'static) -> Reports {
        let (session, address) = (use_session(), Address::of_page());
        let list = Single::new(move || {
            let client = session.client();
            async move { client.reports().await }.boxed_local()
        });
        list.load();
        let wanted = memo(move || (address.name.get(), address.query()));
        let report = Single::new(move || {
            let (client, (name, query)) = (session.client(), wanted.get_untracked());
            async move { client.report(&name, &query).await }.boxed_local()
        });
        effect(move || {
            if wanted.with(|(name, _)| !name.is_empty()) {
                // What was asked before is not shown under another question.
                report.phase.set(Phase::Loading);
                report.load();
            }
        });
        use_live().after_gap(move || {
            if wanted.with_untracked(|(name, _)| !name.is_empty()) {
                report.load();
            }
        });
        let (sites, client) = (RwSignal::new(Vec::new()), session.client());
        // Without them none is offered, and a chosen one is shown by its key.
        spawn_local(async move {
            if let Ok(found) = client.knowledge_sites().await {
                sites.try_set(found.sites);
            }
        });
        Reports {
            address,
            list,
            report,
            behind: Behind::of(session, wanted),
            monday: Monday::start(session),
            sites,
            session,
            changed: StoredValue::new(String::new()),
            team: Team::start(),
            labels: RwSignal::new(Vec::new()),
            go: StoredValue::new_local(Rc::new(go) as Rc<dyn Fn(&str)>),
        }
    }

    /// What the open report can be asked; none before it is known.
    pub(crate) fn info(self) -> Option<ReportInfo> {
        let name = self.address.name.get();
        self.list.value.with(|list| list.as_ref()?.reports.iter().find(|info| info.name == name).cloned())
    }

    /// The values of a parameter of the open report, with labels.
    pub(crate) fn choices(self, of: fn(ReportInfo) -> Vec<ReportChoice>) -> Vec<(String, String)> {
        let all = self.info().map(of).unwrap_or_default();
        all.into_iter().map(|choice| (choice.name, choice.label)).collect()
    }

    /// The label of a group, in whatever report it is one.
    pub(crate) fn group_label(self, group: &str) -> String {
        let label = self.list.value.with(|list| {
            let mut groups = list.iter().flat_map(|list| &list.reports).flat_map(|info| &info.groups);
            groups.find(|choice| choice.name == group).map(|choice| choice.label.clone())
        });
        label.unwrap_or_else(|| group.to_owned())
    }

    /// The metric of the chart.
    pub(crate) fn metric(self) -> Option<ReportColumn> {
        let chosen = self.address.value(METRIC);
        self.report.value.with(|report| column_of(report.as_ref()?, &chosen).cloned())
    }

    /// The label of a filter's value; the value itself where none is known.
    pub(crate) fn value_label(self, name: &str, value: &str) -> String {
        let by_row = self.labels.with(|labels| {
            labels.iter().find(|(of, known, _)| *of == name && known == value).map(|(.., label)| label.clone())
        });
        let by_list = || match name {
            SITE => self.sites.with(|all| all.iter().find(|site| site.key == value).map(|site| site.name.clone())),
            REP => self
                .team
                .assignees
                .with(|all| all.iter().find(|member| member.id.to_string() == value).map(|member| member.name.clone())),
            _ => None,
        };
        // After the page was opened anew the rows have the label, where they are of the same kind.
        let by_key = || {
            self.report.value.with(|report| {
                let report = report.as_ref().filter(|report| report.group == name)?;
                report.rows.iter().find(|row| row.key == value).map(|row| row.label.clone())
            })
        };
        by_row.or_else(by_list).or_else(by_key).unwrap_or_else(|| value.to_owned())
    }

    /// Shows only what has the value of a row.
    pub(crate) fn narrow(self, name: &'static str, (value, label): (String, String)) {
        let value = if name == SITE { self.site_key(&label).unwrap_or(value) } else { value };
        self.set(name, &value);
        self.labels.update(|labels| labels.push((name, value, label)));
    }

    /// The key of the site with this name, by which it can be chosen; none for several.
    fn site_key(self, name: &str) -> Option<String> {
        self.sites.with_untracked(|sites| {
            let mut named = sites.iter().filter(|site| site.name == name);
            named.next().filter(|_| named.next().is_none()).map(|site| site.key.clone())
        })
    }

    /// Sets a parameter; an empty value removes it.
    pub(crate) fn set(self, name: &str, value: &str) {
        self.show(&self.address.ask.with_untracked(|ask| ask.with(&[(name, value)])));
    }

    /// Sets the period; own days begin as those of the one before.
    pub(crate) fn set_period(self, period: &str) {
        let (from, to) = if period == OWN { untrack(|| self.address.days()) } else { Default::default() };
        let period = if period == OWN { "" } else { period };
        let changes = [(PERIOD, period), (FROM, from.as_str()), (TO, to.as_str())];
        self.show(&self.address.ask.with_untracked(|ask| ask.with(&changes)));
    }

    fn show(self, ask: &ReportAsk) {
        let address = self.address.name.with_untracked(|name| ask.address(name));
        self.go.with_value(|go| go(&address));
    }
}
