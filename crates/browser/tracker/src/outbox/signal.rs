//! A signal as it is captured, and its JSON.

use crate::outbox::json::{push_member, push_number, push_text};
use alloc::string::String;
use knock_model::{Category, Millis, SignalType};

/// What was captured of an action; absent texts are empty, all are masked and bounded already.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Facts<'a> {
    /// Address of the page.
    pub(crate) url: &'a str,
    /// Title of the page.
    pub(crate) title: &'a str,
    /// Where the page was reached from.
    pub(crate) referrer: &'a str,
    /// Visible label of what was clicked.
    pub(crate) text: &'a str,
    /// Where a clicked link leads.
    pub(crate) href: &'a str,
    /// Name of the call to action or of the custom event.
    pub(crate) name: &'a str,
    /// Name of the form.
    pub(crate) form: &'a str,
    /// Names of the form's fields, one per line.
    pub(crate) fields: &'a str,
    /// Properties, a JSON object.
    pub(crate) props: &'a str,
}

impl<'a> Facts<'a> {
    /// What is known of every action: the page it happened on. Not inlined: it is the larger part of each use.
    #[inline(never)]
    pub(crate) fn at(url: &'a str) -> Facts<'a> {
        Facts { url, ..Facts::default() }
    }
}

/// What the tracker adds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stamp<'a> {
    /// The kind of signal.
    pub(crate) kind: SignalType,
    /// Its id.
    pub(crate) id: &'a str,
    /// When it happened.
    pub(crate) at: Millis,
    /// Its provisional category.
    pub(crate) category: Category,
    /// The page view it happened on, empty before the first.
    pub(crate) view: &'a str,
}

/// The members of the signal's JSON object, without braces and without `seq`, which is only certain
/// when it is sent. The id comes first.
pub(crate) fn members(stamp: &Stamp<'_>, facts: &Facts<'_>) -> String {
    let mut out = String::new();
    push_member(&mut out, "id", stamp.id);
    let texts = [
        ("type", stamp.kind.as_str()),
        ("category", stamp.category.as_str()),
        ("view", stamp.view),
        ("url", facts.url),
        ("title", facts.title),
        ("referrer", facts.referrer),
        ("text", facts.text),
        ("href", facts.href),
        ("name", facts.name),
        ("form", facts.form),
    ];
    for (name, text) in texts {
        push_member(&mut out, name, text);
    }
    if !facts.fields.is_empty() {
        let mut before = "\"fields\":[";
        for field in facts.fields.split('\n') {
            out.push_str(before);
            push_text(&mut out, field);
            before = ",";
        }
        out.push_str("],");
    }
    if !facts.props.is_empty() {
        out.push_str("\"props\":");
        out.push_str(facts.props);
        out.push(',');
    }
    out.push_str("\"at\":");
    push_number(&mut out, stamp.at.0);
    out
}
