//! Are workbooks of the Human Trafficking Case Data Standard read as they are meant, and victims kept safe?

use kluwen::case::{FaultClass, IdentifierKind, Minor, Role, Status, Taken};
use rust_xlsxwriter::Workbook;

use crate::common::{Folder, assert_conserved, report};

/// The fields of the tests' forms: as the templates' hidden row spells them, and their labels.
const FIELDS: [(&str, &str); 12] = [
    ("prs_First_Name", "First Name"),
    ("prs_SecondName", "Second Name"),
    ("con_Consent", "Consent"),
    ("prs_Birthdate", "Birthdate"),
    ("prs_MobilePhone", "Mobile Phone"),
    // The template's hidden names of the address are in another order than its labels.
    ("prs_MailingCity", "Mailing Street"),
    ("vic_TraffickingStatus", "Trafficking Status"),
    ("vic_TraffickinStatusDecisionMakingOrg", "Trafficking Status Decision Making Organization"),
    ("vic_Methods_of_Control", "Methods of Control"),
    ("vic_RecruitmentWebsitesAndApps", "Recruitment Websites and Apps"),
    ("vic_AgeWhenTrafficked", "Age When Trafficked"),
    ("per_RoleInProcess", "Role in Process"),
];

fn book(rows: &[[&str; 12]], labels: bool) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let put = |sheet: &mut rust_xlsxwriter::Worksheet, row: u32, column: usize, text: &str| {
        let column = u16::try_from(column).expect("few columns");
        if !text.is_empty() {
            sheet.write_string(row, column, text).expect("a cell is written");
        }
    };
    for (column, (name, label)) in FIELDS.into_iter().enumerate() {
        put(sheet, 0, column, name);
        if labels {
            put(sheet, 1, column, label);
        }
    }
    for (row, cells) in (1 + u32::from(labels)..).zip(rows) {
        for (column, text) in cells.iter().enumerate() {
            put(sheet, row, column, text);
        }
    }
    book.save_to_buffer().expect("a workbook is written")
}

fn taken(rows: &[[&str; 12]], labels: bool) -> Taken {
    let folder = Folder::of(&[("forms.xlsx", book(rows, labels))]);
    let taken = report(&folder.join("forms.xlsx"));
    assert_conserved(&taken);
    taken
}

const VICTIM: [&str; 12] = [
    "Anna",
    "Vos",
    "yes",
    "2003-04-01",
    "+31612345678",
    "Lindelaan 1",
    "ActualVictimOfTrafficking",
    "Police",
    "PhysicalThreats;DebtBondage;PsychologicalAbuse",
    "Instagram;Kletshoek",
    "16",
    "",
];

#[test]
fn a_row_is_a_case_a_person_and_her_role() {
    let taken = taken(&[VICTIM], true);
    assert!(taken.faults.first_error().is_none(), "{:?}", taken.faults);
    let case = &taken.case;
    let person = &case.people[0];
    assert_eq!(
        (case.text(person.name), person.birth.written().as_str()),
        ("Anna Vos", "2003-04-01")
    );
    assert_eq!(person.assertion.line, 3, "the row of the sheet");
    let told: Vec<_> =
        case.identifiers.iter().map(|one| (one.kind, case.text(one.value))).collect();
    assert_eq!(
        told,
        [(IdentifierKind::Phone, "+31612345678"), (IdentifierKind::Address, "Lindelaan 1")]
    );
    let role = &case.roles[0];
    assert_eq!(
        (role.role, role.status, role.minor),
        (Role::Victim, Some(Status::Victim), Some(Minor::Yes))
    );
    assert_eq!(case.cases.len(), 1);
    assert_eq!(case.links.len(), 0, "nobody is invented");
    let channels: Vec<_> =
        case.channels.iter().map(|one| (case.text(one.name), one.class.is_some())).collect();
    assert_eq!(channels, [("Instagram", true), ("Kletshoek", false)]);
    let attributes: Vec<_> = case
        .roles
        .attributes_of(0)
        .iter()
        .map(|one| (case.text(one.column), case.text(one.value)))
        .collect();
    assert!(attributes.contains(&("means", "threat;debt;other")), "{attributes:?}");
    assert!(attributes.contains(&("vic_TraffickingStatusDecisionMakingOrg", "Police")));
    assert!(attributes.contains(&("vic_RecruitmentWebsitesAndApps", "Instagram;Kletshoek")));
    let left: Vec<_> =
        taken.faults.listed().iter().filter(|fault| fault.class == FaultClass::Foreign).collect();
    let found: Vec<&str> = left.iter().map(|fault| fault.found.as_str()).collect();
    assert_eq!(
        found,
        [
            "1 × control by somebody unnamed",
            "1 × hidden name `prs_MailingCity`",
            "1 × recruitment by somebody unnamed"
        ]
    );
}

fn with(changes: &[(usize, &'static str)]) -> [&'static str; 12] {
    let mut row = VICTIM;
    for &(at, text) in changes {
        row[at] = text;
    }
    row
}

#[test]
fn a_row_without_consent_is_refused() {
    for consent in ["", "no", "FALSE", "0", "maybe"] {
        let taken = taken(&[with(&[(2, consent)]), VICTIM], true);
        let fault = taken.faults.first_error().expect("a row without consent");
        assert_eq!(
            (fault.class, fault.position.line, fault.position.column.as_str()),
            (FaultClass::Required, 3, "con_Consent")
        );
        assert_eq!(taken.case.people.len(), 1, "{consent}");
    }
}

#[test]
fn only_who_is_said_to_be_no_victim_is_none() {
    for (status, victim) in [
        ("NotAVictimOfTrafficking", false),
        ("PossibleVictimOfTrafficking", true),
        ("", true),
        ("NotSure", true),
    ] {
        let taken = taken(&[with(&[(6, status)])], true);
        let role = &taken.case.roles[0];
        assert_eq!(role.role == Role::Victim, victim, "{status}");
        assert_eq!(role.status == Some(Status::Victim), victim, "{status}");
    }
}

#[test]
fn an_offender_of_the_standard_is_one_here() {
    let mut row = [""; 12];
    row[0] = "Bram";
    row[2] = "TRUE";
    row[11] = "RecruiterOrIntermediary;Exploiter";
    let both = with(&[(11, "Transporter")]);
    let taken = taken(&[row, both], false);
    let roles: Vec<Role> = taken.case.roles.iter().map(|role| role.role).collect();
    assert_eq!(roles, [Role::Recruiter, Role::Exploiter, Role::Victim, Role::Driver]);
}

#[test]
fn ages_and_dates_that_are_none_are_told() {
    let taken =
        taken(&[with(&[(10, "young")]), with(&[(3, "01/04/2003")]), with(&[(10, "18")])], true);
    let fault = taken.faults.first_error().expect("a date that reads two ways");
    assert_eq!((fault.position.line, fault.position.column.as_str()), (4, "prs_Birthdate"));
    assert_eq!(taken.case.roles[0].minor, None);
    assert!(taken.case.roles.iter().any(|role| role.minor == Some(Minor::No)));
}

#[test]
fn text_of_a_form_stays_text() {
    const HOSTILE: &str = "=1+1;<script>\u{202e}\u{1b}[2J\"',";
    let mut row = [HOSTILE; 12];
    row[2] = "yes";
    let taken = taken(&[row], true);
    for fault in taken.faults.listed() {
        assert!(!fault.to_string().contains(['\u{1b}', '\u{202e}']), "{fault:?}");
    }
    // Neither a date nor an age is read from it, and whoever the form is about is held to be a victim.
    assert_eq!(
        taken.faults.first_error().map(|fault| fault.position.column.as_str()),
        Some("prs_Birthdate")
    );
    assert_eq!(taken.case.roles.iter().filter(|role| role.role == Role::Victim).count(), 0);
    assert_eq!(taken.case.victims_of_refused_rows().len(), 1);
}

#[test]
fn a_form_without_labels_is_read_from_its_first_row() {
    let taken = taken(&[VICTIM], false);
    assert_eq!(taken.case.people[0].assertion.line, 2);
}

#[test]
fn the_published_template_holds_nobody() {
    let Some(folder) = crate::shared_data::folder() else {
        eprintln!("left out: no folder ../shared/data, so the published template was not checked");
        return;
    };
    let taken = report(&folder.join("htcds/HTCDS Excel Spreadsheet v2.0.xlsx"));
    assert!(taken.faults.first_error().is_none(), "{:?}", taken.faults);
    assert_eq!(taken.case.people.len(), 0);
    let names = taken.faults.listed().iter().filter(|fault| fault.found.contains("hidden name"));
    assert_eq!(names.count(), 4, "{:?}", taken.faults);
}
