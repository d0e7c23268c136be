//! State of the Knock Links page: the list, the dialog and changes.

pub(crate) mod fields;

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use knock_wire::{KnowledgeSite, LinkChange, LinkShown};
use leptos::html::Div;
use leptos::prelude::*;
use leptos::task::spawn_local;

use self::fields::LinkFields;
use super::session::{Session, use_session};
use crate::api::Failure;
use crate::api::links::RuleName;
use crate::kit::changing::{focus_after_dialog, one_at_a_time};
use crate::kit::paged::Paged;
use crate::kit::reactive::effect;
use crate::words::site::field_errors;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LinkDialog {
    Nothing,
    /// The form that creates a link.
    Create,
    /// The form that edits one.
    Edit,
    /// The confirmation of archiving a link.
    Archive,
    /// The confirmation of restoring a link.
    Restore,
}

/// The fields of the form, by their names on the server.
const PLACED: [&str; 18] = [
    "name",
    "slug",
    "funnel",
    "channel",
    "rule",
    "language",
    "greeting",
    "greetings/en",
    "greetings/de",
    "greetings/fr",
    "greetings/es",
    "site",
    "utm/source",
    "utm/medium",
    "utm/campaign",
    "utm/term",
    "utm/content",
    "duration_min",
];
/// The fields of a question, by their names on the server.
pub(crate) const OF_QUESTION: [&str; 3] = ["label", "options", "field"];

/// The shown links and the state of their actions.
#[derive(Clone, Copy)]
pub(crate) struct Links {
    pub(crate) session: Session,
    /// Sorted by slug.
    pub(crate) list: Paged<LinkShown>,
    /// `yes` while archived links are shown, else empty.
    pub(crate) archived: RwSignal<String>,
    pub(crate) open: RwSignal<LinkDialog>,
    pub(crate) subject: StoredValue<Option<LinkShown>>,
    pub(crate) fields: LinkFields,
    /// The rules to choose from.
    pub(crate) rules: RwSignal<Vec<RuleName>>,
    /// The sites to choose from.
    pub(crate) sites: RwSignal<Vec<KnowledgeSite>>,
    /// Whether a change is being made.
    pub(crate) is_busy: RwSignal<bool>,
    pub(crate) failure: RwSignal<Option<Failure>>,
    /// The message about the last change.
    pub(crate) said: RwSignal<String>,
    /// The element that gets the focus when a focused card is removed.
    pub(crate) region: NodeRef<Div>,
}

/// The key of the only site of the team's own; empty where there are several or none, for the first one in use.
fn only_own(sites: &[KnowledgeSite]) -> String {
    let own: Vec<_> = sites.iter().filter(|site| !site.is_demo).collect();
    match own[..] {
        [only] => only.key.clone(),
        _ => String::new(),
    }
}

impl Links {
    /// Loads the links, and the rules and sites to choose from.
    pub(crate) fn start() -> Links {
        let (session, archived) = (use_session(), RwSignal::new(String::new()));
        let list = Paged::new(move |_| {
            let (client, is_archived) = (session.client(), archived.with_untracked(|archived| !archived.is_empty()));
            async move { Ok((client.links(is_archived).await?.links, None)) }.boxed_local()
        });
        effect(move || {
            archived.track();
            list.start();
        });
        let links = Links {
            session,
            list,
            archived,
            open: RwSignal::new(LinkDialog::Nothing),
            subject: StoredValue::new(None),
            fields: LinkFields::new(),
            rules: RwSignal::new(Vec::new()),
            sites: RwSignal::new(Vec::new()),
            is_busy: RwSignal::new(false),
            failure: RwSignal::new(None),
            said: RwSignal::new(String::new()),
            region: NodeRef::new(),
        };
        let client = session.client();
        spawn_local(async move {
            // If this fails, a link keeps its rule and its site.
            if let Ok(names) = client.rule_names().await {
                links.rules.try_set(names.rules);
            }
            if let Ok(known) = client.knowledge_sites().await {
                links.sites.try_set(known.sites);
            }
        });
        links
    }

    /// Opens a dialog, for a link if it concerns one.
    pub(crate) fn ask(self, what: LinkDialog, about: Option<LinkShown>) {
        self.fields.fill(about.as_ref());
        if about.is_none() {
            self.fields.site.set(self.sites.with_untracked(|sites| only_own(sites)));
        }
        self.subject.set_value(about);
        self.failure.set(None);
        self.open.set(what);
    }

    pub(crate) fn close(self) {
        self.open.set(LinkDialog::Nothing);
        self.failure.set(None);
    }

    pub(crate) fn errors(self, field: &str) -> Vec<String> {
        match self.failure.get() {
            Some(Failure::Refused(problem)) => field_errors(&problem, field),
            _ => Vec::new(),
        }
    }

    /// The failure, unless a field shows it.
    pub(crate) fn unplaced(self) -> Option<Failure> {
        let questions = self.fields.questions.with_untracked(Vec::len);
        let of_questions =
            (0..questions).flat_map(|place| OF_QUESTION.map(|field| format!("questions/{place}/{field}")));
        let mut placed = PLACED.map(str::to_owned).into_iter().chain(of_questions);
        let is_placed = placed.any(|field| !self.errors(&field).is_empty());
        self.failure.get().filter(|_| !is_placed)
    }

    /// Executes the action of the dialog.
    pub(crate) fn confirm(self) {
        let (what, subject, client) = (self.open.get_untracked(), self.subject.get_value(), self.session.client());
        let archived = |archived| LinkChange { archived: Some(archived), ..LinkChange::default() };
        let change = match what {
            LinkDialog::Archive => archived(true),
            LinkDialog::Restore => archived(false),
            LinkDialog::Nothing | LinkDialog::Create | LinkDialog::Edit => self.fields.change(),
        };
        let draft = self.fields.draft();
        let work = async move {
            let (link, done) = match &subject {
                None => (client.create_link(&draft).await?, "created"),
                Some(link) => (client.change_link(&link.slug, &change).await?, done(what)),
            };
            self.said.try_set(format!("Knock Link {done}: {}", link.name));
            if self.open.try_set(LinkDialog::Nothing).is_none() {
                self.show(link);
            }
            Ok(())
        };
        self.change(work.boxed_local());
    }

    /// Shows a changed link in its place; removes it if the list no longer includes it.
    fn show(self, link: LinkShown) {
        if link.archived_at.is_some() == self.archived.with_untracked(|archived| !archived.is_empty()) {
            self.list.rows.put_in_order(link, |link| link.slug.clone());
        } else {
            self.list.rows.remove(&link.slug);
            focus_after_dialog(self.region);
        }
    }

    fn change(self, work: LocalBoxFuture<'static, Result<(), Failure>>) {
        if !self.is_busy.get_untracked() {
            self.said.set(String::new());
        }
        let ended = move |failure| self.failure.set(failure);
        one_at_a_time(self.is_busy, self.failure, work, Box::new(ended));
    }
}

const fn done(what: LinkDialog) -> &'static str {
    match what {
        LinkDialog::Archive => "archived",
        LinkDialog::Restore => "restored",
        LinkDialog::Nothing | LinkDialog::Create | LinkDialog::Edit => "saved",
    }
}
