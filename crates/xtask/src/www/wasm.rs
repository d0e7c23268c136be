//! One WebAssembly module: compiled, bound to JavaScript, made small.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;
use wasm_bindgen_cli_support::{Bindgen, EncodeInto};

use super::features::FEATURES;
use super::files;
use super::scripts::{self, esbuild};
use super::stamp::Work;
use super::{fallback, split};
use crate::profile::Effort;
use crate::report::{Ended, step};
use crate::tools::{bindgen, nightly::Nightly, npm, rust};
use crate::{places, run};

/// Low memory is the end of the stack, where nothing lies. Functions with one caller stay by themselves but for tiny ones:
/// the module is hardly larger, and what is alike in them compresses by a sixteenth better.
const SMALL: [&str; 3] = ["--one-caller-inline-max-function-size=10", "--low-memory-unused", "-Oz"];

/// Taking control flow apart and putting it together anew makes it compress better, and takes minutes for a large
/// module. Low memory is the end of the stack, where nothing lies. Not `--traps-never-happen`: it takes away the
/// checks that end a bug in a trap.
const SMALLEST: [&str; 7] = ["-Oz", "--low-memory-unused", "--flatten", "--rereloop", "-Oz", "-Oz", "--converge"];

/// Leptos compiles views of one type instead of each anew: a tenth less of a large module, a tenth more of the widget.
const ERASED: &str = "target.wasm32-unknown-unknown.rustflags=['--cfg', 'erase_components']";

/// The compiler of a module.
#[derive(Clone, Copy)]
pub(super) enum Compiler {
    Stable,
    Nightly(Nightly),
}

/// A module to be built from the crate `knock-NAME`.
pub(super) struct Module {
    pub(super) name: &'static str,
    pub(super) compiler: Compiler,
    pub(super) effort: Effort,
    /// The folder of `NAME.wasm` and `NAME.js`.
    pub(super) folder: PathBuf,
    pub(super) make: Make,
}

/// The form of a module.
pub(super) enum Make {
    /// One file, bound by the script that wasm-bindgen writes.
    Whole,
    /// The same in chunks: the crate's feature `split` marks where it is taken apart.
    Split(Views),
    /// One file, bound by a script of ours.
    Own(OwnScript),
}

/// The way in which Leptos compiles views.
#[derive(Clone, Copy)]
pub(super) enum Views {
    /// Each as a type of its own.
    Typed,
    /// All as one type: smaller where there are many.
    Erased,
}

/// A script of ours in place of the one that wasm-bindgen writes.
pub(super) struct OwnScript {
    pub(super) script: PathBuf,
    /// The used exports of the module: the rest is removed.
    pub(super) exports: &'static [&'static str],
    /// The file of the JavaScript fallback, for pages that refuse WebAssembly.
    pub(super) fallback: &'static str,
}

/// Builds `NAME.wasm` and `NAME.js`, and `NAME.CHUNK.wasm` for each chunk.
pub(super) fn build(module: &Module) -> anyhow::Result<Vec<PathBuf>> {
    let Module { name, compiler, folder, make, .. } = module;
    let by = compiler.label();
    let version = bindgen::version()?;
    let compiled = module.compiled();
    let mut outputs = vec![folder.join(format!("{name}.wasm")), folder.join(format!("{name}.js"))];
    let mut inputs = vec![compiled.clone()];
    match make {
        Make::Whole => {}
        Make::Split(_) => {
            inputs.push(places::at("www").join(split::LOADER));
            outputs.extend(chunks(name, folder)?);
        }
        Make::Own(own) => {
            inputs.extend(files(own.script.parent().unwrap_or(&own.script))?);
            outputs.push(folder.join(own.fallback));
        }
    }
    step(&format!("{name}.wasm, {name}.js{by}"), || {
        // By its folder: without the nightly both builds are made by one compiler.
        let stamp = format!("{name} in {}", folder.file_name().unwrap_or_default().display());
        let work = Work { name: &stamp, inputs: &inputs, recipe: &version, outputs: &outputs };
        work.run(|| {
            fs::create_dir_all(folder)?;
            match make {
                Make::Whole => module.whole(&compiled, &outputs),
                Make::Split(_) => module.split(&compiled, &outputs),
                Make::Own(own) => module.own(own, &compiled, &outputs),
            }
        })
    })?;
    if let Make::Split(_) = make {
        outputs.truncate(2);
        outputs.extend(chunks(name, folder)?);
    }
    Ok(outputs)
}

/// The chunks of a module that were made.
fn chunks(name: &str, folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let is_chunk = |file: &PathBuf| {
        let name = file.file_name().unwrap_or_default().to_string_lossy().strip_prefix(name).map(str::to_owned);
        name.is_some_and(|rest| rest.ends_with(".wasm") && rest != ".wasm")
    };
    Ok(files(folder)?.into_iter().filter(is_chunk).collect())
}

impl Module {
    /// The output path of the compiler.
    fn compiled(&self) -> PathBuf {
        let folder = self.compiler.target().join(rust::WASM).join(self.effort.as_str());
        folder.join(format!("knock_{}.wasm", self.name))
    }

    fn whole(&self, compiled: &Path, outputs: &[PathBuf]) -> anyhow::Result<()> {
        let bound = bind(self.name, compiled, &mut Bindgen::new())?;
        let module = bound.join(format!("{}_bg.wasm", self.name));
        match self.effort {
            Effort::Small => shrink(&module, &outputs[0], &SMALL)?,
            Effort::Fast => drop(fs::copy(&module, &outputs[0])?),
        }
        wrap(&bound, self.name, &outputs[1])
    }

    fn split(&self, compiled: &Path, outputs: &[PathBuf]) -> anyhow::Result<()> {
        for former in chunks(self.name, &self.folder)? {
            fs::remove_file(former)?;
        }
        let split = split::split(self.name, compiled)?;
        // Chunks find what they share with the main module by the names of the linker.
        let bound = bind(self.name, &split.main, Bindgen::new().keep_lld_exports(true).demangle(false))?;
        fs::write(bound.join(split::LOADER), split.loader)?;
        let module = bound.join(format!("{}_bg.wasm", self.name));
        shrink(&module, &outputs[0], &SMALL)?;
        for chunk in split.chunks {
            shrink(&chunk, &self.folder.join(chunk.file_name().unwrap_or_default()), &SMALL)?;
        }
        wrap(&bound, self.name, &outputs[1])
    }

    fn own(&self, own: &OwnScript, compiled: &Path, outputs: &[PathBuf]) -> anyhow::Result<()> {
        let bound = bind(self.name, compiled, &mut Bindgen::new())?;
        let module = bound.join(format!("{}_bg.wasm", self.name));
        prune(&module, own.exports)?;
        shrink(&module, &outputs[0], &SMALLEST)?;
        bundle(&own.script, &outputs[1], &[scripts::NAMES_LEFT])?;
        let syntax = ["--module", "--ecma=2021", "--format", scripts::AT_ONCE, "--mangle-props", scripts::OWN];
        scripts::squeeze(&outputs[1], &syntax)?;
        fallback::make(&module, &outputs[2])
    }
}

impl Compiler {
    /// The label of a step beside the module's name.
    fn label(self) -> &'static str {
        match self {
            Self::Stable => "",
            Self::Nightly(_) => ", release",
        }
    }

    fn target(self) -> PathBuf {
        match self {
            Self::Stable => places::wasm_target(),
            Self::Nightly(_) => places::nightly_target(),
        }
    }
}

/// Compiles the crate of a module, if something of it changed.
pub(super) fn compile(module: &Module) -> anyhow::Result<()> {
    step(&format!("{}{}, compiled", module.name, module.compiler.label()), || cargo_build(module))
}

/// One package per run of cargo: two in one run would share the features of their dependencies.
fn cargo_build(module: &Module) -> anyhow::Result<Ended> {
    let package = format!("knock-{}", module.name);
    let command: &[&str] = match &module.make {
        Make::Split(_) => &["rustc", "--lib", "--features=split"],
        Make::Whole | Make::Own(_) => &["build"],
    };
    let mut cargo = match module.compiler {
        Compiler::Stable => run::cargo(command),
        Compiler::Nightly(nightly) => nightly.cargo(command),
    };
    cargo.args(["--package", &package, "--target", rust::WASM, "--profile", module.effort.as_str(), "--target-dir"]);
    cargo.arg(module.compiler.target());
    if let Make::Split(views) = module.make {
        // The linker's relocations say which function needs which.
        if let Views::Erased = views {
            cargo.args(["--config", ERASED]);
        }
        cargo.args(["--", "-Clink-arg=--emit-relocs"]);
        if let Compiler::Stable = module.compiler {
            // Code that only tests use is found nowhere else.
            cargo.arg("-Dwarnings");
        }
    }
    run::run_quietly(&mut cargo)?;
    Ok(Ended::Done)
}

fn bind(name: &str, compiled: &Path, bindgen: &mut Bindgen) -> anyhow::Result<PathBuf> {
    let folder = places::scratch().join("bound").join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    bindgen
        .input_path(compiled)
        .web(true)?
        // Every browser with reference types has `encodeInto`.
        .encode_into(EncodeInto::Always)
        .omit_default_module_path(false)
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .out_name(name)
        .generate(&folder)?;
    Ok(folder)
}

fn shrink(module: &Path, output: &Path, passes: &[&str]) -> anyhow::Result<()> {
    let mut command = run::command(npm::program("wasm-opt"));
    command
        .args(passes)
        .args(["--strip-debug", "--strip-producers", "--strip-target-features"])
        .args(FEATURES)
        .arg(module)
        .arg("--output")
        .arg(output);
    run::run(&mut command)
}

/// Removes code that only unused exports need.
fn prune(module: &Path, exports: &[&str]) -> anyhow::Result<()> {
    let mut graph = vec![json!({ "name": "root", "root": true, "reaches": exports })];
    graph.extend(exports.iter().map(|export| json!({ "name": export, "export": export })));
    let file = module.with_extension("json");
    fs::write(&file, serde_json::to_string(&graph)?)?;
    let mut command = run::command(npm::program("wasm-metadce"));
    // It prints what it took out.
    run::output(command.args(FEATURES).arg("--graph-file").arg(file).arg(module).arg("--output").arg(module))?;
    Ok(())
}

fn wrap(bound: &Path, name: &str, output: &Path) -> anyhow::Result<()> {
    let script = bound.join(format!("{name}.js"));
    let text = fs::read_to_string(&script)?;
    fs::write(&script, text.replace(&format!("{name}_bg.wasm"), &format!("{name}.wasm")))?;
    // The script of a split module names its loader once for each function that it imports from it: the same each time.
    bundle(&script, output, &["--log-override:duplicate-object-key=silent"])
}

fn bundle(script: &Path, output: &Path, more: &[&str]) -> anyhow::Result<()> {
    esbuild(script, output, &[&["--bundle", "--format=esm", "--target=es2021"], more].concat())
}
