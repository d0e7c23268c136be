//! Single lines that say by themselves what they are.

use alloc::string::String;

/// Phrases between dashes before a mail that is quoted without marks, in small letters.
const ORIGINAL: [&str; 7] = [
    "original message",
    "original-nachricht",
    "ursprüngliche nachricht",
    "originalnachricht",
    "message d'origine",
    "message original",
    "mensaje original",
];

/// Phrases before a mail that somebody passes on.
const FORWARDED: [&str; 9] = [
    "forwarded message",
    "weitergeleitete nachricht",
    "weitergeleiteten nachricht",
    "message transféré",
    "message transfere",
    "mensaje reenviado",
    "begin forwarded message",
    "inicio del mensaje reenviado",
    "début du message transféré",
];

/// The beginnings of lines that programs on phones, and some others, put under a text.
const PHONE: [&str; 24] = [
    "sent from my ",
    "sent from outlook",
    "sent from yahoo mail",
    "sent from mail for",
    "sent from proton mail",
    "sent with proton mail",
    "sent from samsung",
    "sent via ",
    "get outlook for ",
    "yahoo mail: search, organize",
    "gesendet von mein",
    "gesendet von outlook",
    "gesendet mit ",
    "holen sie sich outlook",
    "outlook für ",
    "envoyé de mon ",
    "envoyé depuis ",
    "envoyé à partir ",
    "télécharger outlook",
    "obtenez outlook",
    "enviado desde ",
    "enviado con ",
    "obtener outlook",
    "descargar outlook",
];

/// The longest line of a phone, in characters.
const LONGEST_PHONE: usize = 120;

/// A line in small letters, with plain blanks and apostrophes.
pub(super) fn plain(line: &str) -> String {
    line.trim()
        .chars()
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            '\u{a0}' | '\u{202f}' => ' ',
            '\u{2019}' => '\'',
            c => c,
        })
        .collect()
}

pub(super) fn is_quoted(line: &str) -> bool {
    line.trim_start().starts_with('>')
}

/// A line such as `-----Original Message-----`.
pub(super) fn is_separator(line: &str) -> bool {
    let plain = plain(line);
    let inner = plain.trim_matches(['-', ' ']);
    plain.starts_with("--") && plain.ends_with("--") && ORIGINAL.contains(&inner)
}

/// A line of underscores, as Outlook writes it before the head of a quoted mail.
pub(super) fn is_ruler(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 20 && line.bytes().all(|byte| byte == b'_')
}

/// A line such as `---------- Forwarded message ---------`.
pub fn is_forward(line: &str) -> bool {
    let plain = plain(line);
    (plain.contains("--") || plain.ends_with(':')) && FORWARDED.iter().any(|known| plain.contains(known))
}

/// The line before a signature.
pub(super) fn is_signature(line: &str) -> bool {
    line.trim() == "--"
}

/// A line such as `Sent from my iPhone`.
pub(super) fn is_phone(line: &str) -> bool {
    let plain = plain(line);
    let is_german = (plain.starts_with("von mein") || plain.starts_with("diese nachricht wurde von mein"))
        && plain.trim_end_matches('.').ends_with("gesendet");
    plain.chars().count() <= LONGEST_PHONE && (is_german || PHONE.iter().any(|known| plain.starts_with(known)))
}
