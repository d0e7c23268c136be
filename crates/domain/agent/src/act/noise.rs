//! Messages that nothing can be read from.

/// Rows of keyboards.
const ROWS: [&str; 8] =
    ["qwertyuiop", "qwertzuiopu", "azertyuiop", "asdfghjkl", "qsdfghjklm", "zxcvbnm", "yxcvbnm", "wxcvbn"];
/// Words that test whether something is there.
const TESTS: [&str; 14] = [
    "test", "testing", "tests", "prueba", "probando", "essai", "teste", "bla", "blah", "blabla", "lorem", "foo", "xxx",
    "tst",
];

/// Whether the words of a message, in one case, are keys pressed at random, signs, or a test.
pub(super) fn is_noise(words: &[&str]) -> bool {
    let letters: usize = words.iter().map(|word| word.chars().filter(|sign| sign.is_alphabetic()).count()).sum();
    if letters == 0 {
        // A longer number is one of an order, or of something else that is asked about.
        return words.iter().map(|word| word.len()).sum::<usize>() <= 4;
    }
    let is_test = |word: &&&str| TESTS.contains(*word) || word.chars().all(|sign| sign.is_ascii_digit());
    words.len() <= 4
        && (words.iter().filter(is_test).count() == words.len() || words.iter().all(|word| is_random(word)))
}

/// Whether a word is no word of a language: one letter, one letter over and over, a row of keys, no vowel in it.
fn is_random(word: &str) -> bool {
    let count = word.chars().count();
    let Some(first) = word.chars().next() else { return true };
    let is_one = word.chars().all(|sign| sign == first);
    let back: alloc::string::String = word.chars().rev().collect();
    let is_row = count >= 3 && ROWS.iter().any(|row| row.contains(word) || row.contains(back.as_str()));
    let has_vowel = word.chars().any(|sign| "aeiouy".contains(sign) || !sign.is_ascii());
    let is_row_of_two =
        count >= 4 && ROWS.iter().any(|row| word.chars().all(|sign| row.contains(sign) || !sign.is_ascii()));
    is_one && count != 2 || is_row || count >= 4 && !has_vowel || is_row_of_two && !has_common(word)
}

/// Whether letters alternate as they do in words: `were`, `type`, `salad` are typed on one row too.
fn has_common(word: &str) -> bool {
    let is_vowel = |sign: char| "aeiouy".contains(sign);
    let vowels = word.chars().filter(|sign| is_vowel(*sign)).count();
    vowels * 4 >= word.chars().count()
}
