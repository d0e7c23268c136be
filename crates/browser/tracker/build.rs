//! Linker settings of the module.

#[expect(clippy::disallowed_methods, reason = "cargo tells a build script its target by the environment")]
fn main() {
    // A megabyte of stack by default would be a megabyte of memory on every page.
    if std::env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|arch| arch == "wasm32") {
        println!("cargo::rustc-cdylib-link-arg=-zstack-size=32768");
    }
    println!("cargo::rerun-if-changed=build.rs");
}
