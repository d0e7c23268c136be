//! A batch as the server wants it: `{v, site, visitor, session, sent_at, base, intent_type, signals}`.

use crate::outbox::json::{push_member, push_number};
use crate::outbox::queue::Entry;
use alloc::string::String;
use knock_model::Millis;

/// What all signals of a batch share, besides visitor and session.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Envelope<'a> {
    /// The key of the site.
    pub(crate) site: &'a str,
    /// The path under which the site lives, empty for a whole host.
    pub(crate) base: &'a str,
    /// The provisional intent type, empty when nothing is known.
    pub(crate) intent_type: &'a str,
    /// The browser's clock.
    pub(crate) sent_at: Millis,
}

/// The JSON of a batch of entries of one owner.
pub(crate) fn encode<'a>(envelope: &Envelope<'_>, entries: impl Iterator<Item = &'a Entry>) -> String {
    let mut out = String::from("{\"v\":1,");
    push_member(&mut out, "site", envelope.site);
    push_member(&mut out, "base", envelope.base);
    push_member(&mut out, "intent_type", envelope.intent_type);
    out.push_str("\"sent_at\":");
    push_number(&mut out, envelope.sent_at.0);
    out.push(',');
    let mut is_first = true;
    for entry in entries {
        if is_first {
            let (visitor, session) = entry.owner.split_once(' ').unwrap_or_default();
            push_member(&mut out, "visitor", visitor);
            push_member(&mut out, "session", session);
        }
        out.push_str(if is_first { "\"signals\":[{\"seq\":" } else { "},{\"seq\":" });
        is_first = false;
        push_number(&mut out, entry.seq);
        out.push(',');
        out.push_str(&entry.members);
    }
    out.push_str("}]}");
    out
}
