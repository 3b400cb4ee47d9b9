//! The end of a method, which sends the request and reads its answer.
//!
//! It is the same for all operations, so `Request::send` has it once, and a method only builds
//! the request: an asynchronous function for each operation is a third of what the compiler has
//! to check.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Expr, Ident, ImplItemFn, Pat, Stmt, parse_quote};

use crate::generator::lower::Operation;
use crate::generator::lower::responses::Success;

/// Makes a method return its request instead of sending it. Returns whether the method sends it
/// in the expected way.
pub(super) fn remove(method: &mut ImplItemFn, operation: &Operation) -> bool {
    let statements = &mut method.block.stmts;
    let Some((start, request)) = built(statements) else {
        return false;
    };
    let sent = statements.split_off(start + 1);
    // Their names depend on those of the parameters.
    let names: Vec<_> = sent.iter().filter_map(name).collect();
    let [info, result, response] = names.as_slice() else {
        return false;
    };
    let id = &operation.method_name;
    let answer = answer(operation, response);
    let expected = quote! {
        let #info = OperationInfo { operation_id: #id, };
        self.pre(&mut #request, &#info).await?;
        let #result = self.exec(#request, &#info).await;
        self.post(&#result, &#info).await?;
        let #response = #result?;
        match #response.status().as_u16() {
            200..=299 => { #answer }
            _ => Err(Error::UnexpectedResponse(#response)),
        }
    };
    let sent: TokenStream = sent.iter().map(ToTokens::to_token_stream).collect();
    if sent.to_string() != expected.to_string() {
        return false;
    }
    statements.push(Stmt::Expr(parse_quote!(Ok(#request)), None));
    method.sig.asyncness = None;
    method.sig.output = parse_quote!(-> Result<::reqwest::Request, Error<()>>);
    true
}

/// The statement that builds the request, and the name of the request.
pub(super) fn built(statements: &[Stmt]) -> Option<(usize, Ident)> {
    statements.iter().enumerate().find_map(|(index, stmt)| {
        let Stmt::Local(local) = stmt else {
            return None;
        };
        let is_built = local.init.as_ref().is_some_and(|it| is_build(&it.expr));
        is_built.then_some(())?;
        Some((index, name(stmt)?))
    })
}

/// How progenitor reads the answer of a success.
fn answer(operation: &Operation, response: &Ident) -> TokenStream {
    match &operation.success {
        Success::Empty => quote!(Ok(ResponseValue::empty(#response))),
        Success::Bytes => quote!(Ok(ResponseValue::stream(#response))),
        Success::Json(_) | Success::OptionalJson(_) => {
            quote!(ResponseValue::from_response(#response).await)
        }
    }
}

/// Whether an expression is `….build()?`.
fn is_build(expr: &Expr) -> bool {
    match expr {
        Expr::Try(expr) => matches!(&*expr.expr, Expr::MethodCall(call) if call.method == "build"),
        _ => false,
    }
}

/// The name of the variable that a statement declares.
fn name(stmt: &Stmt) -> Option<Ident> {
    match stmt {
        Stmt::Local(local) => match &local.pat {
            Pat::Ident(pat) => Some(pat.ident.clone()),
            _ => None,
        },
        _ => None,
    }
}
