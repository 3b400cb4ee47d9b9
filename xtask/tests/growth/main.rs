//! The work of a run grows with its input, not with the square of it. Allocated bytes stand for work here, because they
//! can be counted: `cargo bench -p xtask --bench growth` shows the time as well.

#![allow(clippy::expect_used, clippy::indexing_slicing)]

mod families;

use allocation_counter::measure;
use families::families;

/// Where an input doubles, what is allocated on top of the fixed costs at most becomes this many times as much: twice, and
/// a little for logarithms and longer numbers.
const MOST: f64 = 2.35;

#[test]
fn twice_the_input_allocates_about_twice_as_much() {
    let mut faults = Vec::new();
    for family in families() {
        let bytes = |size: usize| {
            let input = (family.input)(size).prepared();
            measure(|| input.run()).bytes_total
        };
        // What is made once in a process, and grows as it is used, is no part of it.
        bytes(256);
        let sizes = [64, 128, 256];
        #[expect(clippy::cast_precision_loss, reason = "a ratio is enough")]
        let [one, two, four] = sizes.map(|size| bytes(size) as f64);
        let growth = (four - two) / (two - one);
        if growth > MOST {
            faults.push(format!(
                "{}: {growth:.2} ({one}, {two}, {four} bytes)",
                family.name
            ));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
