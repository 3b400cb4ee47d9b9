//! The places of an operation's conflicting types.

use std::{
    cell::{OnceCell, RefCell},
    collections::HashMap,
    rc::Rc,
};

use super::{
    Content, Location, Operation, Parameter,
    collect::{BODY, SAVED_BODY},
};
use crate::{
    diagnostic::{Diagnostics, Place},
    infer::{Segment, Types},
    postman::{Request, Saved},
};

/// What is asked about.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Subject<'s> {
    /// The parameter of this name.
    Parameter(Location, &'s str),
    /// The body in this media type.
    Body(&'s str),
    /// The answer of this status in this media type.
    Answer(&'s str, &'s str),
    /// A header of an answer: a text, whoever says what is in it.
    Header,
}

/// The types that the requests and the saved answers of an operation show, each by itself. Conflicts are rare, so they are
/// taken apart only when one is there; then once for all conflicts, of which there may be as many as there are requests.
#[derive(Debug)]
pub(crate) struct Witnesses<'o> {
    operation: &'o Operation,
    shown: OnceCell<RefCell<Shown>>,
}

/// The types by what they are of.
#[derive(Debug, Default)]
struct Shown {
    parameters: HashMap<(Location, String), Types<Rc<Place>>>,
    /// By media type.
    bodies: HashMap<String, Types<Rc<Place>>>,
    /// By status, then by media type.
    answers: HashMap<String, HashMap<String, Types<Rc<Place>>>>,
}

impl<'o> Witnesses<'o> {
    pub(crate) fn of(operation: &'o Operation) -> Self {
        Self {
            operation,
            shown: OnceCell::new(),
        }
    }

    /// The types that there are at the end of `way`, each with the least of its places, in the order of those. Whether they
    /// are in one file or in several, and in which order they were read, makes no difference.
    pub(crate) fn types(
        &self,
        subject: Subject<'_>,
        way: &[Segment],
    ) -> Vec<(&'static str, Place)> {
        let shown = self.shown.get_or_init(|| {
            let mut shown = Shown::default();
            for request in &self.operation.requests {
                shown.add(request);
            }
            RefCell::new(shown)
        });
        let mut shown = shown.borrow_mut();
        let types = shown.of(subject).map(|types| types.at(way));
        let mut types: Vec<_> = types.unwrap_or_default().into_iter().collect();
        types.sort_by(|(_, one), (_, other)| one.cmp(other));
        let owned = types.into_iter();
        owned
            .map(|(kind, place)| (kind, (*place).clone()))
            .collect()
    }
}

impl Shown {
    /// Adds what a request shows, and what each of its saved answers shows with the request that it answered.
    fn add(&mut self, request: &Request) {
        let mut ignored = Diagnostics::default();
        let mut shown = Operation::default();
        shown.add_request(request, true, &mut ignored);
        self.parameters(&shown, |parameter| parameter.place.clone());
        contents(&mut self.bodies, &shown.bodies, request.place.at(BODY));
        for saved in &request.responses {
            self.add_saved(request, saved, &mut ignored);
        }
    }

    fn add_saved(&mut self, request: &Request, saved: &Saved, ignored: &mut Diagnostics) {
        let place = request.place.at(&saved.path);
        let mut shown = Operation::default();
        // Its values of path parameters count only where these are known.
        for field in &saved.request_path {
            let key = (Location::Path, field.name.clone());
            shown
                .parameters
                .entry(key, true, |(_, name)| Parameter::named(name));
        }
        shown.add_saved(request, saved, ignored);
        self.parameters(&shown, |_| place.at(".originalRequest.url"));
        contents(&mut self.bodies, &shown.bodies, place.at(SAVED_BODY));
        for (status, answer) in &shown.responses {
            let answers = self.answers.entry(status.clone()).or_default();
            contents(answers, &answer.content, place.at(".body"));
        }
    }

    fn parameters(&mut self, shown: &Operation, place: impl Fn(&Parameter) -> Place) {
        for ((location, name), parameter) in shown.parameters.iter() {
            let types = self
                .parameters
                .entry((*location, own_name(*location, name)));
            types
                .or_default()
                .add(&parameter.evidence, &Rc::new(place(parameter)));
        }
    }

    fn of(&mut self, subject: Subject<'_>) -> Option<&mut Types<Rc<Place>>> {
        match subject {
            Subject::Parameter(location, name) => self
                .parameters
                .get_mut(&(location, own_name(location, name))),
            Subject::Body(media_type) => self.bodies.get_mut(media_type),
            Subject::Answer(status, media_type) => {
                self.answers.get_mut(status)?.get_mut(media_type)
            }
            Subject::Header => None,
        }
    }
}

/// Headers are the same in upper and lower case.
fn own_name(location: Location, name: &str) -> String {
    match location {
        Location::Header => name.to_ascii_lowercase(),
        Location::Path | Location::Query | Location::Cookie => name.to_owned(),
    }
}

/// Adds what bodies show, by media type.
fn contents<'c>(
    types: &mut HashMap<String, Types<Rc<Place>>>,
    contents: impl IntoIterator<Item = (&'c String, &'c Content)>,
    place: Place,
) {
    let place = Rc::new(place);
    for (media_type, content) in contents {
        let types = types.entry(media_type.clone()).or_default();
        match content {
            Content::Json { evidence, .. } => types.add(evidence, &place),
            Content::Form(fields) => {
                for (name, field) in fields.iter() {
                    types
                        .member(name)
                        .add(&field.evidence, &Rc::new(field.place.clone()));
                }
            }
            Content::Text(_) | Content::Binary => {}
        }
    }
}
