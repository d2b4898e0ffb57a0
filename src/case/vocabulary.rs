//! The contract's lists of codes, each a type.

use std::fmt;

/// A list of codes of the contract.
pub trait Code: Copy + Sized + fmt::Display + 'static {
    /// What the list is called in a message.
    const NAME: &'static str;
    /// All codes with their spelling, in the contract's order.
    const ALL: &'static [(&'static str, Self)];
    /// What a code outside the list becomes when the reader is told to take it as `other`.
    const OTHER: Option<Self>;

    /// Its place in the list, from 0.
    #[must_use]
    fn place(self) -> u8;

    /// The code spelt `text`.
    #[must_use]
    fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().find(|(code, _)| *code == text).map(|&(_, value)| value)
    }
}

macro_rules! vocabulary {
    ($(#[$meta:meta])* $name:ident, $label:literal, other: $other:expr, {
        $($(#[$doc:meta])* $variant:ident = $code:literal,)+
    }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$doc])* $variant,)+ }

        impl Code for $name {
            const NAME: &'static str = $label;
            const ALL: &'static [(&'static str, Self)] = &[$(($code, Self::$variant),)+];
            const OTHER: Option<Self> = $other;

            fn place(self) -> u8 {
                self as u8
            }
        }

        impl $name {
            /// The spelling in a file.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.code())
            }
        }
    };
}

vocabulary! {
    /// What a person did in a case.
    Role, "role", other: Some(Self::Other), {
        /// Made or engineered the contact that led to exploitation.
        Recruiter = "recruiter",
        /// Built the bond or dependency.
        Groomer = "groomer",
        /// Controls and profits.
        Exploiter = "exploiter",
        /// Writes, places or pays advertisements.
        Advertiser = "advertiser",
        /// Threatens, guards, uses violence.
        Controller = "controller",
        /// Transports.
        Driver = "driver",
        /// Gives lodging.
        Host = "host",
        /// Receives or launders money.
        MoneyHandler = "money_handler",
        /// Provides documents, SIM cards, accounts.
        IdentityProvider = "identity_provider",
        /// Hands victims over between groups.
        Broker = "broker",
        /// Buys.
        Client = "client",
        /// Is exploited.
        Victim = "victim",
        /// A victim who performs such acts under coercion.
        CoercedParticipant = "coerced_participant",
        /// A relative.
        Family = "family",
        /// Saw it.
        Witness = "witness",
        /// Reported it.
        Reporter = "reporter",
        /// Police, care, law, medicine.
        Professional = "professional",
        /// An offender whose part is not known.
        Offender = "offender",
        /// Something else.
        Other = "other",
        /// Not stated.
        Unknown = "unknown",
    }
}

vocabulary! {
    /// What a person is before the law in a case.
    Status, "status", other: Some(Self::Unknown), {
        /// Suspected.
        Suspect = "suspect",
        /// Convicted.
        Convicted = "convicted",
        /// Acquitted.
        Acquitted = "acquitted",
        /// A victim.
        Victim = "victim",
        /// A witness.
        Witness = "witness",
        /// A contact or associate.
        Contact = "contact",
        /// There by profession.
        Professional = "professional",
        /// Not stated.
        Unknown = "unknown",
    }
}

vocabulary! {
    /// What one person did to, with or for another, read from → to.
    LinkKind, "link kind", other: Some(Self::Other), {
        /// Made the first contact.
        FirstContact = "first_contact",
        /// Groomed.
        Groomed = "groomed",
        /// Recruited.
        Recruited = "recruited",
        /// The go-between introduced the victim (`about`: to whom).
        Introduced = "introduced",
        /// Gave the victim (`about`) to another offender.
        HandedOver = "handed_over",
        /// Exploited.
        Exploited = "exploited",
        /// Controlled.
        Controlled = "controlled",
        /// Advertised.
        Advertised = "advertised",
        /// Transported.
        Transported = "transported",
        /// Housed.
        Housed = "housed",
        /// Paid.
        Paid = "paid",
        /// Was a client of.
        ClientOf = "client_of",
        /// Booked.
        Booked = "booked",
        /// Was in contact with.
        Contact = "contact",
        /// Is kin of.
        Kin = "kin",
        /// Is the partner of.
        Partner = "partner",
        /// Is a friend of.
        Friend = "friend",
        /// Lived with.
        CoResident = "co_resident",
        /// Met by profession.
        ProfessionalContact = "professional_contact",
        /// Contacted after the exploitation.
        ContactAfter = "contact_after",
        /// Was an accomplice of.
        Accomplice = "accomplice",
        /// Something else.
        Other = "other",
    }
}

vocabulary! {
    /// By what means.
    MeansCode, "means", other: Some(Self::Other), {
        /// Feigned love.
        Affection = "affection",
        /// Threat.
        Threat = "threat",
        /// Violence.
        Violence = "violence",
        /// Blackmail.
        Blackmail = "blackmail",
        /// Sexual images.
        SexualImages = "sexual_images",
        /// Debt.
        Debt = "debt",
        /// Drugs.
        Drugs = "drugs",
        /// Deception.
        Deception = "deception",
        /// Isolation.
        Isolation = "isolation",
        /// Abuse of vulnerability.
        Vulnerability = "vulnerability",
        /// Documents withheld.
        DocumentsWithheld = "documents_withheld",
        /// Earnings taken.
        EarningsTaken = "earnings_taken",
        /// Threat to the family.
        ThreatToFamily = "threat_to_family",
        /// Sexual violence.
        SexualViolence = "sexual_violence",
        /// Something else.
        Other = "other",
    }
}

vocabulary! {
    /// What sort of channel.
    ChannelClass, "channel class", other: Some(Self::Other), {
        /// A social network.
        SocialNetwork = "social_network",
        /// A dating app or site.
        DatingApp = "dating_app",
        /// A site of sex advertisements.
        SexAdSite = "sex_ad_site",
        /// A sex chat.
        SexChat = "sex_chat",
        /// A messenger.
        Messenger = "messenger",
        /// A game.
        Game = "game",
        /// A forum.
        Forum = "forum",
        /// The street.
        Street = "street",
        /// A window.
        Window = "window",
        /// A club.
        Club = "club",
        /// Word of mouth.
        WordOfMouth = "word_of_mouth",
        /// An institution.
        Institution = "institution",
        /// Something else.
        Other = "other",
    }
}

vocabulary! {
    /// What sort of place.
    PlaceClass, "place class", other: Some(Self::Other), {
        /// A youth institution.
        YouthInstitution = "youth_institution",
        /// A school.
        School = "school",
        /// A home.
        Home = "home",
        /// A hotel.
        Hotel = "hotel",
        /// A window.
        Window = "window",
        /// A club.
        Club = "club",
        /// The street.
        Street = "street",
        /// Escort: with the client.
        Escort = "escort",
        /// A public place.
        Public = "public",
        /// Something else.
        Other = "other",
    }
}

vocabulary! {
    /// What sort of identifier.
    IdentifierKind, "identifier kind", other: None, {
        /// A telephone number.
        Phone = "phone",
        /// An e-mail address.
        Email = "email",
        /// A name on a platform.
        Handle = "handle",
        /// A bank account.
        Iban = "iban",
        /// A wallet.
        Wallet = "wallet",
        /// A number plate.
        Vehicle = "vehicle",
        /// An address.
        Address = "address",
        /// A device.
        Device = "device",
        /// A document.
        Document = "document",
        /// An image.
        Image = "image",
        /// A web address.
        Url = "url",
    }
}

vocabulary! {
    /// Where a victim lived.
    Setting, "setting", other: Some(Self::Other), {
        /// At home.
        Home = "home",
        /// In an institution.
        Institution = "institution",
        /// Nowhere.
        Homeless = "homeless",
        /// Run away.
        Runaway = "runaway",
        /// On her own.
        Independent = "independent",
        /// Elsewhere.
        Other = "other",
    }
}

vocabulary! {
    /// Whether somebody was a minor at the time of the case.
    Minor, "minor", other: None, {
        /// A minor.
        Yes = "yes",
        /// An adult.
        No = "no",
    }
}

vocabulary! {
    /// Whether a row states a fact or somebody's assessment.
    Basis, "basis", other: None, {
        /// A fact.
        Fact = "fact",
        /// An assessment.
        Assessment = "assessment",
    }
}

impl LinkKind {
    /// Whether such a link says that somebody exploits whom it leads to, or brings her to it.
    #[must_use]
    pub fn is_done_to_its_end(self) -> bool {
        matches!(
            self,
            Self::Exploited
                | Self::Recruited
                | Self::Groomed
                | Self::Controlled
                | Self::Advertised
                | Self::Introduced
        )
    }
}

impl Role {
    /// Whether the role is an offender's: one whom the ranking of recruiters may hold.
    #[must_use]
    pub fn is_offender(self) -> bool {
        matches!(
            self,
            Self::Recruiter
                | Self::Groomer
                | Self::Exploiter
                | Self::Advertiser
                | Self::Controller
                | Self::Driver
                | Self::Host
                | Self::MoneyHandler
                | Self::IdentityProvider
                | Self::Broker
                | Self::Offender
        )
    }

    /// Whether the role says that the person is exploited, whatever else she did.
    #[must_use]
    pub fn is_victim(self) -> bool {
        matches!(self, Self::Victim | Self::CoercedParticipant)
    }
}
