//! Security schemes and the security requirements of operations.

mod flow;
mod identity;

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet, HashMap},
};

use indexmap::IndexMap;
use serde_json::{Map, Value, json};

use crate::{
    diagnostic::Note,
    name::Taken,
    operation::Draft,
    postman::{Auth, Flow},
    stored::Stored,
    vendor::Vendor,
};

use flow::{complete, written};
use identity::Identity;

/// The schemes that operations require.
#[derive(Debug)]
pub(crate) struct Security {
    schemes: IndexMap<String, Scheme>,
    names: HashMap<Identity, String>,
    taken: Taken,
}

#[derive(Debug)]
enum Scheme {
    Plain(Value),
    OAuth2 {
        flow: Flow,
        scopes: IndexMap<String, ()>,
    },
}

/// How many operations require a scheme, and whose they are.
type Use = (usize, Option<&'static dyn Vendor>);

impl Security {
    /// No schemes yet, but names for all: those of the stored document stay, then the scheme that most operations
    /// require has the plain one.
    pub(crate) fn new(drafts: &[Draft], stored: Option<&Stored>) -> Self {
        let mut uses: BTreeMap<Identity, Use> = BTreeMap::new();
        for draft in drafts {
            let own = draft.vendor();
            let all = draft.auth().map(|auth| Identity::of(auth, own));
            for identity in all.collect::<BTreeSet<_>>() {
                let (count, vendor) = uses.entry(identity).or_default();
                *count += 1;
                *vendor = vendor.or(own);
            }
        }
        let mut taken = Taken::default();
        let mut names = HashMap::new();
        for (name, scheme) in stored.into_iter().flat_map(Stored::security_schemes) {
            if let Some(identity) = Identity::of_written(scheme)
                && uses.remove(&identity).is_some()
                && taken.take(name)
            {
                names.insert(identity, name.clone());
            }
        }
        let mut uses: Vec<(Identity, Use)> = uses.into_iter().collect();
        uses.sort_by_key(|(_, (count, _))| Reverse(*count));
        for (identity, (_, vendor)) in uses {
            let name = taken.first_free(identity.candidates(vendor));
            names.insert(identity, name);
        }
        Self {
            schemes: IndexMap::new(),
            names,
            taken,
        }
    }

    /// The `security` of an operation that is authorized by any of `alternatives`, each all of its parts together, and needs
    /// one of `scopes`. Nothing is known of what has no alternatives: any call may do. `notes` gets what is assumed of
    /// the scheme of a name.
    pub(crate) fn require(
        &mut self,
        alternatives: &[Vec<Auth>],
        scopes: &[String],
        vendor: Option<&'static dyn Vendor>,
        notes: &mut Vec<(String, Note)>,
    ) -> Value {
        let mut required: BTreeMap<Vec<String>, Value> = BTreeMap::new();
        for alternative in alternatives {
            let mut requirement = Map::new();
            for auth in alternative {
                let name = self.scheme(auth, scopes, vendor, notes);
                let scopes = match auth {
                    Auth::OAuth2(_) => json!(scopes),
                    Auth::Http { .. } | Auth::ApiKey { .. } => json!([]),
                };
                requirement.insert(name, scopes);
            }
            requirement.sort_keys();
            let names = requirement.keys().cloned().collect();
            required.insert(names, Value::Object(requirement));
        }
        // What needs nothing comes last: clients take the first that they can.
        let none = required.remove(&Vec::new());
        match none {
            Some(_) if required.is_empty() => json!([]),
            None if required.is_empty() => json!([{}]),
            none => required.into_values().chain(none).collect(),
        }
    }

    /// The name of the scheme that `auth` comes to, which is used from now on.
    fn scheme(
        &mut self,
        auth: &Auth,
        scopes: &[String],
        vendor: Option<&'static dyn Vendor>,
        notes: &mut Vec<(String, Note)>,
    ) -> String {
        let identity = Identity::of(auth, vendor);
        let candidates = identity.candidates(vendor);
        let name = self.names.entry(identity);
        let name = name
            .or_insert_with(|| self.taken.first_free(candidates))
            .clone();
        let scheme = self.schemes.entry(name.clone());
        let Auth::OAuth2(flow) = auth else {
            scheme.or_insert_with(|| Scheme::Plain(plain(auth)));
            return name;
        };
        let (flow, assumed) = complete(flow, vendor);
        notes.extend(assumed.into_iter().map(|note| (name.clone(), note)));
        let scheme = scheme.or_insert_with(|| Scheme::OAuth2 {
            flow: flow.clone(),
            scopes: IndexMap::new(),
        });
        if let Scheme::OAuth2 {
            scopes: known,
            flow: stated,
        } = scheme
        {
            stated.refresh_url = stated.refresh_url.take().or(flow.refresh_url);
            let all = flow.scopes.iter().chain(scopes);
            known.extend(all.map(|scope| (scope.clone(), ())));
        }
        name
    }

    /// The `securitySchemes` of the document.
    #[must_use]
    pub(crate) fn schemes(mut self) -> Map<String, Value> {
        self.schemes.sort_keys();
        self.schemes
            .into_iter()
            .map(|(name, scheme)| match scheme {
                Scheme::Plain(written) => (name, written),
                Scheme::OAuth2 { flow, mut scopes } => {
                    scopes.sort_keys();
                    (name, written(&flow, scopes.into_keys()))
                }
            })
            .collect()
    }
}

/// A scheme that has no flows.
fn plain(auth: &Auth) -> Value {
    match auth {
        Auth::Http {
            scheme,
            format: Some(format),
        } => json!({ "type": "http", "scheme": scheme, "bearerFormat": format }),
        Auth::Http { scheme, .. } => json!({ "type": "http", "scheme": scheme }),
        Auth::ApiKey { name, location } => {
            json!({ "type": "apiKey", "in": location, "name": name })
        }
        Auth::OAuth2(_) => Value::Null,
    }
}
