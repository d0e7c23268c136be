//! The pages of the demo site, rendered from their templates.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use minijinja::{Environment, context};

use super::files;
use super::stamp::Work;
use crate::places;
use crate::report::step;

/// Renders every page below `www/demo/pages` to a folder of its own.
pub(crate) fn render() -> anyhow::Result<Vec<PathBuf>> {
    let source = places::at("www/demo");
    let mut templates = files(&source)?;
    templates.retain(|path| path.extension().is_some_and(|ending| ending == "html"));
    let pages: Vec<Page> = templates.iter().filter_map(|path| Page::parse(path.strip_prefix(&source).ok()?)).collect();
    let outputs: Vec<PathBuf> = pages.iter().map(|page| places::www().join("demo").join(&page.output)).collect();
    step("demo site", || {
        let work = Work { name: "demo", inputs: &templates, recipe: "", outputs: &outputs };
        work.run(|| {
            let environment = environment(&source, &templates)?;
            for (page, output) in pages.iter().zip(&outputs) {
                let html = environment
                    .get_template(&page.template)?
                    .render(context! { path => page.address.clone() })
                    .with_context(|| format!("cannot render www/demo/{}", page.template))?;
                super::write(output, html)?;
            }
            Ok(())
        })
    })?;
    Ok(outputs)
}

fn environment(source: &Path, templates: &[PathBuf]) -> anyhow::Result<Environment<'static>> {
    let mut environment = Environment::new();
    for path in templates {
        let name = slashed(path.strip_prefix(source)?);
        environment
            .add_template_owned(name, fs::read_to_string(path)?)
            .with_context(|| format!("cannot read the template {}", path.display()))?;
    }
    Ok(environment)
}

/// A page by its template, its file and its address.
#[derive(Debug, PartialEq)]
struct Page {
    template: String,
    output: PathBuf,
    address: String,
}

impl Page {
    fn parse(template: &Path) -> Option<Self> {
        let page = template.strip_prefix("pages").ok()?.with_extension("");
        let folder = if page.file_name()? == "index" { page.parent()?.to_owned() } else { page };
        Some(Self {
            template: slashed(template),
            output: folder.join("index.html"),
            address: format!("/demo/{}", slashed(&folder)),
        })
    }
}

fn slashed(path: &Path) -> String {
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(template: &str, expected: Option<(&str, &str)>) {
        let page = Page::parse(Path::new(template));
        let found = page.map(|page| (page.output, page.address));
        let expected = expected.map(|(output, address)| (output.into(), address.to_owned()));
        assert_eq!(found, expected, "{template}");
    }

    #[test]
    fn every_page_gets_a_folder() {
        check("pages/index.html", Some(("index.html", "/demo/")));
        check("pages/pricing.html", Some(("pricing/index.html", "/demo/pricing")));
        check("pages/docs/index.html", Some(("docs/index.html", "/demo/docs")));
        check("pages/docs/api.html", Some(("docs/api/index.html", "/demo/docs/api")));
    }

    #[test]
    fn layouts_and_partials_are_no_pages() {
        check("layout.html", None);
        check("partials/mark.html", None);
    }
}
