//! Lines that name the author of a quote: `On 3 Feb 2025, at 10:11, Bo Bell <bo@first.example> wrote:`.

use super::lines::{is_quoted, plain};
use alloc::string::String;

/// The lines that one can be wrapped over.
const MOST_LINES: usize = 3;
/// Its longest, in characters.
const LONGEST: usize = 300;

/// The first words and the verbs of each language, in small letters.
const FORMS: [(&str, &str); 5] =
    [("on ", " wrote"), ("am ", " schrieb"), ("le ", " a écrit"), ("el ", " escribió"), ("el ", " escribio")];

/// The number of lines of the attribution that begins here; none if there is none.
pub(super) fn attribution(lines: &[&str]) -> Option<usize> {
    let mut joined = String::new();
    for (at, line) in lines.iter().take(MOST_LINES).enumerate() {
        if line.trim().is_empty() || is_quoted(line) {
            return None;
        }
        if at > 0 {
            joined.push(' ');
        }
        joined.push_str(line.trim());
        if is_attribution(&joined) || at == 0 && is_by_address(&joined) {
            // One that begins on the next line has all of its words: this line is the sender's.
            let is_own = at > 0 && attribution(lines.get(1..)?).is_some();
            return (!is_own).then_some(at + 1);
        }
    }
    None
}

fn is_attribution(text: &str) -> bool {
    let text = plain(text);
    let Some(text) = text.strip_suffix(':').map(str::trim_end) else { return false };
    let is_dated = text.contains('@') || text.bytes().any(|byte| byte.is_ascii_digit());
    let has_form = FORMS.iter().any(|(first, verb)| text.starts_with(first) && text.contains(verb));
    text.chars().count() <= LONGEST && is_dated && has_form
}

/// Whether a line is an address and a verb alone, as some programs write it.
fn is_by_address(text: &str) -> bool {
    let text = plain(text);
    let Some(text) = text.strip_suffix(':').map(str::trim_end) else { return false };
    let has_verb = FORMS.iter().any(|(_, verb)| text.ends_with(verb));
    text.chars().count() <= LONGEST && text.contains('<') && text.contains('@') && has_verb
}
