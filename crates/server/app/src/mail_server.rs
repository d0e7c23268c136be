//! The mail server in use: that of the configuration, else that of the dashboard, read again whenever it changes here or on
//! another server.

use crate::config;
use crate::connectors::mail::smtp;
use crate::context::AppContext;
use knock_context::{Core, Seal};
use knock_engine::{Notice, Writer};
use knock_mail::{Account, Sender, SmtpInUse, TeamServer};
use knock_outbound::Guard;
use knock_ports::{MailServer, StoreError, WrongField};
use std::sync::Arc;
use tokio::sync::broadcast::error::RecvError;

const PURPOSE: &str = "mail-server";

/// The reason for which a stored server cannot be used.
const UNREADABLE: &str = "Its password cannot be read with the secret.key of this server: give it again";

/// The mail server of the workspace.
pub(crate) struct MailServerChoice {
    core: Core,
    guard: Guard,
    /// Whether the configuration names a server: that of the dashboard is not used then.
    is_configured: bool,
    in_use: SmtpInUse,
}

impl MailServerChoice {
    /// Reads the server of the dashboard, unless the configuration names one.
    pub(crate) fn load(config: &config::Smtp, core: &AppContext, guard: Guard) -> anyhow::Result<MailServerChoice> {
        let configured = smtp(config)?;
        let is_configured = configured.is_some();
        let choice =
            MailServerChoice { core: core.core.clone(), guard, is_configured, in_use: SmtpInUse::from(configured) };
        choice.reload()?;
        Ok(choice)
    }

    /// The server that mails are sent by at each moment.
    pub(crate) fn in_use(&self) -> &SmtpInUse {
        &self.in_use
    }

    /// Whether the configuration names the server.
    pub(crate) fn is_configured(&self) -> bool {
        self.is_configured
    }

    /// Reads the server of the dashboard again, after it changed.
    pub(crate) fn reload(&self) -> Result<(), StoreError> {
        if self.is_configured {
            return Ok(());
        }
        let mut stored = None;
        self.core.store.read(&mut |view| {
            stored = view.mail_server()?;
            Ok(())
        })?;
        let opened = stored.map(|stored| self.opened(&stored)).transpose();
        let server = opened.unwrap_or_else(|problem| {
            tracing::warn!(problem, "no mail is sent");
            None
        });
        self.in_use.set(server.map(|server| server.smtp()));
        Ok(())
    }

    /// Reads it again whenever it changes, here or on another server, until the writer is gone.
    pub(crate) fn follow(self: Arc<MailServerChoice>, writer: &Writer) -> impl Future<Output = ()> + Send + use<> {
        let mut notices = writer.watch();
        async move {
            loop {
                match notices.recv().await {
                    Ok(changes) if !changes.contains(&Notice::Site) => continue,
                    Ok(_) | Err(RecvError::Lagged(_)) => {}
                    Err(RecvError::Closed) => return,
                }
                if Arc::clone(&self).reload_soon().await.is_err() {
                    tracing::warn!("the mail server could not be read again");
                }
            }
        }
    }

    /// Reads it again on a thread made for waiting.
    pub(crate) async fn reload_soon(self: Arc<MailServerChoice>) -> Result<(), StoreError> {
        let reloaded = tokio::task::spawn_blocking(move || self.reload()).await;
        reloaded.unwrap_or_else(|error| Err(StoreError::Broken(format!("a read did not end: {error}"))))
    }

    /// The server that was entered; nothing is connected to.
    pub(crate) fn entered(&self, account: Account, from: &Sender) -> Result<TeamServer, WrongField> {
        TeamServer::new(account, from, self.guard.clone())
    }

    /// A stored server with its password.
    ///
    /// # Errors
    /// The reason for which it cannot be used, as a sentence without its end.
    pub(crate) fn opened(&self, stored: &MailServer) -> Result<TeamServer, String> {
        let password = self.password(stored).ok_or(UNREADABLE)?;
        let account = Account {
            host: stored.host.clone(),
            port: stored.port,
            security: stored.security,
            user: stored.username.clone(),
            password,
        };
        let from = Sender { address: stored.from_address.clone(), name: stored.from_name.clone() };
        self.entered(account, &from).map_err(|WrongField { field, reason }| format!("`{field}` {reason}"))
    }

    /// The password of a stored server; none if `secret.key` has changed since.
    pub(crate) fn password(&self, stored: &MailServer) -> Option<String> {
        if stored.secret.is_empty() { Some(String::new()) } else { self.seal().open(&stored.secret) }
    }

    /// A password as it is stored; empty if there is none.
    pub(crate) fn sealed(&self, password: &str) -> String {
        if password.is_empty() { String::new() } else { self.seal().close(password, &*self.core.chance) }
    }

    fn seal(&self) -> Seal<'_> {
        Seal { key: &self.core.key, purpose: PURPOSE, of: b"" }
    }
}
