//! Tables: each row becomes a line with the heads of its columns.

use super::super::outline::one_line;
use super::super::rows::{Cell, lines_of};
use scraper::{ElementRef, Node};

/// The longest cell of a table of data, in characters; a table with longer ones is a layout.
const LONGEST_CELL: usize = 200;
/// The most rows of a table of data.
const MOST_ROWS: usize = 500;

/// The lines of a table of data, such as "Studio, Price: 149 € a month"; none if the table is a layout.
pub(super) fn lines(table: ElementRef<'_>) -> Option<Vec<String>> {
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    let mut caption = None;
    for element in table.descendants().skip(1).filter_map(ElementRef::wrap) {
        match element.value().name() {
            "table" | "form" | "h1" | "h2" | "h3" | "h4" => return None,
            "caption" => caption = Some(text_of(element)).filter(|text| !text.is_empty()),
            "tr" => rows.push(Vec::new()),
            "td" | "th" => {
                let cell = Cell { text: text_of(element), is_head: is_head(element) };
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
    Some(caption.into_iter().chain(lines_of(&rows)).collect())
}

fn is_head(cell: ElementRef<'_>) -> bool {
    let mut above = cell.ancestors().filter_map(ElementRef::wrap).take(2);
    cell.value().name() == "th" || above.any(|element| element.value().name() == "thead")
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
