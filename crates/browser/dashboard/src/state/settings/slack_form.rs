//! State of the Slack page.

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use knock_model::Role;
use knock_wire::{SlackChannels, SlackDraft, SlackManifest, SlackSettings, SlackTested, SlackUsers};
use leptos::prelude::*;

use super::installing::{InstallForm, Vendor};
use crate::api::{Client, Failure};
use crate::kit::changing::{focus_later, one_at_a_time};
use crate::kit::reactive::{effect, memo};
use crate::kit::single::Single;
use crate::state::session::{Session, use_session};
use crate::words::reason::{HERE, sentence};

/// The id of the field for the token.
pub(crate) const TOKEN: &str = "slack-token";
/// The id of the choice of a channel.
pub(crate) const CHANNEL: &str = "slack-channel";
const FIELDS: [&str; 6] =
    ["/bot_token", "/signing_secret", "/monitoring_channel", "/note_mark", "/name", "/everyone/domains"];

/// The form and the state of its actions.
#[derive(Clone, Copy)]
pub(crate) struct SlackForm {
    pub(crate) session: Session,
    /// Installing the app.
    pub(crate) install: InstallForm,
    /// The settings and the state of Slack.
    pub(crate) stored: Single<SlackSettings>,
    /// The channels to choose from.
    pub(crate) channels: Single<SlackChannels>,
    /// The people of the workspace.
    pub(crate) people: Single<SlackUsers>,
    /// The text that people are searched by.
    pub(crate) query: RwSignal<String>,
    /// Whether all of Slack may answer chats.
    pub(crate) everyone_on: RwSignal<bool>,
    /// Their role, by its word.
    pub(crate) everyone_role: RwSignal<String>,
    /// Their domains, as typed.
    pub(crate) everyone_domains: RwSignal<String>,
    /// The manifest from which Slack creates the app.
    pub(crate) manifest: Single<SlackManifest>,
    pub(crate) token: RwSignal<String>,
    pub(crate) secret: RwSignal<String>,
    pub(crate) channel: RwSignal<String>,
    pub(crate) note_mark: RwSignal<String>,
    /// The name of a channel to create.
    pub(crate) new_channel: RwSignal<String>,
    /// The role of the invited people, by its word.
    pub(crate) role: RwSignal<String>,
    /// The addresses of the people selected for an invitation.
    pub(crate) ticked: RwSignal<Vec<String>>,
    /// Links of invitations that were not mailed, with the address of each.
    pub(crate) links: RwSignal<Vec<(String, String)>>,
    /// The member who has left and is about to be removed: id and name.
    pub(crate) leaver: RwSignal<Option<(String, String)>>,
    /// The result of a test.
    pub(crate) tested: RwSignal<Option<SlackTested>>,
    /// Whether the confirmation of disconnecting is open.
    pub(crate) is_leaving: RwSignal<bool>,
    pub(crate) is_busy: RwSignal<bool>,
    pub(crate) failure: RwSignal<Option<Failure>>,
    pub(crate) said: RwSignal<&'static str>,
}

impl SlackForm {
    /// Loads the settings, then the data that a connected or an unconnected workspace needs.
    pub(crate) fn start() -> SlackForm {
        let session = use_session();
        let text = || RwSignal::new(String::new());
        let query = text();
        let form = SlackForm {
            session,
            install: InstallForm::new(Vendor::Slack),
            stored: Single::new(move || {
                let client = session.client();
                async move { client.slack().await }.boxed_local()
            }),
            channels: Single::new(move || {
                let client = session.client();
                async move { client.slack_channels().await }.boxed_local()
            }),
            people: Single::new(move || {
                let client = session.client();
                let sought = query.get_untracked();
                async move { client.slack_users(sought.trim(), None).await }.boxed_local()
            }),
            query,
            everyone_on: RwSignal::new(false),
            everyone_role: RwSignal::new(Role::Rep.as_str().to_owned()),
            everyone_domains: text(),
            manifest: Single::new(move || {
                let client = session.client();
                async move { client.slack_manifest().await }.boxed_local()
            }),
            token: text(),
            secret: text(),
            channel: text(),
            note_mark: text(),
            new_channel: text(),
            role: RwSignal::new(Role::Rep.as_str().to_owned()),
            ticked: RwSignal::new(Vec::new()),
            links: RwSignal::new(Vec::new()),
            leaver: RwSignal::new(None),
            tested: RwSignal::new(None),
            is_leaving: RwSignal::new(false),
            is_busy: RwSignal::new(false),
            failure: RwSignal::new(None),
            said: RwSignal::new(""),
        };
        // A refresh of the state keeps the typed values.
        let set = memo(move || form.of(|stored| (stored.monitoring_channel.clone(), stored.note_mark.clone())));
        effect(move || {
            let (channel, note_mark) = set.get();
            form.channel.set(channel);
            form.note_mark.set(note_mark);
        });
        let everyone = memo(move || form.of(|stored| Some(stored.everyone.clone())));
        effect(move || {
            let everyone = everyone.get().unwrap_or_default();
            form.everyone_on.set(everyone.is_on);
            form.everyone_role.set(everyone.role.as_str().to_owned());
            form.everyone_domains.set(everyone.domains.join(", "));
        });
        let is_connected =
            memo(move || form.stored.value.with(|stored| stored.as_ref().map(|stored| stored.is_connected)));
        effect(move || match is_connected.get() {
            Some(true) => {
                form.channels.load();
                form.people.load();
            }
            Some(false) => form.manifest.load(),
            None => (),
        });
        effect(move || {
            form.query.track();
            if is_connected.get_untracked() == Some(true) {
                form.people.load();
            }
        });
        form.stored.load();
        form
    }

    /// Whether the monitoring channel or the note mark differ from those on the server.
    pub(crate) fn is_changed(self) -> bool {
        let (channel, note_mark) = (self.channel.get(), self.note_mark.get());
        self.of(|stored| channel.trim() != stored.monitoring_channel || note_mark.trim() != stored.note_mark)
    }

    pub(crate) fn discard(self) {
        let (channel, note_mark) =
            untrack(|| self.of(|stored| (stored.monitoring_channel.clone(), stored.note_mark.clone())));
        self.failure.set(None);
        self.channel.set(channel);
        self.note_mark.set(note_mark);
    }

    /// A part of the stored settings.
    pub(crate) fn of<T: Default>(self, read: impl Fn(&SlackSettings) -> T) -> T {
        self.stored.value.with(|stored| stored.as_ref().map(read).unwrap_or_default())
    }

    /// The same, without following it.
    pub(crate) fn of_untracked<T: Default>(self, read: impl Fn(&SlackSettings) -> T) -> T {
        self.stored.value.with_untracked(|stored| stored.as_ref().map(read).unwrap_or_default())
    }

    pub(crate) fn errors(self, pointer: &str) -> Vec<String> {
        let Some(Failure::Refused(problem)) = self.failure.get() else { return Vec::new() };
        problem
            .errors
            .iter()
            .filter(|error| error.pointer == pointer)
            .map(|error| sentence(HERE, &error.reason))
            .collect()
    }

    /// The error that belongs to no field, while no question is open.
    pub(crate) fn unplaced(self) -> Option<Failure> {
        let is_placed = || FIELDS.iter().any(|pointer| !self.errors(pointer).is_empty());
        let is_asking = || self.is_leaving.get() || self.leaver.with(Option::is_some);
        self.failure.get().filter(|_| !is_asking() && !is_placed())
    }

    /// Connects the workspace of the token; replaces a connected one.
    pub(crate) fn connect(self) {
        let secret = |typed: RwSignal<String>| typed.with_untracked(|typed| typed.trim().to_owned().into());
        let (token, signing) = (secret(self.token), secret(self.secret));
        self.act(move |client| {
            async move {
                let stored = client.connect_slack(token, signing).await?;
                self.token.try_set(String::new());
                self.secret.try_set(String::new());
                self.take(stored, "Connected. Choose the channel where chats are shown.");
                focus_later(CHANNEL.to_owned());
                Ok(())
            }
            .boxed_local()
        });
    }

    /// Saves the monitoring channel and the note mark.
    pub(crate) fn save(self) {
        let draft = SlackDraft {
            monitoring_channel: self.channel.with_untracked(|typed| typed.trim().to_owned()),
            note_mark: self.note_mark.get_untracked(),
            everyone: None,
        };
        self.act(move |client| {
            async move {
                self.take(client.save_slack(&draft).await?, "Saved.");
                // The bot may have joined it.
                self.channels.load();
                Ok(())
            }
            .boxed_local()
        });
    }

    /// Posts a message to the monitoring channel.
    pub(crate) fn test(self) {
        self.tested.set(None);
        self.act(move |client| {
            async move {
                self.tested.try_set(Some(client.test_slack().await?));
                // The test updates the problems of the workspace.
                self.stored.load();
                Ok(())
            }
            .boxed_local()
        });
    }

    /// Deletes the access.
    pub(crate) fn disconnect(self) {
        self.act(move |client| {
            async move {
                client.disconnect_slack().await?;
                self.is_leaving.try_set(false);
                self.tested.try_set(None);
                self.take(client.slack().await?, "Disconnected. What was posted stays in Slack.");
                focus_later(TOKEN.to_owned());
                Ok(())
            }
            .boxed_local()
        });
    }

    /// Closes the confirmation of disconnecting.
    pub(crate) fn stay(self) {
        self.is_leaving.set(false);
        self.leaver.set(None);
        self.failure.set(None);
    }

    /// Shows newer settings and a message.
    pub(crate) fn take(self, stored: SlackSettings, words: &'static str) {
        self.stored.value.try_set(Some(stored));
        self.said.try_set(words);
    }

    /// Executes one action at a time.
    pub(crate) fn act(self, work: impl FnOnce(Client) -> LocalBoxFuture<'static, Result<(), Failure>>) {
        self.said.set("");
        let ended = move |failure: Option<Failure>| drop(self.failure.try_set(failure));
        one_at_a_time(self.is_busy, self.failure, work(self.session.client()), Box::new(ended));
    }
}
