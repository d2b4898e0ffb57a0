//! What is asked of an engine, without one.

use super::*;
use crate::case::{Basis, Role, Table, When};

fn condition(view: &View) -> String {
    Held { view, own: &OwnColumns::default() }.condition(Table::Links)
}

#[test]
fn a_view_of_all_asks_for_nothing() {
    assert_eq!(condition(&View::default()), "1 = 1");
}

#[test]
fn what_users_write_stays_within_its_quotes() {
    let view = View { cases: vec!["c'1\\".into()], certainty: 0.5, ..View::default() };
    assert_eq!(condition(&view), r"links.`case_id` IN ('c\'1\\') AND links.`certainty` >= 5e-1D");
    let basis = View { basis: Some(Basis::Fact), ..View::default() };
    assert_eq!(condition(&basis), "links.`basis` = 'fact'");
}

#[test]
fn a_column_that_no_table_has_holds_no_row() {
    let attributes = vec![("colour".to_owned(), "red".to_owned())];
    assert_eq!(condition(&View { attributes, ..View::default() }), "1 = 0");
}

#[test]
fn a_time_that_is_open_asks_for_one_end_alone() {
    let since = View { during: When::parse("2019/..").ok(), ..View::default() };
    let asked = condition(&since);
    assert!(asked.contains(">= DATE_ADD(DATE '1970-01-01', 17897)"), "{asked}");
    assert!(!asked.contains("<="), "{asked}");
}

#[test]
fn without_roles_nobody_is_left_out() {
    let view = View { without: vec![Role::Client], ..View::default() };
    let own = OwnColumns::default();
    assert!(Held { view: &view, own: &own }.without().query.ends_with("roles.role IN ('client')"));
    let all = View::default();
    assert!(Held { view: &all, own: &own }.without().query.ends_with("1 = 0"));
}

#[test]
fn only_networks_of_people_have_directions_and_may_lack_weights() {
    let view = View::default();
    let asked = |between| Flattening {
        between,
        view: &view,
        direction: Direction::Directed,
        weight: Weight::None,
    };
    let (people, cases) = (asked(Between::People), asked(Between::PeopleAndCases));
    assert_eq!((people.direction(), people.is_weighted()), (Direction::Directed, false));
    assert_eq!((cases.direction(), cases.is_weighted()), (Direction::Undirected, true));
}
