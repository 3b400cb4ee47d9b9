use super::*;

#[test]
fn a_boundary_that_a_text_holds_is_not_taken() {
    let held = [1, 2, 3].map(Boundary::of);
    let free = Boundary::of(4);
    let text = |boundary: Boundary| String::from_utf8(boundary.as_bytes().to_vec()).unwrap();
    let form = Form::new()
        .text("a", "nothing of the kind")
        .text("b", format!("{} and {}", text(held[0]), text(held[1])))
        .file("c", File::new("c", "content"))
        .text("d", format!("--{}", text(held[2])));
    let candidates = held.into_iter().chain([free, Boundary::of(5)]);
    assert_eq!(form.boundary_of(candidates), Some(free));
    assert_eq!(form.boundary_of(held.into_iter()), None);
}

#[test]
fn what_is_shown_of_a_file_is_not_its_content() {
    let file = File::new("report.csv", "s3cr3t").content_type("text/csv");
    let shown = format!("{file:?}");
    assert!(
        shown.contains("report.csv") && !shown.contains("s3cr3t"),
        "{shown}"
    );
}
