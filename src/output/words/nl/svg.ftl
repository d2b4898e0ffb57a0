svg-width = dikte: eenmaal, tweemaal, viermaal, achtmaal en meer
svg-large-by-measure = groter: hoog volgens de maat
svg-large-by-ties = groter: ronselt waarschijnlijk weer, of veel banden
svg-undated = geen datum
svg-time = Van links naar rechts: de eerste dag van de banden van een teken, zo vroeg als die kan zijn geweest. Wie geen gedateerde band heeft, staat in een eigen baan.
svg-rings = Ringen: hoeveel banden weg van { $centers }; het verst wie met niemand daarbinnen verbonden is.
svg-unlabelled = { $signs ->
    [one] Bij 1 teken is
   *[other] Bij { $signs } tekens is
} op deze maat geen plaats voor een label; groter papier of minder personen laat er meer zien.
svg-small = Tekens zijn getekend op { $percent } van hun maat.
