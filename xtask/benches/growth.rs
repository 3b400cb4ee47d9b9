//! How the time and the memory of a run grow when its input becomes four times as large, for inputs of many shapes.
//!
//! ```text
//! cargo bench -p xtask --bench growth [-- PART_OF_A_NAME]
//! ```
//!
//! Prints a line for each shape: how much there is of it, the CPU time for that, and how many times as much time and how
//! many times as many allocated bytes four times as much takes. 4 is linear, 16 is quadratic.

#![allow(
    missing_docs,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::indexing_slicing
)]

#[path = "../tests/growth/families/mod.rs"]
mod families;

use std::{env, time::Duration};

use allocation_counter::measure;
use cpu_time::ThreadTime;
use families::{Input, families};

/// Long enough for the clock and for the fixed costs not to matter.
const ENOUGH: Duration = Duration::from_millis(40);

fn main() {
    let wanted = env::args()
        .skip(1)
        .find(|argument| !argument.starts_with('-'));
    let wanted = wanted.unwrap_or_default();
    println!(
        "| shape | size | time | time at 4 × size | bytes at 4 × size |\n|---|---:|---:|---:|---:|"
    );
    for family in families().filter(|family| family.name.contains(&wanted)) {
        let of = |size: usize| (family.input)(size).prepared();
        let mut size = 250;
        while time(&of(size)) < ENOUGH && size < 128_000 {
            size *= 2;
        }
        let [one, four] = [of(size), of(4 * size)];
        let times = [&one, &four].map(|input| time(input).as_secs_f64());
        let bytes = [&one, &four].map(|input| measure(|| input.run()).bytes_total);
        #[expect(clippy::cast_precision_loss, reason = "a ratio is enough")]
        let growth = bytes[1] as f64 / bytes[0] as f64;
        println!(
            "| {} | {size} | {:.0} ms | × {:.1} | × {growth:.1} |",
            family.name,
            times[0] * 1e3,
            times[1] / times[0],
        );
    }
}

/// The least CPU time of three runs.
fn time(input: &Input) -> Duration {
    let run = |_| {
        let start = ThreadTime::now();
        input.run();
        start.elapsed()
    };
    (0..3).map(run).min().unwrap_or_default()
}
