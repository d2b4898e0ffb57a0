//! The words of a DOT file.

use super::builder::Builder;
use crate::error::{Result, excerpt};

/// A word of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// A name, a number or a text.
    Id(String),
    /// A name that was not quoted, which may be a word of the language.
    Word(String),
    /// `->` or `--`.
    Arrow(bool),
    /// A sign: one of `{}[]=;,:+`.
    Sign(char),
}

/// The words of a text, one by one.
pub(super) struct Tokens<'t> {
    rest: &'t str,
    line: u64,
    /// Whether the next word begins a line, where `#` is a remark.
    at_start: bool,
    held: Option<(u64, Token)>,
}

impl<'t> Tokens<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { rest: text, line: 1, at_start: true, held: None }
    }

    pub(super) fn line(&self) -> u64 {
        self.held.as_ref().map_or(self.line, |held| held.0)
    }

    fn step(&mut self, bytes: usize) {
        let (over, rest) = self.rest.split_at(bytes);
        let more = memchr::memchr_iter(b'\n', over.as_bytes()).count() as u64;
        self.line += more;
        self.at_start = if over.trim().is_empty() { self.at_start || more > 0 } else { false };
        self.rest = rest;
    }

    /// The next word, which stays the next one.
    pub(super) fn peek(&mut self, builder: &Builder) -> Result<Option<&Token>> {
        if self.held.is_none() {
            self.held = self.take(builder)?;
        }
        Ok(self.held.as_ref().map(|held| &held.1))
    }

    /// The next word and its line.
    pub(super) fn next(&mut self, builder: &Builder) -> Result<Option<(u64, Token)>> {
        match self.held.take() {
            Some(held) => Ok(Some(held)),
            None => self.take(builder),
        }
    }

    fn skip(&mut self, builder: &Builder) -> Result<()> {
        loop {
            let blank = self.rest.len() - self.rest.trim_start().len();
            self.step(blank);
            let to_end = || self.rest.find('\n').unwrap_or(self.rest.len());
            if self.rest.starts_with("//") || (self.at_start && self.rest.starts_with('#')) {
                let end = to_end();
                self.step(end);
            } else if self.rest.starts_with("/*") {
                let Some(end) = self.rest[2..].find("*/") else {
                    return Err(builder.fault(
                        self.line,
                        "",
                        "a remark that is never closed",
                        "`*/` at its end",
                    ));
                };
                self.step(2 + end + 2);
            } else {
                return Ok(());
            }
        }
    }

    fn take(&mut self, builder: &Builder) -> Result<Option<(u64, Token)>> {
        self.skip(builder)?;
        let line = self.line;
        let Some(first) = self.rest.chars().next() else { return Ok(None) };
        let token = if self.rest.starts_with("->") || self.rest.starts_with("--") {
            let one_way = self.rest.starts_with("->");
            self.step(2);
            Token::Arrow(one_way)
        } else if matches!(first, '{' | '}' | '[' | ']' | '=' | ';' | ',' | ':' | '+') {
            self.step(1);
            Token::Sign(first)
        } else if first == '"' {
            Token::Id(self.quoted(builder)?)
        } else if first == '<' {
            Token::Id(self.markup(builder)?)
        } else {
            let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '.' || !c.is_ascii();
            let start = usize::from(first == '-');
            let length =
                self.rest[start..].find(|c: char| !is_part(c)).unwrap_or(self.rest.len() - start);
            if length == 0 {
                let found = format!("`{}`", excerpt(&first.to_string()));
                return Err(builder.fault(
                    line,
                    "",
                    found,
                    "a name, an edge or an attribute; names with other signs stand in quotes",
                ));
            }
            let word = self.rest[..start + length].to_owned();
            self.step(start + length);
            Token::Word(word)
        };
        Ok(Some((line, token)))
    }

    /// A text in quotes; only the quote itself is escaped in the language, all else is for drawing.
    fn quoted(&mut self, builder: &Builder) -> Result<String> {
        let (mut text, mut escaped) = (String::new(), false);
        for (at, c) in self.rest.char_indices().skip(1) {
            match (escaped, c) {
                (false, '"') => {
                    self.step(at + 1);
                    return Ok(text);
                }
                (false, '\\') => escaped = true,
                (true, '"' | '\n') | (false, _) => {
                    if c != '\n' || !escaped {
                        text.push(c);
                    }
                    escaped = false;
                }
                (true, _) => {
                    text.push('\\');
                    text.push(c);
                    escaped = false;
                }
            }
        }
        Err(builder.fault(self.line, "", "a quote that is never closed", "a closing quote"))
    }

    /// A text in angle brackets, which pair.
    fn markup(&mut self, builder: &Builder) -> Result<String> {
        let mut depth = 0_u64;
        for (at, c) in self.rest.char_indices() {
            match c {
                '<' => depth += 1,
                '>' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                let text = self.rest[1..at].to_owned();
                self.step(at + 1);
                return Ok(text);
            }
        }
        Err(builder.fault(self.line, "", "`<` that is never closed", "`>` at its end"))
    }
}
