//! Form state of the look of a site.

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use knock_model::CustomFieldType;
use knock_model::look::LookPicture;
use knock_wire::{CustomField, Look, Texts};
use leptos::prelude::*;

use crate::api::{Client, Failure};
use crate::kit::changing::one_at_a_time;
use crate::kit::reactive::effect;
use crate::kit::single::Single;
use crate::state::session::{Session, use_session};
use crate::words::failure::errors_at;
use crate::words::look::{shown_at_fields, text_errors, without_empty};

/// A field of the look.
pub(crate) type Of<T> = fn(&mut Look) -> &mut T;

/// The form and the state of saving it.
#[derive(Clone, Copy)]
pub(crate) struct LookForm {
    session: Session,
    /// The key of the site.
    pub(crate) site: StoredValue<String>,
    /// The look on the server.
    pub(crate) stored: Single<Look>,
    /// The look in the form.
    pub(crate) draft: RwSignal<Look>,
    /// The language of the texts in the form and of the preview.
    pub(crate) language: RwSignal<String>,
    /// Whether no mail is set up; false while it is not known.
    pub(crate) is_without_mail: RwSignal<bool>,
    /// The custom fields that the form before the chat can ask for.
    pub(crate) custom_fields: RwSignal<Vec<CustomField>>,
    /// Whether a change is being sent.
    pub(crate) is_busy: RwSignal<bool>,
    pub(crate) failure: RwSignal<Option<Failure>>,
    /// Whether going back to the look of Knock is being confirmed.
    pub(crate) is_resetting: RwSignal<bool>,
    /// The picture whose removal is being confirmed, by its name in the form.
    pub(crate) removing: RwSignal<Option<(LookPicture, &'static str)>>,
    /// The message about the last change.
    pub(crate) said: RwSignal<&'static str>,
}

impl LookForm {
    /// Loads the look of a site.
    pub(crate) fn start(site: String) -> LookForm {
        let session = use_session();
        let site = StoredValue::new(site);
        let draft = RwSignal::new(Look::default());
        let language = RwSignal::new("en".to_owned());
        let is_without_mail = RwSignal::new(false);
        let custom_fields = RwSignal::new(Vec::new());
        let stored = Single::new(move || {
            let (client, site) = (session.client(), site.get_value());
            async move {
                let look = client.look(&site).await?;
                let methods = client.sign_in_methods().await;
                is_without_mail.try_set(methods.is_ok_and(|methods| !methods.mail));
                let fields = client.custom_fields().await.map(|all| all.fields).unwrap_or_default();
                // A line of text cannot answer yes or no.
                let is_asked = |field: &CustomField| field.value_type != CustomFieldType::Boolean;
                custom_fields.try_set(fields.into_iter().filter(is_asked).collect());
                draft.try_set(look.clone());
                Ok(look)
            }
            .boxed_local()
        });
        stored.load();
        // The language of the texts is one that the site offers.
        effect(move || {
            let first = draft.with(|look| {
                let is_offered = language.with_untracked(|language| look.languages.contains(language));
                look.languages.first().filter(|_| !is_offered).cloned()
            });
            first.map(|first| language.set(first))
        });
        LookForm {
            session,
            site,
            stored,
            draft,
            language,
            is_without_mail,
            custom_fields,
            is_busy: RwSignal::new(false),
            failure: RwSignal::new(None),
            is_resetting: RwSignal::new(false),
            removing: RwSignal::new(None),
            said: RwSignal::new(""),
        }
    }

    pub(crate) fn client(self) -> Client {
        self.session.client()
    }

    pub(crate) fn change(self, change: impl FnOnce(&mut Look)) {
        self.said.set("");
        self.draft.update(change);
    }

    pub(crate) fn field<T: Clone>(self, of: Of<T>) -> T {
        self.draft.with(|draft| of(&mut draft.clone()).clone())
    }

    /// The text of the chosen language; empty for none.
    pub(crate) fn text(self, of: Of<Texts>) -> String {
        let language = self.language.get();
        self.draft.with(|draft| of(&mut draft.clone()).get(&language).cloned().unwrap_or_default())
    }

    /// Changes the text of the chosen language; an empty one is none.
    pub(crate) fn set_text(self, of: Of<Texts>, text: String) {
        let language = self.language.get_untracked();
        self.change(|draft| {
            let texts = of(draft);
            if text.is_empty() {
                texts.remove(&language);
            } else {
                texts.insert(language, text);
            }
        });
    }

    /// The text of this language in place of that of the catalogues; empty for none.
    pub(crate) fn own_word(self, key: &str) -> String {
        let language = self.language.get();
        let word = |draft: &Look| draft.words.get(&language).and_then(|words| words.get(key)).cloned();
        self.draft.with(word).unwrap_or_default()
    }

    /// Replaces a text of the catalogues in the chosen language; an empty one is the standard text again.
    pub(crate) fn set_own_word(self, key: &str, text: String) {
        let language = self.language.get_untracked();
        self.change(|draft| {
            let words = draft.words.entry(language.clone()).or_default();
            if text.is_empty() {
                words.remove(key);
            } else {
                words.insert(key.to_owned(), text);
            }
            if words.is_empty() {
                draft.words.remove(&language);
            }
        });
    }

    /// The server's errors of a field, by its name in the request.
    pub(crate) fn errors(self, field: &str) -> Vec<String> {
        self.failure.with(|failure| errors_at(failure.as_ref(), field))
    }

    /// The server's errors of a text, with their languages.
    pub(crate) fn text_errors(self, field: &str) -> Vec<String> {
        self.failure.with(|failure| match failure {
            Some(Failure::Refused(problem)) => text_errors(problem, field),
            _ => Vec::new(),
        })
    }

    /// The failure, unless fields show all of it.
    pub(crate) fn unplaced(self) -> Option<Failure> {
        let is_in_fields = |failure: &Failure| matches!(failure, Failure::Refused(problem) if shown_at_fields(problem));
        self.failure.get().filter(|failure| !is_in_fields(failure))
    }

    /// Whether a question is open: the failure is in it then.
    pub(crate) fn is_asking(self) -> bool {
        self.is_resetting.get() || self.removing.get().is_some()
    }

    /// Whether the form differs from the look on the server.
    pub(crate) fn is_changed(self) -> bool {
        self.stored.value.with(|stored| {
            stored.as_ref().is_some_and(|stored| self.draft.with(|draft| without_empty(draft.clone()) != *stored))
        })
    }

    pub(crate) fn discard(self) {
        if let Some(stored) = self.stored.value.get_untracked() {
            self.failure.set(None);
            self.said.set("");
            self.draft.set(stored);
        }
    }

    pub(crate) fn save(self) {
        let look = without_empty(self.draft.get_untracked());
        let site = self.site.get_value();
        self.send("Saved.", |client| async move { client.change_look(&site, &look).await }.boxed_local());
    }

    /// Goes back to the look of Knock, without logo and picture.
    pub(crate) fn reset(self) {
        let (site, stored) = (self.site.get_value(), self.stored.value.get_untracked().unwrap_or_default());
        let pictures = [(LookPicture::Logo, stored.logo), (LookPicture::Icon, stored.icon_picture)];
        let work = move |client: Client| {
            async move {
                for (which, _) in pictures.into_iter().filter(|(_, path)| !path.is_empty()) {
                    client.remove_look_picture(&site, which).await?;
                }
                let look = client.change_look(&site, &Look::default()).await?;
                self.is_resetting.try_set(false);
                Ok(look)
            }
            .boxed_local()
        };
        self.send("The look is that of Knock again.", work);
    }

    fn send(self, said: &'static str, work: impl FnOnce(Client) -> LocalBoxFuture<'static, Result<Look, Failure>>) {
        let answer = work(self.session.client());
        let taken = async move {
            let look = answer.await?;
            self.draft.try_set(look.clone());
            Ok(look)
        };
        self.run(said, taken.boxed_local());
    }

    /// Sends one change at a time; its answer is what the server has then.
    pub(super) fn run(self, said: &'static str, work: LocalBoxFuture<'static, Result<Look, Failure>>) {
        self.said.set("");
        let done = async move {
            let look = work.await?;
            self.stored.outdate();
            self.stored.value.try_set(Some(look));
            self.said.try_set(said);
            Ok(())
        };
        let ended = move |failure| drop(self.failure.try_set(failure));
        one_at_a_time(self.is_busy, self.failure, done.boxed_local(), Box::new(ended));
    }
}
