//! Warnings for people, grouped by kind, new ones first.

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use super::{SHOWN_PLACES, label, line, positions::Positions};
use crate::{
    codegen::Generated,
    diagnostic::{Kind, Warning},
};

/// Tells all warnings: each kind once, with a few of its places and how many more there are. `news` says of each warning
/// whether it is new; kinds and places that are come first.
///
/// # Errors
///
/// When `err` cannot be written to.
pub fn warnings(generated: &Generated, news: &[bool], err: &mut impl Write) -> io::Result<()> {
    let mut by_kind: BTreeMap<Kind, Vec<(bool, &Warning)>> = BTreeMap::new();
    let news = news.iter().copied().chain(std::iter::repeat(false));
    for (warning, is_new) in generated.warnings.iter().zip(news) {
        let of_kind = by_kind.entry(warning.kind).or_default();
        of_kind.push((!is_new, warning));
    }
    let mut kinds: Vec<_> = by_kind.into_values().collect();
    for of_kind in &mut kinds {
        of_kind.sort_by_key(|(is_old, _)| *is_old);
    }
    kinds.sort_by_key(|of_kind| of_kind.first().is_none_or(|(is_old, _)| *is_old));
    let shown = kinds.iter().flat_map(|kind| kind.iter().take(SHOWN_PLACES));
    let positions = Positions::of(generated, shown.map(|(_, warning)| &warning.place));
    kinds
        .iter()
        .try_for_each(|of_kind| kind(of_kind, &positions, err))
}

/// The warnings of one kind.
fn kind(
    warnings: &[(bool, &Warning)],
    positions: &Positions<'_>,
    err: &mut impl Write,
) -> io::Result<()> {
    let Some((_, first)) = warnings.first() else {
        return Ok(());
    };
    let new = warnings.iter().filter(|(is_old, _)| !is_old).count();
    let count = match (warnings.len(), new) {
        (1, 0) => String::new(),
        (1, _) => " (new)".to_owned(),
        (all, 0) => format!(" ({all} places)"),
        (all, new) => format!(" ({all} places, {new} new)"),
    };
    let is_one = warnings.iter().all(|(_, it)| it.text == first.text);
    let title = match is_one {
        true => line(&first.text),
        false => first.kind.meaning().into(),
    };
    writeln!(err, "warning[{}]: {title}{count}", first.kind.id())?;
    for (_, warning) in warnings.iter().take(SHOWN_PLACES) {
        let place = &warning.place;
        write!(err, "  --> {}", line(&place.file))?;
        if let Some((line, column)) = positions.get(place) {
            write!(err, ":{line}:{column}")?;
        }
        write!(err, ": {}", label(&place.item, &place.path))?;
        match is_one {
            true => writeln!(err)?,
            false => writeln!(err, ": {}", line(&warning.text))?,
        }
    }
    if let more @ 1.. = warnings.len().saturating_sub(SHOWN_PLACES) {
        writeln!(err, "  = note: {more} more, which --format json lists")?;
    }
    let mut targets = warnings.iter().filter_map(|(_, it)| it.target.as_ref());
    let overlay = targets.next().map(|target| {
        let others = match targets.count() {
            0 => String::new(),
            count => format!(" (and {count} more)"),
        };
        let target = line(&target.path);
        format!("; or settle it with an overlay action on {target}{others}")
    });
    let overlay = overlay.unwrap_or_default();
    writeln!(err, "  = help: {}{overlay}\n", first.kind.remedy())
}
