//! The picture of a member, or the first letters of their name.

use leptos::prelude::*;

/// The picture beside the name, which says who it is.
pub(crate) fn face(name: &str, picture: String) -> AnyView {
    if picture.is_empty() {
        return view! { <span class="face" aria-hidden="true">{initials(name)}</span> }.into_any();
    }
    view! { <img class="face" src=picture alt="" width="32" height="32" loading="lazy" /> }.into_any()
}

/// The first letters of the first and the last word.
fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().find(|letter| letter.is_alphanumeric()));
    let (first, last) = (words.next(), words.next_back());
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn a_name_is_known_by_its_first_letters() {
        for (name, letters) in [("Bo Lund", "BL"), ("jana maria müller", "JM"), ("élodie", "É"), ("(x)", "X"), ("", "")]
        {
            assert_eq!(initials(name), letters, "{name}");
        }
    }
}
