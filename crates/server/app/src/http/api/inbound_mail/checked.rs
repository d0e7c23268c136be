//! A way of answers as a person enters it, checked field by field. An IMAP account is signed in to.

use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use knock_inbound_mail::Inbound;
use knock_model::Email;
use knock_ports::{Credentials, InboundCursor, InboundMail, InboundWay, WrongField};
use knock_wire::{FieldError, InboundMailDraft, RawSecret};
use std::sync::Arc;

/// The longest local part of an address that takes a tag of 42 characters after a `+` (RFC 5321, 4.5.3.1.1: 64).
const LONGEST_LOCAL: usize = 21;
/// The longest name of a folder, in bytes.
const LONGEST_FOLDER: usize = 200;
/// The folder of a mailbox that new mails arrive in (RFC 3501, 5.1).
const INBOX: &str = "INBOX";

/// What to store.
pub(super) struct Checked {
    pub(super) mail: InboundMail,
    /// The end of the folder: reading begins there, unless the same folder is read already.
    pub(super) cursor: Option<InboundCursor>,
    /// The secret of a new address for the provider.
    pub(super) hook: Option<RawSecret>,
}

/// Checks a draft.
pub(super) async fn checked(state: &AppState, draft: &InboundMailDraft) -> Result<Checked, Problem> {
    let address = address(draft)?;
    let known = read(Arc::clone(&state.core.store), |view| view.inbound_mail()).await?;
    let known = known.map(|known| known.way);
    let with = |way| InboundMail { address, has_tags: draft.has_tags, way };
    match draft.way {
        knock_wire::InboundWay::None => Err(wrong("/way", "is none: answers are ended by deleting the settings")),
        knock_wire::InboundWay::Hook => {
            let kept = known.filter(|way| matches!(way, InboundWay::Hook { .. }) && !draft.is_new_hook);
            let (hook, way) = kept.map_or_else(
                || {
                    let (secret, way) = state.inbound.new_hook();
                    (Some(secret), way)
                },
                |way| (None, way),
            );
            Ok(Checked { mail: with(way), cursor: None, hook })
        }
        knock_wire::InboundWay::Imap => {
            let (folder, entered) = (folder(&draft.folder)?, entered(state, draft, known.as_ref())?);
            let (way, cursor) = state.inbound.tried(&entered, folder).await.map_err(refused)?;
            Ok(Checked { mail: with(way), cursor: Some(cursor), hook: None })
        }
    }
}

/// The address that answers go to.
fn address(draft: &InboundMailDraft) -> Result<String, Problem> {
    let email = Email::parse(draft.address.trim()).map_err(|error| wrong("/address", &error.to_string()))?.to_text();
    let local = email.rsplit_once('@').map_or("", |(local, _)| local);
    if draft.has_tags && local.len() > LONGEST_LOCAL {
        let reason = format!(
            "has more than {LONGEST_LOCAL} characters before the @: with a tag it is longer than addresses may be"
        );
        return Err(wrong("/address", &reason));
    }
    Ok(email)
}

fn folder(typed: &str) -> Result<&str, Problem> {
    let folder = typed.trim();
    if folder.len() > LONGEST_FOLDER || folder.chars().any(char::is_control) {
        return Err(wrong("/folder", "is no name of a folder"));
    }
    Ok(if folder.is_empty() { INBOX } else { folder })
}

/// The entered credentials. A secret may be left out for the account that is connected.
fn entered(state: &AppState, draft: &InboundMailDraft, known: Option<&InboundWay>) -> Result<Credentials, Problem> {
    let fields = Inbound::FORM.fields;
    if let Some(name) = draft.credentials.keys().find(|name| fields.iter().all(|field| field.name != name.as_str())) {
        let pointer = format!("/credentials/{}", name.replace('~', "~0").replace('/', "~1"));
        return Err(wrong(&pointer, "is no field of an IMAP account"));
    }
    let mut entered = Credentials::default();
    for field in fields {
        let value = draft.credentials.get(field.name).map_or("", RawSecret::reveal);
        let value = if field.is_secret { value } else { value.trim() };
        entered.0.insert(field.name.to_owned(), value.to_owned());
    }
    let stored = known.and_then(|way| state.inbound.credentials(way)).unwrap_or_default();
    let is_same = Inbound::is_same_login(&stored, &entered);
    for field in fields {
        if field.is_secret && entered.get(field.name).is_empty() && is_same {
            entered.0.insert(field.name.to_owned(), stored.get(field.name).to_owned());
        }
        let value = entered.get(field.name);
        let pointer = format!("/credentials/{}", field.name);
        if value.trim().is_empty() {
            return Err(wrong(&pointer, field.wrong));
        }
        if value.len() > field.longest {
            return Err(wrong(&pointer, &format!("is longer than {} bytes", field.longest)));
        }
    }
    Ok(entered)
}

fn refused(WrongField { field, reason }: WrongField) -> Problem {
    let pointer = if field == "folder" { "/folder".to_owned() } else { format!("/credentials/{field}") };
    wrong(&pointer, &reason)
}

fn wrong(pointer: &str, reason: &str) -> Problem {
    Problem::invalid(FieldError { pointer: pointer.to_owned(), reason: reason.to_owned() })
}
