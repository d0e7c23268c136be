//! State of saved views.

use futures_util::FutureExt;
use knock_model::SavedViewId;
use knock_wire::{SavedView, SavedViewDraft};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::Failure;
use crate::kit::changing::one_at_a_time;
use crate::kit::letters;
use crate::state::session::{Session, use_session};
use crate::words::site::field_errors;

/// The views of one page.
#[derive(Clone, Copy)]
pub(crate) struct SavedViews {
    session: Session,
    page: &'static str,
    /// The query of the page as it is shown.
    current: Signal<String>,
    /// Sorted by name.
    pub(crate) all: RwSignal<Vec<SavedView>>,
    /// The view that was deleted last, which can be saved again.
    pub(crate) deleted: RwSignal<Option<SavedView>>,
    /// The typed name of a new view.
    pub(crate) name: RwSignal<String>,
    /// Whether the new view is for the member alone.
    pub(crate) is_personal: RwSignal<bool>,
    /// Whether a change is being made.
    pub(crate) is_busy: RwSignal<bool>,
    failure: RwSignal<Option<Failure>>,
}

impl SavedViews {
    /// The views of a page, whose query is `current`; starts loading them. A new one is offered for the member alone or
    /// for the team.
    pub(crate) fn new(page: &'static str, current: Signal<String>, is_personal: bool) -> SavedViews {
        let views = SavedViews {
            session: use_session(),
            page,
            current,
            all: RwSignal::new(Vec::new()),
            deleted: RwSignal::new(None),
            name: RwSignal::new(String::new()),
            is_personal: RwSignal::new(is_personal),
            is_busy: RwSignal::new(false),
            failure: RwSignal::new(None),
        };
        views.load();
        views
    }

    fn load(self) {
        let client = self.session.client();
        spawn_local(async move {
            if let Ok(list) = client.views().await {
                let views = list.views.into_iter().filter(|view| view.page == self.page).collect();
                // The page may have been left.
                self.all.try_set(views);
            }
        });
    }

    /// Saves the current view; one of the same name and the same owner is replaced.
    pub(crate) fn save(self) {
        let name = self.name.get_untracked().trim().to_owned();
        let (query, is_personal) = (self.current.get_untracked(), self.is_personal.get_untracked());
        let draft = SavedViewDraft { page: self.page.to_owned(), name, query, is_personal };
        let is_same = |view: &&SavedView| {
            view.is_personal == draft.is_personal && letters::lower(&view.name) == letters::lower(&draft.name)
        };
        let known = self.all.with_untracked(|all| all.iter().find(is_same).map(|view| view.id));
        self.put(known, draft);
    }

    /// Gives a view another name.
    pub(crate) fn rename(self, view: SavedView, name: &str) {
        let SavedView { id, page, query, is_personal, .. } = view;
        self.put(Some(id), SavedViewDraft { page, name: name.trim().to_owned(), query, is_personal });
    }

    fn put(self, known: Option<SavedViewId>, draft: SavedViewDraft) {
        let client = self.session.client();
        let work = async move { client.save_view(known, &draft).await.map(drop) };
        self.change(work.boxed_local());
    }

    pub(crate) fn delete(self, id: SavedViewId) {
        let client = self.session.client();
        let view = self.all.with_untracked(|all| all.iter().find(|view| view.id == id).cloned());
        let work = async move {
            client.delete_view(id).await?;
            self.deleted.try_set(view);
            Ok(())
        };
        self.change(work.boxed_local());
    }

    /// Saves the deleted view again.
    pub(crate) fn undo_delete(self) {
        let Some(SavedView { page, name, query, is_personal, .. }) = self.deleted.get_untracked() else { return };
        let draft = SavedViewDraft { page, name, query, is_personal };
        let client = self.session.client();
        let work = async move {
            client.save_view(None, &draft).await?;
            self.deleted.try_set(None);
            Ok(())
        };
        self.change(work.boxed_local());
    }

    fn change(self, work: futures_util::future::LocalBoxFuture<'static, Result<(), Failure>>) {
        let ended = move |failure: Option<Failure>| {
            if failure.is_none() {
                self.name.set(String::new());
                self.load();
            }
            self.failure.set(failure);
        };
        one_at_a_time(self.is_busy, self.failure, work, Box::new(ended));
    }

    pub(crate) fn name_errors(self) -> Vec<String> {
        self.failure.with(|failure| match failure {
            Some(Failure::Refused(problem)) => field_errors(problem, "name"),
            Some(_) | None => Vec::new(),
        })
    }

    /// The failure of the last change.
    pub(crate) fn failure(self) -> Option<Failure> {
        self.failure.get()
    }

    /// The failure that belongs to no field.
    pub(crate) fn other_failure(self) -> Option<Failure> {
        self.failure.get().filter(|_| self.name_errors().is_empty())
    }
}
