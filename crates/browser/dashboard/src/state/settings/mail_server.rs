//! The mail server: the stored settings, the form that changes them, and a test before or after saving.

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use knock_wire::{
    MailSecurity, MailServerDraft, MailServerSettings, MailServerSource, MailServerTest, MailServerTested,
};
use leptos::prelude::*;

use crate::api::Failure;
use crate::kit::changing::{focus_later, one_at_a_time};
use crate::kit::kept::Kept;
use crate::kit::reactive::effect;
use crate::kit::single::Single;
use crate::state::session::{Session, use_session};
use crate::words::mail_provider::{MailProvider, provider_at, provider_of};
use crate::words::reason::{HERE, sentence};

/// The id of the field for the sender's address, the first one of the form.
pub(crate) const FROM: &str = "mail-from";
/// The port of a form that is not filled yet.
const PORT: &str = "587";
const FIELDS: [&str; 8] = ["host", "port", "security", "username", "password", "from_address", "from_name", "to"];

/// The form and the state of saving and testing.
#[derive(Clone, Copy)]
pub(crate) struct MailServerForm {
    session: Session,
    pub(crate) stored: Single<MailServerSettings>,
    pub(crate) from_address: RwSignal<String>,
    pub(crate) from_name: RwSignal<String>,
    pub(crate) host: RwSignal<String>,
    pub(crate) port: RwSignal<String>,
    pub(crate) security: RwSignal<MailSecurity>,
    pub(crate) username: RwSignal<String>,
    /// Empty to keep the stored one.
    pub(crate) password: RwSignal<String>,
    /// The recipient of a test mail.
    pub(crate) to: RwSignal<String>,
    pub(crate) tested: RwSignal<Option<MailServerTested>>,
    /// Whether a test is under way.
    pub(crate) is_testing: RwSignal<bool>,
    kept: Kept<Vec<String>>,
    /// Whether removing the server is asked about.
    pub(crate) asks: RwSignal<bool>,
    pub(crate) is_busy: RwSignal<bool>,
    pub(crate) failure: RwSignal<Option<Failure>>,
    pub(crate) said: RwSignal<&'static str>,
    /// Called after the server was saved or removed.
    changed: Callback<()>,
}

impl MailServerForm {
    /// Loads the stored settings.
    pub(crate) fn start(changed: Callback<()>) -> MailServerForm {
        let session = use_session();
        let stored = Single::new(move || {
            let client = session.client();
            async move { client.mail_server().await }.boxed_local()
        });
        let text = || RwSignal::new(String::new());
        let form = MailServerForm {
            session,
            stored,
            from_address: text(),
            from_name: text(),
            host: text(),
            port: text(),
            security: RwSignal::new(MailSecurity::Starttls),
            username: text(),
            password: text(),
            to: RwSignal::new(reachable(session.email_untracked())),
            tested: RwSignal::new(None),
            is_testing: RwSignal::new(false),
            kept: Kept::new(),
            asks: RwSignal::new(false),
            is_busy: RwSignal::new(false),
            failure: RwSignal::new(None),
            said: RwSignal::new(""),
            changed,
        };
        effect(move || {
            if let Some(stored) = stored.value.get() {
                form.fill(&stored);
            }
        });
        stored.load();
        form
    }

    fn fill(self, stored: &MailServerSettings) {
        let port = if stored.port == 0 { PORT.to_owned() } else { stored.port.to_string() };
        self.from_address.set(stored.from_address.clone());
        self.from_name.set(stored.from_name.clone());
        self.host.set(stored.host.clone());
        self.port.set(port);
        self.security.set(stored.security);
        self.username.set(stored.username.clone());
        self.password.set(String::new());
        self.kept.keep(untrack(|| self.values()));
    }

    /// All that is in the form.
    fn values(self) -> Vec<String> {
        let texts = [self.from_address, self.from_name, self.host, self.port, self.username, self.password];
        texts.map(|text| text.get()).into_iter().chain([format!("{:?}", self.security.get())]).collect()
    }

    pub(crate) fn is_changed(self) -> bool {
        self.kept.differs(&self.values())
    }

    /// Shows the stored settings again.
    pub(crate) fn discard(self) {
        if let Some(stored) = self.stored.value.get_untracked() {
            self.fill(&stored);
            self.failure.set(None);
            self.tested.set(None);
        }
    }

    /// The stored settings; those of none before they are loaded.
    pub(crate) fn settings(self) -> MailServerSettings {
        self.stored.value.get().unwrap_or_default()
    }

    pub(crate) fn is_set_up(self) -> bool {
        self.settings().source == MailServerSource::Dashboard
    }

    /// The provider of the host, which says what to know about the login.
    pub(crate) fn provider(self) -> Option<&'static MailProvider> {
        self.host.with(|host| provider_at(host))
    }

    /// The provider of the sender's address, while the form has no host.
    pub(crate) fn suggested(self) -> Option<&'static MailProvider> {
        let is_empty = self.host.with(|host| host.trim().is_empty());
        self.from_address.with(|address| provider_of(address)).filter(|_| is_empty)
    }

    /// Fills in the server of a provider.
    pub(crate) fn choose(self, provider: &MailProvider) {
        self.host.set(provider.host.to_owned());
        self.port.set(provider.port.to_string());
        self.security.set(provider.security);
        if self.username.with_untracked(String::is_empty) {
            self.username.set(self.from_address.get_untracked().trim().to_owned());
        }
    }

    /// The errors of a field, whether of saving or of a test.
    pub(crate) fn errors(self, part: &str) -> Vec<String> {
        let Some(Failure::Refused(problem)) = self.failure.get() else { return Vec::new() };
        let at = format!("/{part}");
        problem.errors.iter().filter(|error| error.pointer == at).map(|error| sentence(HERE, &error.reason)).collect()
    }

    /// The failure, unless a field shows it.
    pub(crate) fn unplaced(self) -> Option<Failure> {
        let is_placed = FIELDS.iter().any(|part| !self.errors(part).is_empty());
        self.failure.get().filter(|_| !is_placed)
    }

    /// The words of the mail server behind a refused login; empty without any.
    pub(crate) fn detail(self) -> String {
        let Some(Failure::Refused(problem)) = self.failure.get() else { return String::new() };
        let mut reasons = problem.errors.iter().map(|error| error.reason.as_str());
        let behind = reasons.find_map(|reason| problem.detail.strip_prefix(reason));
        behind.unwrap_or_default().trim().to_owned()
    }

    /// Sets the server up, or changes it.
    pub(crate) fn save(self) {
        let (client, draft) = (self.session.client(), self.draft());
        self.tested.set(None);
        let work = async move {
            let saved = client.set_up_mail_server(&draft).await?;
            self.stored.value.try_set(Some(saved));
            self.said.try_set("Saved. Mail is sent by this server from now on.");
            self.changed.try_run(());
            Ok(())
        };
        self.change(work.boxed_local());
    }

    pub(crate) fn remove(self) {
        let client = self.session.client();
        let work = async move {
            match client.remove_mail_server().await {
                // Another member was faster.
                Ok(()) | Err(Failure::NotFound) => {}
                Err(failure) => return Err(failure),
            }
            self.stored.value.try_set(Some(MailServerSettings::default()));
            self.tested.try_set(None);
            self.said.try_set("Removed. Nothing is sent.");
            self.asks.try_set(false);
            self.changed.try_run(());
            // The focused button was removed.
            focus_later(FROM.to_owned());
            Ok(())
        };
        self.change(work.boxed_local());
    }

    /// Sends a test mail by what is in the form, saved or not.
    pub(crate) fn test(self) {
        if self.is_busy.get_untracked() {
            return;
        }
        let ask = MailServerTest { to: Some(self.to.get_untracked().trim().to_owned()), server: Some(self.draft()) };
        let client = self.session.client();
        self.tested.set(None);
        self.is_testing.set(true);
        let work = async move {
            let tested = client.test_mail_server(&ask).await;
            self.is_testing.try_set(false);
            self.tested.try_set(Some(tested?));
            Ok(())
        };
        self.change(work.boxed_local());
    }

    fn change(self, work: LocalBoxFuture<'static, Result<(), Failure>>) {
        self.said.set("");
        let ended = move |failure: Option<Failure>| drop(self.failure.try_set(failure));
        one_at_a_time(self.is_busy, self.failure, work, Box::new(ended));
    }

    fn draft(self) -> MailServerDraft {
        let text = |text: RwSignal<String>| text.get_untracked().trim().to_owned();
        let password = Some(self.password.get_untracked()).filter(|password| !password.is_empty());
        MailServerDraft {
            host: text(self.host),
            // The server refuses what is not a port, at its field.
            port: text(self.port).parse().unwrap_or(0),
            security: self.security.get_untracked(),
            username: text(self.username),
            password: password.map(Into::into),
            from_address: text(self.from_address),
            from_name: text(self.from_name),
        }
    }
}

/// An address to test with; empty for that of a first admin, which no mail reaches.
fn reachable(email: String) -> String {
    if email.ends_with("@localhost") { String::new() } else { email }
}
