//! What happened: the figures of the planted world, the same in every tier.

/// How people, cases and events are drawn.
///
/// Taken from published studies where there are any, and assumed where there are none; the
/// references stand in `science.md` §9.1 and §9.2.
#[derive(Clone, Debug, PartialEq)]
pub struct Figures {
    /// A victim is a minor when she is first met.
    pub minor: f64,
    /// A victim lives in an institution, is homeless or has run away.
    pub institution_or_homeless: f64,
    /// A victim is trafficked again, in another case.
    pub trafficked_again: f64,
    /// A victim is made to recruit others.
    pub coerced: f64,
    /// Recurring recruiters for each victim; at least three.
    pub recurring: f64,
    /// Cases of a recurring recruiter beyond two, on average.
    pub more_cases: f64,
    /// Days between two cases of his, on average.
    pub gap: f64,
    /// A place beside him goes to somebody of his earlier cases.
    pub associate_again: f64,
    /// He keeps to his channel and his place.
    pub manner_kept: f64,
    /// Recurring facilitators for each victim.
    pub facilitators: f64,
    /// A case has one of them.
    pub facilitator_in_case: f64,
    /// Exploiters of several cases, whose victims others recruit, for each victim.
    pub exploiters: f64,
    /// Clients for each victim.
    pub clients: f64,
    /// Encounters with clients for each victim, on average.
    pub encounters: f64,
    /// The exponent of the Zipf law of clients.
    pub client_zipf: f64,
    /// A victim is known to a care worker or lawyer.
    pub seen_by_care: f64,
    /// A victim is known to a police officer.
    pub seen_by_police: f64,
    /// A victim was driven by one of a few taxi drivers.
    pub seen_by_taxi: f64,
    /// The recruiter of the case recruited her himself.
    pub by_case_recruiter: f64,
    /// Victim and recruiter were strangers.
    pub strangers: f64,
    /// Strangers who met online.
    pub strangers_online: f64,
    /// The bond was one of affection.
    pub affection: f64,
    /// The median grooming window, in days.
    pub window_median: f64,
    /// The deviation of its natural logarithm.
    pub window_spread: f64,
    /// She got away before any exploitation.
    pub never_exploited: f64,
    /// The median days of exploitation.
    pub exploited_median: f64,
    /// The deviation of their natural logarithm.
    pub exploited_spread: f64,
    /// Exploitation in escort, a hotel or a home, and not in a window or club.
    pub indoors: f64,
    /// The offender reached out to her afterwards.
    pub contact_after: f64,
    /// Clients were found for her online.
    pub advertised: f64,
    /// Channels of advertising.
    pub ad_channels: usize,
    /// The exponent of their Zipf law.
    pub ad_zipf: f64,
    /// Channels of advertising where minors are planted.
    pub planted_ads: usize,
    /// Channels of first contact where minors are planted.
    pub planted_contacts: usize,
    /// By how much the odds of a planted channel are multiplied for a minor.
    pub minor_odds: f64,
    /// An offender is a woman.
    pub offender_female: f64,
    /// People who share a phone with an agency or a household.
    pub shared_phone: f64,
    /// A phone was somebody else's before.
    pub recycled_phone: f64,
}

impl Default for Figures {
    fn default() -> Self {
        Self {
            minor: 0.45,
            institution_or_homeless: 0.5,
            trafficked_again: 0.08,
            coerced: 0.03,
            recurring: 0.06 * 0.95,
            more_cases: 1.5,
            gap: 150.0,
            associate_again: 0.35,
            manner_kept: 0.7,
            facilitators: 0.05 * 0.95,
            facilitator_in_case: 0.35,
            exploiters: 0.03 * 0.95,
            clients: 1.5,
            encounters: 2.0,
            client_zipf: 0.9,
            seen_by_care: 0.8,
            seen_by_police: 0.9,
            seen_by_taxi: 0.35,
            by_case_recruiter: 0.85,
            strangers: 0.35,
            strangers_online: 0.8,
            affection: 0.49,
            window_median: 7.0,
            window_spread: 2.158,
            never_exploited: 0.05,
            exploited_median: 90.0,
            exploited_spread: 1.2,
            indoors: 0.89,
            contact_after: 0.36,
            advertised: 0.82,
            ad_channels: 40,
            ad_zipf: 1.3,
            planted_ads: 5,
            planted_contacts: 2,
            minor_odds: 4.0,
            offender_female: 0.18,
            shared_phone: 0.03,
            recycled_phone: 0.01,
        }
    }
}

impl Figures {
    /// Offenders in a case: 1, 2, …, each with its chance.
    pub const OFFENDERS: [f64; 6] = [0.50, 0.25, 0.12, 0.07, 0.04, 0.02];
    /// Victims in a case, and the chance of so many.
    pub const VICTIMS: [(usize, f64); 7] =
        [(1, 0.62), (2, 0.20), (3, 0.09), (4, 0.04), (5, 0.025), (6, 0.015), (8, 0.010)];
}
