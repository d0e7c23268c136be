//! Heads of quoted mails: `From:`, `Sent:`, `To:`, `Subject:` on lines of their own.

use super::lines::plain;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    From,
    Date,
    To,
    Subject,
}

/// The labels of the fields in each language, in small letters.
const LABELS: [(Field, &[&str]); 4] = [
    (Field::From, &["from", "von", "de"]),
    (Field::Date, &["sent", "date", "gesendet", "datum", "envoyé", "enviado", "enviado el", "fecha"]),
    (Field::To, &["to", "cc", "an", "à", "para"]),
    (Field::Subject, &["subject", "betreff", "objet", "asunto"]),
];

fn field(line: &str) -> Option<Field> {
    let plain = plain(line);
    let (label, _) = plain.split_once(':')?;
    let label = label.trim_matches(|c: char| c == '*' || c.is_whitespace());
    LABELS.iter().find(|(_, labels)| labels.contains(&label)).map(|(field, _)| *field)
}

/// Whether the head of a mail begins here: a sender, with a date or a subject, and an address or a subject among them. So
/// `From: Berlin` over `To: Rome` is none.
pub(super) fn is_head(lines: &[&str]) -> bool {
    let block = || lines.iter().map_while(|line| field(line).map(|field| (field, *line)));
    let has = |wanted: Field| block().any(|(field, _)| field == wanted);
    let has_address = block().any(|(_, line)| line.contains('@'));
    has(Field::From) && (has(Field::Date) && has_address || has(Field::Subject))
}
