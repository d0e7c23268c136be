//! Forms and addresses among signals that arrive: whose address a form gives, before the signals are stored.

use crate::BrowserSession;
use knock_model::{Email, Millis, SignalType, Trust};
use knock_ports::{FORM_AND_ADDRESS, NewSignal, StoreError, View, span_at};

/// The newest forms and addresses of a batch that are looked at: a page sends one of each.
const MOST: usize = 8;

/// A form, or an address that the page gave.
#[derive(Clone, Debug)]
pub enum FormPart {
    Form(Millis),
    Address(Millis, Email),
}

impl FormPart {
    /// The part of a form that a signal is, if any. An address that the site cannot prove is none.
    pub fn of(signal: &NewSignal) -> Option<FormPart> {
        match signal.kind {
            SignalType::FormSubmit => Some(FormPart::Form(signal.at)),
            SignalType::Identify => {
                let said = signal.detail.read();
                let email = Email::parse(&said.email).ok().filter(|_| said.trust != Some(Trust::Unverified));
                email.map(|email| FormPart::Address(signal.at, email))
            }
            _ => None,
        }
    }

    /// The address that came last with a form: both among these parts, or one of them stored before.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) fn address(
        view: &dyn View,
        session: &BrowserSession,
        parts: &[FormPart],
    ) -> Result<Option<Email>, StoreError> {
        for part in parts.iter().rev().take(MOST) {
            let email = match part {
                FormPart::Address(at, email) => {
                    let is_sent = parts.iter().any(|other| other.is_form() && is_close(*at, other.at()))
                        || is_stored(view, session, SignalType::FormSubmit, *at)?;
                    Some(email.clone()).filter(|_| is_sent)
                }
                // An address among the parts is found by itself.
                FormPart::Form(at) if is_stored(view, session, SignalType::Identify, *at)? => {
                    address_at(view, session, *at)?
                }
                FormPart::Form(_) => None,
            };
            if email.is_some() {
                return Ok(email);
            }
        }
        Ok(None)
    }

    const fn is_form(&self) -> bool {
        matches!(self, FormPart::Form(_))
    }

    const fn at(&self) -> Millis {
        match self {
            FormPart::Form(at) | FormPart::Address(at, _) => *at,
        }
    }
}

fn is_close(one: Millis, other: Millis) -> bool {
    (one - other).0.abs() <= FORM_AND_ADDRESS.0
}

fn is_stored(view: &dyn View, session: &BrowserSession, kind: SignalType, at: Millis) -> Result<bool, StoreError> {
    view.is_beside((session.site, session.visitor), session.session, kind, at)
}

/// The address of the lead to whom a browser belongs at an instant.
fn address_at(view: &dyn View, session: &BrowserSession, at: Millis) -> Result<Option<Email>, StoreError> {
    let spans = view.spans_of_visitor(session.site, session.visitor)?;
    let lead = spans.get(span_at(&spans, at)).and_then(|span| span.lead);
    let lead = lead.map(|lead| view.lead(lead)).transpose()?.flatten();
    Ok(lead.and_then(|lead| lead.email))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_and_an_address_within_five_seconds_belong_together() {
        let at = Millis(100_000);
        for (other, expected) in [(94_999, false), (95_000, true), (100_000, true), (105_000, true), (105_001, false)] {
            assert_eq!(is_close(at, Millis(other)), expected, "{other}");
        }
    }
}
