//! What is in the files is what is read, whatever form they have.

mod forms;
mod mappings;
mod pieces;
mod set_aside;

use std::path::Path;

use kluwen::case::{Assertion, Case, Symbol, Table, When};

/// A table as rows of texts, header first.
type Rows = Vec<Vec<String>>;

fn rows_of(path: &Path) -> Rows {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_path(path).expect("a file");
    let rows = reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect());
    rows.collect()
}

/// All rows of a case as text, without their places: these differ from form to form.
fn shown(case: &Case) -> Vec<String> {
    let text = |symbol: Symbol| case.text(symbol);
    let span = |start: When, end: When| format!("{start} to {end}");
    let mut all = Vec::new();
    let mut say = |table: Table, words: &[&str], rest: String, said: &Assertion| {
        let sure = (said.certainty.to_bits(), text(said.source), text(said.grade), said.basis);
        all.push(format!("{table} {words:?} {rest} {sure:?}"));
    };
    for one in case.cases.iter() {
        let words = [text(one.case), text(one.unit), text(one.outcome), text(one.purpose)];
        let rest = format!("{} {}", span(one.opened, one.closed), one.retain_until);
        say(Table::Cases, &words, rest, &one.assertion);
    }
    for one in case.people.iter() {
        let words = [text(one.person), text(one.name), text(one.alias), text(one.sex)];
        say(Table::People, &words, one.birth.to_string(), &one.assertion);
    }
    for one in case.channels.iter() {
        let words = [text(one.channel), text(one.name)];
        say(Table::Channels, &words, format!("{:?}", one.class), &one.assertion);
    }
    for one in case.places.iter() {
        let rest = format!("{:?} {:?}", one.class, one.location);
        say(Table::Places, &[text(one.place), text(one.name)], rest, &one.assertion);
    }
    for one in case.identifiers.iter() {
        let words = [text(one.person), text(one.value), text(one.channel), one.kind.code()];
        say(Table::Identifiers, &words, span(one.start, one.end), &one.assertion);
    }
    for one in case.roles.iter() {
        let what = format!("{:?} {:?} {:?} {:?}", one.role, one.status, one.minor, one.setting);
        let rest = what + &span(one.start, one.end);
        say(Table::Roles, &[text(one.case), text(one.person)], rest, &one.assertion);
    }
    for one in case.links.iter() {
        let who = [one.from, one.to, one.about, one.case, one.channel, one.place].map(text);
        let what = format!("{} {:?} {} {:?}", case.link_id(one), one.kind, one.count, one.means);
        say(Table::Links, &who, what + &span(one.start, one.end), &one.assertion);
    }
    for one in case.ads.iter() {
        let who = [one.channel, one.case, one.victim, one.posted_by, one.payer, one.place];
        let what = [one.phone, one.handle, one.price, one.text, one.image];
        let words: Vec<&str> = who.into_iter().chain(what).map(text).collect();
        let rest = format!("{} {}", case.ad_id(one), span(one.posted, one.last_seen));
        say(Table::Ads, &words, rest, &one.assertion);
    }
    all
}
