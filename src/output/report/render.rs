//! Fills the templates; each form has its own escaping, and nothing goes around it.

use std::sync::Arc;

use fluent_bundle::FluentValue;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Kwargs, Serde};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior};
use minijinja::{Value, context, escape_formatter};
use sha2::{Digest, Sha256};

use super::markdown::escape;
use super::view::View;
use crate::error::printable;
use crate::output::base64;
use crate::output::words::Words;

/// The page, section by section; macros of the first part are known in all.
const PAGE: &str = concat!(
    include_str!("html/head.html"),
    include_str!("html/people.html"),
    include_str!("html/channels.html"),
    include_str!("html/windows.html"),
    include_str!("html/groups.html"),
    include_str!("html/about.html"),
);
const TEXT: &str = concat!(
    include_str!("markdown/head.md"),
    include_str!("markdown/people.md"),
    include_str!("markdown/channels.md"),
    include_str!("markdown/windows.md"),
    include_str!("markdown/groups.md"),
    include_str!("markdown/about.md"),
);
const STYLE: &str = include_str!("report.css");

/// The report as HTML. Its policy allows the one style sheet, known by its hash, and nothing else.
pub(super) fn html(view: &View, words: Arc<Words>) -> String {
    let style = style(&words);
    let hash = base64::encode(&Sha256::digest(style.as_bytes()));
    let style = Value::from_safe_string(style);
    let values = context! { style, hash, ..Value::from(Serde(view)) };
    fill(PAGE, AutoEscape::Html, values, words)
}

/// The report as Markdown.
pub(super) fn markdown(view: &View, words: Arc<Words>) -> String {
    let values = Value::from(Serde(view));
    fill(TEXT, AutoEscape::Custom("markdown".into()), values, words)
}

/// The style sheet, which puts the handling line on every sheet of paper. All of it is our own text.
fn style(words: &Words) -> String {
    let line = words.say("handling-short");
    STYLE.replace("HANDLING", &format!("\"{line}\""))
}

fn fill(template: &str, form: AutoEscape, values: Value, words: Arc<Words>) -> String {
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
    environment.add_function("say", move |key: &str, values: Kwargs| say(&words, key, &values));
    let filled = environment.render_str(template, values);
    filled.expect("the template is our own and names only what the view has")
}

/// What the words have under `key`, with its variables; text of a case among them is escaped with the rest, on its way out.
fn say(words: &Words, key: &str, values: &Kwargs) -> Result<String, Error> {
    let mut said: Vec<(&str, FluentValue<'_>)> = Vec::new();
    for name in values.args() {
        let value: Value = values.get(name)?;
        let number = usize::try_from(value.clone());
        let value = number.map_or_else(|_| value.to_string().into(), FluentValue::from);
        said.push((name, value));
    }
    words
        .try_with(key, &said)
        .ok_or_else(|| Error::new(ErrorKind::InvalidOperation, format!("there is no text `{key}`")))
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
