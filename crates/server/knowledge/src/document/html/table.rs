//! Tables: each row becomes a line with the heads of its columns.

use super::super::outline::one_line;
use scraper::{ElementRef, Node};

/// The longest cell of a table of data, in characters; a table with longer ones is a layout.
const LONGEST_CELL: usize = 200;
/// The most rows of a table of data.
const MOST_ROWS: usize = 500;

struct Cell {
    text: String,
    is_head: bool,
}

/// The lines of a table of data, such as "Studio, Price: 149 € a month"; none if the table is a layout.
pub(super) fn lines(table: ElementRef<'_>) -> Option<Vec<String>> {
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for element in table.descendants().skip(1).filter_map(ElementRef::wrap) {
        match element.value().name() {
            "table" | "form" | "h1" | "h2" | "h3" | "h4" => return None,
            "tr" => rows.push(Vec::new()),
            "td" | "th" => {
                let cell = Cell { text: text_of(element), is_head: element.value().name() == "th" };
                if cell.text.chars().count() > LONGEST_CELL {
                    return None;
                }
                rows.last_mut()?.push(cell);
            }
            _ => {}
        }
    }
    rows.retain(|row| row.iter().any(|cell| !cell.text.is_empty()));
    let is_wide = rows.iter().any(|row| row.len() > 1);
    if !is_wide || rows.len() > MOST_ROWS {
        return None;
    }
    Some(lines_of(&rows))
}

fn lines_of(rows: &[Vec<Cell>]) -> Vec<String> {
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

fn text_of(cell: ElementRef<'_>) -> String {
    let mut text = String::new();
    for node in cell.descendants() {
        match node.value() {
            Node::Text(part) if !is_operated(&node) => text.push_str(part),
            Node::Element(element) if matches!(element.name(), "br" | "p" | "li" | "div") => text.push(' '),
            _ => {}
        }
    }
    one_line(&text)
}

fn is_operated(node: &ego_tree::NodeRef<'_, Node>) -> bool {
    let mut above = node.ancestors().filter_map(ElementRef::wrap).take(4);
    above.any(|element| matches!(element.value().name(), "button" | "script" | "style" | "select"))
}
