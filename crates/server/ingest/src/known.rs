//! Memoized categories: most actions of a site are the same few, and the lists are long.

use crate::memo::Memo;
use knock_intent::{Action, Categorised, categorise};
use knock_model::SignalType;
use std::cell::RefCell;
use std::fmt::Write;

thread_local! {
    static KNOWN: RefCell<Memo<Categorised<'static>>> = RefCell::default();
}

/// The memoized result of [`categorise`].
pub(crate) fn remembered(action: &Action<'_>) -> Categorised<'static> {
    let action = telling(action);
    KNOWN.with_borrow_mut(|known| known.of(|key| write_key(key, &action), || categorise(&action)))
}

fn write_key(key: &mut String, action: &Action<'_>) {
    let Action { kind, url, base, href, referrer, name, label, form } = action;
    // Writing to a text cannot fail.
    _ = write!(key, "{}\0{url}\0{base}\0{href}\0{referrer}\0{name}\0{label}\0{form}", kind.index());
}

/// Returns the action without parts that no rule reads, so that more actions are equal.
fn telling<'a>(action: &Action<'a>) -> Action<'a> {
    let is_cta = action.kind == SignalType::Cta;
    let is_click = is_cta || action.kind == SignalType::Click;
    let is_form = matches!(action.kind, SignalType::FormStart | SignalType::FormSubmit | SignalType::FormAbandon);
    let only = |is_read: bool, text: &'a str| if is_read { text } else { "" };
    Action {
        kind: action.kind,
        url: page(action.url),
        base: action.base,
        href: only(is_click, page(action.href)),
        referrer: page(action.referrer),
        name: only(is_cta, action.name),
        label: only(is_cta, action.label),
        form: only(is_form, action.form),
    }
}

/// Returns an address without its query and fragment.
fn page(url: &str) -> &str {
    url.split(['?', '#']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text() -> impl Strategy<Value = String> {
        prop_oneof![
            Just(String::new()),
            Just("https://a.example/pricing?x=/careers#/docs".to_owned()),
            Just("https://www.g2.com/products".to_owned()),
            Just("book a demo".to_owned()),
            Just("contactForm".to_owned()),
            Just("/docs".to_owned()),
            "[a-z/?#:.]{0,20}",
        ]
    }

    proptest! {
        #[test]
        fn what_is_remembered_is_what_would_be_decided(
            kind in proptest::sample::select(SignalType::ALL),
            texts in proptest::collection::vec(text(), 7),
        ) {
            let [url, base, href, referrer, name, label, form] =
                <&[String; 7]>::try_from(texts.as_slice()).expect("seven").each_ref().map(String::as_str);
            let action = Action { kind, url, base, href, referrer, name, label, form };
            prop_assert_eq!(remembered(&action), categorise(&action));
            prop_assert_eq!(remembered(&action), categorise(&action));
        }
    }
}
