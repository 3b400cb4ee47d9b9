//! The parts of a collection.

use serde_json::Value;

/// Each item that has a request.
pub(crate) fn each_item(node: &mut Value, change: &mut dyn FnMut(&mut Value)) {
    if node.get("request").is_some() {
        return change(node);
    }
    for item in list(node, "item") {
        each_item(item, change);
    }
}

/// The collection and each folder in it.
pub(crate) fn each_folder(node: &mut Value, change: &mut dyn FnMut(&mut Value)) {
    if node.get("item").is_none() {
        return;
    }
    change(node);
    for item in list(node, "item") {
        each_folder(item, change);
    }
}

/// Each saved answer.
pub(crate) fn each_answer(node: &mut Value, change: &mut dyn FnMut(&mut Value)) {
    each_item(node, &mut |item| {
        list(item, "response").for_each(&mut *change);
    });
}

/// Each request that has members: those of items, and those that answers are saved with.
pub(crate) fn each_request(node: &mut Value, change: &mut dyn FnMut(&mut Value)) {
    each_item(node, &mut |item| {
        let own = item.get_mut("request");
        own.filter(|it| it.is_object())
            .into_iter()
            .for_each(&mut *change);
        for answer in list(item, "response") {
            let answered = answer.get_mut("originalRequest");
            answered
                .filter(|it| it.is_object())
                .into_iter()
                .for_each(&mut *change);
        }
    });
}

/// Each URL that has members.
pub(crate) fn each_url(node: &mut Value, change: &mut dyn FnMut(&mut Value)) {
    each_request(node, &mut |request| {
        let url = request.get_mut("url");
        url.filter(|it| it.is_object())
            .into_iter()
            .for_each(&mut *change);
    });
}

/// Each parameter, header and field of a form.
pub(crate) fn each_field(node: &mut Value, change: &mut dyn FnMut(&mut Value)) {
    each_request(node, &mut |request| {
        for (holder, key) in [
            ("", "header"),
            ("/url", "query"),
            ("/url", "variable"),
            ("/body", "urlencoded"),
            ("/body", "formdata"),
        ] {
            if let Some(holder) = request.pointer_mut(holder) {
                list(holder, key)
                    .filter(|it| it.is_object())
                    .for_each(&mut *change);
            }
        }
    });
}

/// What a member lists.
pub(crate) fn list<'v>(value: &'v mut Value, key: &str) -> impl Iterator<Item = &'v mut Value> {
    let listed = value.get_mut(key).and_then(Value::as_array_mut);
    listed.into_iter().flatten()
}

/// Gives an object a member unless it has it.
pub(crate) fn default(value: &mut Value, key: &str, member: Value) {
    if let Some(members) = value.as_object_mut() {
        members.entry(key).or_insert(member);
    }
}

/// The text that a list of texts is when it is joined.
pub(crate) fn joined(value: &Value, separator: &str) -> Option<String> {
    let parts = value.as_array()?.iter().map(Value::as_str);
    Some(parts.collect::<Option<Vec<_>>>()?.join(separator))
}
