//! DOT, the language of Graphviz (grammar at graphviz.org/doc/info/lang.html): nodes, edges, and groups of nodes as their ends.

use super::builder::Builder;
use super::dot_tokens::{Token, Tokens};
use super::settle::add;
use super::text::quoted;
use super::{Attributes, Directed, ForeignEdge};
use crate::error::{Result, excerpt};

/// A statement that is read: the ends of a chain of edges so far, and the one before them.
#[derive(Default)]
struct Chain {
    /// The nodes of each end, from the first on; between them arrows.
    ends: Vec<Vec<usize>>,
    line: u64,
    /// Whether the last word was an arrow, so that an end must follow.
    waits: bool,
}

/// A group that is read.
struct Group {
    /// All nodes named in it.
    nodes: Vec<usize>,
    chain: Chain,
    line: u64,
}

struct Dot<'b, 't> {
    builder: &'b mut Builder,
    tokens: Tokens<'t>,
    one_way: bool,
    groups: Vec<Group>,
}

/// Reads a file.
pub(super) fn read(text: &str, builder: &mut Builder) -> Result<()> {
    let mut dot = Dot { builder, tokens: Tokens::new(text), one_way: false, groups: Vec::new() };
    dot.head()?;
    while !dot.groups.is_empty() {
        dot.step()?;
    }
    match dot.tokens.next(dot.builder)? {
        None => Ok(()),
        Some((line, token)) => Err(dot.builder.fault(
            line,
            "",
            told(&token),
            "the end of the file after `}`; one graph a file",
        )),
    }
}

fn told(token: &Token) -> String {
    match token {
        Token::Id(text) | Token::Word(text) => quoted(text),
        Token::Arrow(true) => "`->`".into(),
        Token::Arrow(false) => "`--`".into(),
        Token::Sign(sign) => format!("`{}`", excerpt(&sign.to_string())),
    }
}

impl Dot<'_, '_> {
    fn need(&mut self, expected: &str) -> Result<(u64, Token)> {
        let next = self.tokens.next(self.builder)?;
        next.ok_or_else(|| {
            self.builder.fault(self.tokens.line(), "", "the end of the file", expected)
        })
    }

    fn head(&mut self) -> Result<()> {
        const EXPECTED: &str = "`graph` or `digraph`";
        let (mut line, mut token) = self.need(EXPECTED)?;
        if matches!(&token, Token::Word(word) if word.eq_ignore_ascii_case("strict")) {
            (line, token) = self.need(EXPECTED)?;
        }
        self.one_way = match &token {
            Token::Word(word) if word.eq_ignore_ascii_case("digraph") => true,
            Token::Word(word) if word.eq_ignore_ascii_case("graph") => false,
            other => return Err(self.builder.fault(line, "", told(other), EXPECTED)),
        };
        self.builder.directed = if self.one_way { Directed::Yes } else { Directed::No };
        let (mut line, mut token) = self.need("`{`")?;
        if matches!(token, Token::Id(_) | Token::Word(_)) {
            (line, token) = self.need("`{`")?;
        }
        if token != Token::Sign('{') {
            return Err(self.builder.fault(line, "", told(&token), "`{`"));
        }
        self.groups.push(Group { nodes: Vec::new(), chain: Chain::default(), line });
        Ok(())
    }

    fn group(&mut self) -> &mut Group {
        self.groups.last_mut().expect("a group is read")
    }

    fn step(&mut self) -> Result<()> {
        let Some((line, token)) = self.tokens.next(self.builder)? else {
            let begun = self.group().line;
            return Err(self.builder.fault(
                begun,
                "",
                "`{` that is never closed",
                "`}` at its end; is the file whole?",
            ));
        };
        match token {
            Token::Sign('}') => self.close(line),
            Token::Sign(';' | ',') => self.end_statement(line),
            Token::Sign('{') => self.open(line),
            Token::Sign('[') => {
                let attributes = self.attributes()?;
                self.attributed(&attributes, line)
            }
            Token::Arrow(one_way) => self.arrow(one_way, line),
            Token::Word(word) => self.word(word, line),
            Token::Id(name) => self.name(name, line),
            Token::Sign(_) => {
                Err(self.builder.fault(line, "", told(&token), "a node, an edge or an attribute"))
            }
        }
    }

    fn word(&mut self, word: String, line: u64) -> Result<()> {
        let lower = word.to_ascii_lowercase();
        match lower.as_str() {
            "subgraph" => {
                // Its name says nothing of who is tied to whom.
                if let Some(Token::Id(_) | Token::Word(_)) = self.tokens.peek(self.builder)? {
                    self.tokens.next(self.builder)?;
                }
                match self.need("`{`")? {
                    (line, Token::Sign('{')) => self.open(line),
                    (line, other) => Err(self.builder.fault(line, "", told(&other), "`{`")),
                }
            }
            "node" | "edge" | "graph"
                if self.tokens.peek(self.builder)? == Some(&Token::Sign('[')) =>
            {
                self.tokens.next(self.builder)?;
                self.attributes()?;
                self.builder.note("Attributes of all nodes or edges at once were not read.");
                Ok(())
            }
            _ => self.name(word, line),
        }
    }

    /// A node, or an attribute of the graph.
    fn name(&mut self, name: String, line: u64) -> Result<()> {
        let name = self.joined(name)?;
        if self.tokens.peek(self.builder)? == Some(&Token::Sign('=')) {
            self.tokens.next(self.builder)?;
            let (line, token) = self.need("a value")?;
            return match token {
                Token::Id(text) | Token::Word(text) => self.joined(text).map(|_| ()),
                other => Err(self.builder.fault(line, "", told(&other), "a value")),
            };
        }
        while self.tokens.peek(self.builder)? == Some(&Token::Sign(':')) {
            self.tokens.next(self.builder)?;
            self.need("a port after `:`")?;
        }
        let node = self.builder.met(&name, line)?;
        self.end_of_edge(vec![node], line)
    }

    /// A text with the texts that `+` adds to it.
    fn joined(&mut self, mut text: String) -> Result<String> {
        while self.tokens.peek(self.builder)? == Some(&Token::Sign('+')) {
            self.tokens.next(self.builder)?;
            match self.need("a text after `+`")? {
                (_, Token::Id(more)) => text.push_str(&more),
                (line, other) => {
                    return Err(self.builder.fault(line, "", told(&other), "a text after `+`"));
                }
            }
        }
        Ok(text)
    }

    /// Takes nodes as an end of the chain, or as the start of a new one.
    fn end_of_edge(&mut self, nodes: Vec<usize>, line: u64) -> Result<()> {
        if !self.group().chain.waits {
            self.end_statement(line)?;
        }
        let group = self.group();
        group.nodes.extend(&nodes);
        let chain = &mut group.chain;
        (chain.waits, chain.line) = (false, line);
        chain.ends.push(nodes);
        Ok(())
    }

    fn arrow(&mut self, one_way: bool, line: u64) -> Result<()> {
        let own = if self.one_way { "`->`, as in a `digraph`" } else { "`--`, as in a `graph`" };
        if one_way != self.one_way {
            return Err(self.builder.fault(line, "", told(&Token::Arrow(one_way)), own));
        }
        let chain = &mut self.group().chain;
        if chain.waits || chain.ends.is_empty() {
            return Err(self.builder.fault(
                line,
                "",
                told(&Token::Arrow(one_way)),
                "a node before it",
            ));
        }
        chain.waits = true;
        Ok(())
    }

    fn open(&mut self, line: u64) -> Result<()> {
        let (deeper, builder) = (self.groups.len() + 1, &*self.builder);
        builder.limits.check_depth(deeper, "groups", || builder.position(line, ""))?;
        self.groups.push(Group { nodes: Vec::new(), chain: Chain::default(), line });
        Ok(())
    }

    fn close(&mut self, line: u64) -> Result<()> {
        self.end_statement(line)?;
        let Some(mut group) = self.groups.pop() else { return Ok(()) };
        if self.groups.is_empty() {
            return Ok(());
        }
        group.nodes.sort_unstable();
        group.nodes.dedup();
        self.end_of_edge(group.nodes, line)
    }

    /// Makes the edges of a chain, without attributes.
    fn end_statement(&mut self, line: u64) -> Result<()> {
        if self.group().chain.waits {
            return Err(self.builder.fault(
                line,
                "",
                "an edge without its second end",
                "a node after the arrow",
            ));
        }
        self.edges(&Attributes::default())
    }

    fn edges(&mut self, attributes: &Attributes) -> Result<()> {
        let chain = std::mem::take(&mut self.group().chain);
        for pair in chain.ends.windows(2) {
            let (count, line) = (pair[0].len() as u64 * pair[1].len() as u64, chain.line);
            if count > 1 {
                self.builder.imply(count, attributes.bytes(), line)?;
            }
            for &from in &pair[0] {
                for &to in &pair[1] {
                    let directed = self.one_way;
                    let attributes = attributes.clone();
                    let mut edge = ForeignEdge {
                        from,
                        to,
                        directed,
                        attributes,
                        line,
                        ..ForeignEdge::default()
                    };
                    edge.settle(self.builder)?;
                    self.builder.edge(edge);
                }
            }
        }
        Ok(())
    }

    /// Gives attributes to the nodes or edges before them.
    fn attributed(&mut self, attributes: &Attributes, line: u64) -> Result<()> {
        let chain = &self.group().chain;
        if chain.waits || chain.ends.is_empty() {
            return Err(self.builder.fault(line, "", "`[`", "a node or an edge before it"));
        }
        if let [nodes] = chain.ends.as_slice() {
            let nodes = nodes.clone();
            self.builder.imply((nodes.len() as u64).saturating_sub(1), attributes.bytes(), line)?;
            for number in nodes {
                let count = self.builder.node_mut(number).attributes.len() + attributes.len();
                self.check_attributes(count, line)?;
                let node = self.builder.node_mut(number);
                for (name, value) in attributes.iter() {
                    node.attributes.push(name, value);
                }
                node.settle();
            }
            self.group().chain = Chain::default();
            return Ok(());
        }
        self.edges(attributes)
    }

    fn check_attributes(&self, count: usize, line: u64) -> Result<()> {
        let position = || self.builder.position(line, "");
        self.builder.limits.check_attributes(count, "a node or an edge", position)
    }

    /// A list of attributes, to `]`.
    fn attributes(&mut self) -> Result<Attributes> {
        const EXPECTED: &str = "attributes as `name=value`, and `]` after them";
        let mut attributes = Attributes::default();
        loop {
            let (line, token) = self.need(EXPECTED)?;
            self.check_attributes(attributes.len(), line)?;
            let name = match token {
                Token::Sign(']') => return Ok(attributes),
                Token::Sign(',' | ';') => continue,
                Token::Id(name) | Token::Word(name) => name,
                other => return Err(self.builder.fault(line, "", told(&other), EXPECTED)),
            };
            if self.tokens.peek(self.builder)? != Some(&Token::Sign('=')) {
                add(self.builder, &mut attributes, &name, "true");
                continue;
            }
            self.tokens.next(self.builder)?;
            let (line, token) = self.need("a value")?;
            match token {
                Token::Id(value) | Token::Word(value) => {
                    let value = self.joined(value)?;
                    add(self.builder, &mut attributes, &name, &value);
                }
                other => return Err(self.builder.fault(line, "", told(&other), "a value")),
            }
        }
    }
}

#[cfg(test)]
mod tests;
