//! The most common passwords that are long enough to be taken otherwise.

/// In lower case, without the digits and signs at their ends.
const FREQUENT: &[&str] = &[
    "abcdefghijkl",
    "adminadmin",
    "adminadminadmin",
    "administrator",
    "changeme",
    "changemechangeme",
    "changemenow",
    "correcthorsebatterystaple",
    "iloveyou",
    "iloveyouforever",
    "letmein",
    "letmeinletmein",
    "letmeinplease",
    "knock",
    "knockknock",
    "knockknockknock",
    "mypassword",
    "newpassword",
    "passw0rd",
    "passwort",
    "password",
    "passwordpassword",
    "p@ssw0rd",
    "p@ssword",
    "qazwsxedc",
    "qwerty",
    "qwertyqwerty",
    "qwertyuiop",
    "qwertyuiopasdfghjkl",
    "qwertzuiop",
    "superman",
    "trustno",
    "welcome",
    "welcomewelcome",
    "yourpassword",
    "zxcvbnm",
    "q2w3e4r5t",
    "q2w3e4r5t6y",
    "qaz2wsx3edc",
    "qaz2wsx",
];

/// Whether a password is common, or made of one character, or of digits in their order.
pub(super) fn is_frequent(password: &str) -> bool {
    let lower = password.to_lowercase();
    let bare = lower.trim_matches(|c: char| c.is_ascii_digit() || c.is_ascii_punctuation());
    let is_uniform = lower.chars().all(|c| lower.starts_with(c));
    let is_counted = lower.bytes().zip(lower.bytes().skip(1)).all(|(one, next)| is_next(one, next));
    bare.is_empty() && is_digits(&lower) && is_counted || is_uniform || FREQUENT.contains(&bare)
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// `2` after `1`, and `0` or `1` after `9`.
const fn is_next(one: u8, next: u8) -> bool {
    next == one + 1 || one == b'9' && (next == b'0' || next == b'1')
}
