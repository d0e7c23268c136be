//! The mail server of the dashboard: a setting.

use super::{Connection, Db};
use knock_ports::{MailServer, MailServerLedger, MailServerView, StoreError};

const MAIL_SERVER: &str = "mail_server";

impl<C: Connection> MailServerLedger for Db<C> {
    fn save_mail_server(&mut self, server: Option<&MailServer>) -> Result<(), StoreError> {
        self.save_or_drop(MAIL_SERVER, server)
    }
}

impl<C: Connection> MailServerView for Db<C> {
    fn mail_server(&self) -> Result<Option<MailServer>, StoreError> {
        self.setting(MAIL_SERVER)
    }
}
