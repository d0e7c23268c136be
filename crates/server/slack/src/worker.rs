//! Polls Slack for the identity of the token, the users of the workspace, and access to the monitoring channels.

use crate::account::Credentials;
use crate::{Slack, identity, is_temporary};
use knock_engine::commands::{DropSlackProblems, KeepSlackPeople, MendSlack, NoteSlackIdentity, ResendSlack};
use knock_model::RepId;
use knock_ports::{ATTEMPT_TIMEOUT, SlackPerson};
use knock_routing::Rule;
use knock_slack::{Broken, Refusal, RefusalKind, User};
use knock_wire::StepContent;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, sleep_until};

/// The interval of the listing.
const PERIOD: Duration = Duration::from_secs(600);
/// The delay after a failed listing.
const PAUSE: Duration = Duration::from_secs(20);
/// The delay after which all attempts in progress have ended.
const ATTEMPTS: Duration = Duration::from_millis(ATTEMPT_TIMEOUT.0.unsigned_abs() + 1_000);
/// Pages of people at most: 50,000 of them.
const PAGES: usize = 100;

/// The outcome of asking once.
#[derive(PartialEq)]
enum Checked {
    /// Slack is to be asked again soon.
    Failed,
    Done {
        /// Whether a channel can be written in again.
        has_mended: bool,
    },
}

impl Slack {
    /// Asks until the server ends. Nothing waits for it.
    ///
    /// A post in progress while its channel is mended may still be refused for the old reason. After an event or a mend,
    /// Slack is therefore asked again once such attempts have timed out, and posts parked meanwhile are sent again.
    pub async fn run(self) {
        let (mut again, mut has_mended) = (None::<Instant>, false);
        loop {
            let asked = self.ask().await;
            let wait = if asked == Checked::Failed { PAUSE } else { PERIOD };
            if asked == (Checked::Done { has_mended: true }) {
                has_mended = true;
                again = Some(Instant::now() + ATTEMPTS);
            }
            let next = Instant::now() + wait;
            tokio::select! {
                // A revoked token, an archived channel or a new colleague may come without an event.
                () = sleep_until(again.map_or(next, |again| again.min(next))) => {}
                () = self.wake.notified() => again = Some(Instant::now() + ATTEMPTS),
            }
            if again.is_some_and(|again| again <= Instant::now()) {
                again = None;
                if std::mem::take(&mut has_mended) {
                    while self.keep(ResendSlack { now: self.core.clock.now() }).await == Some(true) {}
                }
            }
        }
    }

    async fn ask(&self) -> Checked {
        let credentials = match self.credentials().await {
            Ok(Some(credentials)) => credentials,
            Ok(None) => return Checked::Done { has_mended: false },
            Err(error) => {
                tracing::warn!("the state of Slack could not be read: {error}");
                return Checked::Failed;
            }
        };
        match self.asked(&credentials).await {
            Ok(has_mended) => Checked::Done { has_mended },
            Err(refusal) => {
                self.note_refusal(&refusal, "").await;
                tracing::warn!("polling Slack failed: {refusal}");
                if is_temporary(&refusal) { Checked::Failed } else { Checked::Done { has_mended: false } }
            }
        }
    }

    /// Asks for everything; whether a channel can be written in again.
    async fn asked(&self, credentials: &Credentials) -> Result<bool, Refusal> {
        let test = self.client.auth_test(&credentials.token).await?;
        let note = NoteSlackIdentity { identity: identity(&test), now: self.core.clock.now() };
        self.keep(note).await;
        self.pull_people(credentials).await?;
        self.look_at_channels(credentials).await
    }

    /// All people, page by page.
    async fn pull_people(&self, credentials: &Credentials) -> Result<(), Refusal> {
        let (mut people, mut cursor) = (Vec::new(), None::<String>);
        for _ in 0..PAGES {
            let page = self.client.users(&credentials.token, cursor.as_deref()).await?;
            people.extend(page.items.into_iter().map(person));
            cursor = page.next;
            if cursor.is_none() {
                break;
            }
        }
        let choice = knock_context::read(Arc::clone(&self.core.store), |view| view.slack_choice()).await;
        let may_join = choice.is_ok_and(|choice| choice.everyone.is_on);
        let ids = people.iter().filter(|_| may_join).map(|_| RepId::new(self.core.chance.bytes16()));
        let (fresh, now) = (ids.collect(), self.core.clock.now());
        self.keep(KeepSlackPeople { people, fresh, now }).await;
        Ok(())
    }

    /// Checks every channel that something is wrong with, and the one that is chosen; whether one can be written in again.
    async fn look_at_channels(&self, credentials: &Credentials) -> Result<bool, Refusal> {
        let found = knock_context::read(Arc::clone(&self.core.store), |view| {
            Ok((view.slack_choice()?.monitoring_channel, view.slack_problems()?))
        });
        let Ok((chosen, problems)) = found.await else { return Ok(false) };
        let broken = problems.into_iter().map(|problem| problem.channel);
        let mut channels: Vec<String> = broken.chain([chosen.clone()]).filter(|channel| !channel.is_empty()).collect();
        channels.sort();
        channels.dedup();
        let mut has_mended = false;
        for channel in channels {
            let found = self.resolve(credentials, &channel).await;
            match self.enter(credentials, &found).await {
                Ok(_) => {
                    let mend = MendSlack { channel: Some(channel), now: self.core.clock.now() };
                    has_mended |= self.keep(mend).await.unwrap_or(false);
                }
                Err(refusal) if is_temporary(&refusal) => return Err(refusal),
                Err(refusal) if channel == chosen || self.is_named(credentials, &channel).await => {
                    self.note_failed_check(&refusal, &channel).await;
                }
                Err(_) => drop(self.keep(DropSlackProblems { channel }).await),
            }
        }
        Ok(has_mended)
    }

    /// Whether a rule, one of its segments or a workflow names a channel, by its id or its name. True when that cannot be
    /// read.
    async fn is_named(&self, credentials: &Credentials, channel: &str) -> bool {
        let read = knock_context::read(Arc::clone(&self.core.store), |view| {
            let mut named: Vec<String> = view.rules()?.iter().flat_map(Rule::channels).map(str::to_owned).collect();
            let steps = view.newest_workflow_versions()?.into_iter().flat_map(|version| version.draft.contents);
            named.extend(steps.filter_map(|(_, content)| match content {
                StepContent::Slack { channel, .. } => Some(channel),
                _ => None,
            }));
            Ok(named)
        });
        let Ok(named) = read.await else { return true };
        for name in named {
            if name == channel || self.resolve(credentials, &name).await == channel {
                return true;
            }
        }
        false
    }

    /// Sees to it that the bot can write in a channel; its name.
    ///
    /// # Errors
    /// When it cannot.
    pub async fn enter(&self, credentials: &Credentials, channel: &str) -> Result<String, Refusal> {
        let found = self.client.channel(&credentials.token, channel).await?;
        let broken = |broken, code: &str, words: &str| Refusal {
            kind: RefusalKind::Broken(broken),
            code: code.to_owned(),
            words: words.to_owned(),
        };
        if found.is_archived {
            return Err(broken(Broken::ChannelGone, "is_archived", "the channel is archived"));
        }
        if found.is_member {
            return Ok(found.name);
        }
        if found.is_private {
            let words = "the bot is not in the channel: invite it there with /invite";
            return Err(broken(Broken::NotInChannel, "not_in_channel", words));
        }
        let joined = self.client.join(&credentials.token, channel).await?;
        self.channels.joined(channel);
        Ok(joined.name)
    }

    async fn keep<C: knock_engine::Command>(&self, command: C) -> Option<C::Outcome> {
        let kept = self.core.writer.commit(command).await;
        kept.inspect_err(|error| tracing::warn!("a result of polling Slack could not be stored: {error}")).ok()
    }
}

/// A user of the workspace as stored.
pub fn person(user: User) -> SlackPerson {
    let email = user.email.unwrap_or_default().to_lowercase();
    SlackPerson { id: user.id, name: user.name.into(), email, state: user.state.as_str().to_owned() }
}
