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
    let mut all = Vec::new();
    things(case, &mut all);
    acts(case, &mut all);
    all
}

fn line(case: &Case, table: Table, words: &[Symbol], rest: &str, said: &Assertion) -> String {
    let words: Vec<&str> = words.iter().map(|&word| case.text(word)).collect();
    let (source, grade) = (case.text(said.source), case.text(said.grade));
    let sure = (said.certainty.to_bits(), source, grade, said.basis);
    format!("{table} {words:?} {rest} {sure:?}")
}

fn span(start: When, end: When) -> String {
    format!("{start} to {end}")
}

fn things(case: &Case, all: &mut Vec<String>) {
    for one in case.cases.iter() {
        let words = [one.case, one.unit, one.outcome, one.purpose];
        let rest = format!("{} {}", span(one.opened, one.closed), one.retain_until);
        all.push(line(case, Table::Cases, &words, &rest, &one.assertion));
    }
    for one in case.people.iter() {
        let words = [one.person, one.name, one.alias, one.sex];
        all.push(line(case, Table::People, &words, &one.birth.to_string(), &one.assertion));
    }
    for one in case.channels.iter() {
        let rest = format!("{:?}", one.class);
        let words = [one.channel, one.name];
        all.push(line(case, Table::Channels, &words, &rest, &one.assertion));
    }
    for one in case.places.iter() {
        let rest = format!("{:?} {:?}", one.class, one.location);
        all.push(line(case, Table::Places, &[one.place, one.name], &rest, &one.assertion));
    }
}

fn acts(case: &Case, all: &mut Vec<String>) {
    for one in case.identifiers.iter() {
        let rest = format!("{:?} {}", one.kind, span(one.start, one.end));
        let words = [one.person, one.value, one.channel];
        all.push(line(case, Table::Identifiers, &words, &rest, &one.assertion));
    }
    for one in case.roles.iter() {
        let what = format!("{:?} {:?} {:?} {:?}", one.role, one.status, one.minor, one.setting);
        let rest = what + &span(one.start, one.end);
        all.push(line(case, Table::Roles, &[one.case, one.person], &rest, &one.assertion));
    }
    for one in case.links.iter() {
        let words = [one.from, one.to, one.about, one.case, one.channel, one.place];
        let what = format!("{} {:?} {} {:?}", case.link_id(one), one.kind, one.count, one.means);
        let rest = what + &span(one.start, one.end);
        all.push(line(case, Table::Links, &words, &rest, &one.assertion));
    }
    for one in case.ads.iter() {
        let who = [one.channel, one.case, one.victim, one.posted_by, one.payer, one.place];
        let what = [one.phone, one.handle, one.price, one.text, one.image];
        let words: Vec<Symbol> = who.into_iter().chain(what).collect();
        let rest = format!("{} {}", case.ad_id(one), span(one.posted, one.last_seen));
        all.push(line(case, Table::Ads, &words, &rest, &one.assertion));
    }
}
