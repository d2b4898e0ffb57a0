//! Fills the templates; each form has its own escaping, and nothing goes around it.

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, Error, Output, State, UndefinedBehavior, Value};
use minijinja::{context, escape_formatter};
use sha2::{Digest, Sha256};

use super::markdown::escape;
use super::view::View;
use crate::error::printable;
use crate::output::base64;

const PAGE: &str = include_str!("report.html");
const TEXT: &str = include_str!("report.md");
const STYLE: &str = include_str!("report.css");

/// The report as HTML. Its policy allows the one style sheet, known by its hash, and nothing else.
pub(super) fn html(view: &View) -> String {
    let hash = base64::encode(&Sha256::digest(STYLE.as_bytes()));
    let style = Value::from_safe_string(STYLE.to_owned());
    let values = context! { style, hash, ..Value::from(Serde(view)) };
    fill(PAGE, AutoEscape::Html, values)
}

/// The report as Markdown.
pub(super) fn markdown(view: &View) -> String {
    let values = Value::from(Serde(view));
    fill(TEXT, AutoEscape::Custom("markdown".into()), values)
}

fn fill(template: &str, form: AutoEscape, values: Value) -> String {
    let mut environment = Environment::new();
    let syntax = SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .keep_trailing_newline(true)
        .build();
    environment.set_syntax(syntax.expect("the signs of the template language are as usual"));
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(move |_| form.clone());
    environment.set_formatter(safe);
    let filled = environment.render_str(template, values);
    filled.expect("the template is our own and names only what the view has")
}

/// Writes a value in the form's own escaping.
fn safe(out: &mut Output, state: &mut State, value: &Value) -> Result<(), Error> {
    match (state.auto_escape(), value.as_str()) {
        (AutoEscape::Custom(_), _) => Ok(out.write_str(&escape(&value.to_string()))?),
        (_, Some(text)) if !value.is_safe() => {
            escape_formatter(out, state, &Value::from(printable(text)))
        }
        _ => escape_formatter(out, state, value),
    }
}
