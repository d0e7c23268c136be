//! Sends letters.

use crate::address::is_for_all;
use crate::config::{Route, Smtp};
use crate::in_use::SmtpInUse;
use crate::letter::Letter;
use crate::links::Links;
use crate::mapping::letter;
use crate::message::message;
use crate::outcome::outcome;
use crate::reach::NotSent;
use knock_model::DestinationKind;
use knock_ports::{
    ATTEMPT_TIMEOUT, Clock, Connector, Delivery, DeliveryFuture, DeliveryOutcome, MeetingMail, OutboxEntry, Setup,
    WorkflowMail,
};
use lettre::{AsyncTransport, Message};
use std::sync::Arc;
use std::time::Duration;

/// Delivers letters by SMTP.
#[derive(Clone)]
pub struct MailConnector {
    /// The server; without one nothing is sent, and every letter says so.
    pub smtp: SmtpInUse,
    /// The addresses in letters.
    pub links: Arc<dyn Links>,
    /// To know whether a letter is still of use.
    pub clock: Arc<dyn Clock>,
}

impl Connector for MailConnector {
    fn kind(&self) -> DestinationKind {
        DestinationKind::Mail
    }

    fn setup(&self) -> Setup {
        self.smtp
            .get()
            .map_or(Setup::Missing, |smtp| Setup::Ready { sender: smtp.from.to_string(), server: smtp.server.clone() })
    }

    fn deliver(&self, delivery: &Delivery) -> DeliveryFuture {
        let prepared = self.prepare(&delivery.entry);
        Box::pin(async move {
            match prepared {
                Ok((smtp, message)) => send(&smtp, message).await,
                Err(why) => DeliveryOutcome::Rejected(why),
            }
        })
    }
}

impl MailConnector {
    fn prepare(&self, entry: &OutboxEntry) -> Result<(Smtp, Message), String> {
        let Some(smtp) = self.smtp.get() else {
            return Err("mail is not set up".to_owned());
        };
        let letter: Letter = letter(&entry.effect, &*self.links).map_err(|error| error.to_string())?;
        if letter.expires_at.is_some_and(|end| end <= self.clock.now()) {
            let why = match &entry.effect.kind {
                kind if *kind == MeetingMail::KIND => "it is too late for the meeting",
                kind if *kind == WorkflowMail::KIND => "it is too late for this step of the workflow",
                _ => "its link has expired",
            };
            return Err(why.to_owned());
        }
        let message = message(entry, &letter, &smtp.from).map_err(|error| error.to_string())?;
        Ok(((*smtp).clone(), message))
    }
}

/// The reason for which an address cannot be written to.
const BEYOND_ASCII: &str = "the address has letters beyond ASCII before the @, and the mail server does not take such \
                            addresses (SMTPUTF8)";

async fn send(smtp: &Smtp, message: Message) -> DeliveryOutcome {
    let timeout = Duration::from_millis(ATTEMPT_TIMEOUT.0.unsigned_abs());
    let is_for_all = message.envelope().to().iter().all(is_for_all);
    let answered = async {
        match &smtp.route {
            Route::Configured(transport) => transport.send(message).await.map_err(NotSent::Answered),
            Route::OfTeam(reach) => reach.send(&message).await,
        }
    };
    match tokio::time::timeout(timeout, answered).await {
        // The server does not know SMTPUTF8: nothing was sent, and it will know it as little in an hour.
        Ok(Err(NotSent::Answered(error))) if error.is_client() && !is_for_all => {
            DeliveryOutcome::Rejected(BEYOND_ASCII.to_owned())
        }
        Ok(Ok(response)) => outcome(Ok(response)),
        Ok(Err(NotSent::Answered(error))) => outcome(Err(error)),
        Ok(Err(NotSent::Unreached(_, words))) => DeliveryOutcome::Retry(words, None),
        Err(_) => DeliveryOutcome::Retry("no answer within ten seconds".to_owned(), None),
    }
}
