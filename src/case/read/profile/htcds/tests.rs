//! What a row of the standard becomes.

use super::super::super::text_rows::Cells;
use super::*;

const CONSENTED: (&str, &str) = ("con_Consent", "yes");

fn row(line: u32, cells: &[&str]) -> TextRow {
    let cells = (0_u32..).zip(cells.iter().map(|text| (*text).to_owned())).collect();
    TextRow { line, fields: Cells::new(0, cells), ..TextRow::default() }
}

/// What a sheet with these columns and rows, of which the first is line 2, becomes.
fn gathered(header: &[&str], cells: &[&[&str]]) -> Rows {
    let header = header.iter().map(|name| (*name).to_owned()).collect();
    let rows = (2..).zip(cells).map(|(line, cells)| row(line, cells)).collect();
    let mut all = Rows { file: "b.xlsx#s".into(), ..Rows::default() };
    all.gather(&Sheet { name: "s".into(), header, header_line: 1, rows });
    all
}

/// What one row with consent and these fields becomes.
fn alone(fields: &[(&str, &str)]) -> Rows {
    let all: Vec<(&str, &str)> = [CONSENTED].into_iter().chain(fields.iter().copied()).collect();
    let (header, cells): (Vec<&str>, Vec<&str>) = all.into_iter().unzip();
    gathered(&header, &[&cells])
}

/// The rows of a table, cell by cell, and what stands beside them.
fn shown(rows: &Rows, table: Table) -> Vec<String> {
    let told = |row: &TextRow| {
        let name = |at: usize| table.columns()[at].name;
        let cells = row.fields.filled().map(|(at, text)| format!("{}={text}", name(at)));
        let beside = row.extras.iter().map(|(name, text)| format!("+{name}={text}"));
        cells.chain(beside).collect::<Vec<_>>().join(" ")
    };
    rows.out.rows[table as usize].iter().map(told).collect()
}

/// What was left out: how often, what, and on which line first.
fn left(rows: &Rows) -> Vec<(usize, &str, u32)> {
    rows.out.left.iter().map(|(what, left)| (left.count, what.as_str(), left.line)).collect()
}

#[test]
fn rows_with_a_cell_below_no_field_are_counted() {
    let header = ["con_Consent", "prs_FirstName", "", "prs_Gender", "x"];
    let rows = gathered(
        &header,
        &[
            &["yes", "Ada", "1", "Feminine"],
            &["yes", "Bo", "12a", "Masculine", "", "more", "13"],
            &["yes", "Cy", "one", "x"],
            &["", "", "7"],
        ],
    );
    assert_eq!(left(&rows), [(2, "row with a cell below no field", 3)]);
    assert_eq!(
        shown(&rows, Table::People),
        [
            "person_id=row2 name=Ada sex=female",
            "person_id=row3 name=Bo sex=male",
            "person_id=row4 name=Cy sex=x"
        ]
    );
}

#[test]
fn a_row_is_a_case_with_what_is_said_of_it() {
    let rows = alone(&[
        ("cas_IncomingReferralDate", "2020-03"),
        ("cas_CaseOwner", "unit 1"),
        ("cas_Status", "closed"),
        ("cas_ReasonForCaseClosure", "moved"),
        ("cas_OutgoingReferralDetails", "none"),
        ("org_Name", "o"),
        ("prs_Title", "Dr"),
    ]);
    assert_eq!(
        shown(&rows, Table::Cases),
        [
            "case_id=row2 unit=unit 1 opened=2020-03 outcome=closed; moved +cas_OutgoingReferralDetails=none +org_Name=o"
        ]
    );
    assert_eq!(shown(&rows, Table::People), ["person_id=row2 +prs_Title=Dr"]);
}

#[test]
fn mail_phones_and_address_tell_who_she_is() {
    let rows = alone(&[
        ("prs_FirstName", "Ada"),
        ("prs_SecondName", "Vos"),
        ("prs_Birthdate", "2003-04"),
        ("prs_Email", "a@b.c"),
        ("prs_HomePhone", "01"),
        ("prs_MobilePhone", "06"),
        ("prs_MailingCountry", "NL"),
        ("prs_MailingCity", "Lindewaard"),
        ("prs_MailingStreet", "Lindelaan 1"),
    ]);
    assert_eq!(shown(&rows, Table::People), ["person_id=row2 name=Ada Vos birth=2003-04"]);
    assert_eq!(
        shown(&rows, Table::Identifiers),
        [
            "person_id=row2 kind=email value=a@b.c",
            "person_id=row2 kind=phone value=01",
            "person_id=row2 kind=phone value=06",
            "person_id=row2 kind=address value=Lindelaan 1, Lindewaard, NL"
        ]
    );
    assert_eq!(shown(&alone(&[]), Table::Identifiers), [""; 0]);
}

#[test]
fn who_acted_and_was_no_victim_is_an_offender_alone() {
    let victim = "basis=assessment case_id=row2 person_id=row2 role=victim status=victim";
    let acts = ("per_RoleInProcess", "Exploiter;Smuggler");
    let details = ("per_RoleDetails", "drove");
    let acted = |role: &str, part: &str| {
        format!(
            "basis=assessment case_id=row2 person_id=row2 role={role} +per_RoleInProcess={part} +per_RoleDetails=drove"
        )
    };
    let offender = [acted("exploiter", "Exploiter"), acted("driver", "Smuggler")];
    let consent = " +con_Consent=yes";
    assert_eq!(shown(&alone(&[acts, details]), Table::Roles), offender);
    assert_eq!(
        shown(&alone(&[("per_RoleInProcess", "")]), Table::Roles),
        [format!("{victim}{consent}")]
    );
    let both = shown(&alone(&[acts, details, ("vic_X", "y")]), Table::Roles);
    assert_eq!(both[0], format!("{victim}{consent} +vic_X=y"));
    assert_eq!(both[1..], offender);
    assert_eq!(shown(&alone(&[acts, details, ("vic_X", " ")]), Table::Roles), offender);
}

#[test]
fn a_status_says_on_what_ground_she_is_a_victim_if_she_is() {
    for (status, role, strange) in [
        (
            "ActualVictimOfTrafficking",
            "basis=fact case_id=row2 person_id=row2 role=victim status=victim",
            false,
        ),
        ("NotAVictimOfTrafficking", "basis=fact case_id=row2 person_id=row2 role=unknown", false),
        (
            "PossibleVictimOfTrafficking",
            "basis=assessment case_id=row2 person_id=row2 role=victim status=victim",
            false,
        ),
        ("Sure", "basis=assessment case_id=row2 person_id=row2 role=victim status=victim", true),
    ] {
        let rows = alone(&[("vic_TraffickingStatus", status)]);
        let told = format!("{role} +con_Consent=yes +vic_TraffickingStatus={status}");
        assert_eq!(shown(&rows, Table::Roles), [told]);
        let noted = [(1, format!("trafficking status `{status}`"), 2)];
        let left: Vec<_> = left(&rows)
            .into_iter()
            .map(|(count, what, line)| (count, what.to_owned(), line))
            .collect();
        assert_eq!(left, noted[usize::from(!strange)..], "{status}");
    }
}

#[test]
fn an_age_says_whether_she_was_a_minor() {
    for (age, minor, strange) in [
        ("", None, false),
        ("0", Some("yes"), false),
        ("17.9", Some("yes"), false),
        ("18", Some("no"), false),
        ("130", Some("no"), false),
        ("131", None, true),
        ("-1", None, true),
        ("young", None, true),
    ] {
        let rows = alone(&[("vic_AgeWhenTrafficked", age)]);
        let roles = shown(&rows, Table::Roles);
        let found = roles[0].split(' ').find_map(|cell| cell.strip_prefix("minor="));
        assert_eq!(found, minor, "{age}");
        assert_eq!(!left(&rows).is_empty(), strange, "{age}");
    }
}

#[test]
fn channels_and_places_are_rows_once() {
    let rows = alone(&[
        ("vic_RecruitmentWebsitesAndApps", "Instagram;Kletshoek"),
        ("vic_ExploitationWebsitesAndApps", "Kletshoek;Viber"),
        ("vic_LocationOfRecruitment", "Lindewaard"),
        ("vic_LocationOfExploitation", "Lindewaard"),
        ("vic_MethodsOfControl", "DebtBondage;Threats"),
        ("hte_Type", "sale"),
    ]);
    assert_eq!(
        shown(&rows, Table::Channels),
        [
            "channel_id=Instagram name=Instagram class=social_network",
            "channel_id=Kletshoek name=Kletshoek",
            "channel_id=Viber name=Viber class=messenger"
        ]
    );
    assert_eq!(shown(&rows, Table::Places), ["place_id=Lindewaard name=Lindewaard"]);
    assert!(shown(&rows, Table::Roles)[0].contains(" +means=threat;debt "));
    assert_eq!(
        left(&rows),
        [
            (1, "an event by somebody unnamed", 2),
            (1, "control by somebody unnamed", 2),
            (1, "exploitation by somebody unnamed", 2),
            (1, "recruitment by somebody unnamed", 2)
        ]
    );
}

#[test]
fn a_row_without_consent_is_refused_as_it_stands() {
    let header = ["con_Consent", "prs_FirstName"];
    let rows = gathered(&header, &[&["", "Ada"], &["perhaps", "Bo"], &["yes", "Cy"], &["", " "]]);
    let refused: Vec<(&str, String)> = (rows.out.refused.iter())
        .map(|(fault, raw)| {
            let Position { line, column, .. } = &fault.position;
            assert_eq!((fault.class, column.as_str()), (FaultClass::Required, "con_Consent"));
            assert!(
                fault.expected.starts_with("consent: a row is read where `con_Consent` says yes")
            );
            (fault.found.as_str(), format!("{line}: {}", String::from_utf8_lossy(raw)))
        })
        .collect();
    assert_eq!(
        refused,
        [("no consent", "2: Ada".to_owned()), ("`perhaps`", "3: perhaps,Bo".to_owned())]
    );
    assert_eq!(shown(&rows, Table::People), ["person_id=row4 name=Cy"]);
}
