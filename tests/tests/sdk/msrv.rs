//! The workspace's `rust-version` holds for every dependency in `Cargo.lock`, not only for our own code
//! (which Clippy's `incompatible_msrv` checks).

use std::{env, process::Command};

use serde_json::Value;

#[test]
fn no_dependency_needs_a_newer_rust_than_the_workspace_promises() {
    let output = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
        .output()
        .expect("cargo runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo metadata is JSON");
    let promised = version(env!("CARGO_PKG_RUST_VERSION"));

    let packages = metadata["packages"].as_array().expect("packages");
    let members = metadata["workspace_members"].as_array().expect("members");
    assert!(
        packages.len() > members.len(),
        "the dependencies are listed too"
    );
    let too_new: Vec<String> = packages
        .iter()
        .filter_map(|package| {
            let needed = package["rust_version"].as_str()?;
            (version(needed) > promised).then(|| format!("{} needs {needed}", package["name"]))
        })
        .collect();
    assert!(too_new.is_empty(), "{too_new:#?}");
}

/// Major, minor and patch; what is left out counts as 0.
fn version(text: &str) -> [u32; 3] {
    let mut version = [0; 3];
    for (number, part) in version.iter_mut().zip(text.split('.')) {
        *number = part.parse().expect("a number");
    }
    version
}
