//! What is broken: deliveries that fail, connections that are refused, full storage, silent sites.

use super::connected_crms;
use super::today::Asked;
use crate::data::storage::Level;
use knock_engine::site_host;
use knock_model::{DeliveryState, Destination, DestinationKind, Millis, Permission};
use knock_ports::{Endpoint, StoreError, View};
use knock_webhook::Settings;
use knock_wire::HomeTrouble;
use url::Url;

/// The age up to which a delivery that was given up is shown.
const RECENT: Millis = Millis::days(7);
/// The silence of a site from which it is shown, and up to which.
const SILENT: Millis = Millis::days(1);
const LONG_SILENT: Millis = Millis::days(30);
/// The number of waiting deliveries among which a failed attempt is looked for.
const LOOKED_AT: u32 = 20;

type Troubles = Result<Vec<HomeTrouble>, StoreError>;

impl Asked<'_> {
    /// What is broken, of what the caller may mend; the storage for all.
    pub(super) fn broken(&self, view: &dyn View) -> Troubles {
        let may = |permission: Permission| self.role.may(permission);
        let mut found = self.server();
        if may(Permission::ManageConnections) {
            found.extend(self.late());
            found.extend(self.mail(view)?);
            found.extend(self.webhooks(view)?);
            found.extend(self.slack(view)?);
            found.extend(self.crms(view)?);
            found.extend(settings_of_providers(view)?);
        }
        found.extend(self.calendars(view)?);
        if may(Permission::ManageSites) {
            found.extend(self.silent(view)?);
        }
        Ok(found)
    }

    /// A held copy, and the storage.
    fn server(&self) -> Vec<HomeTrouble> {
        let held = self.state.core.hold.is_held().then(|| trouble("held", ""));
        let storage = match self.state.storage.level() {
            Level::Ample => None,
            Level::Low => Some(trouble("storage", "low")),
            Level::Full => Some(trouble("storage", "full")),
        };
        held.into_iter().chain(storage).collect()
    }

    /// Kinds of destinations whose deliveries wait for too long, or at which the server fails.
    fn late(&self) -> Vec<HomeTrouble> {
        let mut found = Vec::new();
        for of in self.state.outbox.troubles() {
            if of.late_since.is_some() {
                found.push(HomeTrouble { since: of.late_since, ..trouble("late", of.kind.as_str()) });
            }
            if of.has_panicked {
                found.push(trouble("panicked", of.kind.as_str()));
            }
        }
        found
    }

    fn mail(&self, view: &dyn View) -> Troubles {
        // Without a server nothing is sent: that is a first step.
        if !self.state.is_mail_set_up() {
            return Ok(Vec::new());
        }
        Ok(self.failing(view, Destination::MAIL, "mail", "")?.into_iter().collect())
    }

    fn webhooks(&self, view: &dyn View) -> Troubles {
        let mut found = Vec::new();
        for webhook in view.endpoints(Some(DestinationKind::Webhook))? {
            let name = host_of(&webhook);
            if !webhook.is_active {
                // One that a member stopped is as they want it.
                if !webhook.why_stopped.is_empty() {
                    found.push(HomeTrouble { text: webhook.why_stopped, ..trouble("webhook", &name) });
                }
                continue;
            }
            found.extend(self.failing(view, webhook.destination, "webhook", &name)?);
        }
        Ok(found)
    }

    fn slack(&self, view: &dyn View) -> Troubles {
        if !self.has_slack {
            return Ok(Vec::new());
        }
        let problems = view.slack_problems()?.into_iter();
        let mut found: Vec<_> = problems
            .map(|problem| HomeTrouble { text: problem.text, since: Some(problem.since), ..trouble("slack", "") })
            .collect();
        if found.is_empty() {
            found.extend(self.failing(view, Destination::SLACK, "slack", "")?);
        }
        Ok(found)
    }

    fn crms(&self, view: &dyn View) -> Troubles {
        let mut found = Vec::new();
        for system in connected_crms(view, self.state)? {
            let state = view.crm_state(system)?;
            if let Some((text, since)) = state.problem.or(state.unread) {
                found.push(HomeTrouble { text, since: Some(since), ..trouble("crm", system.label()) });
                continue;
            }
            for to in Destination::all_of_crm(system) {
                found.extend(self.failing(view, to, "crm", system.label())?);
            }
        }
        Ok(found)
    }

    /// The calendars of the member that cannot be read or written, with a permission also those of the team.
    fn calendars(&self, view: &dyn View) -> Troubles {
        let sees_all = self.role.may(Permission::ManageTeam);
        let mut found = Vec::new();
        for calendar in view.calendars()? {
            let is_own = calendar.member == self.member.id;
            if !is_own && !sees_all {
                continue;
            }
            let owner = if is_own { None } else { view.member(calendar.member)? };
            let name = owner.map_or_else(String::new, |member| member.display_name());
            if calendar.problem.is_empty() {
                found.extend(self.failing(view, Destination::calendar(calendar.id), "calendar", &name)?);
            } else {
                let (text, since) = (calendar.problem, calendar.problem_at);
                found.push(HomeTrouble { text, since, ..trouble("calendar", &name) });
            }
        }
        Ok(found)
    }

    /// Sites that sent signals and have sent none for a day.
    fn silent(&self, view: &dyn View) -> Troubles {
        let mut found = Vec::new();
        for site in view.sites()?.iter().filter(|site| !site.demo && site.removed_at.is_none()) {
            let since = view.last_signal_at(site.id)?;
            if since.is_some_and(|at| at + SILENT <= self.now && self.now < at + LONG_SILENT) {
                found.push(HomeTrouble { since, ..trouble("silent", &site_host(site)) });
            }
        }
        Ok(found)
    }

    /// Deliveries of a destination that were given up of late, else the last failed attempt at one that waits.
    fn failing(
        &self,
        view: &dyn View,
        to: Destination,
        kind: &str,
        name: &str,
    ) -> Result<Option<HomeTrouble>, StoreError> {
        let parked = view.deliveries_in(to, &[DeliveryState::Parked], i64::MAX, 1)?.into_iter().next();
        if let Some(last) = parked.filter(|last| self.now < last.stored_at + RECENT) {
            let (text, parked) = (last.answer, Some(view.outbox_counts(to)?.parked));
            return Ok(Some(HomeTrouble { text, parked, since: Some(last.stored_at), ..trouble(kind, name) }));
        }
        let mut waiting = view.deliveries_in(to, &[DeliveryState::Waiting], i64::MAX, LOOKED_AT)?.into_iter();
        let failed = waiting.rfind(|entry| entry.attempts > 0 && !entry.answer.is_empty());
        Ok(failed.map(|first| HomeTrouble { text: first.answer, since: Some(first.stored_at), ..trouble(kind, name) }))
    }
}

/// Answers by mail and the provider of data, where their last request failed.
fn settings_of_providers(view: &dyn View) -> Troubles {
    let mut found = Vec::new();
    let inbound = view.inbound_state()?;
    if view.inbound_mail()?.is_some() && !inbound.problem.is_empty() {
        let (text, since) = (inbound.problem, inbound.problem_since);
        found.push(HomeTrouble { text, since, ..trouble("inbound_mail", "") });
    }
    let provider = view.enrichment_provider()?.filter(|provider| provider.is_on);
    if let (Some(provider), Some(problem)) = (provider, view.enrichment_problem()?) {
        let (text, since) = (problem.text, Some(problem.since));
        found.push(HomeTrouble { text, since, ..trouble("enrichment", &provider.name) });
    }
    Ok(found)
}

fn trouble(kind: &str, name: &str) -> HomeTrouble {
    HomeTrouble { kind: kind.to_owned(), name: name.to_owned(), ..HomeTrouble::default() }
}

/// The host of a webhook's address: paths and queries may be secrets.
fn host_of(webhook: &Endpoint) -> String {
    let url = Settings::parse(&webhook.settings).ok().and_then(|settings| Url::parse(&settings.url).ok());
    url.and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default()
}
