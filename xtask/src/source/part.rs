//! The names of the files that Postman writes for a collection of v3.

/// Where definitions and saved answers stand.
pub(crate) const RESOURCES: &str = ".resources";

/// A file's name without the extensions `.KIND.yaml`, if it has them.
pub(crate) fn stem<'n>(file: &'n str, kind: &str) -> Option<&'n str> {
    let (rest, extension) = file.rsplit_once('.')?;
    let (stem, found) = rest.rsplit_once('.')?;
    let is_yaml = ["yaml", "yml"]
        .iter()
        .any(|yaml| extension.eq_ignore_ascii_case(yaml));
    (is_yaml && found.eq_ignore_ascii_case(kind)).then_some(stem)
}
