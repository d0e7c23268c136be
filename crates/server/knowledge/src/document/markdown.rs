//! Markdown: headings, and the text under each.

use super::outline::{Builder, Outline};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// Returns the outline of a Markdown text.
pub(super) fn outline(text: &str) -> Outline {
    let mut builder = Builder::default();
    let mut is_code = false;
    for event in Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
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
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::TableCell) => builder.text(" "),
            Event::End(
                TagEnd::Paragraph
                | TagEnd::Item
                | TagEnd::TableRow
                | TagEnd::TableHead
                | TagEnd::BlockQuote(_)
                | TagEnd::List(_)
                | TagEnd::Table,
            )
            | Event::Start(Tag::List(_) | Tag::Item)
            | Event::Rule => builder.end_block(),
            _ => {}
        }
    }
    builder.end()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_lists_and_tables_are_read() {
        let text = "# Shop\n\nWelcome *all*.\n\n## Plans\n\n- Starter: **49**\n- Team\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n### More\n\nSee [docs](https://x.example).\n";
        let outline = outline(text);
        let found: Vec<(&str, Vec<&str>)> = outline
            .sections
            .iter()
            .map(|section| (section.heading.as_str(), section.blocks.iter().map(String::as_str).collect()))
            .collect();
        let expected = [
            ("", vec!["Welcome all."]),
            ("Plans", vec!["Starter: 49", "Team", "a b", "1 2"]),
            ("Plans › More", vec!["See docs."]),
        ];
        assert_eq!((outline.title.as_str(), found), ("Shop", expected.to_vec()));
    }
}
