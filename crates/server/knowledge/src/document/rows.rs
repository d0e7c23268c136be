//! Rows of tables as lines that can be read alone.

/// A cell of a table.
pub(super) struct Cell {
    pub(super) text: String,
    pub(super) is_head: bool,
}

/// The lines of rows; a row of nothing but heads has those of the columns below it.
pub(super) fn lines_of(rows: &[Vec<Cell>]) -> Vec<String> {
    let is_head_row = |row: &[Cell]| row.len() > 1 && row.iter().all(|cell| cell.is_head || cell.text.is_empty());
    let mut heads: &[Cell] = &[];
    let mut lines = Vec::new();
    for row in rows {
        if is_head_row(row) {
            heads = row;
        } else {
            lines.push(line(row, if heads.len() == row.len() { heads } else { &[] }));
        }
    }
    // A table of nothing but heads.
    if lines.is_empty() { rows.iter().map(|row| line(row, &[])).collect() } else { lines }
}

/// The first cell names the row: the other ones follow, each behind the head of its column.
fn line(row: &[Cell], heads: &[Cell]) -> String {
    let Some((first, rest)) = row.split_first() else { return String::new() };
    let rest: Vec<String> = rest
        .iter()
        .enumerate()
        .filter(|(_, cell)| !cell.text.is_empty())
        .map(|(at, cell)| match heads.get(at + 1).map(|head| head.text.trim_end_matches(':')) {
            Some(head) if !head.is_empty() => format!("{head}: {}", cell.text),
            _ => cell.text.clone(),
        })
        .collect();
    let between = if heads.is_empty() && !first.text.ends_with(':') { ": " } else { ", " };
    match (first.text.as_str(), rest.is_empty()) {
        ("", _) => rest.join(", "),
        (first, true) => first.to_owned(),
        (first, false) if first.ends_with(':') => format!("{first} {}", rest.join(", ")),
        (first, false) => format!("{first}{between}{}", rest.join(", ")),
    }
}
