//! Markdown: headings, and the text under each.

use super::outline::{Builder, Outline, one_line};
use super::rows::{Cell, lines_of};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// Returns the outline of a Markdown text.
pub(super) fn outline(text: &str) -> Outline {
    let mut builder = Builder::default();
    let mut is_code = false;
    let mut table = Table::default();
    for event in Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        if table.takes(&event) {
            if let Event::End(TagEnd::Table) = event {
                builder.end_block();
                builder.lines(lines_of(&std::mem::take(&mut table).rows));
            }
            continue;
        }
        match event {
            Event::Start(Tag::Heading { .. }) => builder.begin_heading(),
            Event::End(TagEnd::Heading(level)) => builder.end_heading(level as u8),
            Event::Start(Tag::CodeBlock(_)) => is_code = true,
            Event::End(TagEnd::CodeBlock) => {
                is_code = false;
                builder.end_block();
            }
            Event::Text(text) if is_code => {
                for line in text.lines() {
                    builder.text(line);
                    builder.text(" ");
                }
            }
            Event::Text(text) | Event::Code(text) => builder.text(&text),
            Event::SoftBreak | Event::HardBreak => builder.text(" "),
            Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::BlockQuote(_) | TagEnd::List(_))
            | Event::Start(Tag::List(_) | Tag::Item)
            | Event::Rule => builder.end_block(),
            _ => {}
        }
    }
    builder.end()
}

/// The rows of the open table.
#[derive(Default)]
struct Table {
    is_open: bool,
    is_head: bool,
    rows: Vec<Vec<Cell>>,
}

impl Table {
    /// Takes what belongs to a table; false for anything else.
    fn takes(&mut self, event: &Event<'_>) -> bool {
        match event {
            Event::Start(Tag::Table(_)) => self.is_open = true,
            Event::Start(Tag::TableHead | Tag::TableRow) => {
                self.is_head = matches!(event, Event::Start(Tag::TableHead));
                self.rows.push(Vec::new());
            }
            Event::Start(Tag::TableCell) => {
                let cell = Cell { text: String::new(), is_head: self.is_head };
                if let Some(row) = self.rows.last_mut() {
                    row.push(cell);
                }
            }
            Event::Text(text) | Event::Code(text) if self.is_open => {
                if let Some(cell) = self.rows.last_mut().and_then(|row| row.last_mut()) {
                    cell.text.push_str(text);
                }
            }
            Event::End(TagEnd::TableCell) => {
                if let Some(cell) = self.rows.last_mut().and_then(|row| row.last_mut()) {
                    cell.text = one_line(&cell.text);
                }
            }
            _ => return self.is_open,
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_lists_and_tables_are_read() {
        let text = "# Shop\n\nWelcome *all*.\n\n## Plans\n\n- Starter: **49**\n- Team\n\n| a | b |\n|---|---|\n| 1 | 2 **to** 3 |\n\n### More\n\nSee [docs](https://x.example).\n";
        let outline = outline(text);
        let found: Vec<(&str, Vec<&str>)> = outline
            .sections
            .iter()
            .map(|section| (section.heading.as_str(), section.blocks.iter().map(String::as_str).collect()))
            .collect();
        let expected = [
            ("", vec!["Welcome all."]),
            ("Plans", vec!["Starter: 49", "Team", "1, b: 2 to 3"]),
            ("Plans › More", vec!["See docs."]),
        ];
        assert_eq!((outline.title.as_str(), found), ("Shop", expected.to_vec()));
    }
}
