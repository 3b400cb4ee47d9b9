//! Finds the project of a run.

use std::path::{Path, PathBuf};

/// The folder of the project that `folder` lies in: the innermost one around it with `openapi/postman`, or `folder` itself
/// where there is none.
#[must_use]
pub fn root(folder: &Path) -> PathBuf {
    let mut around = folder.ancestors();
    let project = around.find(|folder| folder.join("openapi/postman").is_dir());
    project.unwrap_or(folder).to_owned()
}
