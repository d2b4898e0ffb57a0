//! Codes of HTCDS 2.0 and what they are in the contract.

use super::super::super::super::vocabulary::{Basis, ChannelClass, MeansCode, Role, Status};

/// What a person is by the trafficking status of her row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// Found to be a victim, or held to be one.
    Victim(Basis),
    /// Found not to be one.
    NoVictim,
}

/// Parts of a list, which stand between semicolons (workbooks) or blanks (forms).
pub(super) fn parts(text: &str) -> impl Iterator<Item = &str> {
    let by_blank = !text.contains([';', ',']);
    let cut = move |c: char| c == ';' || c == ',' || (by_blank && c == ' ');
    text.split(cut).map(str::trim).filter(|part| !part.is_empty())
}

/// Letters and digits, small, without the name of the list that some forms put before each code.
fn plain(code: &str, list: &str) -> String {
    let folded: String =
        code.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    folded.strip_prefix(list).map_or(folded.clone(), str::to_owned)
}

/// What a person is; whoever is not said to be no victim is held to be one.
pub(super) fn standing(status: &str) -> Standing {
    match plain(status, "traffickingstatus").as_str() {
        "actualvictimoftrafficking" => Standing::Victim(Basis::Fact),
        "notavictimoftrafficking" => Standing::NoVictim,
        _ => Standing::Victim(Basis::Assessment),
    }
}

/// Whether a status is one of the standard's, or none.
pub(super) fn is_status(status: &str) -> bool {
    let plain = plain(status, "traffickingstatus");
    plain.is_empty()
        || ["actualvictimoftrafficking", "possiblevictimoftrafficking", "notavictimoftrafficking"]
            .contains(&plain.as_str())
}

/// Whether a box is ticked.
pub(super) fn is_yes(text: &str) -> bool {
    matches!(
        text.trim().to_lowercase().as_str(),
        "yes" | "true" | "1" | "x" | "y" | "✓" | "☑" | "✔"
    )
}

/// A means of control.
pub(super) fn means(code: &str) -> MeansCode {
    match plain(code, "methodsofcontrol").as_str() {
        "physicalthreats" | "threatslawenforcement" | "threatoflawenforcement" | "threats" => {
            MeansCode::Threat
        }
        "threatenschildrenfamily" | "useschildren" => MeansCode::ThreatToFamily,
        "debtbondage" => MeansCode::Debt,
        "falsepromises" => MeansCode::Deception,
        "physicalabuse" => MeansCode::Violence,
        "sexualabuse" => MeansCode::SexualViolence,
        "takesearnings" => MeansCode::EarningsTaken,
        "psychoactivesubstance" | "psychoactivesubstances" => MeansCode::Drugs,
        "withholdsdocuments" => MeansCode::DocumentsWithheld,
        "restrictsmovement" => MeansCode::Isolation,
        _ => MeansCode::Other,
    }
}

/// What somebody did to the one of whom the row is.
pub(super) fn part_in_it(code: &str) -> (Role, Option<Status>) {
    let role = match plain(code, "roleinprocess").as_str() {
        "recruiterorintermediary" => Role::Recruiter,
        "transporter" | "smuggler" => Role::Driver,
        "harbouredindividual" => Role::Host,
        "brokertravelagent" | "soldindividual" | "transferredindividual" => Role::Broker,
        "controlledindividual" => Role::Controller,
        "exploiter" => Role::Exploiter,
        _ => Role::Offender,
    };
    (role, None)
}

/// The class of a website or app that the standard lists.
pub(super) fn channel_class(name: &str) -> Option<ChannelClass> {
    let plain = plain(name, "");
    match plain.as_str() {
        "facebook" | "instagram" | "tiktok" | "twitter" | "qzone" | "snapchat" => {
            Some(ChannelClass::SocialNetwork)
        }
        "whatsapp" | "telegram" | "facebookmessenger" | "viber" | "line" | "wechat" | "qq" => {
            Some(ChannelClass::Messenger)
        }
        "other" => Some(ChannelClass::Other),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_not_said_to_be_no_victim_is_held_to_be_one() {
        assert_eq!(standing("NotAVictimOfTrafficking"), Standing::NoVictim);
        assert_eq!(standing("Not A Victim Of Trafficking"), Standing::NoVictim);
        for status in ["PossibleVictimOfTrafficking", "", "?", "victim"] {
            assert_eq!(standing(status), Standing::Victim(Basis::Assessment), "{status}");
        }
        assert_eq!(standing("ActualVictimOfTrafficking"), Standing::Victim(Basis::Fact));
    }

    #[test]
    fn lists_are_cut_as_they_are_written() {
        let cut = |text: &'static str| parts(text).collect::<Vec<_>>();
        assert_eq!(cut("PhysicalThreats; DebtBondage"), ["PhysicalThreats", "DebtBondage"]);
        assert_eq!(cut("Facebook Telegram"), ["Facebook", "Telegram"]);
        assert_eq!(cut("Facebook Messenger;Line"), ["Facebook Messenger", "Line"]);
    }

    #[test]
    fn each_means_of_control_is_one_of_the_contract() {
        for (code, meant) in [
            ("PhysicalThreats", MeansCode::Threat),
            ("ThreatsLawEnforcement", MeansCode::Threat),
            ("Threat of Law Enforcement", MeansCode::Threat),
            ("threats", MeansCode::Threat),
            ("ThreatensChildrenFamily", MeansCode::ThreatToFamily),
            ("UsesChildren", MeansCode::ThreatToFamily),
            ("DebtBondage", MeansCode::Debt),
            ("FalsePromises", MeansCode::Deception),
            ("PhysicalAbuse", MeansCode::Violence),
            ("Sexual abuse", MeansCode::SexualViolence),
            ("TakesEarnings", MeansCode::EarningsTaken),
            ("PsychoactiveSubstance", MeansCode::Drugs),
            ("Psychoactive Substances", MeansCode::Drugs),
            ("WithholdsDocuments", MeansCode::DocumentsWithheld),
            ("MethodsOfControl_RestrictsMovement", MeansCode::Isolation),
            ("PsychologicalAbuse", MeansCode::Other),
            ("", MeansCode::Other),
        ] {
            assert_eq!(means(code), meant, "{code}");
        }
    }

    #[test]
    fn each_part_in_the_process_is_a_role() {
        for (code, meant) in [
            ("RecruiterOrIntermediary", Role::Recruiter),
            ("Transporter", Role::Driver),
            ("Smuggler", Role::Driver),
            ("HarbouredIndividual", Role::Host),
            ("BrokerTravelAgent", Role::Broker),
            ("Sold individual", Role::Broker),
            ("TransferredIndividual", Role::Broker),
            ("ControlledIndividual", Role::Controller),
            ("RoleInProcess.Exploiter", Role::Exploiter),
            ("Unknown", Role::Offender),
        ] {
            assert_eq!(part_in_it(code), (meant, None), "{code}");
        }
    }

    #[test]
    fn each_site_or_app_of_the_standard_has_a_class() {
        for name in ["Facebook", "Instagram", "TikTok", "Twitter", "QZone", "Snapchat"] {
            assert_eq!(channel_class(name), Some(ChannelClass::SocialNetwork), "{name}");
        }
        for name in ["WhatsApp", "Telegram", "Facebook Messenger", "Viber", "LINE", "WeChat", "QQ"]
        {
            assert_eq!(channel_class(name), Some(ChannelClass::Messenger), "{name}");
        }
        assert_eq!(channel_class("Other"), Some(ChannelClass::Other));
        assert_eq!(channel_class("Kletshoek"), None);
    }

    #[test]
    fn a_box_is_ticked_or_not() {
        for text in ["yes", " Yes ", "TRUE", "1", "x", "Y", "✓", "☑", "✔"] {
            assert!(is_yes(text), "{text}");
        }
        for text in ["", "no", "false", "0", "n", "maybe", "yes!"] {
            assert!(!is_yes(text), "{text}");
        }
    }

    #[test]
    fn a_status_is_one_of_the_standard_or_none() {
        for status in [
            "",
            "-",
            "ActualVictimOfTrafficking",
            "possible victim of trafficking",
            "TraffickingStatus:NotAVictimOfTrafficking",
        ] {
            assert!(is_status(status), "{status}");
        }
        for status in ["victim", "VictimOfTrafficking", "ActualVictimOfTraffickingX"] {
            assert!(!is_status(status), "{status}");
        }
    }

    #[test]
    fn a_comma_parts_and_empty_parts_are_none() {
        assert_eq!(parts(" A B, C;;D ").collect::<Vec<_>>(), ["A B", "C", "D"]);
        assert_eq!(parts(" A  B ").collect::<Vec<_>>(), ["A", "B"]);
        assert_eq!(parts(" ").count(), 0);
    }
}
