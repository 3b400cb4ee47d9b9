//! Facts that the operations on one path share: their path parameters are the same.

use std::collections::HashMap;

use super::{Draft, Location, Operation};
use crate::infer::Evidence;

/// The values of path parameters by the template of the path, where it has several operations, and by name.
#[derive(Debug)]
pub(crate) struct PathValues(HashMap<String, HashMap<String, Evidence>>);

impl PathValues {
    /// Those that the requests of `drafts` show, which are in the order of their paths.
    pub(crate) fn of(drafts: &[Draft]) -> Self {
        let paths = drafts.chunk_by(|one, other| one.template == other.template);
        let shared = paths.filter(|drafts| drafts.len() > 1);
        let values = shared.filter_map(|drafts| {
            let values = values(drafts);
            let template = &drafts.first()?.template;
            (!values.is_empty()).then(|| (template.clone(), values))
        });
        Self(values.collect())
    }

    /// Lets the parameters of `operation` know the values that other operations on its path have.
    pub(crate) fn add_to(&self, operation: &mut Operation) {
        let Some(values) = self.0.get(&operation.template) else {
            return;
        };
        for ((location, name), parameter) in operation.parameters.iter_mut() {
            if *location == Location::Path
                && let Some(values) = values.get(name)
            {
                parameter.evidence.merge(values.clone());
            }
        }
    }
}

fn values(drafts: &[Draft]) -> HashMap<String, Evidence> {
    let mut values: HashMap<String, Evidence> = HashMap::new();
    for request in drafts.iter().flat_map(Draft::requests) {
        let saved = request.responses.iter();
        let saved = saved.flat_map(|saved| &saved.request_path);
        for field in request.url.path_fields.iter().chain(saved) {
            if let Some(value) = &field.value {
                let known = values.entry(field.name.clone());
                let known = known.or_insert_with_key(|name| Evidence::of_parameter(name));
                known.observe_text(value);
            }
        }
    }
    values
}
