//! A mail server as a person enters it, checked field by field.

use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use knock_mail::{Account, Refusal, Sender, Step, TeamServer};
use knock_ports::{MailServer, WrongField};
use knock_wire::{FieldError, MailServerDraft, RawSecret};
use std::sync::Arc;

/// A draft that is right so far.
pub(super) struct Entered {
    pub(super) server: TeamServer,
    /// The same as it is stored.
    pub(super) stored: MailServer,
}

/// Checks a draft; nothing is connected to.
pub(super) async fn entered(state: &AppState, draft: &MailServerDraft) -> Result<Entered, Problem> {
    let known = read(Arc::clone(&state.core.store), |view| view.mail_server()).await?;
    let port = u16::try_from(draft.port).map_err(|_| wrong("port", "is not between 1 and 65535"))?;
    let user = draft.username.trim();
    let (password, kept) = password(state, draft, known.as_ref())?;
    if user.is_empty() && !password.is_empty() {
        return Err(wrong("username", "is missing"));
    }
    let account = Account { host: draft.host.clone(), port, security: draft.security, user: user.to_owned(), password };
    let from = Sender { address: draft.from_address.trim().to_owned(), name: draft.from_name.trim().to_owned() };
    let secret = kept.unwrap_or_else(|| state.mail.sealed(&account.password));
    // The certificates of the system are read.
    let server = tokio::task::block_in_place(|| state.mail.entered(account, &from))
        .map_err(|WrongField { field, reason }| wrong(field, &reason))?;
    let stored = MailServer {
        host: server.host().to_owned(),
        port,
        security: draft.security,
        username: user.to_owned(),
        secret,
        from_address: from.address,
        from_name: from.name,
    };
    Ok(Entered { server, stored })
}

/// The password, and how it is stored already if it was left out: for the same host and user.
fn password(
    state: &AppState,
    draft: &MailServerDraft,
    known: Option<&MailServer>,
) -> Result<(String, Option<String>), Problem> {
    let typed = draft.password.as_ref().map_or("", RawSecret::reveal);
    let is_same = |known: &&MailServer| {
        known.host.eq_ignore_ascii_case(draft.host.trim()) && known.username == draft.username.trim()
    };
    let Some(known) = known.filter(is_same).filter(|known| typed.is_empty() && !known.secret.is_empty()) else {
        return Ok((typed.to_owned(), None));
    };
    let Some(password) = state.mail.password(known) else {
        return Err(wrong("password", "cannot be read with the secret.key of this server: give it again"));
    };
    Ok((password, Some(known.secret.clone())))
}

/// The field that a refused login is to blame on.
pub(super) fn refused(refusal: &Refusal) -> Problem {
    let field = match refusal.step {
        Step::Name | Step::Network | Step::Certificate | Step::Protocol => "host",
        Step::Connection | Step::Silence => "port",
        Step::Unencrypted | Step::Tls | Step::StartTls => "security",
        Step::Login => "password",
        Step::NoLogin => "username",
        Step::Sender | Step::Recipient | Step::Mail => "from_address",
    };
    let detail = [&*refusal.text, &*refusal.detail].join(" ");
    let error = FieldError { pointer: format!("/{field}"), reason: refusal.text.clone() };
    Problem::invalid(error).detail(detail.trim())
}

pub(super) fn wrong(field: &str, reason: &str) -> Problem {
    Problem::invalid(FieldError { pointer: format!("/{field}"), reason: reason.to_owned() })
}
