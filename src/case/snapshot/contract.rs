//! A digest of the lists that the numbers in a snapshot are places in.

use sha2::{Digest as _, Sha256};

use super::super::digest::hex;
use super::super::schema::Table;
use super::super::symbol::MISSING;
use super::super::vocabulary::{
    Basis, ChannelClass, Code, IdentifierKind, LinkKind, MeansCode, Minor, PlaceClass, Role,
    Setting, Status,
};

/// The SHA-256 of all tables, columns and codes in their order, in hexadecimal: a number of a snapshot
/// means something else as soon as this differs, though somebody forgot to count the format up.
pub(super) fn contract() -> String {
    let mut digest = Sha256::new();
    for table in Table::ALL {
        list(&mut digest, table.name(), table.columns().iter().map(|column| column.name));
    }
    list(&mut digest, "missing", MISSING.iter().map(|&(code, _)| code));
    codes::<Role>(&mut digest);
    codes::<Status>(&mut digest);
    codes::<LinkKind>(&mut digest);
    codes::<MeansCode>(&mut digest);
    codes::<ChannelClass>(&mut digest);
    codes::<PlaceClass>(&mut digest);
    codes::<IdentifierKind>(&mut digest);
    codes::<Setting>(&mut digest);
    codes::<Minor>(&mut digest);
    codes::<Basis>(&mut digest);
    hex(&digest.finalize())
}

fn codes<C: Code>(digest: &mut Sha256) {
    list(digest, C::NAME, C::ALL.iter().map(|&(code, _)| code));
}

fn list<'a>(digest: &mut Sha256, name: &'a str, entries: impl Iterator<Item = &'a str>) {
    for text in std::iter::once(name).chain(entries) {
        digest.update(text);
        digest.update(b"\0");
    }
    digest.update(b"\n");
}
