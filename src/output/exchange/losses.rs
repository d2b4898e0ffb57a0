//! What of a map survives in each format, as data, so that a command can say it before anybody relies on it.

use super::format::Exchange;

/// What of a map a format keeps and what it loses.
///
/// # Examples
///
/// ```
/// use kluwen::output::Exchange;
///
/// let losses = Exchange::Pajek.losses();
/// assert!(losses.lost.contains(&"grades"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Losses {
    /// The format, as it is asked for.
    pub format: &'static str,
    /// What can be read back from it.
    pub kept: Vec<&'static str>,
    /// What cannot.
    pub lost: Vec<&'static str>,
}

/// All that there is to keep or lose, in the order in which it is told.
const FACTS: [&str; 21] = [
    IDS,
    PARTS,
    ROLES,
    COMMUNITIES,
    RANKS,
    POSITIONS,
    COLORS,
    SHAPES,
    SIZES,
    KINDS,
    PARALLEL,
    COUNTS,
    CERTAINTY,
    DATES,
    OPEN_ENDS,
    ROWS,
    GRADES,
    FILES,
    EACH_ROW,
    MUTUAL,
    NOTES,
];

const IDS: &str = "codes and labels";
const PARTS: &str = "parts";
const ROLES: &str = "roles with their case files";
const COMMUNITIES: &str = "communities";
const RANKS: &str = "ranks and recurrence";
const POSITIONS: &str = "positions";
const COLORS: &str = "colors";
const SHAPES: &str = "shapes";
const SIZES: &str = "sizes";
const KINDS: &str = "kinds of ties";
const PARALLEL: &str = "several ties between two nodes";
const COUNTS: &str = "counts";
const CERTAINTY: &str = "certainty";
const DATES: &str = "first and last days";
const OPEN_ENDS: &str = "open ends of dates";
const ROWS: &str = "rows of evidence";
const GRADES: &str = "grades";
const FILES: &str = "case files of rows";
const EACH_ROW: &str = "date and certainty of each row";
const MUTUAL: &str = "which ties are as true the other way round";
const NOTES: &str = "title and notes";

impl Exchange {
    /// What of a map the format keeps and what it loses.
    #[must_use]
    pub fn losses(self) -> Losses {
        let lost: &[&str] = match self {
            Self::Gexf { .. } => &[EACH_ROW],
            Self::Anx => &[SHAPES, SIZES],
            Self::Neo4j => &[COLORS, SHAPES, SIZES, EACH_ROW, NOTES],
            Self::Pajek => &[
                PARTS, ROLES, RANKS, COLORS, SIZES, CERTAINTY, DATES, OPEN_ENDS, ROWS, GRADES,
                FILES, EACH_ROW, MUTUAL, NOTES,
            ],
            Self::Dl => &[
                PARTS,
                ROLES,
                COMMUNITIES,
                RANKS,
                POSITIONS,
                COLORS,
                SHAPES,
                SIZES,
                KINDS,
                PARALLEL,
                CERTAINTY,
                DATES,
                OPEN_ENDS,
                ROWS,
                GRADES,
                FILES,
                EACH_ROW,
                MUTUAL,
                NOTES,
            ],
            Self::GraphMl | Self::Cytoscape { .. } | Self::NodeLink => COLUMNS_LOSE,
            #[cfg(feature = "parquet")]
            Self::Parquet => COLUMNS_LOSE,
        };
        let (lost, kept) = FACTS.iter().partition(|fact| lost.contains(fact));
        Losses { format: self.name(), kept, lost }
    }
}

/// What columns of nodes and of edges have no place for.
const COLUMNS_LOSE: &[&str] = &[COLORS, SHAPES, SIZES, EACH_ROW];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_tells_of_every_fact() {
        for &(name, format) in Exchange::ALL {
            let Losses { format, kept, lost } = format.losses();
            assert_eq!(format, name);
            assert_eq!(kept.len() + lost.len(), FACTS.len());
            assert!(!lost.is_empty() && kept.contains(&IDS), "{name}");
        }
    }

    #[test]
    fn what_a_format_has_no_place_for_is_lost() {
        let lost = |name: &str| name.parse::<Exchange>().expect(name).losses().lost;
        assert_eq!(lost("gexf"), [EACH_ROW]);
        assert_eq!(lost("gexf-1.2"), [EACH_ROW]);
        assert_eq!(lost("anx"), [SHAPES, SIZES]);
        assert_eq!(lost("neo4j"), [COLORS, SHAPES, SIZES, EACH_ROW, NOTES]);
        for name in ["graphml", "cytoscape", "cytoscape-boxes", "node-link"] {
            assert_eq!(lost(name), [COLORS, SHAPES, SIZES, EACH_ROW], "{name}");
        }
        let kept = |name: &str| name.parse::<Exchange>().expect(name).losses().kept;
        let of_pajek = [IDS, COMMUNITIES, POSITIONS, SHAPES, KINDS, PARALLEL, COUNTS];
        assert_eq!(kept("pajek"), of_pajek);
        assert_eq!(kept("dl"), [IDS, COUNTS]);
    }
}
