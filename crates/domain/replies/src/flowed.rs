//! Text in the format `flowed` (RFC 3676) as paragraphs.

use alloc::string::String;

/// Joins the lines that end in a space with the next one of the same depth of quotes; `deletes_space` is the parameter
/// `DelSp`.
pub fn unflowed(text: &str, deletes_space: bool) -> String {
    let mut joined = String::with_capacity(text.len());
    // The depth of quotes of a line that the next one continues.
    let mut open: Option<usize> = None;
    for line in text.lines() {
        let depth = line.bytes().take_while(|byte| *byte == b'>').count();
        let content = line.get(depth..).unwrap_or_default();
        let content = content.strip_prefix(' ').unwrap_or(content);
        let is_signature = content == "-- ";
        if open != Some(depth) || is_signature {
            if open.is_some() {
                joined.push('\n');
            }
            (0..depth).for_each(|_| joined.push('>'));
            if depth > 0 {
                joined.push(' ');
            }
        }
        let is_flowed = content.ends_with(' ') && !is_signature;
        joined.push_str(if is_flowed && deletes_space {
            content.strip_suffix(' ').unwrap_or(content)
        } else {
            content
        });
        open = is_flowed.then_some(depth);
        if !is_flowed {
            joined.push('\n');
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flowed_lines_are_joined_within_one_depth() {
        let check =
            |text: &str, deletes: bool, expected: &str| assert_eq!(unflowed(text, deletes), expected, "{text:?}");
        check("one \ntwo\nthree", false, "one two\nthree\n");
        check("one \ntwo", true, "onetwo\n");
        check("> a \n> b\nown", false, "> a b\nown\n");
        check("> a \nown", false, "> a \nown\n");
        check(">> a \n>> b\n> c", false, ">> a b\n> c\n");
        check(" stuffed \n from", false, "stuffed from\n");
        check("text \n-- \nAnn", false, "text \n-- \nAnn\n");
        check("", false, "");
    }
}
