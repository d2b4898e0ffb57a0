//! `FollowTheMoney` entities, one JSON object a line.
//!
//! What becomes of each schema stands in `schema.rs`, the convention of files that we wrote ourselves in
//! `case/ftm.rs`. Organisations act as people do (they pay, own and employ), so they are rows of people,
//! with their schema in a column `ftm_schema`; otherwise ties to them would be lost. What is not of our tables is counted.

mod entity;
mod rows;
mod schema;
mod told;

use hashbrown::HashMap;

use self::entity::Entity;
use self::rows::Rows;
use super::super::super::fault::FaultClass;
use super::super::json::Members;
use super::super::reader::Reader;
use super::{ForeignRows, Headers};
use crate::error::{Error, Position, Result, excerpt};

/// Whether the lines are `FollowTheMoney` entities: the first object that is whole has a schema, and no table.
pub(in super::super) fn is_ftm(bytes: &[u8]) -> bool {
    const LOOKED_AT: usize = 20;
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let lines = text.split(|&byte| byte == b'\n').filter(|line| !line.trim_ascii().is_empty());
    let told = lines.take(LOOKED_AT).find_map(|line| {
        let Members(members) = serde_json::from_slice(line).ok()?;
        let has = |name: &str| members.iter().any(|(member, _)| member == name);
        (has("table") || has("schema")).then(|| has("schema") && !has("table"))
    });
    told.unwrap_or(false)
}

impl Reader<'_> {
    /// Reads `FollowTheMoney` entities.
    pub(in super::super) fn ftm(&mut self, bytes: &[u8], name: &str) -> Result<()> {
        if self.options.mapping.is_some() {
            let what =
                "a mapping file is for CSV files and workbooks, not for FollowTheMoney entities";
            return Err(Error::usage(what));
        }
        let mut foreign = ForeignRows::default();
        let entities = self.entities(bytes, name, &mut foreign)?;
        Rows::new(&entities, &mut foreign).gather();
        self.foreign(foreign, name, &Headers::new())
    }

    /// All entities, each id once.
    fn entities(&self, bytes: &[u8], name: &str, foreign: &mut ForeignRows) -> Result<Vec<Entity>> {
        let mut entities: Vec<Entity> = Vec::new();
        let mut lines: HashMap<String, u32> = HashMap::new();
        let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        for (line, number) in text.split(|&byte| byte == b'\n').zip(1_u32..) {
            let line = line.trim_ascii();
            if line.is_empty() {
                continue;
            }
            let at = |column: &str| Position {
                file: name.into(),
                line: number.into(),
                column: column.into(),
            };
            self.options.limits.check_record(line.len(), &at(""))?;
            match Entity::parse(line, number) {
                Err((column, bad)) => foreign.refuse(FaultClass::Json, at(&column), bad, line),
                Ok(entity) => match lines.get(&entity.id) {
                    None => {
                        self.options.limits.check_columns(entity.width(), &at("properties"))?;
                        lines.insert(entity.id.clone(), number);
                        entities.push(entity);
                    }
                    Some(first) => {
                        let found =
                            format!("`{}`, an id that line {first} has", excerpt(&entity.id));
                        let expected = "an id of its own; join the two, or rename one".to_owned();
                        foreign.refuse(FaultClass::Duplicate, at("id"), (found, expected), line);
                    }
                },
            }
        }
        Ok(entities)
    }
}
