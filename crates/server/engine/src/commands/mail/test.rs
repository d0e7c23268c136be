//! A test mail, to check whether the SMTP server accepts mail.

use crate::audited::{Change, Note, of_destination};
use crate::changes::Changes;
use crate::effects::Letter;
use knock_model::{AuditAction, Destination, Millis, RepId};
use knock_ports::{Ledger, StoreError, TestMail};
use serde_json::json;

/// Sends a test mail to a member.
#[derive(Clone, Debug)]
pub struct SendTestMail {
    /// The member who asks for it, and gets it.
    pub member: RepId,
    pub email: String,
    pub now: Millis,
}

impl Change for SendTestMail {
    type Outcome = ();

    fn make(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<((), Option<Note>), StoreError> {
        let (kind, data, lead) = (TestMail::KIND, &TestMail { to: self.email.clone() }, None);
        Letter { kind, data, lead, ordering_key: test_key(self.member), now: self.now }.enqueue(ledger, changes)?;
        let note = Note::new(AuditAction::DestinationTested, of_destination(Destination::MAIL, "{}"));
        Ok(((), Some(note.with(json!({"to": self.email})))))
    }
}

/// Returns the ordering key of test mails: a retried one delays no sign-in link, nor the other way round.
fn test_key(member: RepId) -> [u8; 16] {
    member.as_bytes().map(|byte| !byte)
}
