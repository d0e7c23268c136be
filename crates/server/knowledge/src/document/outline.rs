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
    /// The links of the open block that lead to pages: the place in the block where each begins.
    links: Links,
    /// The length of the term in the open block that waits for its description; 0 if there is none.
    term: usize,
    section: Section,
}

/// The links of a block.
#[derive(Default)]
struct Links {
    /// The place in the block where the open link begins.
    open: Option<usize>,
    /// The number of bytes of the block that are links.
    bytes: usize,
}

/// The words from which a text of links is content: a card whose whole text is a link.
const ENOUGH_OF_LINK: usize = 8;
/// Texts of links that only lead on.
const LEADS_ON: [&str; 24] = [
    "read more",
    "learn more",
    "see more",
    "show more",
    "more",
    "find out more",
    "more information",
    "back to top",
    "mehr erfahren",
    "mehr lesen",
    "weiterlesen",
    "weitere informationen",
    "mehr",
    "nach oben",
    "en savoir plus",
    "lire la suite",
    "voir plus",
    "plus d'informations",
    "haut de page",
    "leer más",
    "más información",
    "saber más",
    "ver más",
    "volver arriba",
];

impl Builder {
    /// Adds text to the open block.
    pub(super) fn text(&mut self, text: &str) {
        self.block.push_str(text);
    }

    /// Ends the open block: a text of links is none, since it only names other pages.
    pub(super) fn end_block(&mut self) {
        if self.waits() {
            return;
        }
        self.term = 0;
        let of_links = std::mem::take(&mut self.links).bytes;
        let whole = std::mem::take(&mut self.block);
        let block = one_line(&whole);
        let is_linked = of_links > 0 && of_links * 5 >= whole.trim().len() * 4;
        let is_content =
            !is_linked || block.split_whitespace().count() >= ENOUGH_OF_LINK && block.ends_with(['.', '!']);
        if is_content && block.contains(char::is_alphanumeric) {
            self.section.blocks.push(block);
        }
    }

    /// Starts a link; `is_counted` if it leads to a page.
    pub(super) fn begin_link(&mut self, is_counted: bool) {
        self.links.open = is_counted.then_some(self.block.len());
    }

    /// Ends the link: one that only leads on, such as "Read more", has no text.
    pub(super) fn end_link(&mut self) {
        let Some(start) = self.links.open.take() else { return };
        let Some(text) = self.block.get(start..) else { return };
        let plain = text.trim_matches(|sign: char| !sign.is_alphanumeric()).to_lowercase();
        if LEADS_ON.contains(&plain.as_str()) {
            self.block.truncate(start);
        } else {
            self.links.bytes += text.trim().len();
        }
    }

    /// Whether a term is all that the open block has.
    fn waits(&self) -> bool {
        self.term > 0 && self.block.trim_end().len() <= self.term
    }

    /// Starts a term that its description follows; several may share one.
    pub(super) fn begin_term(&mut self) {
        if self.waits() {
            self.block = format!("{}, ", self.block.trim_end().trim_end_matches(':'));
        } else {
            self.end_block();
        }
        self.term = 0;
    }

    /// Ends the term: the next block is its description.
    pub(super) fn end_term(&mut self) {
        let term = one_line(&std::mem::take(&mut self.block));
        self.links = Links::default();
        if !term.is_empty() {
            self.block = format!("{}: ", term.trim_end_matches(':'));
            self.term = self.block.trim_end().len();
        }
    }

    /// Adds blocks that are complete.
    pub(super) fn lines(&mut self, lines: Vec<String>) {
        self.section.blocks.extend(lines.into_iter().filter(|line| !line.is_empty()));
    }

    /// Starts a heading: the following text is its own.
    pub(super) fn begin_heading(&mut self) {
        self.term = 0;
        self.end_block();
    }

    /// Ends a heading of this level, 1 the highest: the text so far is its own.
    pub(super) fn end_heading(&mut self, level: u8) {
        let heading: String = one_line(&std::mem::take(&mut self.block)).chars().take(LONGEST_HEADING).collect();
        self.links = Links::default();
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
        self.term = 0;
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
