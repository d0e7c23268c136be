//! Files that are served as they are.

use std::fs;
use std::path::PathBuf;

use super::files;
use super::stamp::Work;
use crate::places;
use crate::report::step;

/// Copies the dashboard's shell and preview, the frame of the chat, the pages of Knock Links and meetings, those to
/// confirm a booking and to end mail, the one for addresses that show nothing, the icons and the demo site's assets.
pub(crate) fn copy() -> anyhow::Result<Vec<PathBuf>> {
    let source = places::at("www");
    let mut inputs: Vec<_> = [
        "app.html",
        "app.js",
        "frame.html",
        "frame.js",
        "link.html",
        "link.js",
        "mail-stop.html",
        "meeting-confirm.html",
        "meeting-unconfirmed.html",
        "meeting.html",
        "notice.html",
        "preview.html",
        "workflow-mail.html",
    ]
    .map(|name| source.join(name))
    .into();
    inputs.extend(files(&source.join("icons"))?);
    inputs.extend(files(&source.join("demo/assets"))?);
    let outputs = inputs
        .iter()
        .map(|input| Ok(places::www().join(input.strip_prefix(&source)?)))
        .collect::<anyhow::Result<Vec<_>>>()?;
    step("static files", || {
        let work = Work { name: "statics", inputs: &inputs, recipe: "", outputs: &outputs };
        work.run(|| {
            for (input, output) in inputs.iter().zip(&outputs) {
                super::write(output, fs::read(input)?)?;
            }
            Ok(())
        })
    })?;
    Ok(outputs)
}
