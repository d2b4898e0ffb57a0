//! Files that call nodes by names: each piece collects its own names, and these are then put together.

use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};
use memchr::{memchr, memchr_iter};
use rayon::prelude::*;

use super::layout::Layout;
use super::line::{Fault, Fields, Stop};
use super::names::Names;
use super::source::Source;
use super::{Block, Parsed};
use crate::graph::csr::Held;

/// Into how many parts the names are cut, by their hash; each part is put together by one thread.
const PARTS: usize = 16;

/// The edges of a piece, between its own names.
struct Piece<W> {
    edges: Block<W>,
    names: Distinct,
}

/// Distinct names, in the order in which they first stand.
#[derive(Default)]
struct Distinct {
    text: String,
    /// Where each name ends in `text`.
    ends: Vec<u32>,
    hashes: Vec<u64>,
    table: HashTable<u32>,
}

impl Distinct {
    fn name(&self, at: u32) -> &str {
        let start = if at == 0 { 0 } else { self.ends[at as usize - 1] };
        &self.text[start as usize..self.ends[at as usize] as usize]
    }

    fn number(&mut self, name: &str, hasher: &DefaultHashBuilder) -> u32 {
        let hash = hasher.hash_one(name);
        let known =
            self.table.find(hash, |&at| self.hashes[at as usize] == hash && self.name(at) == name);
        if let Some(&at) = known {
            return at;
        }
        let at = u32::try_from(self.ends.len()).expect("a piece has fewer names than bytes");
        self.text.push_str(name);
        self.ends.push(u32::try_from(self.text.len()).expect("a piece is shorter than 4 GiB"));
        self.hashes.push(hash);
        let hashes = &self.hashes;
        self.table.insert_unique(hash, at, |&at| hashes[at as usize]);
        at
    }
}

/// The edges of a file of names.
pub(super) fn parse<W: Held>(source: &Source, layout: &Layout) -> Result<Parsed<W>, Stop> {
    let hasher = DefaultHashBuilder::default();
    let pieces: Result<Vec<Piece<W>>, Stop> = source
        .pieces(layout.start)
        .par_iter()
        .enumerate()
        .map_init(Vec::new, |buffer, (piece, range)| {
            let read = |bytes: &[u8], offset| piece_of(bytes, offset, layout, &hasher);
            source.lines(range, piece == 0, buffer, read).map_err(Stop::Error)?
        })
        .collect();
    match pieces {
        Ok(pieces) => Ok(together(pieces)),
        // A field in quotes may hold an end of line, so that no piece can be read by itself.
        Err(Stop::Quoted) => Ok(together(vec![quoted(source, layout, &hasher)?])),
        Err(stop) => Err(stop),
    }
}

fn piece_of<W: Held>(
    bytes: &[u8],
    offset: u64,
    layout: &Layout,
    hasher: &DefaultHashBuilder,
) -> Result<Piece<W>, Stop> {
    if memchr(b'"', bytes).is_some() {
        return Err(Stop::Quoted);
    }
    let mut piece = Piece { edges: Vec::new(), names: Distinct::default() };
    let mut start = 0;
    for end in memchr_iter(b'\n', bytes).chain([bytes.len()]) {
        let line = bytes[start..end].trim_ascii();
        if !line.is_empty() {
            let place = offset + start as u64;
            if line.len() > layout.limits.record_bytes {
                return Err(Stop::LongLine(place));
            }
            let fields = line.split(|&byte| byte == layout.comma);
            piece.add(&Fields::of(fields, layout, place)?, place, hasher)?;
        }
        start = (end + 1).min(bytes.len());
    }
    Ok(piece)
}

impl<W: Held> Piece<W> {
    fn add(
        &mut self,
        fields: &Fields<'_>,
        place: u64,
        hasher: &DefaultHashBuilder,
    ) -> Result<(), Stop> {
        let u = self.names.number(fields.source, hasher);
        let v = self.names.number(fields.target, hasher);
        self.edges.push((u, v, fields.weight(place)?));
        Ok(())
    }
}

/// The whole file as one piece, with quotes read as the csv format has them.
fn quoted<W: Held>(
    source: &Source,
    layout: &Layout,
    hasher: &DefaultHashBuilder,
) -> Result<Piece<W>, Stop> {
    let mut bytes = Vec::new();
    source.rest(layout.start, &mut bytes).map_err(Stop::Error)?;
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(layout.comma)
        .from_reader(bytes.as_slice());
    let mut piece = Piece { edges: Vec::new(), names: Distinct::default() };
    let mut record = csv::ByteRecord::new();
    loop {
        let place = layout.start + reader.position().byte();
        match reader.read_byte_record(&mut record) {
            Ok(true) if record.as_slice().len() > layout.limits.record_bytes => {
                return Err(Stop::LongLine(place));
            }
            Ok(true) => {}
            Ok(false) => return Ok(piece),
            Err(error) => {
                let (found, expected) = (error.to_string(), "one edge a line");
                return Err(Stop::Fault(Fault { offset: place, column: "", found, expected }));
            }
        }
        piece.add(&Fields::of(record.iter(), layout, place)?, place, hasher)?;
    }
}

/// All pieces with one numbering of names: in the order in which they first stand in the file.
fn together<W: Held>(pieces: Vec<Piece<W>>) -> Parsed<W> {
    let parts: Vec<Part> = (0..PARTS).into_par_iter().map(|part| Part::of(part, &pieces)).collect();
    let (mut all, mut ends) = (String::new(), Vec::new());
    let mut number: Vec<Vec<u32>> = parts.iter().map(|part| vec![0; part.count as usize]).collect();
    let mut seen = [0_usize; PARTS];
    let mut maps: Vec<Vec<u32>> = Vec::with_capacity(pieces.len());
    for piece in &pieces {
        let names = &piece.names;
        let map = (0..).zip(&names.hashes).map(|(at, &hash)| {
            let part = part_of(hash);
            let (within, first) = parts[part].places[seen[part]];
            seen[part] += 1;
            if first {
                number[part][within as usize] =
                    u32::try_from(ends.len()).expect("nodes are numbered by 32 bits");
                all.push_str(names.name(at));
                ends.push(all.len());
            }
            number[part][within as usize]
        });
        maps.push(map.collect());
    }
    let blocks = pieces.into_par_iter().zip(maps).map(|(piece, map)| {
        let mut edges = piece.edges;
        for (u, v, _) in &mut edges {
            (*u, *v) = (map[*u as usize], map[*v as usize]);
        }
        edges
    });
    Parsed { blocks: blocks.collect(), names: Names::Texts { all, ends } }
}

fn part_of(hash: u64) -> usize {
    usize::try_from(hash >> 32).expect("32 bits") % PARTS
}

/// The names of all pieces whose hash falls into one part.
struct Part {
    /// For each of them, piece by piece: its number in this part, and whether it is the first of its name.
    places: Vec<(u32, bool)>,
    /// How many are distinct.
    count: u32,
}

impl Part {
    fn of<W: Held>(part: usize, pieces: &[Piece<W>]) -> Self {
        let mut table: HashTable<(u64, u32, u32, u32)> = HashTable::new();
        let (mut places, mut count) = (Vec::new(), 0);
        for (nth, piece) in (0_u32..).zip(pieces) {
            for (at, &hash) in (0_u32..).zip(&piece.names.hashes) {
                if part_of(hash) != part {
                    continue;
                }
                let name = piece.names.name(at);
                let known = table.find(hash, |&(other, from, at, _)| {
                    other == hash && pieces[from as usize].names.name(at) == name
                });
                if let Some(&(.., within)) = known {
                    places.push((within, false));
                } else {
                    table.insert_unique(hash, (hash, nth, at, count), |entry| entry.0);
                    places.push((count, true));
                    count += 1;
                }
            }
        }
        Self { places, count }
    }
}
