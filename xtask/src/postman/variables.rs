//! Postman's `{{variables}}`.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
    rc::Rc,
};

use super::{Field, environment::known, json::Json, settings::Settings};

/// How often a variable may lead to another: enough for real nesting, an end for cycles.
const MAX_STEPS: usize = 16;
/// How long a text may become by filling: an end for variables that double each other.
const MAX_LENGTH: usize = 64 * 1024;

/// The variables in force at one place; inner ones hide outer ones. A variable without a value is one that nobody defined:
/// Postman exports those whose values stay with their owner so.
#[derive(Clone, Debug, Default)]
pub(super) struct Variables<'a> {
    innermost: Option<Rc<Layer<'a>>>,
    /// Those of the environment, which no other hides; `None` for secrets.
    environment: Option<&'a BTreeMap<String, Option<String>>>,
}

/// The variables of one collection, folder or item.
#[derive(Debug)]
struct Layer<'a> {
    values: HashMap<Cow<'a, str>, Variable<'a>>,
    outer: Option<Rc<Layer<'a>>>,
}

#[derive(Debug)]
struct Variable<'a> {
    value: Option<Cow<'a, str>>,
    /// Whether it hides the outer ones without having a value.
    is_secret: bool,
    /// As written.
    description: String,
}

impl<'a> Variable<'a> {
    /// Reads an entry of a list of variables, or a value alone.
    fn read(name: &str, entry: &'a Json<'a>) -> Self {
        let is_declared = entry.text("type").is_some_and(|kind| kind == "secret");
        let stated = match entry.is_object() {
            true => entry.text("value"),
            false => entry.scalar(),
        };
        let stated = stated.filter(|it| !it.trim().is_empty());
        let is_stated = stated.is_some();
        let value = stated.and_then(|value| known(name, value, is_declared));
        Self {
            is_secret: value.is_none() && (is_declared || is_stated),
            value,
            description: entry.description(),
        }
    }
}

fn trimmed(name: Cow<'_, str>) -> Cow<'_, str> {
    match name {
        Cow::Borrowed(name) => Cow::Borrowed(name.trim()),
        Cow::Owned(name) => Cow::Owned(name.trim().to_owned()),
    }
}

impl<'a> Variables<'a> {
    /// Those that stand outside of the collections.
    pub(super) fn of(settings: &'a Settings) -> Self {
        let globals = settings.globals.iter().map(|(name, value)| {
            let value = value.as_deref().filter(|it| !it.trim().is_empty());
            let variable = Variable {
                value: value.map(Cow::from),
                is_secret: false,
                description: String::new(),
            };
            (name.as_str().into(), variable)
        });
        let outer = Self {
            innermost: None,
            environment: Some(&settings.environment).filter(|values| !values.is_empty()),
        };
        outer.within(globals.collect())
    }

    /// These and those of `holder`'s `variable` list, which hide them.
    pub(super) fn with(&self, holder: &'a Json<'a>) -> Self {
        let named: Vec<(Cow<'a, str>, &Json<'_>)> = match holder.get("variable") {
            // Who writes a file by hand may write values by name.
            Some(Json::Object(members)) => {
                let members = members.iter();
                members
                    .map(|(name, entry)| (Cow::Borrowed(name.as_ref()), entry))
                    .collect()
            }
            _ => {
                let entries = holder.list("variable").iter();
                entries
                    .filter_map(|entry| {
                        Some((entry.text("key").or_else(|| entry.text("id"))?, entry))
                    })
                    .collect()
            }
        };
        let enabled = named.into_iter().filter(|(_, entry)| !entry.is_disabled());
        let values = enabled.map(|(name, entry)| {
            let name = trimmed(name);
            let variable = Variable::read(&name, entry);
            (name, variable)
        });
        self.within(values.collect())
    }

    fn within(&self, values: HashMap<Cow<'a, str>, Variable<'a>>) -> Self {
        if values.is_empty() {
            return self.clone();
        }
        let outer = self.innermost.clone();
        Self {
            innermost: Some(Rc::new(Layer { values, outer })),
            environment: self.environment,
        }
    }

    /// The value of one variable, with the variables in it filled in.
    pub(super) fn get(&self, name: &str) -> Option<Cow<'_, str>> {
        let value = self.value(name.trim())?;
        Some(self.fill_for(value, MAX_STEPS))
    }

    /// What the innermost variable of this name that is described says.
    pub(super) fn description(&self, name: &str) -> Option<&str> {
        let mut described = self.layers().filter_map(|layer| layer.values.get(name));
        let described = described.find(|variable| !variable.description.is_empty())?;
        Some(&described.description)
    }

    /// What is known of a parameter that a variable stands for; Postman's dynamic variables stand for themselves.
    pub(super) fn field(&self, name: &str, path: String) -> Option<Field> {
        let value = match name.starts_with('$') {
            true => Some(format!("{{{{{name}}}}}")),
            false => self.get(name).map(Cow::into_owned),
        };
        let description = self.description(name).unwrap_or_default().to_owned();
        (value.is_some() || !description.is_empty()).then(|| Field {
            path,
            name: name.to_owned(),
            value,
            description,
            ..Field::default()
        })
    }

    /// `text` with every known variable replaced by its value; unknown ones stay as they are.
    pub(super) fn fill<'t>(&self, text: &'t str) -> Cow<'t, str> {
        self.fill_for(text, MAX_STEPS)
    }

    fn layers(&self) -> impl Iterator<Item = &Layer<'a>> {
        std::iter::successors(self.innermost.as_deref(), |layer| layer.outer.as_deref())
    }

    fn value(&self, name: &str) -> Option<&str> {
        if let Some(value) = self.environment.and_then(|values| values.get(name)) {
            return value.as_deref().filter(|value| !value.trim().is_empty());
        }
        let mut known = self.layers().filter_map(|layer| layer.values.get(name));
        let innermost = known.find(|it| it.value.is_some() || it.is_secret)?;
        innermost.value.as_deref()
    }

    fn fill_for<'t>(&self, text: &'t str, steps: usize) -> Cow<'t, str> {
        let is_empty = self.innermost.is_none() && self.environment.is_none();
        if steps == 0 || is_empty || !text.contains("{{") {
            return Cow::Borrowed(text);
        }
        let mut filled = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("{{") {
            let Some((name, behind)) = after.split_once("}}") else {
                break;
            };
            filled.push_str(before);
            match self.value(name.trim()) {
                Some(value) if filled.len() < MAX_LENGTH => {
                    filled.push_str(&self.fill_for(value, steps - 1));
                }
                _ => {
                    filled.push_str("{{");
                    filled.push_str(name);
                    filled.push_str("}}");
                }
            }
            rest = behind;
        }
        filled.push_str(rest);
        Cow::Owned(filled)
    }
}
