map-title = Network map: { $people } of { $all } people
map-title-cases = { $people ->
    [one] 1 person
   *[other] { $people } people
} and { $files ->
    [one] 1 case file
   *[other] { $files } case files
}
map-shown = { $people } people shown of { $all } in all · { $ties ->
    [one] 1 tie
   *[other] { $ties } ties
}
map-until = Data up to { $day }
map-made = kluwen { $version } · seed { $seed } · { $files ->
    [one] 1 file
   *[other] { $files } files
}, SHA-256 { $sum }
map-left-out = Left out: { $people ->
    [one] 1 person
   *[other] { $people } people
} and { $ties ->
    [one] 1 tie
   *[other] { $ties } ties
}; { $shown }.
map-shown-ranked = shown are the ranked, their victims, and who is tied to them most
map-shown-around = shown are the people asked for and who is tied to them
map-shown-in-most-cases = shown are those in most case files, or near whoever was asked for
map-within = Only links that can have been within { $when }.
map-no-accusation = A link is what a row says; it is not an accusation. Victims bear pseudonyms.
map-no-tie = To stand in one case file is no tie between two people, and no accusation. Victims bear pseudonyms.
map-size = Size: { $measure } among those shown. High is not guilty.
map-groups = Boxes and colors: groups by { $method }; another method may divide otherwise; gray: a small one, or none. A group is not a gang.
map-revealed = Names are shown because: { $why }
map-community = Community { $community } · { $members } shown
map-legend = Legend
map-rank = rank { $rank } · { $recurrence }
map-rank-full = rank { $rank } among recurring recruiters, { $recurrence }
map-certainty = { $kind }, certainty { $certainty }

part-recruiter = recruiter
part-offender = offender
part-facilitator = facilitator
part-victim = victim
part-client = client
part-professional = professional
part-bystander = bystander
part-unknown = unknown
part-case-file = case file
part-channel = channel
part-place = place
part-identifier = identifier

tie-recruiting = contact, grooming, recruiting
tie-exploiting = exploiting, controlling
tie-serving = transport, housing
tie-buying = paying, buying
tie-accomplice = accomplices
tie-private = family, friends, partners
tie-contact = other contact
tie-role = role in a case
tie-use = use of a channel, a place or a number

sure-confirmed = certainty of .8 and more
sure-probable = certainty of .5 to .8
sure-unconfirmed = certainty under .5

role-recruiter = recruiter
role-groomer = groomer
role-exploiter = exploiter
role-advertiser = advertiser
role-controller = controller
role-driver = driver
role-host = host
role-money_handler = money handler
role-identity_provider = identity provider
role-broker = broker
role-client = client
role-victim = victim
role-coerced_participant = coerced participant
role-family = family
role-witness = witness
role-reporter = reporter
role-professional = professional
role-offender = offender
role-other = other
role-unknown = unknown

link-first_contact = first contact
link-groomed = groomed
link-recruited = recruited
link-introduced = introduced
link-handed_over = handed over
link-exploited = exploited
link-controlled = controlled
link-advertised = advertised
link-transported = transported
link-housed = housed
link-paid = paid
link-client_of = client of
link-booked = booked
link-contact = contact
link-kin = kin
link-partner = partner
link-friend = friend
link-co_resident = co-resident
link-professional_contact = professional contact
link-contact_after = contact after
link-accomplice = accomplice
link-other = other
use-advertising = advertised there
use-recruitment = first contact there
tie-kind-place = was there
tie-kind-identifier = used it
above-clearance = { $rows ->
    [one] One row above the clearance was left out.
   *[other] { $rows } rows above the clearance were left out.
}
