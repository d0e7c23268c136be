//! The mail server that is in use now: it changes while the server runs.

use crate::config::Smtp;
use std::sync::{Arc, PoisonError, RwLock};

/// A shared place for the server in use; each mail is sent by the one that is there.
#[derive(Clone, Debug, Default)]
pub struct SmtpInUse(Arc<RwLock<Option<Arc<Smtp>>>>);

impl SmtpInUse {
    /// The server; none while mail is not set up.
    pub fn get(&self) -> Option<Arc<Smtp>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Puts another one, or none, in its place.
    pub fn set(&self, smtp: Option<Smtp>) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = smtp.map(Arc::new);
    }
}

impl From<Option<Smtp>> for SmtpInUse {
    fn from(smtp: Option<Smtp>) -> SmtpInUse {
        SmtpInUse(Arc::new(RwLock::new(smtp.map(Arc::new))))
    }
}
