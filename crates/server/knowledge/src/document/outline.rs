//! A document as headings with the content below each.

use knock_agent::Language;

/// A document without its layout.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Outline {
    /// The title; empty if there is none.
    pub(super) title: String,
    /// The language, as stated in the document.
    pub(super) language: Option<Language>,
    pub(super) sections: Vec<Section>,
}

/// The content below a heading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Section {
    /// The heading with those above it.
    pub(super) heading: String,
    /// Paragraphs, list items and rows, in order.
    pub(super) blocks: Vec<String>,
}

/// The longest heading, in characters.
const LONGEST_HEADING: usize = 200;

/// Builds an outline from the parts of a document, in order.
#[derive(Default)]
pub(super) struct Builder {
    outline: Outline,
    /// The current headings, with their levels.
    headings: Vec<(u8, String)>,
    block: String,
    section: Section,
}

impl Builder {
    /// Adds text to the open block.
    pub(super) fn text(&mut self, text: &str) {
        self.block.push_str(text);
    }

    pub(super) fn end_block(&mut self) {
        let block = std::mem::take(&mut self.block);
        let block = one_line(&block);
        if !block.is_empty() {
            self.section.blocks.push(block);
        }
    }

    /// Starts a heading: the following text is its own.
    pub(super) fn begin_heading(&mut self) {
        self.end_block();
    }

    /// Ends a heading of this level, 1 the highest: the text so far is its own.
    pub(super) fn end_heading(&mut self, level: u8) {
        let heading: String = one_line(&std::mem::take(&mut self.block)).chars().take(LONGEST_HEADING).collect();
        self.end_section();
        self.headings.retain(|(above, _)| *above < level);
        if !heading.is_empty() {
            if self.outline.title.is_empty() && level == 1 {
                self.outline.title.clone_from(&heading);
            }
            self.headings.push((level, heading));
        }
        let title = &self.outline.title;
        let path = self.headings.iter().map(|(_, heading)| heading.as_str()).filter(|heading| heading != title);
        self.section.heading = path.collect::<Vec<_>>().join(" › ");
    }

    /// Sets the title, unless there is one.
    pub(super) fn title(&mut self, title: &str) {
        if self.outline.title.is_empty() {
            self.outline.title = one_line(title).chars().take(LONGEST_HEADING).collect();
        }
    }

    /// Sets the language stated in the document.
    pub(super) fn language(&mut self, language: Option<Language>) {
        self.outline.language = language;
    }

    /// Ends the document and returns the outline.
    pub(super) fn end(mut self) -> Outline {
        self.end_block();
        self.end_section();
        self.outline
    }

    fn end_section(&mut self) {
        let section = std::mem::take(&mut self.section);
        if !section.blocks.is_empty() {
            self.outline.sections.push(section);
        }
    }
}

impl Outline {
    /// Returns the outline of a text without headings: paragraphs with empty lines between them.
    pub(super) fn of_paragraphs(text: &str) -> Outline {
        let mut builder = Builder::default();
        for line in text.lines() {
            if line.trim().is_empty() {
                builder.end_block();
            } else {
                builder.text(line);
                builder.text(" ");
            }
        }
        builder.end()
    }
}

/// Returns a text with single spaces between its words.
pub(super) fn one_line(text: &str) -> String {
    let is_shown = |sign: &char| !sign.is_control() || sign.is_whitespace();
    let text: String = text.chars().filter(is_shown).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
