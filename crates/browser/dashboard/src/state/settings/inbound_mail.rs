//! How answers to mails reach their conversations: the stored settings, and the form that changes them.

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use knock_wire::{InboundMailDraft, InboundMailSettings, InboundWay};
use leptos::prelude::*;
use std::collections::BTreeMap;

use super::credentials::{CredentialField, Credentials, listed_fields};
use crate::api::{Client, Failure};
use crate::kit::changing::{focus_later, one_at_a_time};
use crate::kit::reactive::effect;
use crate::kit::single::Single;
use crate::state::session::{Session, use_session};
use crate::words::reason::{HERE, sentence};

/// The id of the heading, which takes the focus when a form or a question is closed.
pub(crate) const TITLE: &str = "inbound-mail";
/// The id of the field for the address.
pub(crate) const ADDRESS: &str = "inbound-address";
/// The prefix of the ids of credentials.
const PREFIX: &str = "inbound-";
/// The hint at a secret that is stored already.
const KEPT: &str = "Leave it empty to keep it. It is needed again for another server or user.";

/// What is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Open {
    Nothing,
    /// The form of a way.
    Form(InboundWay),
    /// The question whether to disconnect.
    Leave,
    /// The question whether to make a new address for the provider.
    NewHook,
}

/// The settings and the state of changing them.
#[derive(Clone, Copy)]
pub(crate) struct InboundForm {
    session: Session,
    pub(crate) stored: Single<InboundMailSettings>,
    pub(crate) open: RwSignal<Open>,
    pub(crate) address: RwSignal<String>,
    pub(crate) has_tags: RwSignal<bool>,
    pub(crate) folder: RwSignal<String>,
    pub(crate) typed: Credentials,
    /// The address for the provider, if it was made just now: it is shown this once.
    pub(crate) hook_url: RwSignal<String>,
    pub(crate) is_busy: RwSignal<bool>,
    pub(crate) failure: RwSignal<Option<Failure>>,
    pub(crate) said: RwSignal<&'static str>,
}

impl InboundForm {
    /// Loads the stored settings.
    pub(crate) fn start() -> InboundForm {
        let session = use_session();
        let stored = Single::new(move || {
            let client = session.client();
            async move { client.inbound_mail().await }.boxed_local()
        });
        let text = || RwSignal::new(String::new());
        let form = InboundForm {
            session,
            stored,
            open: RwSignal::new(Open::Nothing),
            address: text(),
            has_tags: RwSignal::new(false),
            folder: text(),
            typed: Credentials::new(),
            hook_url: text(),
            is_busy: RwSignal::new(false),
            failure: RwSignal::new(None),
            said: RwSignal::new(""),
        };
        effect(move || {
            if let Some(settings) = stored.value.get() {
                form.fill(&settings);
            }
        });
        stored.load();
        form
    }

    fn fill(self, stored: &InboundMailSettings) {
        self.address.set(stored.address.clone());
        self.has_tags.set(stored.has_tags);
        self.folder.set(stored.folder.clone());
        self.typed.fill(stored.credentials.clone());
    }

    /// The stored settings; those of none before they are loaded.
    pub(crate) fn settings(self) -> InboundMailSettings {
        self.stored.value.get().unwrap_or_default()
    }

    /// The fields of an IMAP account.
    pub(crate) fn fields(self) -> Vec<CredentialField> {
        let settings = self.settings();
        let mut fields = listed_fields(PREFIX, settings.form.fields);
        if settings.way == InboundWay::Imap {
            fields.iter_mut().filter(|field| field.is_secret).for_each(|field| field.hint = KEPT.into());
        }
        fields
    }

    /// Opens a form or a question.
    pub(crate) fn ask(self, what: Open) {
        self.fill(&untrack(|| self.settings()));
        self.failure.set(None);
        self.said.set("");
        self.open.set(what);
        if matches!(what, Open::Form(_)) {
            focus_later(ADDRESS.to_owned());
        }
    }

    /// Closes what is open, and drops what is typed there.
    pub(crate) fn close(self) {
        let is_form = matches!(self.open.get_untracked(), Open::Form(_));
        self.typed.clear();
        self.failure.set(None);
        self.open.set(Open::Nothing);
        if is_form {
            focus_later(TITLE.to_owned());
        }
    }

    /// The errors of a field, by its pointer.
    pub(crate) fn errors(self, pointer: &str) -> Vec<String> {
        let Some(Failure::Refused(problem)) = self.failure.get() else { return Vec::new() };
        problem
            .errors
            .iter()
            .filter(|error| error.pointer == pointer)
            .map(|error| sentence(HERE, &error.reason))
            .collect()
    }

    /// The failure, unless a field of the open form shows it.
    pub(crate) fn unplaced(self) -> Option<Failure> {
        let fields = untrack(|| self.fields()).into_iter().map(|field| format!("/credentials/{}", field.name));
        let mut shown = fields.chain(["/address", "/folder"].map(str::to_owned));
        let is_form = matches!(self.open.get(), Open::Form(_));
        let is_placed = is_form && shown.any(|pointer| !self.errors(&pointer).is_empty());
        self.failure.get().filter(|_| !is_placed)
    }

    /// Saves the open form.
    pub(crate) fn save(self, way: InboundWay) {
        let imap = way == InboundWay::Imap;
        let draft = InboundMailDraft {
            way,
            address: self.address.get_untracked().trim().to_owned(),
            has_tags: self.has_tags.get_untracked(),
            folder: if imap { self.folder.get_untracked().trim().to_owned() } else { String::new() },
            credentials: if imap { self.typed.of_fields(&untrack(|| self.fields())) } else { BTreeMap::new() },
            is_new_hook: false,
        };
        self.put(draft, "Saved. Answers to mails reach their conversations.");
    }

    /// Makes a new address for the provider.
    pub(crate) fn renew(self) {
        let InboundMailSettings { way, address, has_tags, .. } = untrack(|| self.settings());
        let draft = InboundMailDraft { way, address, has_tags, is_new_hook: true, ..InboundMailDraft::default() };
        self.put(draft, "The address before has ended.");
    }

    fn put(self, draft: InboundMailDraft, said: &'static str) {
        self.act(move |client| {
            async move {
                let saved = client.set_up_inbound_mail(&draft).await?;
                let url = saved.hook_url.as_ref().map(|url| url.reveal().to_owned()).unwrap_or_default();
                self.hook_url.try_set(url);
                self.shown(saved, said);
                Ok(())
            }
            .boxed_local()
        });
    }

    /// Looks into the mailbox now.
    pub(crate) fn look(self) {
        self.act(move |client| {
            self.said.set("Looking\u{2026}");
            async move {
                let settings = client.check_inbound_mail().await?;
                let is_read = settings.problem.is_empty();
                self.said.try_set(if is_read { "Looked a moment ago." } else { "It cannot be read." });
                self.stored.value.try_set(Some(settings));
                Ok(())
            }
            .boxed_local()
        });
    }

    pub(crate) fn disconnect(self) {
        self.act(move |client| {
            async move {
                match client.remove_inbound_mail().await {
                    // Another member was faster.
                    Ok(()) | Err(Failure::NotFound) => {}
                    Err(failure) => return Err(failure),
                }
                let form = untrack(|| self.settings()).form;
                self.hook_url.try_set(String::new());
                self.shown(InboundMailSettings { form, ..InboundMailSettings::default() }, "Disconnected.");
                Ok(())
            }
            .boxed_local()
        });
    }

    /// Shows what was saved; the form or the question with the focus is closed.
    fn shown(self, settings: InboundMailSettings, said: &'static str) {
        self.open.try_set(Open::Nothing);
        self.stored.value.try_set(Some(settings));
        self.said.try_set(said);
        focus_later(TITLE.to_owned());
    }

    fn act(self, work: impl FnOnce(Client) -> LocalBoxFuture<'static, Result<(), Failure>>) {
        if self.is_busy.get_untracked() {
            return;
        }
        self.said.set("");
        let ended = move |failure: Option<Failure>| {
            if failure.is_some() {
                self.said.try_set("");
            }
            self.failure.try_set(failure);
        };
        one_at_a_time(self.is_busy, self.failure, work(self.session.client()), Box::new(ended));
    }
}
