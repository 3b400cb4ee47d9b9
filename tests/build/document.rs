//! What the subjects need to know of the document.

use serde_json::Value;

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

pub(crate) struct Document(Value);

/// An operation with the values of its first example.
pub(crate) struct Operation {
    pub(crate) id: String,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) body: Option<Body>,
    /// The media types of the body, the main one first.
    pub(crate) media_types: Vec<String>,
    /// The status of a success, and whether it comes with a body.
    pub(crate) success: (String, bool),
    /// Whether the answer is one page of several.
    pub(crate) is_paged: bool,
}

pub(crate) struct Parameter {
    pub(crate) name: String,
    /// Whether it is an argument of `new`: it stands in the path and has no default.
    pub(crate) is_given: bool,
    pub(crate) is_in_path: bool,
    pub(crate) is_required: bool,
    pub(crate) is_enum: bool,
    pub(crate) example: Option<Value>,
}

pub(crate) enum Body {
    /// One value, with its examples.
    Value(Vec<Value>),
    /// A form with files: the texts with their examples, and the names of the files.
    Files {
        texts: Vec<(String, Value)>,
        files: Vec<String>,
    },
}

impl Document {
    pub(crate) fn read(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text).map(Self)
    }

    pub(crate) fn operations(&self) -> Result<Vec<Operation>, String> {
        let mut operations = Vec::new();
        for (_, item) in members(self.0.get("paths")) {
            for operation in METHODS.iter().filter_map(|method| item.get(method)) {
                operations.push(self.operation(operation)?);
            }
        }
        Ok(operations)
    }

    fn operation(&self, operation: &Value) -> Result<Operation, String> {
        let id = text(operation.get("operationId")).ok_or("an operation without an id")?;
        // Where there are both, the form comes first, as in the document.
        let mut contents: Vec<_> = members(operation.pointer("/requestBody/content")).collect();
        contents.reverse();
        let body = contents
            .first()
            .map(|(_, content)| self.body(&id, content))
            .transpose()
            .map_err(|error| format!("{id}: {error}"))?;
        let successes: Vec<_> = members(operation.get("responses"))
            .filter(|(status, _)| status.starts_with('2'))
            .collect();
        let answer = |answer: &Value| answer.pointer("/content/application~1json").cloned();
        let (status, success) = successes
            .iter()
            .find(|(_, success)| answer(success).is_some())
            .or(successes.first())
            .ok_or(format!("{id} has no success"))?;
        let answer = answer(success);
        let is_paged = answer.as_ref().is_some_and(|answer| {
            let schema = self.resolved(answer.get("schema").unwrap_or(&Value::Null));
            schema.pointer("/properties/next_page_token").is_some()
        });
        Ok(Operation {
            parameters: list(operation.get("parameters")).map(parameter).collect(),
            body,
            media_types: contents.iter().map(|(name, _)| (*name).clone()).collect(),
            success: ((*status).clone(), answer.is_some()),
            is_paged,
            id,
        })
    }

    fn body(&self, id: &str, content: &Value) -> Result<Body, String> {
        let schema = self.resolved(content.get("schema").ok_or("a body without a schema")?);
        let properties = || members(schema.get("properties"));
        let files: Vec<_> = properties()
            .filter(|(_, property)| {
                let file = property.get("items").unwrap_or(property);
                file.get("format").is_some_and(|format| format == "binary")
            })
            .map(|(name, _)| name.clone())
            .collect();
        let examples: Vec<_> = properties()
            .filter_map(|(name, property)| Some((name.clone(), property.get("example")?.clone())))
            .collect();
        if !files.is_empty() {
            return Ok(Body::Files {
                texts: examples,
                files,
            });
        }
        let mut whole: Vec<_> = content.get("example").cloned().into_iter().collect();
        // The one that bears the name of the operation is that of its item; the others are of saved answers.
        let mut several: Vec<_> = members(content.get("examples")).collect();
        several.sort_by_key(|(name, _)| *name != id);
        whole.extend(
            several
                .into_iter()
                .filter_map(|(_, it)| it.get("value").cloned()),
        );
        if whole.is_empty() {
            whole.push(Value::Object(examples.into_iter().collect()));
        }
        Ok(Body::Value(whole))
    }

    fn resolved<'a>(&'a self, mut schema: &'a Value) -> &'a Value {
        while let Some(target) = text(schema.get("$ref"))
            .and_then(|reference| self.0.pointer(reference.strip_prefix('#')?))
        {
            schema = target;
        }
        schema
    }
}

fn parameter(parameter: &Value) -> Parameter {
    let schema = parameter.get("schema").unwrap_or(&Value::Null);
    let is_in_path = parameter.get("in").is_some_and(|place| place == "path");
    // Without an example the default is one, where nothing can be left out.
    let default = schema.get("default").filter(|_| is_in_path);
    Parameter {
        name: text(parameter.get("name")).unwrap_or_default(),
        is_given: is_in_path && schema.get("default").is_none(),
        is_in_path,
        is_required: parameter.get("required") == Some(&Value::Bool(true)),
        is_enum: schema.get("enum").is_some(),
        example: parameter.get("example").or(default).cloned(),
    }
}

fn members(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value.and_then(Value::as_object).into_iter().flatten()
}

fn list(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    value.and_then(Value::as_array).into_iter().flatten()
}

fn text(value: Option<&Value>) -> Option<String> {
    value.and_then(Value::as_str).map(str::to_owned)
}
