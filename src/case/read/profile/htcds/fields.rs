//! The fields of HTCDS 2.0 by name, however a form spells them.

use super::super::super::workbook::Sheet;

/// The fields that are read, as the standard spells them; others are kept as attributes.
pub(super) const FIELDS: [&str; 53] = [
    "cas_CaseOwner",
    "cas_Status",
    "cas_ReasonForCaseClosure",
    "cas_ReferringOrganisation",
    "cas_IncomingReferralDate",
    "cas_ReferringPrimaryCaseWorker",
    "cas_ReasonForIncomingReferral",
    "cas_IncomingReferralDetails",
    "cas_ReferredOrganisation",
    "cas_ReferredPrimaryCaseWorker",
    "cas_ReasonForOutgoingReferral",
    "cas_OutgoingReferralDate",
    "cas_OutgoingReferralDetails",
    "con_Consent",
    "prs_Salutation",
    "prs_FirstName",
    "prs_SecondName",
    "prs_Birthdate",
    "prs_Gender",
    "prs_Citizenship",
    "prs_Title",
    "prs_Email",
    "prs_HomePhone",
    "prs_MobilePhone",
    "prs_MailingStreet",
    "prs_MailingCity",
    "prs_MailingState",
    "prs_MailingPostalCode",
    "prs_MailingCountry",
    "vic_TraffickingStatus",
    "vic_TraffickingStatusDecisionMakingOrg",
    "vic_RelationshipToTrafficker",
    "vic_AgeWhenTrafficked",
    "vic_MethodOfRecruitment",
    "vic_LocationOfRecruitment",
    "vic_LocationOfExploitation",
    "vic_RecruitmentWebsitesAndApps",
    "vic_ExploitationWebsitesAndApps",
    "vic_MethodsOfControl",
    "vic_TypeOfExploitation",
    "vic_TypeOfSexExploitation",
    "vic_ForcedLabourIndustry",
    "per_RoleInProcess",
    "per_RoleDetails",
    "hte_Date",
    "hte_Type",
    "hte_Description",
    "hte_Country",
    "hte_City",
    "hte_State",
    "hte_Street",
    "hte_Latitude",
    "hte_Longitude",
];

/// Spellings that forms are known to have, letters and digits only.
const MISSPELT: [(&str, &str); 4] = [
    ("victraffickinstatusdecisionmakingorg", "vic_TraffickingStatusDecisionMakingOrg"),
    ("prslastname", "prs_SecondName"),
    ("consent", "con_Consent"),
    ("prsdateofbirth", "prs_Birthdate"),
];

/// Labels that are not the name of their field.
const LABELS: [(&str, &str); 4] = [
    ("mailingstateprovince", "prs_MailingState"),
    ("mailingzippostalcode", "prs_MailingPostalCode"),
    ("traffickingstatusdecisionmakingorganization", "vic_TraffickingStatusDecisionMakingOrg"),
    ("traffickingstatusdecisionmakingorganisation", "vic_TraffickingStatusDecisionMakingOrg"),
];

/// The prefixes of the standard's sections.
const SECTIONS: [&str; 9] =
    ["org_", "prs_", "vic_", "per_", "cas_", "cco_", "hte_", "spl_", "con_"];

/// Letters and digits, small: what a name comes to when it is spelt in another way.
fn folded(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The standard's spelling of a field; the name itself where the standard has none such.
pub(super) fn field(name: &str) -> String {
    // Data of forms come with the path of the question before its name.
    let name = name.trim().rsplit('/').next().unwrap_or_default();
    let plain = folded(name);
    let misspelt =
        MISSPELT.iter().find(|(spelling, _)| *spelling == plain).map(|(_, field)| *field);
    let known = || FIELDS.into_iter().find(|field| folded(field) == plain);
    misspelt.or_else(known).unwrap_or(name).to_owned()
}

/// The field that a label stands for.
fn field_of_label(label: &str) -> Option<&'static str> {
    let plain = folded(label);
    let special = LABELS.iter().find(|(known, _)| *known == plain).map(|(_, field)| *field);
    special.or_else(|| FIELDS.into_iter().find(|field| folded(&field[4..]) == plain))
}

/// Whether a sheet has the fields of the standard: at least four names with its prefixes, one of a person or victim.
pub(in super::super::super) fn is_htcds(sheet: &Sheet) -> bool {
    let names: Vec<String> = sheet.header.iter().map(|name| field(name)).collect();
    let of = |name: &&String| SECTIONS.iter().any(|section| name.starts_with(section));
    let known = names.iter().filter(of).count();
    known >= 4 && names.iter().any(|name| name.starts_with("prs_") || name.starts_with("vic_"))
}

/// The columns of a sheet: which field each is, and whether the first row is of labels.
#[derive(Debug)]
pub(super) struct Columns {
    pub(super) fields: Vec<String>,
    pub(super) labels: bool,
    /// Columns whose label names another field than their hidden name.
    pub(super) contradicted: Vec<String>,
}

impl Columns {
    pub(super) fn of(sheet: &Sheet) -> Self {
        let mut fields: Vec<String> = sheet.header.iter().map(|name| field(name)).collect();
        let first = sheet.rows.first();
        let told: Vec<(usize, &'static str)> = (first.iter())
            .flat_map(|row| row.fields.filled())
            .filter_map(|(at, label)| Some((at, field_of_label(label)?)))
            .collect();
        let filled = first.map_or(0, |row| row.fields.filled().count());
        // A row of data may hold a word that is a label too; a row of labels holds little else.
        let labels = told.len() >= 3 && 2 * told.len() > filled;
        let mut contradicted = Vec::new();
        for (at, label) in told.into_iter().filter(|_| labels) {
            if fields.len() <= at {
                fields.resize(at + 1, String::new());
            }
            if fields[at] != label {
                if !fields[at].is_empty() {
                    contradicted.push(fields[at].clone());
                }
                // Whoever fills a form sees the label; the name is hidden.
                label.clone_into(&mut fields[at]);
            }
        }
        Self { fields, labels, contradicted }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::super::text_rows::{Cells, TextRow};
    use super::*;

    #[test]
    fn a_field_is_known_however_it_is_spelt() {
        for (spelt, meant) in [
            ("vic_TraffickinStatusDecisionMakingOrg", "vic_TraffickingStatusDecisionMakingOrg"),
            ("prs_First_Name", "prs_FirstName"),
            ("vic_Methods_of_Control", "vic_MethodsOfControl"),
            ("data/PRS_BIRTHDATE", "prs_Birthdate"),
            ("vic_Other", "vic_Other"),
        ] {
            assert_eq!(field(spelt), meant);
        }
    }

    #[test]
    fn a_label_names_its_field() {
        assert_eq!(field_of_label("Mailing Zip/Postal Code"), Some("prs_MailingPostalCode"));
        assert_eq!(
            field_of_label("Reason for Outgoing Referral"),
            Some("cas_ReasonForOutgoingReferral")
        );
        assert_eq!(field_of_label("Anna"), None);
    }

    #[test]
    fn labels_that_differ_from_the_names_are_known() {
        let decided_by = "vic_TraffickingStatusDecisionMakingOrg";
        for (label, meant) in [
            ("Mailing State/Province", "prs_MailingState"),
            ("Trafficking Status Decision Making Organization", decided_by),
            ("Trafficking Status Decision-Making Organisation", decided_by),
            ("First name", "prs_FirstName"),
            ("Trafficking Status", "vic_TraffickingStatus"),
            ("Longitude", "hte_Longitude"),
        ] {
            assert_eq!(field_of_label(label), Some(meant), "{label}");
        }
        for (spelt, meant) in [
            ("prs_LastName", "prs_SecondName"),
            ("Consent", "con_Consent"),
            ("a/b/prs_DateOfBirth ", "prs_Birthdate"),
        ] {
            assert_eq!(field(spelt), meant);
        }
    }

    /// A sheet with these names of columns, and one row of these cells.
    fn sheet(header: &[&str], row: &[&str]) -> Sheet {
        let cells = (0_u32..).zip(row.iter().map(|text| (*text).to_owned())).collect();
        let fields = Cells::new(header.len(), cells);
        let rows = vec![TextRow { line: 2, fields, ..TextRow::default() }];
        let header = header.iter().map(|name| (*name).to_owned()).collect();
        Sheet { name: "s".into(), header, header_line: 1, rows }
    }

    #[test]
    fn a_sheet_of_the_standard_has_four_of_its_names_and_one_of_a_person_or_victim() {
        for (header, known) in [
            (&["prs_FirstName", "cas_Status", "hte_Date", "con_Consent"][..], true),
            (&["vic_TraffickingStatus", "cas_Status", "hte_Date", "org_X"], true),
            (&["prs_FirstName", "x", "cas_Status", "hte_Date"], false),
            (&["cas_Status", "hte_Date", "con_Consent", "spl_X"], false),
            (&["FirstName", "Consent", "Status", "Date"], false),
        ] {
            assert_eq!(is_htcds(&sheet(header, &[])), known, "{header:?}");
        }
    }

    #[test]
    fn a_first_row_is_of_labels_where_most_of_it_and_three_at_least_are_labels() {
        let header = ["a", "b", "c", "d", "e", "f"];
        for (row, labels) in [
            (&["First Name", "Gender", "Birthdate"][..], true),
            (&["First Name", "Gender", "Birthdate", "x", "y"], true),
            (&["First Name", "Gender", "Birthdate", "x", "y", "z"], false),
            (&["First Name", "Gender"], false),
            (&["Anna", "Vos", "x"], false),
            (&[], false),
        ] {
            assert_eq!(Columns::of(&sheet(&header, row)).labels, labels, "{row:?}");
        }
    }

    #[test]
    fn a_column_is_read_by_its_label_before_its_hidden_name() {
        let header = ["prs_MailingCity", "prs_Gender", ""];
        let row = ["Mailing Street", "Gender", "Birthdate", "Email"];
        let columns = Columns::of(&sheet(&header, &row));
        assert_eq!(
            columns.fields,
            ["prs_MailingStreet", "prs_Gender", "prs_Birthdate", "prs_Email"]
        );
        assert_eq!(columns.contradicted, ["prs_MailingCity"]);
        let data = Columns::of(&sheet(&header, &["Street", "Female", "", "Email"]));
        assert_eq!(data.fields, header);
        assert!(data.contradicted.is_empty());
    }
}
