//! The request that states a fact, among those of an operation.

use serde_json::Value;

use crate::{
    diagnostic::Place,
    infer::Segment,
    mine::{self, FieldFacts},
    operation::{Operation, Stated, Subject, Witnesses},
    postman::{Body, Field, Request},
};

/// The requests of an operation, and the saved answers in them.
pub(super) struct Origins<'o> {
    operation: &'o Operation,
    witnesses: Witnesses<'o>,
}

impl<'o> Origins<'o> {
    pub(super) fn of(operation: &'o Operation) -> Self {
        Self {
            operation,
            witnesses: Witnesses::of(operation),
        }
    }

    /// The first item.
    pub(super) fn item(&self) -> Place {
        let first = self.operation.sources.first();
        first.cloned().unwrap_or_default()
    }

    /// The first request that says so, and there `below`.
    fn first(&self, below: &str, says: impl Fn(&Request) -> bool) -> Option<Place> {
        let mut requests = self.operation.requests().iter();
        let request = requests.find(|request| says(request))?;
        Some(request.place.at(below))
    }

    pub(super) fn name(&self) -> Place {
        let name = &self.operation.name;
        self.first(".name", |request| request.name == *name)
            .unwrap_or_else(|| self.item().at(".name"))
    }

    /// The description that states a fact: [`Stated`] has the keys.
    pub(super) fn described(&self, key: &str) -> Place {
        let request = self.operation.stated_by(key);
        request
            .map_or_else(|| self.item(), |request| request.place.clone())
            .at(DESCRIPTION)
    }

    pub(super) fn deprecated(&self) -> Place {
        let request = self.operation.stated_by(Stated::DEPRECATED);
        match request.filter(|it| mine::deprecated_name(&it.name).is_some()) {
            Some(request) => request.place.at(".name"),
            None => self.described(Stated::DEPRECATED),
        }
    }

    /// The innermost folder; the item where it is in none.
    pub(super) fn tags(&self) -> Place {
        let item = self.item();
        let folder = item.path.rfind(".item[").and_then(|at| item.path.get(..at));
        match folder {
            Some(folder) => Place {
                path: format!("{folder}.name"),
                ..item
            },
            None => item,
        }
    }

    pub(super) fn security(&self) -> Place {
        self.first(".request.auth", |request| request.auth.is_some())
            .unwrap_or_else(|| self.item().at(".request.auth"))
    }

    pub(super) fn server(&self, url: &str) -> Place {
        let own = self.first(".request.url", |request| request.url.server.url == url);
        match own {
            Some(own) => own,
            None if self.operation.stated_by(Stated::SERVER).is_some() => {
                self.described(Stated::SERVER)
            }
            None => self.item().at(".request.url"),
        }
    }

    /// The saved answer whose name documents an error.
    pub(super) fn error(&self, code: Option<&Value>, message: Option<&Value>) -> Place {
        let saved = self.operation.requests().iter().find_map(|request| {
            let vendor = request.vendor?;
            let saved = request.responses.iter().find(|saved| {
                let (errors, _) = vendor.answer(&saved.name);
                errors.iter().any(|error| {
                    code.and_then(Value::as_i64) == Some(error.code)
                        && message.and_then(Value::as_str) == Some(error.message.as_str())
                })
            })?;
            Some(request.place.at(&saved.path).at(".name"))
        });
        saved.unwrap_or_else(|| self.item())
    }

    /// The saved answer of a status whose name is its description; `None` where no name says it.
    pub(super) fn answer(&self, status: &str, description: &Value) -> Option<Place> {
        self.operation.requests().iter().find_map(|request| {
            let saved = request.responses.iter().find(|saved| {
                let name = match request.vendor {
                    Some(vendor) => vendor.answer(&saved.name).1,
                    None => saved.name.clone(),
                };
                let facts = mine::response(&name);
                let stated = saved.status.or(facts.status.map(|found| found.fact));
                let is_status = stated.is_none_or(|stated| stated.to_string() == status);
                let name = facts.description.as_str();
                let begins = |text: &str| !name.is_empty() && text.starts_with(name);
                is_status && description.as_str().is_some_and(begins)
            })?;
            Some(request.place.at(&saved.path).at(".name"))
        })
    }

    /// The first request or saved answer that shows a body.
    pub(super) fn body(&self, subject: Subject<'_>, otherwise: &Place) -> Place {
        self.seen(subject, &[]).unwrap_or_else(|| otherwise.clone())
    }

    /// The first body that shows what is at the end of `path`.
    pub(super) fn seen(&self, subject: Subject<'_>, path: &[Segment]) -> Option<Place> {
        let types = self.types(subject, path);
        types.into_iter().map(|(_, place)| place).next()
    }

    /// The types that bodies and values show at the end of `path`, each with the first place that does.
    pub(super) fn types(
        &self,
        subject: Subject<'_>,
        path: &[Segment],
    ) -> Vec<(&'static str, Place)> {
        self.witnesses.types(subject, path)
    }

    /// The description of a parameter or form field that says so.
    pub(super) fn said(
        &self,
        name: &str,
        otherwise: &Place,
        says: impl Fn(&FieldFacts) -> bool,
    ) -> Place {
        let described = self.operation.requests().iter().find_map(|request| {
            let mut named = fields(request).filter(|field| field.name.eq_ignore_ascii_case(name));
            let field = named.find(|field| says(&mine::field(&field.description)))?;
            Some(request.place.at(&field.path).at(".description"))
        });
        described.unwrap_or_else(|| otherwise.clone())
    }

    /// The description that restricts a parameter or form field.
    pub(super) fn restriction(&self, name: &str, key: &str, value: &Value, at: &Place) -> Place {
        self.said(name, at, |facts| match key {
            "description" => {
                let words = facts.description.as_str();
                let begins = |text: &str| !words.is_empty() && text.starts_with(words);
                value.as_str().is_some_and(begins)
            }
            "deprecated" => facts.deprecated.is_some(),
            "enum" => facts.enumeration.is_some(),
            "default" => facts.default.is_some(),
            "maxLength" => facts.max_length.is_some(),
            "minLength" => facts.min_length.is_some(),
            "maximum" => facts.maximum.is_some(),
            "minimum" => facts.minimum.is_some(),
            "maxItems" => facts.max_items.is_some(),
            "minItems" => facts.min_items.is_some(),
            _ => false,
        })
    }
}

const DESCRIPTION: &str = ".request.description";

/// All named values of a request.
fn fields(request: &Request) -> impl Iterator<Item = &Field> {
    let form = match &request.body {
        Some(Body::Urlencoded(fields) | Body::Multipart(fields)) => fields.as_slice(),
        _ => &[],
    };
    let url = &request.url;
    url.path_fields
        .iter()
        .chain(&url.query)
        .chain(&request.headers)
        .chain(form)
}
