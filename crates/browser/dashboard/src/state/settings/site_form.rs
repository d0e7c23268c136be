//! The form of a site.

use futures_util::FutureExt;
use knock_intent::{CategoryOverride, OverrideBy};
use knock_model::{Category, IdentifyPolicy};
use knock_wire::{Problem, Site, SiteDraft};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::Failure;
use crate::kit::kept::Kept;
use crate::kit::reactive::derived;
use crate::state::session::{Session, use_session};
use crate::words::site::{field_errors, has_twins, origin_errors, typed_origins};

/// A custom category as a line of the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OwnLine {
    /// The key of the line while the form is open.
    pub(crate) id: usize,
    pub(crate) own: CategoryOverride,
}

/// The fields of the form and the state of saving it. Texts and flags, so that few kinds of signals are compiled.
#[derive(Clone, Copy)]
pub(crate) struct SiteFields {
    session: Session,
    key: StoredValue<Option<String>>,
    /// Its name in the team.
    pub(crate) name: RwSignal<String>,
    /// The origins as they are typed.
    pub(crate) origins: RwSignal<String>,
    /// Whether each origin is added with `www` and without.
    pub(crate) with_twins: RwSignal<bool>,
    pub(crate) base: RwSignal<String>,
    /// The custom categories; none if the form does not show them.
    pub(crate) categories: RwSignal<Option<Vec<OwnLine>>>,
    /// Its identify setting as a word; empty if the form lacks it.
    pub(crate) identify: RwSignal<String>,
    /// The origins of the last sent draft: errors refer to their places.
    sent: StoredValue<Vec<String>>,
    /// What the form had at first.
    kept: Kept<Vec<String>>,
    pub(crate) is_saving: RwSignal<bool>,
    pub(crate) failure: RwSignal<Option<Failure>>,
}

impl SiteFields {
    /// The fields of a site, or of a new one; with categories and identification if `is_whole`.
    pub(crate) fn of(site: Option<Site>, is_whole: bool) -> SiteFields {
        // A new site gets both names; an existing one keeps its choice.
        let with_twins = site.as_ref().is_none_or(|site| has_twins(&site.origins));
        let key = site.as_ref().map(|site| site.key.clone());
        let policy = site.as_ref().map_or(IdentifyPolicy::Open, |site| site.identify).as_str();
        let (name, origins, base, own) =
            site.map(|site| (site.name, site.origins.join("\n"), site.base, site.categories)).unwrap_or_default();
        let own = own.into_iter().enumerate().map(|(id, own)| OwnLine { id, own }).collect();
        let fields = SiteFields {
            session: use_session(),
            key: StoredValue::new(key),
            name: RwSignal::new(name),
            origins: RwSignal::new(origins),
            with_twins: RwSignal::new(with_twins),
            base: RwSignal::new(base),
            categories: RwSignal::new(is_whole.then_some(own)),
            identify: RwSignal::new(if is_whole { policy.to_owned() } else { String::new() }),
            sent: StoredValue::new(Vec::new()),
            kept: Kept::new(),
            is_saving: RwSignal::new(false),
            failure: RwSignal::new(None),
        };
        fields.kept.keep(untrack(|| fields.values()));
        fields
    }

    /// All values of the form, as texts.
    fn values(self) -> Vec<String> {
        let mut values = vec![self.name.get(), self.origins.get(), self.base.get(), self.identify.get()];
        values.push(self.with_twins.get().to_string());
        let line = |own: CategoryOverride| format!("{:?} {} {}", own.by, own.matches, own.category.as_str());
        values.extend(self.own().into_iter().map(line));
        values
    }

    /// Whether the form has changes that are not saved; not while they are sent, since it is closed then.
    pub(crate) fn is_changed(self) -> bool {
        !self.is_saving.get() && self.kept.differs(&self.values())
    }

    /// The prefix of the ids of its controls.
    pub(crate) fn id(self) -> String {
        self.key.get_value().unwrap_or_else(|| "new".to_owned())
    }

    /// Whether the form has categories and identification too.
    pub(crate) fn is_whole(self) -> bool {
        self.categories.with_untracked(Option::is_some)
    }

    /// The custom categories in the form.
    pub(crate) fn own(self) -> Vec<CategoryOverride> {
        self.categories.with(|lines| lines.iter().flatten().map(|line| line.own.clone()).collect())
    }

    pub(crate) fn add_category(self) {
        self.categories.update(|lines| {
            let lines = lines.get_or_insert_default();
            let id = lines.iter().map(|line| line.id + 1).max().unwrap_or_default();
            let own = CategoryOverride { by: OverrideBy::Path, matches: String::new(), category: Category::Pricing };
            lines.push(OwnLine { id, own });
        });
    }

    pub(crate) fn remove_category(self, id: usize) {
        self.categories.update(|lines| {
            if let Some(lines) = lines {
                lines.retain(|line| line.id != id);
            }
        });
    }

    pub(crate) fn change_category(self, id: usize, change: impl FnOnce(&mut CategoryOverride)) {
        self.categories.update(|lines| {
            if let Some(line) = lines.iter_mut().flatten().find(|line| line.id == id) {
                change(&mut line.own);
            }
        });
    }

    /// The server's errors.
    pub(crate) fn problem(self) -> Problem {
        match self.failure.get() {
            Some(Failure::Refused(problem)) => problem,
            _ => Problem::default(),
        }
    }

    pub(crate) fn errors(self, field: &'static str) -> Signal<Vec<String>> {
        derived(move || {
            let problem = self.problem();
            if field == "origins" {
                self.sent.with_value(|sent| origin_errors(&problem, sent))
            } else {
                field_errors(&problem, field)
            }
        })
    }

    fn draft(self) -> SiteDraft {
        SiteDraft {
            name: self.name.get_untracked().trim().to_owned(),
            origins: typed_origins(&self.origins.get_untracked()),
            with_twins: self.with_twins.get_untracked(),
            base: self.base.get_untracked().trim().to_owned(),
            // Stored categories stay if the form does not show them.
            categories: self.is_whole().then(|| untrack(|| self.own())),
            identify: IdentifyPolicy::parse(&self.identify.get_untracked()),
        }
    }

    /// Saves the form; `saved` takes the site as the server stored it.
    pub(crate) fn save(self, saved: Callback<Site>) {
        if self.is_saving.get_untracked() {
            return;
        }
        self.is_saving.set(true);
        let (draft, client, key) = (self.draft(), self.session.client(), self.key.get_value());
        self.sent.set_value(draft.origins.clone());
        let answer = async move {
            match key {
                Some(key) => client.change_site(&key, &draft).await,
                None => client.add_site(&draft).await,
            }
        }
        .boxed_local();
        spawn_local(async move {
            let answer = answer.await;
            self.is_saving.try_set(false);
            match answer {
                // The page may have been left.
                Ok(site) => drop(saved.try_run(site)),
                Err(reason) => {
                    self.failure.try_set(Some(reason));
                }
            }
        });
    }
}
