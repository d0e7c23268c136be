//! What visitors do in a chat beside writing, in words.

use knock_wire::{FormAnswer, VisitorActShown};

/// The ratings, the worst first.
const RATINGS: [&str; 5] = ["very bad", "bad", "okay", "good", "very good"];

/// `The visitor ended the chat`; of a form and a rating what was said follows.
pub(crate) fn act_words(act: &VisitorActShown) -> String {
    match &*act.what {
        "form" => "Answered the form of the chat".to_owned(),
        "ended" => "The visitor ended the chat".to_owned(),
        "rated" => format!("Rated the chat: {}", rating_words(act)),
        "transcript" => format!("Had the transcript mailed to {}", act.to),
        other => other.to_owned(),
    }
}

/// `good (4 of 5)`.
fn rating_words(act: &VisitorActShown) -> String {
    let rating = act.rating.unwrap_or_default();
    let word = usize::from(rating).checked_sub(1).and_then(|place| RATINGS.get(place)).copied().unwrap_or_default();
    format!("{word} ({rating} of 5)")
}

/// The last rating among acts: `good (4 of 5)`.
pub(crate) fn last_rating(acts: &[VisitorActShown]) -> Option<String> {
    acts.iter().rfind(|act| act.rating.is_some()).map(rating_words)
}

/// The member who had written last when it was rated; empty for none.
pub(crate) fn rated_with(act: &VisitorActShown) -> String {
    if act.rep.is_empty() { String::new() } else { format!("Last answered by {}", act.rep) }
}

/// The consent that was given with a form; empty for none.
pub(crate) fn consent_words(act: &VisitorActShown) -> String {
    if act.consent.is_empty() { String::new() } else { format!("Agreed to: {}", act.consent) }
}

/// The name of a field of a form: of a custom field its label, without one its name.
pub(crate) fn field_words(answer: &FormAnswer) -> String {
    match &*answer.field {
        _ if !answer.label.is_empty() => &*answer.label,
        "name" => "Name",
        "email" => "E-mail",
        "phone" => "Phone",
        "company" => "Company",
        other => other.strip_prefix("custom.").unwrap_or(other),
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn an_act_is_said_with_its_values() {
        let act = |what: &str| VisitorActShown { what: what.to_owned(), ..sample::act() };
        let rated = VisitorActShown { rating: Some(5), rep: "Lena".to_owned(), ..act("rated") };
        assert_eq!(act_words(&rated), "Rated the chat: very good (5 of 5)");
        assert_eq!(rated_with(&rated), "Last answered by Lena");
        assert_eq!(act_words(&act("ended")), "The visitor ended the chat");
        assert_eq!(act_words(&act("something newer")), "something newer");
        let field = |field: &str, label: &str| {
            field_words(&FormAnswer { field: field.to_owned(), label: label.to_owned(), value: String::new() })
        };
        assert_eq!([field("email", ""), field("custom.plan", "")], ["E-mail", "plan"]);
        assert_eq!(field("custom.plan", "Your plan"), "Your plan");
    }
}
