//! The variables that stand outside of the collections.

use std::collections::BTreeMap;

use super::environment::Environment;
use crate::diagnostic::{Diagnostics, Kind, Place};

/// Variables for all collections of a run. Postman lets an environment overrule a collection, and a collection the globals.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// Those that collections overrule; `None` for secrets.
    pub(super) globals: BTreeMap<String, Option<String>>,
    /// Those that overrule collections; `None` for secrets.
    pub(super) environment: BTreeMap<String, Option<String>>,
}

impl Settings {
    /// The variables of `given`, and of the environments and globals `met` beside the collections, each with its file. An
    /// environment that was met holds if none was given and no other was met; `diagnostics` gets that there are several.
    pub(crate) fn of(
        given: &[Environment],
        met: Vec<(String, Environment)>,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let mut settings = Self::default();
        let (globals, met): (Vec<_>, Vec<_>) = met
            .into_iter()
            .partition(|(_, environment)| environment.is_global);
        let mut add = |environment: Environment| settings.add(environment);
        globals.into_iter().for_each(|(_, globals)| add(globals));
        given.iter().cloned().for_each(&mut add);
        let is_given = given.iter().any(|environment| !environment.is_global);
        match met.as_slice() {
            _ if is_given => {}
            [(_, environment)] => add(environment.clone()),
            [(file, _), ..] => {
                let names: Vec<_> = met
                    .iter()
                    .map(|(_, met)| format!("`{}`", met.name))
                    .collect();
                let note = Kind::SeveralEnvironments.note(format!(
                    "there are {} environments, and none of them is used: {}",
                    names.len(),
                    names.join(", "),
                ));
                let place = Place {
                    file: file.clone(),
                    ..Place::default()
                };
                diagnostics.add(&place, note);
            }
            [] => {}
        }
        settings
    }

    /// Adds the variables of one more file, which overrule those of the files before it.
    pub fn add(&mut self, environment: Environment) {
        match environment.is_global {
            true => self.globals.extend(environment.values),
            false => self.environment.extend(environment.values),
        }
    }
}
