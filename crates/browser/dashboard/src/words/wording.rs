//! Other ways to ask a known question, in words.

use super::number::{count, counted};
use crate::kit::letters::lower;
use knock_wire::KnownAnswer;

/// `+ 2 wordings`.
pub(crate) fn wordings_words(wordings: usize) -> String {
    format!("+ {}", counted(wordings as i64, "wording"))
}

/// The number of times that leads asked like that: `once`, `3 times`.
pub(crate) fn times_words(times: u32) -> String {
    match times {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        more => format!("{} times", count(i64::from(more))),
    }
}

/// The known questions that have all typed words in the question or in one of its wordings, in their order.
pub(crate) fn matching(known: &[KnownAnswer], typed: &str) -> Vec<KnownAnswer> {
    let typed = lower(typed);
    let words: Vec<&str> = typed.split_whitespace().collect();
    let has_all = |text: &String| {
        let text = lower(text);
        words.iter().all(|word| text.contains(word))
    };
    let is_match = |answer: &&KnownAnswer| [&answer.question].into_iter().chain(&answer.wordings).any(has_all);
    known.iter().filter(is_match).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn numbers_of_wordings_and_times_are_said() {
        assert_eq!((wordings_words(1), wordings_words(2)), ("+ 1 wording".to_owned(), "+ 2 wordings".to_owned()));
        let times = [1, 2, 1_200].map(times_words);
        assert_eq!(times, ["once", "twice", "1,200 times"]);
    }

    #[wasm_bindgen_test]
    fn known_questions_are_found_by_all_words_of_one_of_their_wordings() {
        let shipping = KnownAnswer { wordings: vec!["Delivery to OSLO?".to_owned()], ..sample::answer(1) };
        let known = [shipping, sample::answer(2)];
        for (typed, expected) in [("", 2), ("question", 2), ("oslo deliv", 1), ("question oslo", 0), ("2", 1)] {
            assert_eq!(matching(&known, typed).len(), expected, "{typed}");
        }
    }
}
