//! Names of path parameters.

use std::collections::{HashMap, HashSet};

use super::{Segment, Url};
use crate::{name::path_parameter, postman::Field};

/// So many values of a parameter whose name occurs several times in a path are known of each of its occurrences.
const MAX_VALUES: usize = 16;

impl Url {
    /// Gives each parameter of the path a name that tools find, and that is its own: Postman fills in one value wherever a
    /// name occurs, OpenAPI lets it occur once.
    pub(super) fn name_parameters(&mut self) {
        let mut taken: HashSet<String> = HashSet::new();
        // Where to go on counting, by name.
        let mut counts: HashMap<String, usize> = HashMap::new();
        for name in self.segments.iter_mut().flat_map(Segment::parameters_mut) {
            let fitting = path_parameter(name);
            let mut new = fitting.to_string();
            let count = counts.entry(new.clone()).or_insert(1);
            while taken.contains(&new) {
                *count += 1;
                new = format!("{fitting}{count}");
            }
            if new != *name {
                self.renamed.push((name.clone(), new.clone()));
                name.clone_from(&new);
            }
            taken.insert(new);
        }
        let mut by_name: HashMap<&str, Vec<&Field>> = HashMap::new();
        for field in &self.path_fields {
            by_name.entry(&field.name).or_default().push(field);
        }
        let renamed = self.renamed.iter().flat_map(|(from, to)| {
            let fields = by_name.get(from.as_str()).into_iter().flatten();
            fields.take(MAX_VALUES).map(|field| Field {
                name: to.clone(),
                ..(*field).clone()
            })
        });
        let renamed: Vec<Field> = renamed.collect();
        self.path_fields.extend(renamed);
    }
}
