//! `bench`: runs the benchmarks of the default members.

use anyhow::bail;

use crate::metadata::Workspace;
use crate::run;

/// Runs every bench target whose name contains `part`. What they print is theirs to say.
pub(crate) fn bench(part: &str) -> anyhow::Result<()> {
    let workspace = Workspace::load()?;
    let benches: Vec<(&str, &str)> = workspace
        .default_members()
        .flat_map(|package| {
            package
                .targets
                .iter()
                .filter(|target| target.kind.iter().any(|kind| kind == "bench"))
                .map(|target| (package.name.as_str(), target.name.as_str()))
        })
        .collect();
    if benches.is_empty() {
        println!("no package has a benchmark");
        return Ok(());
    }
    let chosen: Vec<_> = benches.iter().filter(|(_, name)| name.contains(part)).collect();
    if chosen.is_empty() {
        let names: Vec<_> = benches.iter().map(|(_, name)| *name).collect();
        bail!("no benchmark is named like {part:?}; there are {}", names.join(", "));
    }
    for (package, name) in chosen {
        println!("{package}: {name}");
        run::run(&mut run::cargo(["bench", "--quiet", "--package", package, "--bench", name]))?;
    }
    Ok(())
}
