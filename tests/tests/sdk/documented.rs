//! Every public function of the facade is shown by an example in the documentation of its file.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// An example of the function itself counts, and so does one in the same file that calls it: an accessor or a setter is
/// best shown where its type is used. Gives the functions that no example calls, and the number of the others.
fn without_example(source: &str) -> (Vec<String>, usize) {
    let source = source.split("#[cfg(test)]\nmod tests {").next().unwrap();
    let lines = || source.lines().map(str::trim);
    let docs: Vec<_> = lines().filter(|line| is_doc(line)).collect();
    let docs = docs.join("\n");
    let examples: Vec<_> = docs.split("```").skip(1).step_by(2).collect();
    let examples = examples.join("\n");
    let (mut without, mut with) = (Vec::new(), 0);
    let (mut has_own, mut of_type) = (false, "");
    for (line, indented) in source
        .lines()
        .map(|line| (line.trim(), line.starts_with(' ')))
    {
        if is_doc(line) {
            has_own |= line.starts_with("/// ```");
            continue;
        }
        if line.starts_with("impl") {
            of_type = implementing(line);
        }
        let starts = ["pub fn ", "pub async fn ", "pub const fn "];
        if let Some(function) = starts.iter().find_map(|start| line.strip_prefix(start)) {
            let name = function.split(['(', '<']).next().unwrap();
            let called = match (indented, of_type) {
                (false, _) => format!(" {name}("),
                // Within a macro.
                (true, "") => format!("::{name}"),
                (true, of_type) => format!("{of_type}::{name}"),
            };
            let is_shown = examples.contains(&format!(".{name}(")) || examples.contains(&called);
            // A name with `$` is that of an accessor within a macro.
            if has_own || is_shown || name.starts_with('$') {
                with += 1;
            } else {
                without.push(name.to_owned());
            }
        }
        if line.ends_with(['}', ';', '{']) {
            has_own = false;
        }
    }
    (without, with)
}

fn is_doc(line: &str) -> bool {
    line.starts_with("///") || line.starts_with("//!")
}

/// The type that this line begins an implementation of; empty for the variable of a macro.
fn implementing(line: &str) -> &str {
    let header = line.rsplit(" for ").next().unwrap_or(line);
    let header = header.strip_prefix("impl").unwrap_or(header);
    let mut depth = 0;
    let after_generics = header.find(|c| {
        depth += i32::from(c == '<') - i32::from(c == '>');
        depth == 0 && c != '>'
    });
    let named = header[after_generics.unwrap_or(0)..].trim_start();
    named
        .split(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or("")
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let (folders, files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
    let within = folders.iter().flat_map(|folder| sources(folder));
    let files = files
        .into_iter()
        .filter(|path| path.extension().is_some_and(|it| it == "rs"));
    files.chain(within).collect()
}

#[test]
fn what_people_call_has_an_example() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../zoom-chat-sdk/src");
    let (mut without, mut with) = (Vec::new(), 0);
    for path in sources(&root) {
        let (missing, shown) = without_example(&fs::read_to_string(&path).unwrap());
        let file = path.strip_prefix(&root).unwrap().display();
        without.extend(missing.iter().map(|name| format!("{file}: {name}")));
        with += shown;
    }
    assert!(without.is_empty(), "{without:#?}");
    assert!(with > 350, "{with}");
}

#[test]
fn a_function_without_an_example_is_found() {
    let source = "/// T, not `.b()`.\n///\n/// ```\n/// t.c();\n/// T::d();\n/// S::e();\n/// f();\n/// ```\npub struct T;\nimpl<A> Any<A> for T {\n\
                  /// A.\n///\n/// ```\n/// ```\n    pub fn a() {\n    }\n/// B.\n    pub fn b<T>() {\n    }\n/// C.\n    pub fn c() {\n    }\n\
                  \x20   pub fn d() {\n    }\n    pub fn e() {\n    }\n}\n/// F.\npub fn f() {\n}\npub fn g() {\n}\n";
    let (without, with) = without_example(source);
    assert_eq!(
        (without.as_slice(), with),
        (["b", "e", "g"].map(String::from).as_slice(), 4)
    );
}
