//! The flags that say how much is taken in.

use clap::builder::RangedU64ValueParser;
use clap::{Args, value_parser};
use kluwen::case::Limits;

/// A number from 1 on.
fn some() -> RangedU64ValueParser<usize> {
    RangedU64ValueParser::new().range(1..)
}

/// How much is taken in; what is larger is refused, never cut.
#[derive(Clone, Copy, Debug, Args)]
#[command(next_help_heading = "Limits")]
#[allow(clippy::struct_field_names)] // they are the names of the flags
pub(crate) struct LimitFlags {
    /// Refuse fields of more than so many bytes
    #[arg(long, value_name = "BYTES", value_parser = some(), default_value_t = Limits::default().field_bytes)]
    max_field: usize,
    /// Refuse records of more than so many bytes
    #[arg(long, value_name = "BYTES", value_parser = some(), default_value_t = Limits::default().record_bytes)]
    max_record: usize,
    /// Refuse files of more than so many bytes when unpacked
    #[arg(long, value_name = "BYTES", default_value_t = Limits::default().input_bytes)]
    max_input: u64,
    /// Refuse files of more than so many bytes when unpacked, where they are held in memory whole: JSON Lines, workbooks, graphs
    #[arg(long, value_name = "BYTES", default_value_t = Limits::default().whole_bytes)]
    max_whole: u64,
    /// Refuse files of more than so many rows of one table, or nodes, or edges
    #[arg(long, value_name = "ROWS", value_parser = value_parser!(u32).range(1..=i64::from(Limits::MOST_ROWS)),
        default_value_t = Limits::default().rows)]
    max_rows: u32,
    /// Refuse tables of more than so many columns, and objects of JSON of more names
    #[arg(long, value_name = "COLUMNS", value_parser = some(), default_value_t = Limits::default().columns)]
    max_columns: usize,
    /// Refuse elements, nodes and edges of more than so many attributes, in XML, DOT and GML
    #[arg(long, value_name = "ATTRIBUTES", value_parser = some(), default_value_t = Limits::default().attributes)]
    max_attributes: usize,
    /// Refuse what lies more than so deep within one another, in XML, DOT, GML and JSON of graphs
    #[arg(long, value_name = "DEPTH", value_parser = some().range(1..=Limits::MOST_DEPTH as u64),
        default_value_t = Limits::default().depth)]
    max_depth: usize,
}

impl LimitFlags {
    pub(crate) fn limits(self) -> Limits {
        Limits {
            field_bytes: self.max_field,
            record_bytes: self.max_record,
            input_bytes: self.max_input,
            whole_bytes: self.max_whole,
            rows: self.max_rows,
            columns: self.max_columns,
            attributes: self.max_attributes,
            depth: self.max_depth,
        }
    }

    /// The first flag that asks for another limit than the usual one, of those that say nothing of a file that was read before.
    pub(crate) fn of_reading(self) -> Option<&'static str> {
        let (own, usual) = (self.limits(), Limits::default());
        let flags = [
            ("--max-field", own.field_bytes != usual.field_bytes),
            ("--max-record", own.record_bytes != usual.record_bytes),
            ("--max-whole", own.whole_bytes != usual.whole_bytes),
            ("--max-rows", own.rows != usual.rows),
            ("--max-columns", own.columns != usual.columns),
            ("--max-attributes", own.attributes != usual.attributes),
            ("--max-depth", own.depth != usual.depth),
        ];
        flags.iter().find(|(_, given)| *given).map(|(flag, _)| *flag)
    }
}

#[cfg(test)]
mod tests {
    use super::super::trial::typed;
    use super::*;

    #[test]
    fn each_flag_sets_its_own_limit() {
        let words = [
            "--max-field",
            "2",
            "--max-record",
            "3",
            "--max-input",
            "4",
            "--max-whole",
            "5",
            "--max-rows",
            "6",
            "--max-columns",
            "7",
            "--max-attributes",
            "8",
            "--max-depth",
            "9",
        ];
        let limits = typed::<LimitFlags>(&words).limits();
        let want = Limits {
            field_bytes: 2,
            record_bytes: 3,
            input_bytes: 4,
            whole_bytes: 5,
            rows: 6,
            columns: 7,
            attributes: 8,
            depth: 9,
        };
        assert_eq!(limits, want);
        assert_eq!(typed::<LimitFlags>(&[]).limits(), Limits::default());
    }

    #[test]
    fn a_limit_of_reading_is_told_by_its_flag() {
        for flag in [
            "--max-field",
            "--max-record",
            "--max-whole",
            "--max-rows",
            "--max-columns",
            "--max-attributes",
            "--max-depth",
        ] {
            assert_eq!(typed::<LimitFlags>(&[flag, "7"]).of_reading(), Some(flag));
        }
        // How large a file is when unpacked is asked of a snapshot, too.
        assert_eq!(typed::<LimitFlags>(&["--max-input", "7"]).of_reading(), None);
        assert_eq!(typed::<LimitFlags>(&[]).of_reading(), None);
    }
}
