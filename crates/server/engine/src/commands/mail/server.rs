//! The mail server of the dashboard. Whether mail is sent follows in the same transaction: texts of chats and bookings ask
//! for it.

use crate::audited::{Change, Note, of_destination, subject};
use crate::changes::Changes;
use crate::notice::Notice;
use knock_model::{AuditAction, Destination};
use knock_ports::{Ledger, MailServer, Setting, StoreError};
use serde_json::{Value, json};

/// Sets up the mail server, or changes it.
#[derive(Clone, Debug)]
pub struct SaveMailServer {
    pub server: MailServer,
}

impl Change for SaveMailServer {
    type Outcome = ();

    fn make(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<((), Option<Note>), StoreError> {
        let before = ledger.mail_server()?;
        ledger.save_mail_server(Some(&self.server))?;
        ledger.save_setting(Setting::SendsMail(true))?;
        changes.push(Notice::Site);
        if before.as_ref() == Some(&self.server) {
            return Ok(((), None));
        }
        let is_new_secret = before.as_ref().is_none_or(|before| before.secret != self.server.secret);
        let was = before.as_ref().map_or_else(|| json!({}), |before| shown(before, false));
        let is = shown(&self.server, is_new_secret && !self.server.secret.is_empty());
        Ok(((), Some(note(AuditAction::MailServerChanged, &self.server).changed(was, is))))
    }
}

/// Removes it: nothing is sent from the next mail on.
#[derive(Clone, Copy, Debug)]
pub struct DropMailServer;

impl Change for DropMailServer {
    /// False when none was set up.
    type Outcome = bool;

    fn make(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(bool, Option<Note>), StoreError> {
        let Some(before) = ledger.mail_server()? else { return Ok((false, None)) };
        ledger.save_mail_server(None)?;
        ledger.save_setting(Setting::SendsMail(false))?;
        changes.push(Notice::Site);
        Ok((true, Some(note(AuditAction::MailServerRemoved, &before).changed(shown(&before, false), json!({})))))
    }
}

/// Records a member's test of a mail server.
#[derive(Clone, Debug)]
pub struct TestMailServer {
    /// The recipient of the test mail.
    pub to: String,
    /// The host of the server.
    pub host: String,
    /// Where the test ended.
    pub step: &'static str,
}

impl Change for TestMailServer {
    type Outcome = ();

    fn make(&self, _: &mut dyn Ledger, _: &mut Changes) -> Result<((), Option<Note>), StoreError> {
        let note = Note::new(AuditAction::DestinationTested, of_destination(Destination::MAIL, "{}"));
        Ok(((), Some(note.with(json!({"to": self.to, "host": self.host, "step": self.step})))))
    }
}

fn note(action: AuditAction, server: &MailServer) -> Note {
    Note::new(action, subject("mail_server", "", &server.host))
}

fn shown(server: &MailServer, is_new_secret: bool) -> Value {
    let MailServer { host, port, security, username, from_address, from_name, .. } = server;
    let mut shown = json!({"host": host, "port": port, "security": security, "username": username,
        "from_address": from_address, "from_name": from_name});
    if is_new_secret {
        shown["secret"] = "changed".into();
    }
    shown
}
